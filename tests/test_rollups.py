"""The words of roll-ups, and the spans over which values are rolled up."""

from __future__ import annotations

from datetime import date
from string import Formatter

import pytest
from branch_tables import R3, VOCABULARY

import kpi
from kpi.errors import RollUpError
from kpi.periods import HalfYear, Month, Quarter
from kpi.rollups import Refusal, TimeSpan
from kpi.rollups.additivity import refusal_of, why_not_additive
from kpi.rollups.wording import WORDS

KPIS = kpi.load_catalog().kpis


@pytest.mark.parametrize("key", WORDS["en"])
def test_each_word_is_told_in_both_languages(key):
    """Each phrase exists in English and Japanese, with the same names and numbers."""
    fields = [{name for _, name, _, _ in Formatter().parse(WORDS[language][key]) if name} for language in ("en", "ja")]
    assert fields[0] == fields[1]
    assert set(WORDS["en"]) == set(WORDS["ja"])


class TestSpan:
    @pytest.mark.parametrize(
        ("span", "en", "ja"),
        [
            (Month(2022, 1), "January 2022", "2022年1月"),
            (HalfYear(2021, 1), "April–September 2021", "2021年4月～9月"),
            (HalfYear(2021, 2), "October 2021–March 2022", "2021年10月～2022年3月"),
            (Quarter(2021, 4), "January–March 2022", "2022年1月～3月"),
            (R3, "April 2021–March 2022", "2021年4月～2022年3月"),
            (TimeSpan(R3.start, date(2021, 8, 15)), "2021-04-01 to 2021-08-15", "2021-04-01～2021-08-15"),
        ],
    )
    def test_text(self, span, en, ja):
        """A span is called by its months in both languages; one that ends within a month by its days."""
        found = TimeSpan.of(span)
        assert (found.text(), found.text("ja")) == (en, ja)

    def test_months(self):
        """It has the months in which its days lie, and lies in one fiscal year."""
        span = TimeSpan(date(2021, 12, 1), date(2022, 2, 10))
        assert span.months == ("2021-12", "2022-01", "2022-02")
        assert span.fiscal_year == R3
        assert not span.is_of_whole_months
        assert not span.is_from_april

    @pytest.mark.parametrize("end", [date(2021, 3, 31), date(2022, 4, 1)])
    def test_end(self, end):
        """It ends no earlier than it begins, and no later than its fiscal year."""
        with pytest.raises(RollUpError, match=f"cannot end on {end}; expected a day from 2021-04-01 to 2022-03-31"):
            TimeSpan(R3.start, end)


class TestAdditivity:
    @pytest.mark.parametrize(
        ("name", "why"),
        [
            ("open_tenders", None), ("insured", None), ("seminar_days", None), ("generic_share", "share"),
            ("yen_per_case", "mean"), ("national_rank", "rank"), ("processing_days", "duration"),
        ],
    )  # fmt: skip
    def test_units(self, name, why):
        """Counts add up, also of days on which something was held; shares, means, ranks and durations do not."""
        assert why_not_additive(VOCABULARY.variables[name]) == why

    def test_counts_of_the_catalogue(self):
        """No KPI of the catalogue that is a quotient is rolled up itself; each names what it is divided from."""
        vocabulary = kpi.load_catalog().vocabulary
        quotients = {key for key, each in KPIS.items() if each.formula.denominator is not None}
        refusals = {key: refusal_of(key, vocabulary, KPIS) for key in quotients - set(vocabulary.variables)}
        assert all(refusal.why == "rate" and len(refusal.parts) == 2 for refusal in refusals.values())
        assert len(refusals) > 10

    def test_unknown(self):
        """What is no variable is not rolled up."""
        assert refusal_of("surprise", VOCABULARY, KPIS) == Refusal("surprise", "unknown")

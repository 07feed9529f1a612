"""Which months and which rounding give a printed figure."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from branch_tables import R3, SHARE, VOCABULARY, months, row, table
from hypothesis import given, settings
from hypothesis import strategies as st

import kpi
from kpi.quantities import fixed_text, round_to
from kpi.rollups import reproduce
from kpi.rollups.reproduction import ROUNDINGS

CATALOG = kpi.load_catalog()
TENDERS = table(months("iwate", "open_tenders", 3, 1, 0, 1, 0, 1), months("iwate", "single_bid_tenders", 0, 0, 0, 1))


def mail_in_rate(printed, as_of=None):
    """The search in the table that Iwate prints."""
    formula = CATALOG.kpi("mail_in_rate").formula
    return reproduce(kpi.load_published(), CATALOG.vocabulary, formula, "iwate", "R3", printed, as_of)


def choices(found):
    return [(str(each.span), each.roundings) for each in found.found]


class TestIwatesMailInRate:
    def test_the_first_half_does_not_give_it(self):
        """All six months of the printed table give 95.96 %, which no rounding makes 95.6 %."""
        first_half = next(each for each in mail_in_rate("95.6%").attempts if str(each.span) == "April–September 2021")
        assert first_half.value.value.exact == "1537950/16027"
        assert first_half.roundings == ()

    def test_two_spans_give_it_in_some_rounding(self):
        """Of 21 spans of months, April to July give it rounded up, and April to August rounded down."""
        found = mail_in_rate("95.6%")
        assert len(found.attempts) == 21
        assert choices(found) == [("April–July 2021", ("ceil",)), ("April–August 2021", ("floor",))]
        assert found.settled is None

    def test_the_printed_date_leaves_one(self):
        """The document says 8月末現在: so it is April to August, rounded down, and nothing else."""
        settled = mail_in_rate("95.6%", "2021-08-31").settled
        assert (str(settled.span), settled.roundings) == ("April–August 2021", ("floor",))

    def test_explanation(self):
        """The explanation says which, with the numbers, and what all months give."""
        found = mail_in_rate("95.6%", "2021-08-31")
        assert found.explain().splitlines() == [
            "95.6% is given by 2 of the 21 spans of months that have all counts:",
            "  April–July 2021, rounded up: 20,305 / 21,252 = 95.54394…%",
            "  April–August 2021, rounded down: 25,291 / 26,440 = 95.65431…%",
            "  not April–September 2021: 30,759 / 32,054 = 95.95994…%",
            "as of 2021-08-31, only one of them: April–August 2021, rounded down",
        ]
        assert found.explain("ja").splitlines() == [
            "95.6%になるのは、件数のそろう期間21通りのうち2通り:",
            "  2021年4月～7月、切り上げ: 20,305 / 21,252 = 95.54394…%",
            "  2021年4月～8月、切り捨て: 25,291 / 26,440 = 95.65431…%",
            "  2021年4月～9月ではない: 30,759 / 32,054 = 95.95994…%",
            "2021-08-31現在では1通りだけ: 2021年4月～8月、切り捨て",
        ]

    @pytest.mark.parametrize(
        ("month", "printed"),
        [("April", "94.1%"), ("May", "96.0%"), ("June", "96.4%"), ("July", "96.0%"), ("August", "96.1%"), ("September", "97.4%")],
    )  # fmt: skip
    def test_each_printed_month(self, month, printed):
        """The monthly rates of the same table are rounded half up."""
        roundings = dict(choices(mail_in_rate(printed)))
        assert "half_up" in roundings[f"{month} 2021"]

    def test_for_programs(self):
        """As data it has exact numbers as text."""
        found = mail_in_rate("95.6%", "2021-08-31").to_dict()
        assert (found["printed"], found["unit"], found["as_of"], found["tried"]) == ("95.6", "%", "2021-08-31", 21)
        assert found["found"][1] == {
            "start": "2021-04-01", "end": "2021-08-31", "value": "126455/1322", "roundings": ["floor"],
        }  # fmt: skip


def test_a_count():
    """A count can be searched for as well; where it needs no rounding this is said."""
    found = reproduce(TENDERS, VOCABULARY, "open_tenders", "iwate", R3, "6件")
    assert choices(found) == [("April–September 2021", ROUNDINGS)]
    assert found.explain().splitlines()[1] == "  April–September 2021, without rounding: 6 cases"


def test_a_count_in_ten_thousands():
    """A count printed in 万 is compared in 万."""
    rows = table(months("iwate", "insured", 3_009_003, 3_011_000))
    found = reproduce(rows, VOCABULARY, "insured", "iwate", R3, "301万人")
    assert choices(found) == [
        ("April 2021", ("half_up", "ceil")),
        ("April–May 2021", ("half_up", "floor")),
        ("May 2021", ("half_up", "floor")),
    ]


def test_none():
    """Where nothing gives the figure, this is said, with what all months give."""
    found = reproduce(TENDERS, VOCABULARY, SHARE, "iwate", R3, "99%", date(2021, 9, 30))
    assert found.found == ()
    assert str(found).splitlines()[0] == "99% is given by none of the 9 spans of months that have all counts"
    assert str(found).endswith("as of 2021-09-30 there is none")


def test_without_counts():
    """Without counts nothing is tried."""
    found = reproduce(table(), VOCABULARY, SHARE, "iwate", R3, "99%")
    assert str(found) == "99% is given by none of the 0 spans of months that have all counts"


def test_zero_denominator():
    """Where every span with all counts divides by 0, this is said; where some do, they are told beside the others."""
    nothing = table(months("iwate", "open_tenders", 0, 0), months("iwate", "single_bid_tenders", 0, 0))
    found = reproduce(nothing, VOCABULARY, SHARE, "iwate", R3, "0%")
    assert found.undefined == 3
    assert str(found).splitlines() == [
        "0% is given by none of the 0 spans of months that have all counts",
        "  3 further spans have their counts, but the denominator is 0",
    ]
    assert found.explain("ja").endswith("ほかに、件数はそろうが分母が0の期間が3通り")
    assert found.to_dict()["undefined"] == 3
    some = table(months("iwate", "open_tenders", 0, 2), months("iwate", "single_bid_tenders", 0, 1))
    found = reproduce(some, VOCABULARY, SHARE, "iwate", R3, "50%")
    assert str(found).splitlines()[-1] == "  1 further span has its counts, but the denominator is 0"


def test_gaps():
    """A span with a missing month is not tried."""
    rows = table(months("iwate", "open_tenders", 3, None, 2))
    found = reproduce(rows, VOCABULARY, "open_tenders", "iwate", R3, "2")
    assert [str(each.span) for each in found.attempts] == ["April 2021", "June 2021"]


def test_no_figure():
    """A blank is no printed figure, and persons are no cases."""
    with pytest.raises(kpi.ValueReadingError, match="no printed figure"):
        reproduce(TENDERS, VOCABULARY, "open_tenders", "iwate", R3, "-")
    with pytest.raises(kpi.UnitError, match="measured in cases"):
        reproduce(TENDERS, VOCABULARY, "open_tenders", "iwate", R3, "6人")


@settings(max_examples=25)  # each tries 78 spans
@given(
    st.lists(st.integers(1, 10**6), min_size=1, max_size=6), st.integers(0, 3), st.sampled_from(ROUNDINGS), st.data()
)
def test_what_was_printed_is_found(values, decimals, rounding, data):
    """A rate printed from any span in any rounding is found, with that span and rounding."""
    first = data.draw(st.integers(0, len(values) - 1))
    last = data.draw(st.integers(first, len(values) - 1))
    rows = table(months("iwate", "open_tenders", *values), months("iwate", "single_bid_tenders", *values[::-1]))
    value = Fraction(100 * sum(values[::-1][first : last + 1]), sum(values[first : last + 1]))
    printed = f"{fixed_text(round_to(value, decimals, rounding), decimals)}%"
    found = reproduce(rows, VOCABULARY, SHARE, "iwate", R3, printed)
    spans = {(each.span.months[0], each.span.months[-1]): each.roundings for each in found.found}
    assert rounding in spans[R3.months[first], R3.months[last]]


def test_totals_as_printed():
    """Totals from April on take the place of months."""
    rows = table(
        row("iwate", "year", "open_tenders", 5, as_of=date(2021, 7, 31)), row("iwate", "2021-08", "open_tenders", 2)
    )
    found = reproduce(rows, VOCABULARY, "open_tenders", "iwate", R3, "7")
    assert choices(found) == [("April–August 2021", ROUNDINGS)]

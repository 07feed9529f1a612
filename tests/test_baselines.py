"""Last year's value as a plan states it: missing, needless, ambiguous, unreadable or impossible."""

from __future__ import annotations

import pytest
from entries import COST_ENTRY, RATIO, SHARE_ENTRY, SOUND, entry, of_cost, of_share, places, problems, share_places

from kpi.catalogue.loader import read_catalog


def baseline(text):
    return f'        baseline: "{text}"\n'


NOT_PRINTED = "        baseline: 記載なし\n"


class TestMissing:
    @pytest.mark.parametrize(
        "rule",
        [
            "<= prior year",
            "<= prior year end",
            "<= same period last year",
            "<= min(prior year, 20%)",
            "<= min(prior year, national (20%))",
            "<= 20%; <= prior year when open_tenders <= 4 cases",
            "<= 20%; <= 30% when prior year >= 5%",
        ],
    )
    def test_missing(self, rule):
        """A rule that looks at last year anywhere needs a baseline or the word that none is printed."""
        assert of_share(rule) == ["no-baseline"]
        assert of_share(rule, NOT_PRINTED) == []
        assert of_share(rule, baseline("5%")) == []

    def test_place(self):
        """It is told where the rule first looks at last year."""
        assert share_places("<= 20%; <= prior year when open_tenders <= 4 cases") == [
            ("no-baseline", 'prior year when open_tenders <= 4 cases"')
        ]

    @pytest.mark.parametrize(
        "rule",
        [
            "<= prior year (5%)",
            "<= 20%",
            "<= national",
            "<= branch target",
            "<= 20%; single_bid_tenders <= prior year when open_tenders <= 4 cases",
        ],
    )
    def test_sound(self, rule):
        """One in brackets will do, and a rule that does not look at the KPI's last year needs none."""
        assert of_share(rule) == []

    def test_not_printed(self):
        """Where the document prints no baseline the entry has none."""
        text = SOUND.replace(SHARE_ENTRY, entry("single_bid_share", "<= prior year", NOT_PRINTED))
        catalog, found = read_catalog(text, "catalog.yaml")
        assert found == []
        assert catalog.plans["iwate-r3"]["single_bid_share"].baseline is None

    def test_not_printed_and_yet_stated(self):
        """記載なし beside a number in brackets is a problem."""
        assert of_share("<= prior year (5%)", NOT_PRINTED) == ["baseline-differs"]


class TestUnused:
    @pytest.mark.parametrize(
        "rule",
        [
            "<= 20%",
            "<= national",
            "<= mean of 3 years",
            "<= fiscal year 2020",
            "<= 20%; single_bid_tenders <= prior year when open_tenders <= 4 cases",
        ],
    )
    @pytest.mark.parametrize("more", [baseline("18%"), baseline("180%"), baseline("eighteen")])
    def test_unused(self, rule, more):
        """A baseline beside a rule that does not compare the KPI with last year decides nothing, and is told once."""
        ((code, place),) = share_places(rule, more)
        assert (code, place) == ("unused-baseline", more.partition(": ")[2].rstrip())

    def test_not_printed(self):
        """That the document prints none is true of any rule."""
        assert of_share("<= 20%", NOT_PRINTED) == []


class TestAmbiguous:
    @pytest.mark.parametrize(
        ("rule", "more"),
        [
            ("<= max(prior year, same period last year)", baseline("18%")),
            ("<= max(prior year (18%), same period last year)", baseline("18%")),
            ("<= prior year; <= same period last year when open_tenders <= 4 cases", baseline("18%")),
            ("<= same period last year; <= 30% when prior year end >= 80%", baseline("18%")),
        ],
    )
    def test_final_value_and_one_in_its_course(self, rule, more):
        """One baseline cannot stand for last year's final value and for the one at this point of the year."""
        assert of_share(rule, more) == ["ambiguous-baseline"]

    @pytest.mark.parametrize(
        "rule", ["<= max(prior year, same period last year)", "<= prior year; <= 30% when same period last year >= 80%"]
    )
    def test_none(self, rule):
        """Where no baseline is given, the figures of both are looked up."""
        assert of_share(rule, NOT_PRINTED) == []

    def test_in_brackets(self):
        """Brackets say which of the two a value is, and the entry's baseline is last year's final value."""
        both = "<= max(same period last year (16%), prior year (18%))"
        assert of_share(both) == []
        text = SOUND.replace(SHARE_ENTRY, entry("single_bid_share", both))
        assert read_catalog(text, "")[0].plans["iwate-r3"]["single_bid_share"].baseline == "18%"
        assert of_share("<= max(same period last year (16%), prior year)") == ["no-baseline"]

    def test_final_values(self):
        """Last year's value and the one at its end are one value."""
        assert of_share("<= max(prior year, prior year end)", baseline("18%")) == []

    def test_two_in_brackets(self):
        """Two numbers in brackets for last year's value contradict each other, however they are written."""
        assert of_share("<= prior year (18%); <= 30% when prior year (16%) >= 80%") == ["baseline-differs"]
        assert of_share("<= prior year (18%); <= 30% when prior year end (18.0%) >= 80%") == []


class TestValue:
    @pytest.mark.parametrize("text", ["957%", "-1%", "▲1%", "100.1%"])
    def test_impossible(self, text):
        """A share lies between 0 % and 100 % last year as well."""
        assert share_places("<= prior year", baseline(text)) == [("impossible-baseline", f'"{text}"')]

    def test_impossible_in_brackets(self):
        """The same in brackets, where it stands in the rule."""
        assert share_places("<= prior year (957%)") == [("impossible-baseline", '957%)"')]

    def test_sound(self):
        """A ratio may have been more than 100 %, and money short."""
        assert of_share("<= prior year", baseline("957%"), RATIO) == []
        assert of_cost("<= prior year", baseline("-7,445円")) == []

    @pytest.mark.parametrize(("text", "percent"), [("0.957", "95.7%"), ("95.7", "9,570%"), ("９５.７", "9,570%")])
    def test_fraction_beside_a_percentage(self, text, percent):
        """A number without % is no share, written as a fraction or not."""
        (problem,) = problems((SHARE_ENTRY, entry("single_bid_share", "<= prior year", baseline(text))))
        assert (problem.code, problem.facts["percent"]) == ("bare-target", percent)

    @pytest.mark.parametrize("number", ["0.957", "95.7"])
    def test_fraction_in_brackets(self, number):
        """The same in brackets."""
        assert of_share(f"<= prior year ({number})") == ["bare-target"]

    def test_percentage_beside_a_count(self):
        """A percentage is no amount of money."""
        assert of_cost("<= prior year", baseline("59.6%")) == ["unreadable-baseline"]

    def test_agrees_with_brackets(self):
        """A baseline may repeat the number in brackets, however it is written; another number contradicts it."""
        assert of_share("<= prior year (18%)", baseline("18.0％")) == []
        assert of_share("<= prior year (18%)", baseline("18.1%")) == ["baseline-differs"]

    def test_kept_as_printed(self):
        """The entry has the baseline as printed, or the one in brackets, and not one of another reference."""
        for rule, more, kept in (
            ("<= prior year", baseline("18.0％"), "18.0％"),
            ("<= prior year (18.0%)", "", "18.0%"),
            ("<= max(national (84%), prior year (18.0%))", "", "18.0%"),
            ("<= 20%", "", None),
        ):
            text = SOUND.replace(SHARE_ENTRY, entry("single_bid_share", rule, more))
            assert read_catalog(text, "")[0].plans["iwate-r3"]["single_bid_share"].baseline == kept

    def test_of_a_unit_that_could_not_be_read(self):
        """Where the unit itself is a mistake, a baseline in it is none."""
        broken = ("units:\n  tablet:\n", "units:\n  tablet: 錠\n  capsule:\n")
        unit = (
            "  cost:\n    ja: 経費\n    en: cost\n    unit: yen",
            "  cost:\n    ja: 経費\n    en: cost\n    unit: tablet",
        )
        kpi = ("    formula: cost / open_tenders\n    unit: yen", "    formula: cost / open_tenders\n    unit: tablet")
        wrong = (COST_ENTRY, entry("cost_per_tender", "<= prior year", baseline("5 tablet")))
        assert places(broken, unit, kpi, wrong)[0][0] == "wrong-kind"
        assert "unreadable-baseline" not in dict(places(broken, unit, kpi, wrong))

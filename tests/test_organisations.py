"""The organisations of a catalogue, and of which others they were made; and years from which KPIs are comparable."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpi
from kpi.catalogue.loader import read_catalog
from kpi.periods import FiscalYear
from kpi.plans.organisation import Organisation

SOUND = (Path(__file__).parent / "data" / "catalogues" / "sound.yaml").read_text("utf-8")
IWATE = "    en: Iwate branch\n    kind: branch\n"
NORTH = "  north:\n    ja: 北支部\n    en: North branch\n    kind: branch\n"


def read(keys="", *replacements):
    """The sound catalogue with *keys* of Iwate behind another branch: Iwate, and the messages."""
    text = SOUND.replace("  iwate:\n", f"{NORTH}  iwate:\n", 1).replace(IWATE, f"{IWATE}{keys}", 1)
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    catalog, problems = read_catalog(text, "catalog.yaml")
    return catalog, [(problem.code, problem.message) for problem in problems]


def test_merged():
    """A merged branch knows those that it was, one of which may have had its own name."""
    catalog, problems = read("    formerly: [iwate, north]\n    since: R3\n")
    iwate = catalog.organisations["iwate"]
    assert problems == []
    assert (iwate.formerly, iwate.since) == ((Organisation("iwate"), catalog.organisations["north"]), FiscalYear(2021))
    assert [iwate.was_merged_after(FiscalYear(year)) for year in (2020, 2021)] == [True, False]
    assert not iwate.was_split_after(FiscalYear(2020))
    assert catalog.plans["iwate-r3"].organisation == iwate


def test_split():
    """A branch that was split off knows from which and since when."""
    catalog, problems = read("    split_from: north\n    since: 令和3年度\n")
    iwate = catalog.organisations["iwate"]
    assert problems == []
    assert (iwate.split_from.key, iwate.since) == ("north", FiscalYear(2021))
    assert [iwate.was_split_after(FiscalYear(year)) for year in (2020, 2021)] == [True, False]


@pytest.mark.parametrize(
    ("keys", "code", "message"),
    [
        ("    formerly: [north]\n", "missing-key", "missing key 'since' in iwate"),
        ("    split_from: north\n", "missing-key", "missing key 'since' in iwate"),
        ("    since: R3\n", "since-alone", "found 'since' without what it dates"),
        ("    formerly: [nroth]\n    since: R3\n", "unknown-former", "did you mean 'north'?"),
        ("    split_from: south\n    since: R3\n", "unknown-former", "unknown organisation 'south'; expected one that"),
        ("    formerly: [north]\n    split_from: north\n    since: R3\n", "formerly-and-split", "expected one of them"),
        ("    formerly: [north]\n    since: soon\n", "not-a-year", "'soon' is no fiscal year"),
        ("    formerly: north\n    since: R3\n", "wrong-kind", "expected a list such as [a, b]"),
    ],
)
def test_problems(keys, code, message):
    """Each mistake is told where it stands."""
    _, problems = read(keys)
    found, text = problems[0]
    assert found == code
    assert message in text


def test_key_of_the_nation():
    """The nation has the key under which `national` looks for its values; a branch may have any other."""
    nation = "  {}:\n    ja: 全国\n    en: Nation\n    kind: nation\n"
    assert read("", (NORTH, nation.format("national")))[1] == []
    assert read("", (NORTH, nation.format("nation")))[1] == [
        ("nation-key", "the nation has the key 'nation'; expected 'national', where rules look for its values")
    ]


def test_below():
    """An organisation names those above it, so that no chain of mergers has a circle."""
    former = NORTH.replace("kind: branch", "kind: branch\n    formerly: [iwate]\n    since: R3")
    _, problems = read("", (NORTH, former))
    assert [code for code, _ in problems] == ["unknown-former"]


def test_mistakes_do_not_spread():
    """Who names an organisation that could not be read is told of nothing."""
    _, problems = read("    formerly: [north]\n    since: R3\n", ("    en: North branch\n", ""))
    assert problems == [("missing-key", "missing key 'en' in north")]


class TestComparableFrom:
    PAGE = '        page: "30"\n'

    def test_reads(self):
        """An entry may tell from which year on values are comparable; without it all are."""
        catalog, problems = read("", (self.PAGE, f"{self.PAGE}        comparable_from: R2\n"))
        entries = [*catalog.plans["iwate-r3"]]
        assert problems == []
        assert [entry.comparable_from for entry in entries].count(FiscalYear(2020)) == 1
        assert [entry.comparable_from for entry in entries].count(None) == len(entries) - 1

    def test_decides(self, tmp_path):
        """The years before are not looked at when the plan is evaluated."""
        catalogue, table = tmp_path / "catalog.yaml", tmp_path / "table.csv"
        rule = ('rule: "<= 20%; single_bid_tenders <= 1 case when open_tenders <= 4 cases"', 'rule: "<= prior year"')
        start = SOUND.index("published: 20％以下")
        text = SOUND.replace(SOUND[start : SOUND.index("\n", start)], "published: 対前年度以下", 1)
        text = text.replace(rule[0], rule[1]).replace(
            self.PAGE, f"{self.PAGE}        baseline: 記載なし\n        comparable_from: R3\n"
        )
        catalogue.write_text(text, "utf-8")
        table.write_text(
            "organisation,fiscal_year,quantity,value\niwate,R3,single_bid_share,10\niwate,R2,single_bid_share,12\n",
            "utf-8",
        )
        result = (
            kpi.load_catalog(catalogue).plans["iwate-r3"].evaluate(kpi.load_observations(table))["single_bid_share"]
        )
        assert [(reason.lack, reason.name) for reason in result.reasons] == [("redefined", "prior year")]

    def test_after_the_plan(self):
        """A year after the plan's own cannot be meant."""
        _, problems = read("", (self.PAGE, f"{self.PAGE}        comparable_from: R4\n"))
        ((code, message),) = problems
        assert code == "comparable-too-late"
        assert message.endswith("after the plan's own year; expected FY2021 or a year before")

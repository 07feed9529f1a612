"""Plans as a whole: their names, plans that stand twice, and rules that all point the other way."""

from __future__ import annotations

import pytest
from entries import HIGHER, SOUND, places, problems

PLAN = SOUND[SOUND.index("  iwate-r3:\n") :]
TITLES = "    ja: 岩手支部 令和3年度事業計画\n    en: Iwate branch, plan for FY2021\n"
MIYAGI = ("\nunits:\n", "  miyagi:\n    ja: 宮城支部\n    en: Miyagi branch\n    kind: branch\n\nunits:\n")


def another(year):
    """The same plan of another year."""
    text = PLAN.replace("iwate-r3", f"iwate-r{year}").replace("R3", f"R{year}").replace("令和3", f"令和{year}")
    return (PLAN, PLAN + text.replace("FY2021", f"FY{2018 + year}"))


class TestTitle:
    @pytest.mark.parametrize("year", ["R2", "令和4年度"])
    def test_year(self, year):
        """A fiscal year that the name of the plan contradicts is told where it stands."""
        assert places(("fiscal_year: R3", f"fiscal_year: {year}")) == [("year-of-another", year)]

    @pytest.mark.parametrize(
        "title",
        [
            "    ja: 岩手支部 事業計画\n    en: Iwate branch, plan\n",
            "    ja: 岩手支部 令和3年度事業計画（令和2年度決定）\n    en: Iwate branch, plan\n",
            "    ja: 岩手支部 2021年度事業計画\n    en: Iwate branch, plan\n",
            "    ja: 岩手支部 明治99年度\n    en: Iwate branch, plan for FY2021\n",
            "    ja: 計画\n    en: Plan of FY2021\n",
        ],
    )
    def test_sound(self, title):
        """A name may say no year, its year among others, or none that there is, and no branch."""
        assert places((TITLES, title)) == []

    def test_branch(self):
        """So is an organisation where the name says another."""
        assert places(MIYAGI, ("organisation: iwate", "organisation: miyagi")) == [
            ("organisation-of-another", "miyagi")
        ]

    def test_two_branches(self):
        """A name that says its own branch may say others."""
        assert places(MIYAGI, ("    ja: 岩手支部 令和3", "    ja: 岩手支部と宮城支部 令和3")) == []


class TestTwice:
    def test_same(self):
        """A plan of the same organisation, year and document is one too many."""
        assert places((PLAN, PLAN + PLAN.replace("iwate-r3", "copied"))) == [("plan-again", "copied:")]

    def test_another_year(self):
        """One of another year is not."""
        assert places(another(4)) == []


class TestDirections:
    def test_of_no_plan(self):
        """Where the rules of all plans point the other way, the direction of the KPI is wrong, and is told once."""
        assert places(HIGHER, another(4)) == [("direction-of-none", "single_bid_share:")]
        (problem,) = problems(HIGHER, another(4))
        assert problem.message == ("higher is said to be better for the KPI, but every plan sets it a target with <=")

    def test_of_one_plan(self):
        """Where one of several does, or the only one, that rule is wrong."""
        old, new = another(4)
        wrong = new[::-1].replace('"<= 20%'[::-1], '">= 20%'[::-1], 1)[::-1]
        assert [code for code, _ in places((old, wrong))] == ["direction-clash"]
        assert [code for code, _ in places(HIGHER)] == ["direction-clash"]

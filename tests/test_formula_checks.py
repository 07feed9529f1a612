"""Formulas that give the same whatever is counted, or a percentage twice."""

from __future__ import annotations

import pytest
from entries import FORMULA, places, problems, told


def of(formula):
    """The codes of a KPI of this formula, in percent."""
    return told((FORMULA, f"    formula: {formula}\n"))


class TestDependsOnData:
    @pytest.mark.parametrize(
        "formula",
        [
            "open_tenders / open_tenders",
            "一般競争入札件数 / 一般競争入札数",
            "(cost + cost) / (cost + cost)",
            "2 * open_tenders / open_tenders",
            "open_tenders / (2 * open_tenders)",
            "(open_tenders + 0 * single_bid_tenders) / open_tenders",
            "(open_tenders + single_bid_tenders) / (single_bid_tenders + open_tenders)",
            "(open_tenders - single_bid_tenders) / (single_bid_tenders - open_tenders)",
            "max(open_tenders, single_bid_tenders) / max(single_bid_tenders, open_tenders)",
            "(open_tenders - open_tenders) / single_bid_tenders",
        ],
    )
    def test_same_parts(self, formula):
        """A numerator that is always the same share of its denominator, under whatever label, is a problem."""
        assert of(formula) == ["same-parts"]

    @pytest.mark.parametrize(
        "formula",
        [
            "single_bid_tenders / open_tenders + open_tenders / open_tenders - single_bid_tenders / open_tenders",
            "0 * single_bid_tenders / open_tenders * 3",
            "50%",
        ],
    )
    def test_constant(self, formula):
        """So is any other formula that always gives the same."""
        assert of(formula) == ["constant-formula"]

    @pytest.mark.parametrize(
        "formula",
        [
            "open_tenders / (single_bid_tenders + open_tenders)",
            "(single_bid_tenders + open_tenders) / open_tenders",
            "max(single_bid_tenders, open_tenders) / open_tenders",
            "max(open_tenders, single_bid_tenders) / open_tenders",
            "min(single_bid_tenders, open_tenders) / open_tenders",
            "single_bid_tenders * single_bid_tenders / open_tenders / open_tenders",
        ],
    )
    def test_sound(self, formula):
        """Different parts are none, even where one holds the other."""
        assert of(formula) == []

    @pytest.mark.parametrize(
        ("formula", "message"),
        [
            ("open_tenders / open_tenders", "'open_tenders' over 'open_tenders' is 100% whatever is counted"),
            ("open_tenders / (3 * open_tenders)", "'open_tenders' over '3 * open_tenders' is 1/3 whatever is counted"),
        ],
    )
    def test_message(self, formula, message):
        """The message says what the formula always gives."""
        (problem,) = problems((FORMULA, f"    formula: {formula}\n"))
        assert problem.message == message


class TestDenominators:
    @pytest.mark.parametrize(
        ("formula", "place"),
        [
            ("single_bid_tenders / (open_tenders - open_tenders)", "open_tenders - open_tenders)"),
            ("single_bid_tenders / (0 * open_tenders)", "0 * open_tenders)"),
            ("single_bid_tenders / open_tenders + cost / (cost - cost)", "cost - cost)"),
        ],
    )
    def test_zero(self, formula, place):
        """A denominator that is always 0 is a problem, where it stands."""
        ((code, found),) = places((FORMULA, f"    formula: {formula}\n"))
        assert code == "zero-denominator"
        assert found.removeprefix("(") == place

    def test_literal_zero(self):
        """The number 0 itself is told as before."""
        assert of("single_bid_tenders / open_tenders / 0") == ["division-by-zero"]


class TestTermsOnce:
    @pytest.mark.parametrize(
        "formula",
        [
            "(single_bid_tenders + single_bid_tenders) / open_tenders",
            "single_bid_tenders / (open_tenders + single_bid_tenders + open_tenders)",
            "(single_bid_tenders + 2 cases + 一者応札件数) / open_tenders",
        ],
    )
    def test_twice(self, formula):
        """A term that stands in one sum twice is a problem, told once."""
        assert of(formula) == ["term-again"]

    def test_sound(self):
        """One in two sums, or as a part of another term, is none."""
        assert of("(single_bid_tenders + 2 * single_bid_tenders) / (open_tenders + single_bid_tenders)") == []

    def test_units_that_clash(self):
        """Where the parts of a formula clash, no other unit is expected of the whole."""
        assert of("single_bid_tenders + cost / open_tenders") == ["unit-clash"]


def test_many_variables():
    """A formula of more variables than are ever told apart is taken to depend on them."""
    variables = "".join(
        f"  part_{number}:\n    ja: 内訳{number}\n    en: part {number}\n    unit: case\n    kind: flow\n"
        for number in range(24)
    )
    total = " + ".join(f"part_{number}" for number in range(24))
    formula = (FORMULA, f"    formula: 0.5 * ({total}) / ({total})\n")
    assert told(("variables:\n", f"variables:\n{variables}"), formula) == []


class TestPercentOnce:
    @pytest.mark.parametrize(
        "formula",
        [
            "100 * single_bid_tenders / open_tenders",
            "single_bid_tenders / open_tenders * 100",
            "single_bid_tenders * 100 / open_tenders",
            "single_bid_tenders / open_tenders / 100",
            "single_bid_tenders / (open_tenders / 100)",
        ],
    )
    def test_factor(self, formula):
        """A formula in percent is not multiplied by 100 as well; the factor is told where it stands."""
        ((code, place),) = places((FORMULA, f"    formula: {formula}\n"))
        assert code == "percent-twice"
        assert place.startswith("100")

    @pytest.mark.parametrize("formula", ["single_bid_tenders / open_tenders * 100%", "single_bid_tenders / 100 cases"])
    def test_sound(self, formula):
        """100 % is 1, and 100 cases are a number of cases."""
        assert of(formula) == []

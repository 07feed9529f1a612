"""Results as something to calculate with: inputs, bounds, formulas, and what cannot be stated so."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import kpi
from kpi.compilation.bounds import largest_number
from kpi.compilation.integers import Input
from kpi.evaluation.decision import Verdict
from kpi.formulas.nodes import Period
from kpi.reports.workbook.calculating import number, truth
from kpi.reports.workbook.expressions import quoted
from kpi.reports.workbook.formulas import Formulas
from kpi.reports.workbook.labels import Labels
from kpi.reports.workbook.live import LARGEST, LARGEST_DIVIDED, Live, live

VERDICTS = {verdict: verdict.value for verdict in Verdict}


def formulas_of(formula, result):
    """The formulas of a result, with its inputs in A1, A2, …."""
    found = live(formula, result)
    assert isinstance(found, Live), found
    cells = {one.input: f"A{row}" for row, one in enumerate(found.given, 1)}
    return Formulas(found, cells, "B:B", VERDICTS, lambda clause: clause.display.decimals)


def inside(formula):
    """A formula without the guard around it."""
    assert formula.startswith('IF(COUNTIF(B:B,"×")>0,')
    return formula.partition(",")[2].partition(">0,")[2].partition(",")[2].removesuffix(")")


SHARE = kpi.parse("a / b >= 59.6%", decimals=1)
TENDERS = kpi.parse("a / b <= 20%; a <= 1 case when b <= 4 cases")


class TestFormulas:
    def test_share(self):
        """A share is shown by dividing, and decided without."""
        found = formulas_of(SHARE, SHARE.evaluate({"a": 149, "b": 250}))
        assert inside(found.value()) == 'IF(A2<>0,ROUND(100*A1/A2,1),"")'
        assert inside(found.target()) == "ROUND(A3,1)"
        assert inside(found.verdict()) == (
            'IF(A2<>0,IF(1000*A1>=ROUND(A3*10,0)*A2,"achieved","missed"),"not_evaluable")'
        )

    def test_cases(self):
        """A rule by cases asks first which clause applies, and each is shown in its own unit."""
        found = formulas_of(TENDERS, TENDERS.evaluate({"a": 1, "b": 3}))
        assert inside(found.value()) == 'IF(A2<=A4,ROUND(A1,0),IF(A2<>0,ROUND(100*A1/A2,1),""))'
        assert inside(found.verdict()) == (
            'IF(A2<=A4,IF(A1<=A5,"achieved","missed"),'
            'IF(A2<>0,IF(1000*A1<=ROUND(A3*10,0)*A2,"achieved","missed"),"not_evaluable"))'
        )
        assert inside(found.chosen(lambda clause: clause.display.unit.name)) == 'IF(A2<=A4,"case","%")'

    def test_one_clause(self):
        """What all clauses have in common is no formula."""
        assert formulas_of(SHARE, SHARE.evaluate({"a": 1, "b": 2})).chosen(lambda _: "x") is None

    def test_done(self):
        """What is to be done has neither target nor margin."""
        done = kpi.parse("posts is done")
        found = formulas_of(done, done.evaluate({"posts": 2}))
        assert (found.target(), found.margin()) == (None, None)
        assert inside(found.verdict()) == 'IF(A1>=1,"achieved","missed")'

    @pytest.mark.parametrize(
        ("rounding", "expected"),
        [
            ("half_up", 'IF(A2<>0,ROUND(100*A1/A2,1),"")'),
            ("floor", 'IF(A2<>0,INT((1000*A1)/MAX(A2,1))/10,"")'),
            ("ceil", 'IF(A2<>0,INT((1000*A1+A2-1)/MAX(A2,1))/10,"")'),
        ],
    )
    def test_rounding(self, rounding, expected):
        """A value is rounded as its KPI rounds."""
        formula = kpi.parse("a / b >= 59.6%", decimals=1, rounding=rounding)
        found = formulas_of(formula, formula.evaluate({"a": 1, "b": 3}))
        assert inside(found.value()).replace("+(A2-1)", "+A2-1") == expected

    def test_distance_without_direction(self):
        """The margin of an equality is never positive."""
        equal = kpi.parse("a = 7")
        found = formulas_of(equal, equal.evaluate({"a": 5}))
        assert inside(found.margin()) == "ROUND((-1)*ABS(A1-A2),0)"

    def test_denominators_that_are_differences(self):
        """A denominator below zero decides nothing."""
        formula = kpi.parse("a / (b - c) >= 20%")
        found = formulas_of(formula, formula.evaluate({"a": 1, "b": 5, "c": 2}))
        assert found.verdict().startswith('IF(OR(COUNTIF(B:B,"×")>0,A2-A3<0),"not_evaluable",')

    def test_quotes(self):
        """A text in a formula keeps its quotes."""
        assert quoted('say "yes"') == '"say ""yes"""'


class TestInputs:
    def test_order(self):
        """Counts stand in the order of the formula, then what lies elsewhere, then the numbers that the rule writes."""
        found = live(TENDERS, TENDERS.evaluate({"a": 1, "b": 3}))
        assert [(one.input.name, one.value) for one in found.given] == [
            ("a", 1), ("b", 3), ("number 1", 20), ("number 2", 4), ("number 3", 1),
        ]  # fmt: skip

    def test_published(self):
        """Where only the rate is known, it is the input."""
        found = live(SHARE, SHARE.evaluate(value="59.6%"))
        assert [(one.input.name, one.value, one.unit.name, one.decimals) for one in found.given] == [
            ("", Fraction("59.6"), "%", 1),
            ("number 1", Fraction("59.6"), "%", 1),
        ]

    def test_missing(self):
        """Where something is missing, its cell is there to be filled, and so is that of the rate."""
        found = live(SHARE, SHARE.evaluate({"a": 1}))
        assert [(one.input.name, one.value, one.required) for one in found.given] == [
            ("a", 1, True),
            ("b", None, False),
            ("", None, False),
            ("number 1", Fraction("59.6"), True),
        ]

    def test_last_year(self):
        """A stated baseline stands for last year; otherwise last year's counts are inputs of their own."""
        formula = kpi.parse("a / b >= prior year")
        stated = live(formula, formula.evaluate({"a": 1, "b": 2}, prior={"a": 1, "b": 3}, baseline="33%"))
        assert [one.input for one in stated.given] == [Input("a"), Input("b"), Input("", is_stated=True)]
        computed = live(formula, formula.evaluate({"a": 1, "b": 2}, prior={"a": 1, "b": 3}))
        assert [one.input.period for one in computed.given] == [None, None, Period.PRIOR_YEAR, Period.PRIOR_YEAR]

    def test_baseline_in_brackets(self):
        """A baseline in brackets can be changed as well."""
        formula = kpi.parse("a / b >= prior year (70.57%)")
        found = live(formula, formula.evaluate({"a": 1, "b": 2}))
        assert [(one.value, one.decimals) for one in found.given if one.written] == [(Fraction("70.57"), 2)]

    def test_labels(self):
        """Every input says what it is, in both languages."""
        result = TENDERS.evaluate({"a": 1, "b": 3})
        found = live(TENDERS, result)
        assert [Labels(result, "en").label(one) for one in found.given] == [
            "a", "b", "Target: <= 20%", "Condition: b <= 4 cases", "Target: a <= 1 case",
        ]  # fmt: skip
        formula = kpi.parse("a / b >= mean of 2 years")
        references = {"FY2019": {"a": 1, "b": 2}}
        result = formula.evaluate({"a": 1, "b": 2}, prior={"a": 1, "b": 3}, fiscal_year="R3", references=references)
        labels = [Labels(result, "ja").label(one) for one in live(formula, result).given]
        assert labels == ["a", "b", "a（令和元年度）", "b（令和元年度）", "a（対前年度）", "b（対前年度）"]


class TestBounds:
    def test_shares_leave_room_for_counts(self):
        """A share goes up to 1,000 %, and counts as far as fifteen digits allow then."""
        found = live(SHARE, SHARE.evaluate({"a": 149, "b": 250}))
        assert [(one.least, one.most) for one in found.given] == [
            (-90_909_090_909, 90_909_090_909), (0, 90_909_090_909), (-1000, 1000),
        ]  # fmt: skip

    def test_nothing_is_larger(self):
        """Within the bounds no number has more digits than a spreadsheet keeps; with a rounding in it, one less."""
        shown = kpi.parse("a / b >= 59.6%", decimals=1, compared="shown")
        for formula, limit in ((SHARE, LARGEST), (TENDERS, LARGEST), (shown, LARGEST_DIVIDED)):
            found = live(formula, formula.evaluate({"a": 1, "b": 2}))
            bounds = {one.input: int(one.most * 10**one.decimals) for one in found.given}
            assert largest_number(found.program.parts, bounds) < limit


class TestNotLive:
    @pytest.mark.parametrize(
        ("text", "inputs", "why"),
        [
            ("a >= 1 every month", {"a": [1, 2]}, "every"),
            ("a / b >= 20%", {"a": "該当なし", "b": 3}, "not_applicable"),
            ("a / b >= 20%", {"a": Fraction(1, 3), "b": 3}, "endless"),
            ("a / b >= 20%", {"a": 10**12, "b": 3}, "too_large"),
            ("a / b >= 20%", {"a": 1, "b": -3}, "negative"),
            ("a / (b - 4) >= 20%", {"a": 1, "b": 3}, "negative"),
            ("a >= 1000000000000000", {"a": 1}, "too_large"),
        ],
    )
    def test_why(self, text, inputs, why):
        """What no formula of a sheet states exactly has a reason instead."""
        formula = kpi.parse(text)
        assert live(formula, formula.evaluate(inputs)) == why

    def test_handed_in_otherwise(self):
        """A mean of years that was handed in as one number is not made of the years."""
        formula = kpi.parse("a / b >= mean of 2 years")
        result = formula.evaluate({"a": 1, "b": 2}, references={"mean of 2 years": "40%"})
        assert result.achieved is True
        assert live(formula, result) == "otherwise"


COMPARATORS = st.sampled_from([">=", "<=", ">", "<", "="])
SHARES = st.integers(0, 1500).map(lambda tenths: f"{tenths / 10}%")
TARGETS = st.one_of(
    SHARES,
    st.sampled_from(
        ["prior year", "prior year end", "fiscal year 2019", "prior year + 0.5 points", "70% of prior year"]
    ),
    st.builds("max({}, prior year)".format, SHARES),
    st.builds("min(prior year, {})".format, SHARES),
)
CLAUSES = st.builds("{} {}".format, COMPARATORS, TARGETS)
COUNTS = st.builds("a {} {} cases".format, COMPARATORS, st.integers(0, 9))
CONDITIONS = st.builds("b {} {} cases".format, COMPARATORS, st.integers(0, 9))
TEXTS = st.one_of(
    CLAUSES,
    st.builds("{} and {}".format, CLAUSES, CLAUSES),
    st.builds("{}; {} when {}".format, CLAUSES, COUNTS, CONDITIONS),
    st.builds("{}; {} when {}; {} when {}".format, CLAUSES, COUNTS, CONDITIONS, CLAUSES, CONDITIONS),
)
ROWS = st.fixed_dictionaries({"a": st.integers(0, 12) | st.none(), "b": st.integers(0, 12) | st.none()})


@example(">= 0% and >= prior year", {"a": None, "b": None}, {"a": 0, "b": 0}, None, "shown", "half_up")
@example(">= 0.0% and >= 70% of prior year", {"a": None, "b": None}, {"a": None, "b": None}, None, "exact", "half_up")
@given(
    TEXTS, ROWS, ROWS, st.none() | SHARES, st.sampled_from(["exact", "shown"]), st.sampled_from(["half_up", "floor"])
)
def test_any_rule(text, inputs, prior, baseline, compared, rounding):
    """Whatever the rule, what is stated as formulas comes to the verdict, the value and the margin of the library."""
    formula = kpi.parse(f"a / b {text}", decimals=1, compared=compared, rounding=rounding)
    references = {"FY2019": {"a": 1, "b": 3}}
    result = formula.evaluate(inputs, prior=prior, baseline=baseline, fiscal_year="R3", references=references)
    found = live(formula, result)
    if not isinstance(found, Live):  # to tell which of two targets is closer may take more digits than there are
        assert (found, " and " in text) == ("too_large", True)
        assert compared == "shown" or "% of" in text
        return
    numbers = {one.input: None if one.value is None else int(one.value * 10**one.decimals) for one in found.given}
    verdict = next(verdict for condition, verdict in found.program.outcomes if truth(condition, numbers))
    assert verdict is result.outcome
    assert calculated(found.program.value, numbers) == (result.value and result.value / result.display.unit.per)
    assert calculated(found.program.margin, numbers) == (result.check and result.check.margin)


def calculated(ratio, numbers):
    """What a ratio comes to, None where it is not defined."""
    if not truth(ratio.defined, numbers):
        return None
    return Fraction(number(ratio.numerator, numbers), number(ratio.denominator, numbers))

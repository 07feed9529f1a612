"""Exceptions: one root, and the problems they carry."""

from __future__ import annotations

import inspect
import pickle

import pytest

import kpi
from kpi import errors
from kpi.units import UNITS

EXCEPTIONS = [found for _, found in inspect.getmembers(errors, inspect.isclass) if found.__module__ == errors.__name__]
CASES = kpi.Vocabulary.of([kpi.Variable("open_tenders", UNITS["case"], ja="一般競争入札件数")])


@pytest.mark.parametrize("exception", EXCEPTIONS, ids=lambda exception: exception.__name__)
def test_root(exception):
    """Every exception of the library derives from KpiError."""
    assert issubclass(exception, kpi.KpiError)


def test_every_problem():
    """A FormulaError carries every problem of the text, in its order, and its message shows each."""
    with pytest.raises(kpi.FormulaError) as raised:
        kpi.parse("opne_tenders >= 1 case; other <= 2 when open_tenders <= 3 yen", vocabulary=CASES)
    problems = raised.value.problems
    assert [problem.code for problem in problems] == ["unknown-variable", "unknown-variable", "unit-clash"]
    assert [problem.column for problem in problems] == [1, 25, 41]
    assert all(problem.message in str(raised.value) for problem in problems)


def test_formula_error_pickles():
    """A FormulaError goes through pickle with its problems."""
    with pytest.raises(kpi.FormulaError) as raised:
        kpi.parse("a / b >=")
    copy = pickle.loads(pickle.dumps(raised.value))  # noqa: S301 - written in the line itself
    assert copy.problems == raised.value.problems
    assert str(copy) == str(raised.value)


@pytest.mark.parametrize("value", ["about 5", "5 kilometres", [5], object()], ids=["words", "unit", "list", "object"])
def test_unreadable_value_names_its_variable(value):
    """A value that is no number is refused under the name of its variable."""
    with pytest.raises(kpi.ValueReadingError, match=r"^open_tenders"):
        kpi.parse("closed / open_tenders >= 1%").evaluate({"closed": 1, "open_tenders": {"4月": value}})


def test_unreadable_value_by_month():
    """A value that is no number is refused with its month."""
    with pytest.raises(kpi.ValueReadingError, match=r"posts \(2021-05\): 'many' is no number"):
        kpi.parse("posts >= 1 every month").evaluate({"posts": {"2021-04": 1, "2021-05": "many"}})


@pytest.mark.parametrize("name", ["baseline", "value"])
def test_unreadable_value_of_the_kpi(name):
    """The KPI's own value and its baseline are refused by their names."""
    with pytest.raises(kpi.ValueReadingError, match=rf"^{name}: 'high' is no number"):
        kpi.parse("a / b >= prior year").evaluate(**{name: "high"})


def test_unit_of_a_variable():
    """A value in another unit is refused with both units."""
    with pytest.raises(kpi.UnitError, match="open_tenders is measured in cases; found '3 yen'"):
        kpi.parse("open_tenders <= 4 cases", vocabulary=CASES).evaluate({"open_tenders": "3 yen"})


def test_unit_of_the_kpi():
    """A published value in another unit than the KPI's is refused with both units."""
    with pytest.raises(kpi.UnitError, match="value is measured in %; found '3 cases'"):
        kpi.parse("a / b >= 20%").evaluate(value="3 cases")


@pytest.mark.parametrize(
    ("known", "name"), [({"prior": "high"}, "prior"), ({"references": {"national": "3 cases"}}, "national")]
)
def test_bad_reference_value(known, name):
    """A value for a reference is refused under the name it was given by."""
    with pytest.raises(kpi.KpiError, match=f"^{name}"):
        kpi.parse("a / b >= max(prior year, national, 20%)").evaluate({"a": 1, "b": 1}, **known)


def test_unit_of_the_whole():
    """A mean per case may be stated in plain yen, as plans print it."""
    formula = kpi.parse("amount / reassessed >= prior year", unit="yen/case")
    assert formula.evaluate({"amount": 16_400, "reassessed": 2}, baseline="8,196円").achieved


def test_unknown_name_reads_as_a_sentence():
    """An UnknownNameError is a KeyError whose text is not quoted once more."""
    error = kpi.UnknownNameError("unknown unit 'x'")
    assert isinstance(error, KeyError)
    assert str(error) == "unknown unit 'x'"

"""Values handed in for other times and places, each of them named once."""

from __future__ import annotations

import pytest

import kpi

FORMULA = kpi.parse("a / b >= prior year")
NOW = {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("references", "known"),
    [
        ({"prior year": "75%", "対前年度": "76%"}, {}),
        ({"fiscal year 2019": "75%", "令和元年度": "75%"}, {}),
        ({"mean of 3 years": "75%", "過去3年平均": "75%"}, {}),
        ({"prior year": "75%"}, {"prior": "80%"}),
        ({"FY2020": "75%", "prior year": "75%"}, {"fiscal_year": "R3"}),
        ({"FY2020": "75%"}, {"prior": "75%", "fiscal_year": "R3"}),
    ],
)
def test_one_place_under_two_names(references, known):
    """Two spellings of one place are an error that quotes both; none of them wins silently."""
    with pytest.raises(kpi.ValueReadingError, match="name the same time or place; expected its values once"):
        FORMULA.evaluate(NOW, references=references, **known)


def test_different_places():
    """Other places, and a fiscal year that nothing tells to be the prior one, stand beside each other."""
    references = {"prior year": "75%", "prior year end": "76%", "FY2020": "77%", "national": "78%"}
    assert FORMULA.evaluate(NOW, references=references).target == 75
    assert FORMULA.evaluate(NOW, prior="70%", references={"prior year end": "76%"}).target == 70


def test_unknown():
    """A text that is no reference names the nearest, and the keyword of the function is none."""
    with pytest.raises(kpi.UnknownNameError, match="did you mean 'prior year'"):
        FORMULA.evaluate(NOW, references={"prior yaer": "75%"})

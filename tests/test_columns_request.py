"""The request: what was asked, checked before a frame is seen."""

from __future__ import annotations

import pytest

import kpi
from kpi.columns.request import missing_columns, request
from kpi.errors import ColumnsError

SHARE = {"share": kpi.parse("a / b >= prior year")}


def test_added():
    """Columns are added KPI by KPI, in the order of the parts."""
    both = request({**SHARE, "other": SHARE["share"]}, only=("margin", "outcome"))
    assert [*both.added().values()] == ["share_outcome", "share_margin", "other_outcome", "other_margin"]
    assert [*request(SHARE["share"]).added().values()] == ["outcome", "value", "target", "margin"]
    assert [*request(SHARE["share"], names="r3_{part}", only="value").added().values()] == ["r3_value"]


def test_names_that_do_not_differ():
    """Names that two columns would share are refused."""
    same = request({**SHARE, "other": SHARE["share"]}, names="{part}", only="outcome")
    with pytest.raises(ColumnsError, match="'outcome', which exist already"):
        same.check_added([])


@pytest.mark.parametrize(
    ("known", "message"),
    [
        ({"only": "verdict"}, "unknown part 'verdict'"),
        ({"names": {"outcom": "x"}}, "unknown part 'outcom'; did you mean 'outcome'?"),
        ({"names": "{kpy}_{part}"}, r"names: '{kpy}_{part}' .*expected {kpi} and {part}"),
        ({"columns": {"c": "x"}}, "unknown variable or KPI 'c'"),
        ({"baseline": {"shares": 3}}, "unknown KPI 'shares'; did you mean 'share'?"),
    ],
)
def test_mistakes(known, message):
    """What is not known is named, with the nearest that is."""
    with pytest.raises(ColumnsError, match=message):
        request(SHARE, **known)


def test_missing_columns():
    """The message names every column, what needs it, and the nearest that is there."""
    missing = {"open_tenders": ("share", "count"), "organisation": ()}
    assert missing_columns(missing, ["open_tender"]) == (
        "the frame has no column 'open_tenders' (for share, count); did you mean 'open_tender'?; "
        "no column 'organisation'"
    )

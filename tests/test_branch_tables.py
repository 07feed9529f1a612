"""`kpi.cli.branch_tables`: what `kpi records` prints for people."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import kpi
from kpi.cli.branch_tables import branches
from kpi.records import rows
from kpi.records.branches import CountedPlan

CATALOG = kpi.load_catalog(Path(__file__).parents[1] / "docs" / "records" / "catalog.yaml")
CLAIM = {
    "branch": "iwate", "received": date(2021, 5, 6), "paid": date(2021, 5, 10), "kind": "x", "amount": 1,
    "lost_qualification": False, "voluntary_continuation": False, "returned": False,
}  # fmt: skip


@pytest.fixture
def printed(capsys, monkeypatch):
    """What is printed about claims: its lines, and the cells of its tables."""
    monkeypatch.setenv("COLUMNS", "120")

    def printed(claims, by="fiscal_year", language="en", kpis=("prompt_payment",)):
        counted = CountedPlan.of(CATALOG.plans["example-r3"], kpis)
        found = [*counted.results(rows.count(counted.own, {"claims": claims}, by), by)]
        branches(counted, found, CATALOG.organisations, by, language)
        lines = capsys.readouterr().out.splitlines()
        return lines, [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines if line.startswith("│")]

    return printed


def test_a_row_for_each_organisation(printed):
    """What is not known stands as a dash, and an organisation that the catalogue does not know under its own name."""
    lines, cells = printed(
        [CLAIM, {**CLAIM, "branch": "elsewhere", "paid": None}, {**CLAIM, "branch": None, "received": None}]
    )
    assert "prompt_payment: = 100%" in lines[0]
    assert cells == [
        ["organisation", "fiscal year", "value", "target", "margin", "verdict"],
        ["elsewhere", "2021", "", "100.00%", "", "? not evaluable"],
        ["Iwate branch", "2021", "100.00%", "100.00%", "+0.00 pp", "○ achieved"],
        ["–", "–", "0.00%", "100.00%", "-100.00 pp", "× missed"],
    ]
    assert lines[-1] == "achieved 1, missed 1, not evaluable 1"


@pytest.mark.parametrize(
    ("by", "head", "number"), [("half_year", "半期", "1"), ("quarter", "四半期", "1"), ("month", "月", "5")]
)
def test_periods_have_a_column(printed, by, head, number):
    lines, (heads, row) = printed([CLAIM], by, "ja")
    assert heads == ["組織", "年度", head, "実績", "目標", "差", "判定"]
    assert row[:3] == ["岩手支部", "2021", number]
    assert lines[0].strip().startswith("サービススタンダードの達成率")
    assert lines[-1] == "達成 1"


def test_each_kpi_has_a_table(printed):
    """Its name and rule stand above it, and the outcomes are counted below."""
    lines, cells = printed([CLAIM], kpis=())
    assert [row[-1] for row in cells] == [
        "verdict",
        "○ achieved",
        "verdict",
        "? not evaluable",
        "verdict",
        "? not evaluable",
    ]
    text = " ".join(line.strip() for line in lines)
    places = [text.index(f"{entry.kpi.key}: ") for entry in CATALOG.plans["example-r3"]]
    assert places == sorted(places)
    assert [line for line in lines if line.startswith(("achieved", "not evaluable"))] == [
        "achieved 1",
        *["not evaluable 1"] * 2,
    ]

"""What is shown about the thing under the pointer."""

from __future__ import annotations

import pytest
from cursors import at, half_written, on
from hypothesis import given
from records import SOUND_RECORDS

from kpi.editor.hover import hover

KPI = """\
**入札1件当たりの経費** / cost of a tender / `cost_per_tender`

yen, lower

```kpi
cost / open_tenders
経費 / 一般競争入札件数
```

```kpi
<= prior year (7,445 yen)
対前年度(7,445円)以下
```

岩手支部 令和3年度事業計画: 令和3年度 事業報告, Ⅰ（4）, p. 7

基準 / baseline: 7,445円"""


@pytest.mark.parametrize(
    "marked",
    ["- kpi: cost‸_per_tender", '"<= prior ‸year (', "formula: cost ‸/", "  ‸cost_per_tender:\n", "対前‸年度（"],
)
def test_kpi(marked):
    """A KPI shows its names, formula, rule, source and baseline, wherever its key, formula or rule stands."""
    assert hover(*on(marked)).markdown == KPI


@pytest.mark.parametrize(
    ("marked", "markdown"),
    [
        ("formula: cost‸ /", "**経費** / cost / `cost`\n\nyen, flow"),
        (
            "when open_‸tenders",
            "**一般競争入札件数** / open tenders / `open_tenders`\n\ncase, flow\n\n一般競争入札数",
        ),
        ("organisation: iw‸ate", "**岩手支部** / Iwate branch / `iwate`\n\nbranch"),
        ("    document: rep‸ort", "**令和3年度 事業報告** / Report for FY2021 / `report`"),
        ("iwate-r‸3:", "**岩手支部 令和3年度事業計画** / Iwate branch, plan for FY2021 / `iwate-r3`\n\niwate, R3"),
        ("unit: y‸en\n    kind", "**円** / yen / `yen`"),
    ],
)
def test_others(marked, markdown):
    """Everything else shows its names and the facts that tell it from others."""
    text, offset = on(marked)
    found = hover(text, offset)
    assert found.markdown == markdown
    assert found.span.start <= offset <= found.span.end


@pytest.mark.parametrize(
    ("marked", "markdown"),
    [
        ("count(‸claims where business", "**給付申請** / benefit claims / `claims`\n\noffice, received"),
        ("received, pa‸id) <=", "**支払日** / `paid`\n\ndate"),
        ("date: rec‸eived", "**受付日** / `received`\n\ndate"),
        ("      am‸ount: {", "**支給額** / `amount`\n\ninteger, yen"),
        (
            "<= 10 and ‸countable",
            "**評価対象** / claims that count / `countable`\n\n```kpi\nnot exempt\n```",
        ),
        (
            "condition: after_loss o‸r",
            "**評価対象外** / claims that do not count / `exempt`\n\n```kpi\nafter_loss or voluntary\n```",
        ),
        (
            "10 and countable) / claims_‸paid",
            "**支給件数** / claims paid / `claims_paid`\n\ncase, flow\n\n```kpi\ncount(claims where paid is known and countable)\n件数(給付申請のうち 支払日がある かつ 評価対象)\n```",
        ),
    ],
)
def test_records(marked, markdown):
    """Tables, columns and conditions show their names and facts, and what is counted is told in both languages."""
    text, offset = on(marked, SOUND_RECORDS)
    found = hover(text, offset)
    assert found.markdown == markdown
    assert found.span.start <= offset <= found.span.end


def test_aggregate_in_a_formula():
    """The Japanese text of a formula has the labels of tables, columns and conditions."""
    found = hover(*on("formula: count‸(claims where business", SOUND_RECORDS)).markdown
    assert "件数(給付申請のうち 営業日数(受付日, 支払日) <= 10 かつ 評価対象) / 支給件数" in found


def test_rule_that_cannot_be_read():
    """A rule that is being written does not keep the rest away."""
    text, offset = at('"<= prior year (7,445 yen)"', '"<= (‸"')
    assert hover(text, offset).markdown == KPI.replace(KPI[KPI.index("```kpi\n<=") : KPI.index("岩手")], "")


@pytest.mark.parametrize("marked", ["en: Iwate ‸branch\n", "    dire‸ction: lower\n    decimals: 1", "plans:‸\n"])
def test_nothing(marked):
    """Keys of fields and plain texts show nothing."""
    assert hover(*on(marked)) is None


@given(half_written())
def test_any_text(place):
    """Whatever the text, what is shown is about a stretch of it around the pointer."""
    found = hover(*place)
    assert found is None or found.span.start <= place[1] <= found.span.end

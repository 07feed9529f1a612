"""Results as tables of great-tables."""

from __future__ import annotations

import builtins
import re

import attrs
import pytest
from test_markup import Reader

import kpi
from kpi.charts.bars import Bar
from kpi.evaluation.result import Title
from kpi.tables import results_table
from kpi.tables.small_bars import small_bar


@pytest.fixture(scope="module")
def card():
    return kpi.load_catalog().plans["iwate-r3"].evaluate(kpi.load_published())


@pytest.fixture(scope="module")
def half():
    return kpi.load_catalog().plans["national-r3"].evaluate(kpi.load_published())


def cells(page):
    """The cells of the body, row by row, as text."""
    body = page.partition("<tbody")[2].partition("</tbody>")[0]
    return [
        [Reader(cell).text for cell in re.findall(r"<td.*?</td>", part, re.DOTALL)] for part in body.split("</tr>")[:-1]
    ]


class TestTable:
    def test_rows(self, card):
        """Name, value, target, attainment, margin and verdict of each KPI, in the order of the plan."""
        rows = cells(card._repr_html_())
        assert len(rows) == 17
        assert rows[5] == [
            "日本年金機構回収分も含めた資格喪失後1か月以内の保険証回収率", "93.99%", "95.7%以上", "", "98.2%", "-1.71ポイント", "× 未達成*",
            "全国 84.93%（+9.06ポイント）",
        ]  # fmt: skip

    def test_pace(self, half):
        """Where a pace is known, it stands beside the verdict."""
        rows = cells(half.table("en").as_raw_html())
        assert rows[9][-1] == "pace ○ 20.3% called for"

    def test_reasons(self, half):
        """Where there is no verdict, the reason stands below the name."""
        rows = cells(half.table("ja").as_raw_html())
        assert (
            rows[7][0]
            == "被扶養者資格の確認対象事業所からの確認書の提出率「被扶養者資格の確認書を提出した事業所数」の値がない"
        )

    def test_heading(self, card, half):
        """Below the title stand the counts, and below the table what its signs mean."""
        text = Reader(card._repr_html_()).text
        assert "岩手支部 令和3年度事業計画" in text
        assert "達成 10、未達成 7" in text
        assert "* 暫定" in text
        assert "achieved 8, missed 11, not evaluable 1" in Reader(half.table().as_raw_html()).text

    def test_notes(self):
        """A note of the scorecard stands beside the counts."""
        blank = kpi.load_catalog().plans["iwate-r3"].evaluate(kpi.Observations(()))
        assert "not evaluable 17, the table has no row of iwate" in Reader(blank.table().as_raw_html()).text

    def test_without_context(self):
        """A column of which nothing is known is left out."""
        result = kpi.parse("a <= 1").evaluate({"a": 1})
        assert len(cells(results_table([result]).as_raw_html())[0]) == 7

    def test_none(self):
        """Without results the table is empty."""
        assert cells(results_table([]).as_raw_html()) == []

    def test_escapes(self):
        """Names and titles stay text."""
        formula = attrs.evolve(kpi.parse("a / b <= 1%"), title=Title("k", "<script>", "<b>x"))
        page = results_table([formula.evaluate({"a": 1})], title="<i>").as_raw_html()
        assert not {tag for tag, _ in Reader(page).tags} & {"script", "b", "i"}
        assert "<b>x" in cells(page)[0][0]


class TestSmallBar:
    @pytest.mark.parametrize(
        ("text", "inputs", "filled", "marks"),
        [
            ("a >= 4", {"a": 4}, True, (2, 1, 0)),
            ("a >= 4", {"a": 3}, False, (2, 1, 0)),
            ("a >= 4", {"a": 9}, True, (2, 1, 1)),
            ("a >= 4", {}, False, (1, 1, 0)),
            ("a <= 0", {"a": 0}, False, (0, 0, 0)),
        ],
    )
    def test_marks(self, text, inputs, filled, marks):
        """A bar is filled where achieved and outlined where missed; the target is a line, and what goes on has an arrow."""
        picture = small_bar(Bar.of(kpi.parse(text).evaluate(inputs)), "words")
        assert ('fill="#0b5394"' in picture) is filled
        assert tuple(picture.count(f"<{tag} ") for tag in ("rect", "line", "path")) == marks

    def test_pace(self, half):
        """What this point of the year called for is a diamond."""
        assert small_bar(Bar.of(half["lifestyle_checkup_rate"]), "").count("<path ") == 1

    def test_words(self):
        """The picture is described."""
        picture = small_bar(Bar.of(kpi.parse("a >= 4").evaluate({"a": 4})), '98.2% "<b>')
        assert Reader(picture).tags[0][1]["aria-label"] == '98.2% "<b>'


@pytest.mark.parametrize("library", ["great_tables", "polars"])
def test_not_installed(card, library, monkeypatch):
    """Without the extra a notebook shows the plain table, and asking for the other one says what to install."""
    real = builtins.__import__

    def absent(name, *rest, **known):
        if name.partition(".")[0] == library:
            raise ImportError(name)
        return real(name, *rest, **known)

    monkeypatch.setattr(builtins, "__import__", absent)
    assert card._repr_html_() == card._plain_html("ja")
    with pytest.raises(kpi.MissingExtraError, match=r"is not installed: pip install 'kpi\[(notebook|polars)\]'$"):
        card.table()

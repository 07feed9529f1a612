"""The bullet chart of a scorecard."""

from __future__ import annotations

import builtins
import subprocess
import sys

import altair as alt
import attrs
import pytest

import kpi
from kpi.charts import alternative_text, bullet_chart
from kpi.evaluation.result import Title


@pytest.fixture(scope="module")
def card():
    return kpi.load_catalog().plans["iwate-r3"].evaluate(kpi.load_published())


def rows_of(chart):
    """The rows of a chart, which its layers share."""
    return max((layer["data"]["values"] for layer in chart.to_dict()["layer"]), key=len)


def named(name, text, inputs):
    return attrs.evolve(kpi.parse(text), title=Title("k", name, name)).evaluate(inputs)


class TestRows:
    def test_all(self, card):
        """A scorecard's chart has a row for each KPI, in the order of the plan, with or without a bar."""
        rows = rows_of(card.plot("ja"))
        assert [row["name"] for row in rows] == [result.title.ja for result in card]
        assert [row["name"] for row in rows if row["end"] is None] == [card["opinion_submission"].title.ja]

    def test_part(self, card):
        """Any results make a chart, in the order given."""
        some = [card["single_bid_share"], card["mail_in_rate"]]
        assert [row["name"] for row in rows_of(bullet_chart(some))] == [result.title.en for result in some]

    def test_same_name(self):
        """Two KPIs of one name are two rows."""
        results = [named("率", "a <= 1", {"a": 1}), named("率", "a <= 2", {"a": 1})]
        assert [row["place"] for row in rows_of(bullet_chart(results))] == [0, 1]

    def test_none(self):
        """Without results the chart is empty, and valid."""
        chart = bullet_chart([], title="空")
        assert isinstance(chart, alt.LayerChart)
        assert chart.to_dict()["title"]["text"] == "空"


class TestWords:
    def test_description(self, card):
        """What the chart shows is told in words beside it."""
        assert card.plot("ja").to_dict()["description"] == alternative_text(card, "ja")

    @pytest.mark.parametrize(
        ("language", "title", "key"),
        [
            ("ja", "岩手支部 令和3年度事業計画", "塗りつぶし: 達成　白抜き: 未達成　太線: 目標　▶ 目盛りの外へ続く　* 暫定"),
            ("en", "Iwate branch, business plan for FY2021", "filled: achieved · outlined: missed · thick line: target · ▶ goes on · * provisional"),
        ],
    )  # fmt: skip
    def test_title(self, card, language, title, key):
        """Below the title stands what the signs mean, those alone that are there."""
        found = card.plot(language).to_dict()["title"]
        assert (found["text"], found["subtitle"][1]) == (title, key)

    def test_pace(self):
        """Where a pace is known, its sign is explained."""
        half = kpi.load_catalog().plans["national-r3"].evaluate(kpi.load_published())
        assert "◆ called for by now" in half.plot().to_dict()["title"]["subtitle"][1]


def test_not_installed(card, monkeypatch):
    """Without altair the error says how to install it."""
    real = builtins.__import__

    def absent(name, *rest, **known):
        if name.partition(".")[0] == "altair":
            raise ImportError(name)
        return real(name, *rest, **known)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(kpi.MissingExtraError, match=r"^altair is not installed: pip install 'kpi\[notebook\]'$"):
        card.plot()


def test_imported_where_asked_for():
    """Loading and evaluating import nothing that is for notebooks, and the alternative text no library that draws."""
    code = (
        "import sys, kpi\n"
        "card = kpi.load_catalog().plans['iwate-r3'].evaluate(kpi.load_published())\n"
        "print(sorted({'kpi.charts', 'kpi.tables', 'kpi.markup'} & set(sys.modules)))\n"
        "import kpi.charts\n"
        "kpi.charts.alternative_text(card)\n"
        "print(sorted({'altair', 'vl_convert', 'great_tables', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n[]\n"

"""Charts as SVG."""

from __future__ import annotations

import builtins
import re
from xml.etree import ElementTree as ET

import altair as alt
import attrs
import pytest

import kpi
from kpi.charts import alternative_text, bullet_chart, enable_svg, to_svg
from kpi.evaluation.result import Title

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def card():
    return kpi.load_catalog().plans["iwate-r3"].evaluate(kpi.load_published())


def texts(svg):
    return ["".join(node.itertext()) for node in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314  # our own text


class TestText:
    def test_names(self, card):
        """Names are text and not outlines, also Japanese ones, in fonts that readers have."""
        svg = to_svg(card.plot("ja"))
        found = texts(svg)
        assert {"ジェネリック医薬品使用割合", "85.8%", "85.5%以上", "○ 達成*", "実績", "判定"} <= set(found)
        assert {*re.findall('font-family="([^"]*)"', svg)} == {
            "Noto Sans CJK JP, Noto Sans JP, Hiragino Sans, Yu Gothic, Meiryo, Arial, sans-serif"
        }

    def test_whole_names(self, card):
        """A name in two lines loses nothing."""
        found = "".join(texts(to_svg(card.plot("ja"))))
        assert all(result.title.ja in found for result in card)

    def test_escapes(self):
        """Signs of markup in a name stay text, in the picture and in its description."""
        formula = attrs.evolve(kpi.parse("a <= 1"), title=Title("k", '<b>"率"&', "x"))
        svg = to_svg(bullet_chart([formula.evaluate({"a": 1})], "ja", title="<script>"))
        assert {'<b>"率"&', "<script>"} <= set(texts(svg))
        assert "<script" not in svg


class TestStandsAlone:
    def test_description(self, card):
        """The picture is one image, with the description of its chart; its parts are none of their own."""
        root = ET.fromstring(to_svg(card.plot("ja")))  # noqa: S314  # our own text
        assert (root.get("role"), root.get("aria-label")) == ("img", alternative_text(card, "ja"))
        assert not [part for part in root.iter() if part is not root and (part.get("role") or part.get("aria-label"))]

    def test_beside_others(self, card):
        """It has no identifiers, which would clash with those of another in the same page."""
        assert not re.search(r"\bid=", to_svg(card.plot()))

    def test_fetches_nothing(self, card):
        """It refers to nothing outside."""
        assert {*re.findall(r"https?://[^\"' ]+", to_svg(card.plot()))} <= {
            "http://www.w3.org/2000/svg",
            "http://www.w3.org/1999/xlink",
        }

    def test_without_results(self):
        """A chart without rows is a picture, too."""
        assert ET.fromstring(to_svg(bullet_chart([]))).tag == f"{SVG}svg"  # noqa: S314  # our own text


class TestNotebook:
    def test_shown(self, card):
        """After `enable_svg` a notebook gets the picture, with its description as alternative text."""
        with alt.renderers.enable("default"):  # restored afterwards
            enable_svg()
            data, metadata = card.plot("ja")._repr_mimebundle_()
        assert data == {"image/svg+xml": to_svg(card.plot("ja")), "text/plain": alternative_text(card, "ja")}
        assert metadata == {"image/svg+xml": {"alt": alternative_text(card, "ja")}}

    @pytest.mark.parametrize(
        ("known", "label"),
        [
            ({"title": "a < b"}, "a < b"),
            ({"title": alt.Title("x", subtitle="y")}, "x"),
            ({"title": "x", "description": "told"}, "told"),
            ({}, None),
        ],
    )
    def test_of_others(self, known, label):
        """A chart that others made is called by its description or title, or is not called at all."""
        root = ET.fromstring(to_svg(alt.Chart(alt.Data(values=[{"x": 1}]), **known).mark_point()))  # noqa: S314
        assert root.get("aria-label") == label


def test_not_installed(card, monkeypatch):
    """Without vl-convert the error says how to install it."""
    chart, real = card.plot(), builtins.__import__

    def absent(name, *rest, **known):
        if name == "vl_convert":
            raise ImportError(name)
        return real(name, *rest, **known)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(
        kpi.MissingExtraError, match=r"^vl-convert-python is not installed: pip install 'kpi\[notebook\]'$"
    ):
        to_svg(chart)

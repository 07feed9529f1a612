"""Formulas in MathML."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from language import VOCABULARY, tree
from strategies import DEFINITIONS

from kpi.formulas.japanese import japanese
from kpi.formulas.mathml import mathml
from kpi.formulas.nodes import Definition, names
from kpi.markup import html


def brief(text):
    """The MathML of a formula with its longest tags shortened."""
    inside = re.fullmatch(r'<math displaystyle="true">(.*)</math>', html(mathml(tree(text).formula)))[1]
    return inside.replace("mtext>", "t>").replace("mrow>", "r>").replace("mfrac>", "f>").replace("mo>", "o>")


@pytest.mark.parametrize(
    ("text", "in_mathml"),
    [
        ("a / b >= 20%", "<f><t>a</t><t>b</t></f>"),
        ("a", "<t>a</t>"),
        ("(a + b) / c", "<f><r><t>a</t><o>+</o><t>b</t></r><t>c</t></f>"),
        ("a - (b - c)", "<r><t>a</t><o>−</o><r><o>(</o><r><t>b</t><o>−</o><t>c</t></r><o>)</o></r></r>"),
        ("10 yen/point * a / b", "<f><r><t>10 yen/point</t><o>×</o><t>a</t></r><t>b</t></f>"),
        ("(a / b) * c", "<r><f><t>a</t><t>b</t></f><o>×</o><t>c</t></r>"),
        ("70% of a", "<r><t>70%</t><o>×</o><t>a</t></r>"),
        ("max(a, 1)", '<r><mi>max</mi><r><o>(</o><t>a</t><mo separator="true">,</o><t>1</t><o>)</o></r></r>'),
    ],
)  # fmt: skip
def test_construct_in_mathml(text, in_mathml):
    """A quotient is a fraction, names and numbers are upright text, signs are the signs of mathematics."""
    assert brief(text) == in_mathml


def test_labels():
    """Variables stand under their labels, numbers in the words of the language."""
    found = mathml(
        tree("10 yen/point * checkups / members").formula,
        lambda name: VOCABULARY.label(name, "ja"),
        japanese,
    )
    assert list(found.itertext()) == ["10円/点", "×", "健診受診者数", "加入者数"]


def test_escapes():
    """No character of a name is taken for markup."""
    assert html(mathml(tree("「<b>&」").formula)).count("&lt;b&gt;&amp;") == 1


@settings(max_examples=50)
@given(DEFINITIONS)
def test_shows_every_name(found: Definition):
    """Whatever the formula, each of its names is there."""
    shown = [*mathml(found.formula).itertext()]
    assert set(names(found.formula)) <= set(shown)

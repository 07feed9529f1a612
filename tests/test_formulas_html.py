"""Formulas in HTML."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from language import VOCABULARY, tree
from strategies import FORMULAS

from kpi.formulas.html import formula_html
from kpi.formulas.japanese import japanese
from kpi.formulas.nodes import Expression, aggregates
from kpi.formulas.parser import parse_definition
from kpi.formulas.printer import name_text
from kpi.markup import html
from kpi.source import Source


def brief(text):
    """The HTML of a formula: `[above|below]` a fraction, `{…}` what is not seen."""
    page = html(formula_html(tree(text).formula))
    page = re.sub(r'<span style="font-size:0">(.*?)</span>', r"{\1}", page)
    page = re.sub(r'<span style="display:inline-block[^"]*"><span style="[^"]*">', "[", page)
    page = re.sub(r'</span><span style="display:block[^"]*">', "|", page)
    return page.replace("</span></span>", "]").removeprefix("<span>").removesuffix("</span>")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a / b >= 20%", "[a{ / }|b]"),
        ("a", "a"),
        ("(a + b) / c", "[{(}a + b{)}{ / }|c]"),
        ("a / (b * c)", "[a{ / }|{(}b × c{)}]"),
        ("a - (b - c)", "a − (b − c)"),
        ("a - b / c", "a − [b{ / }|c]"),
        ("a * (b / c)", "a × {(}[b{ / }|c]{)}"),
        ("10 yen/point * (a + b)", "10 yen/point × (a + b)"),
        ("a / (70% of b)", "[a{ / }|{(}70% × b{)}]"),
        ("max(a, 1)", "max(a, 1)"),
    ],
)
def test_construct_in_html(text, shown):
    """A quotient is a fraction, signs are the signs of mathematics, and brackets that the fraction spares are not seen."""
    assert brief(text) == shown


def test_labels():
    """Variables stand under their labels, numbers in the words of the language."""
    formula = tree("10 yen/point * checkups / members").formula
    found = formula_html(formula, lambda name: VOCABULARY.label(name, "ja"), japanese)
    assert "".join(found.itertext()) == "10円/点 × 健診受診者数 / 加入者数"


def test_escapes():
    """No character of a name is taken for markup."""
    assert html(formula_html(tree("「<b>&」").formula)) == "<span>&lt;b&gt;&amp;</span>"


@given(FORMULAS)
def test_text_alone(found: Expression):
    """Without its style the text is still that formula: read again, it gives the same tree."""
    counted = {aggregate.name for aggregate in aggregates(found)}  # which are text already
    shown = formula_html(found, lambda name: name if name in counted else name_text(name))
    text = "".join(shown.itertext())
    definition, problems = parse_definition(Source(text))
    assert problems == []
    assert definition.formula == found

"""Formulas in LaTeX."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from language import VOCABULARY, tree
from strategies import DEFINITIONS

from kpi.formulas.latex import latex
from kpi.formulas.nodes import Definition


@pytest.mark.parametrize(
    ("text", "in_latex"),
    [
        ("a / b >= 20%", r"\frac{\text{a}}{\text{b}} \ge \text{20\%}"),
        ("a * (b + c)", r"\text{a} \times \left(\text{b} + \text{c}\right)"),
        ("a - (b - c)", r"\text{a} - \left(\text{b} - \text{c}\right)"),
        ("(a + b) / c * 100", r"\frac{\text{a} + \text{b}}{\text{c}} \times \text{100}"),
        ("a <= max(prior year, 20%)", r"\text{a} \le \max\left(\text{prior year}, \text{20\%}\right)"),
        ("a < 70% of prior year", r"\text{a} < \text{70\%} \text{ of } \text{prior year}"),
        ("a > 1 every month", r"\text{a} > \text{1}\text{ every month}"),
        ("a is done", r"\text{a} \text{ is done}"),
        (
            "count(t where days(a_b, c) <= 5 and d = '50%') / count(t)",
            r"\frac{\text{count(t where days(a\_b, c) <= 5 and d = '50\%')}}{\text{count(t)}}",
        ),
        ("is done every branch", r"\text{ is done every branch}"),
        (
            "= 1 and b = 2; >= 3 when c = 4",
            r"= \text{1} \text{ and } \text{b} = \text{2};\quad \ge \text{3} \text{ when } \text{c} = \text{4}",
        ),
    ],
)
def test_construct_in_latex(text: str, in_latex: str) -> None:
    """A quotient is a fraction, names and numbers are upright text, signs are the signs of mathematics."""
    assert latex(tree(text)) == in_latex


def test_parts_have_a_latex_of_their_own() -> None:
    """A formula and a requirement alone are written in the same way."""
    found = tree("a - b >= 2")
    assert latex(found.formula) == r"\text{a} - \text{b}"
    assert latex(found.rule.requirements[0]) == r"\ge \text{2}"


def test_special_characters_are_escaped() -> None:
    """No character of a name is taken for a command."""
    assert latex(tree(r"「\a_b{c}^~%$#&」")) == (
        r"\text{\textbackslash{}a\_b\{c\}\textasciicircum{}\textasciitilde{}\%\$\#\&}"
    )


def test_labels_are_shown() -> None:
    """A variable is shown under its label."""
    found = tree("checkups / members")
    assert latex(found, lambda name: VOCABULARY.label(name, "ja")) == r"\frac{\text{健診受診者数}}{\text{加入者数}}"


@settings(max_examples=50, deadline=None)
@given(DEFINITIONS)
def test_braces_are_balanced(found: Definition) -> None:
    """Whatever the formula, its LaTeX opens and closes the same groups."""
    text = latex(found).replace(r"\{", "").replace(r"\}", "")
    assert text.count("{") == text.count("}")
    assert text.count(r"\left(") == text.count(r"\right)")

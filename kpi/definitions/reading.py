"""Reading formulas and rules from text: `kpi.parse` and `kpi.parse_rule`."""

from __future__ import annotations

from collections.abc import Collection
from typing import get_args

from kpi.definitions.defining import define, without_problems
from kpi.definitions.formula import MAX_DECIMALS, Formula, Style
from kpi.definitions.rule import Rule
from kpi.errors import FormulaError, UnknownNameError, ValueReadingError
from kpi.evaluation.display import Compared
from kpi.formulas import parser
from kpi.formulas.checker import check_rule
from kpi.formulas.vocabulary import Vocabulary
from kpi.problems import in_order, nearest
from kpi.quantities import Rounding
from kpi.source import Source
from kpi.units import UNITS, Unit


def parse(
    text: str,
    *,
    vocabulary: Vocabulary | None = None,
    unit: str | None = None,
    decimals: int | None = None,
    rounding: Rounding = "half_up",
    compared: Compared = "exact",
) -> Formula:
    """Reads a KPI, in symbols or in Japanese: `a / b <= 20%; a <= 1 case when b <= 4`.

    Args:
        text: a formula, with or without a rule.
        vocabulary: the variables it may use; without one every name is a variable.
        unit: the unit of its value, such as `%`; without one it follows from formula and rule.
        decimals: how many are shown; without them as many as target and data have.
        rounding: how the shown value is rounded: `half_up`, `half_even`, `floor` or `ceil`.
        compared: whether the rule compares the `exact` or the `shown` value.

    Raises:
        FormulaError: the text cannot be read or makes no sense; it carries every problem.
        UnknownNameError: *unit*, *rounding* or *compared* is none that there is.
    """
    _known("rounding", rounding, get_args(Rounding))
    if decimals is not None and not (isinstance(decimals, int) and 0 <= decimals <= MAX_DECIMALS):
        raise ValueReadingError(f"decimals: found {decimals!r}, expected a whole number from 0 to {MAX_DECIMALS}")
    _known("comparison", compared, get_args(Compared))
    source = Source(text)
    definition, problems = parser.parse_definition(source)
    if definition is None:
        raise FormulaError(problems)
    style = Style(unit and _unit(unit, vocabulary), decimals, rounding, compared)  # type: ignore[arg-type]  # "" is None
    found, problems = define(definition.formula, definition.rule, source, source, style, vocabulary)
    return without_problems(found, problems)


def parse_rule(text: str, *, vocabulary: Vocabulary | None = None) -> Rule:
    """Reads a rule, in symbols or as a plan prints it: `>= 59.6%`, `対前年度（95.7％）以上`.

    Raises:
        FormulaError: the text cannot be read or makes no sense; it carries every problem.
    """
    source = Source(text)
    tree, problems = parser.parse_rule(source)
    if tree is not None:
        tree, problems = check_rule(tree, source, vocabulary)
    if problems or tree is None:
        raise FormulaError(in_order(problems))
    return Rule(tree, source, vocabulary)


def _unit(name: str, vocabulary: Vocabulary | None) -> Unit:
    units = vocabulary.units if vocabulary else UNITS
    _known("unit", name, units)
    return units[name]


def _known(kind: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise UnknownNameError.of(kind, name, nearest(name, known))

"""Checking a formula together with its rule."""

from __future__ import annotations

from collections.abc import Collection

from kpi.definitions.formula import Formula, Style, is_quotient
from kpi.errors import FormulaError
from kpi.evaluation.display import own_requirements, unit_of
from kpi.evaluation.result import Title
from kpi.formulas import nodes
from kpi.formulas.checker import Checked, check_formula, check_rule, measure_name
from kpi.formulas.vocabulary import Vocabulary
from kpi.problems import Problem, in_order
from kpi.source import Source
from kpi.units import NUMBER, PURE, Unit, agree


def define(
    expression: nodes.Expression,
    rule: nodes.Rule | None,
    source: Source,
    rule_source: Source,
    style: Style,
    vocabulary: Vocabulary | None,
    *,
    title: Title = Title(),
    own_names: Collection[str] = (),
    rule_vocabulary: Vocabulary | None = None,
    checked: Checked | None = None,
) -> tuple[Formula, list[Problem]]:
    """Checks a formula with its rule; the definition is worth something only where there are no problems.

    *source* and *rule_source* are the texts the two trees were read from.
    *own_names* are names by which the rule may call the KPI itself; *checked* is the formula where that was done before.
    """
    problems: list[Problem] = []
    if checked is None:
        checked, problems = check_formula(expression, source, vocabulary)
    unit = style.unit or unit_of(checked.expression, checked.measure, own_requirements(rule), vocabulary)
    if checked.measure is not None and unit is not NUMBER and not agree(checked.measure, unit.dimension):
        problems.append(_wrong_unit(expression, source, checked, unit, vocabulary))
    if rule is not None:
        subject = checked.measure if unit is NUMBER else unit.dimension
        is_share = unit.is_share or (checked.measure == PURE and is_quotient(checked.expression))
        rule, rule_problems = check_rule(
            rule,
            rule_source,
            rule_vocabulary or vocabulary,
            subject,
            formula=checked.expression,
            own_names=own_names,
            is_share=is_share,
        )
        problems += rule_problems
    found = nodes.aggregates(nodes.Definition(checked.expression, rule))
    if found and vocabulary is not None and not problems:
        from kpi.definitions.aggregated import with_aggregates

        vocabulary = with_aggregates(vocabulary, found)
    return Formula(checked.expression, rule, unit, style, vocabulary, title), problems


def without_problems(formula: Formula, problems: list[Problem]) -> Formula:
    """The *formula*, which is worth something.

    Raises:
        FormulaError: there are *problems*; it carries them.
    """
    if problems:
        raise FormulaError(in_order(problems))
    return formula


def _wrong_unit(
    expression: nodes.Expression, source: Source, checked: Checked, unit: Unit, vocabulary: Vocabulary | None
) -> Problem:
    found = measure_name(checked.measure, vocabulary)
    facts = {
        "found": found.en or "a share",
        "found_ja": found.ja or "割合",
        "expected": unit.en,
        "expected_ja": unit.ja,
    }
    return Problem("wrong-unit", source, expression.span, facts)

"""What a reader should know beside a result: values that were handed in and contradict each other, or went unused."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import field, frozen

from kpi.evaluation.decision import Judgement
from kpi.evaluation.judge import STATED_FOR, Judge
from kpi.evaluation.observed import Situation
from kpi.formulas.evaluator import evaluate
from kpi.formulas.nodes import Comparison, Name, Reference, Rule, names, references
from kpi.quantities import Quantity


@frozen
class Note:
    """One thing to know: its *code*, and the numbers or texts that it tells of."""

    code: str
    facts: dict[str, Quantity | Reference | Name | str] = field(factory=dict)


def notes_on(judge: Judge, rule: Rule | None, situation: Situation, judgement: Judgement) -> Iterator[Note]:
    """The contradictions among the values of one evaluation."""
    computed = evaluate(judge.formula, judge.environment(situation.current, None, situation))
    own = situation.current.own
    for name in names(judge.formula):
        given = situation.current.variables.get(name)
        if isinstance(given, Fraction) and given < 0:
            yield Note("negative", {"name": Name(name)})
    value = computed if isinstance(computed, Fraction) else own
    if judge.display.unit.is_share and isinstance(value, Fraction) and not 0 <= value <= 1:
        yield Note("no_share", {"value": judge.display.quantity(value)})
    if isinstance(computed, Fraction) and isinstance(own, Fraction) and judge.display.shown(computed) != own:
        shown = {"given": judge.display.quantity(own), "computed": judge.display.quantity(computed)}
        yield Note("value_differs", {**shown})
    if situation.baseline is None:
        return
    mentioned = [reference for reference in references(rule) if reference.period in STATED_FOR] if rule else []
    if not mentioned:
        yield Note("baseline_unused", {"baseline": judge.display.quantity(situation.baseline)})
    for reference in _own_references(judgement):
        found = judge.from_data(reference, None, situation)
        if isinstance(found, Fraction) and judge.display.shown(found) != judge.display.shown(situation.baseline):
            facts = {"stated": judge.display.quantity(situation.baseline), "computed": judge.display.quantity(found)}
            yield Note("baseline_differs", {"reference": Reference(reference.period), **facts})


def _own_references(judgement: Judgement) -> Iterator[Reference]:
    """The references to last year in the checks of the KPI itself."""
    for check in judgement.checks:
        requirement = check.requirement
        if isinstance(requirement, Comparison) and (
            requirement.left is None or isinstance(requirement.left, Reference)
        ):
            yield from (found for found in references(requirement) if found.period in STATED_FOR)

"""What a reader should know beside a result: values that were handed in and contradict each other, or went unused."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import field, frozen

from kpi.evaluation.decision import Judgement
from kpi.evaluation.judge import STATED_FOR, Judge
from kpi.evaluation.observed import Situation
from kpi.formulas.evaluator import evaluate, plain_value
from kpi.formulas.nodes import Comparison, Name, Reference, Rule, names, references
from kpi.quantities import Quantity


@frozen
class Note:
    """One thing to know beside a result.

    Attributes:
        code: the kind of note.
        facts: the numbers or texts that it tells of.
    """

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
    yield from _baseline_notes(judge, rule, situation, judgement)


def _baseline_notes(judge: Judge, rule: Rule | None, situation: Situation, judgement: Judgement) -> Iterator[Note]:
    """A stated baseline that nobody asks for, that another stated one contradicts, or that the data contradict."""
    display, baseline = judge.display, situation.baseline
    mentioned = [reference for reference in references(rule) if reference.period in STATED_FOR] if rule else []
    if baseline is not None and not mentioned:
        yield Note("baseline_unused", {"baseline": display.quantity(baseline)})
    for reference in dict.fromkeys(_own_references(judgement)):
        stated = judge.stated(reference, None, situation)
        if stated is None:
            continue
        plain = Reference(reference.period, reference.years)
        in_brackets = plain_value(reference.stated, judge.units) if reference.stated else stated
        if in_brackets != stated:
            facts = {"stated": display.quantity(stated), "brackets": display.quantity(in_brackets)}
            yield Note("brackets_differ", {"reference": plain, **facts})
        found = judge.from_data(reference, None, situation)
        if isinstance(found, Fraction) and display.shown(found) != display.shown(stated):
            facts = {"stated": display.quantity(stated), "computed": display.quantity(found)}
            yield Note("baseline_differs", {"reference": plain, **facts})


def _own_references(judgement: Judgement) -> Iterator[Reference]:
    """The references in the checks of the KPI itself."""
    for check in judgement.checks:
        requirement = check.requirement
        if isinstance(requirement, Comparison) and (
            requirement.left is None or isinstance(requirement.left, Reference)
        ):
            yield from references(requirement)

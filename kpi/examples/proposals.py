"""Examples to try, made from the rule: exactly at each target, a step to either side, and where nothing is counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import partial
from typing import Final

from attrs import evolve, field, frozen

from kpi.definitions import Formula
from kpi.evaluation.decision import Check
from kpi.evaluation.judge import stated_for
from kpi.evaluation.observed import Values
from kpi.evaluation.result import Result
from kpi.examples.example import Example, outcome_of
from kpi.examples.solving import Point, points
from kpi.examples.steps import step, variable_unit
from kpi.formulas.evaluator import Undefined, evaluate
from kpi.formulas.japanese import japanese
from kpi.formulas.nodes import (
    Comparator,
    Comparison,
    Done,
    Name,
    Node,
    Operation,
    Operator,
    Reference,
    Requirement,
    Scope,
    references,
    walk,
)
from kpi.formulas.printer import canonical
from kpi.formulas.vocabulary import Vocabulary
from kpi.problems import Language
from kpi.quantities import exact_text
from kpi.units import NUMBER, Unit

_TIMES: Final = {None: 1, Scope.MONTH: 12, Scope.BRANCH: 3}
"""How many values an example gives where a requirement is for each month, or for each of a few branches."""

NOTES: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "at": "exactly at {what}",
        "less": "one less than at {what}",
        "more": "one more than at {what}",
        "zero": "nothing counted for {what}",
    },
    "ja": {
        "at": "「{what}」ちょうど",
        "less": "「{what}」より一つ少ない",
        "more": "「{what}」より一つ多い",
        "zero": "「{what}」が 0",
    },
}


@frozen
class Proposal:
    """An example with what comes out of it; *place* says where it stands (a key of `NOTES`) beside *what*."""

    example: Example
    result: Result
    place: str
    what: Node

    def note(self, language: Language) -> str:
        """Why the example is worth having."""
        vocabulary = self.result.vocabulary or Vocabulary()
        label = partial(vocabulary.label, language="ja")
        what = canonical(self.what) if language == "en" else japanese(self.what, label, vocabulary.units.get)
        return NOTES[language][self.place].format(what=what)


def propose(formula: Formula, baseline: str | None = None) -> tuple[Proposal, ...]:
    """Boundary cases of a formula and its rule, each once; *baseline* is last year's value as the plan states it."""
    proposer = _Proposer(formula, baseline)
    found: dict[object, Proposal] = {}
    for proposal in (*proposer.zeros(), *filter(_is_possible, proposer.boundaries())):
        example = proposal.example
        key = (str(sorted(example.inputs.items())), example.baseline, str(example.references))
        found.setdefault(key, proposal)
    return tuple(sorted(found.values(), key=lambda proposal: proposal.place == "zero"))


@frozen
class _Proposer:
    formula: Formula
    baseline: str | None
    assumed: dict[Reference, str] = field(factory=dict)

    def boundaries(self) -> Iterator[Proposal]:
        """Every boundary of the rule, in the order of its clauses; some may come twice."""
        rule = self.formula.rule
        if rule is None:
            return
        conditions = [condition for case in rule.cases for condition in case.conditions]
        requirements = [requirement for case in rule.cases for requirement in case.requirements]
        for fixed, proposer in (({}, self), *self._around(conditions)):
            for requirement in (*rule.requirements, *requirements, *conditions):
                yield from proposer.beside(requirement, fixed)

    def zeros(self) -> Iterator[Proposal]:
        """Nothing counted at all, for each denominator."""
        for node in walk(self.formula.expression):
            if isinstance(node, Operation) and node.operator is Operator.DIVIDE:
                point = dict.fromkeys(self.formula.names, Fraction(0))
                yield self._proposal(point, "zero", node.right, point)

    def _around(self, conditions: Iterable[Requirement]) -> Iterator[tuple[Point, _Proposer]]:
        """What conditions turn on: a variable at the limit, a step beyond it and at 0; a reference at the limit and below."""
        for condition in conditions:
            target = self._target(condition)
            match condition:
                case Comparison(Name(name), comparator) if target is not None:
                    is_upper = comparator in (Comparator.AT_MOST, Comparator.ABOVE)
                    beyond = step(name, self.formula) * (1 if is_upper else -1)
                    for number in (target, target + beyond, Fraction(0)):
                        if number >= 0:
                            yield {name: number}, self
                case Comparison(Reference() as reference) if target is not None:
                    for number in (target, target - Fraction(1, self.formula.unit.per)):
                        text = self._written(number, self.formula.unit)
                        yield {}, evolve(self, assumed={_plain(reference): text})
                case _:
                    pass

    def beside(self, requirement: Requirement, fixed: Point) -> Iterator[Proposal]:
        """The smallest counts at which *requirement* stands exactly at its target, and a step to either side."""
        left = requirement.left or self.formula.expression
        target = self._target(requirement)
        if target is None or isinstance(left, Reference):
            return
        for variable, point in points(left, target, fixed, self.formula):
            at = self._proposal(point, "at", requirement, point, requirement)
            if not any(check.value == check.target or isinstance(requirement, Done) for check in _of(at, requirement)):
                continue
            yield at
            width = step(variable, self.formula) if variable else Fraction(0)
            for place, moved in (("less", -width), ("more", width)):
                if variable and point[variable] + moved >= 0:
                    other = {**point, variable: point[variable] + moved}
                    yield self._proposal(other, place, requirement, point, requirement)
            return

    def _target(self, requirement: Requirement) -> Fraction | None:
        """The number that a requirement compares with, where it is the same whatever is counted."""
        if isinstance(requirement, Done):
            return Fraction(1)
        result = self._example({}).result(self.formula, self.baseline)
        subject = None if isinstance(requirement.left, Reference) else requirement.left
        environment = result.judge.environment(result.situation.current, subject, result.situation)
        found = evaluate(requirement.right, environment)
        return found if isinstance(found, Fraction) else None

    def _proposal(
        self, point: Point, place: str, what: Node, rest: Point, requirement: Requirement | None = None
    ) -> Proposal:
        """The example of a *point*; where a requirement is for each month or branch, the others are as in *rest*."""
        times = _TIMES[requirement.every if requirement else None]
        inputs: dict[str, Values] = {}
        for name, number in point.items():
            unit = variable_unit(name, self.formula)
            texts = [self._written(each, unit) for each in (number, rest[name])]
            inputs[name] = texts[0] if times == 1 else [texts[0], *[texts[1]] * (times - 1)]
        example = self._example(inputs)
        result = example.result(self.formula, self.baseline)
        value = None if result.value is None else str(result.value)
        return Proposal(evolve(example, outcome=outcome_of(result), value=value), result, place, what)

    def _example(self, inputs: dict[str, Values]) -> Example:
        """An example with a number for each reference that the plan states none for."""
        rule = self.formula.rule
        stated = stated_for(rule)
        own, others = None, {}
        for reference in references(rule) if rule else ():
            text = self.assumed.get(_plain(reference), "50%" if self.formula.unit.is_share else "10")
            if reference.period not in stated:
                others[canonical(_plain(reference))] = text
            elif reference.stated is None and (self.baseline is None or _plain(reference) in self.assumed):
                own = text
        return Example(inputs, baseline=own, references=others)

    @staticmethod
    def _written(number: Fraction, unit: Unit | None) -> str:
        unit = unit or NUMBER
        return exact_text(number * unit.per) + (unit.name if unit.is_share else "")


def _is_possible(proposal: Proposal) -> bool:
    """Whether the counts can be: no part is more than its whole, and there is an outcome to show."""
    result = proposal.result
    judge, situation = result.judge, result.situation
    own = evaluate(judge.formula, judge.environment(situation.current, None, situation))
    of_nothing = isinstance(own, Undefined) and any(reason.lack == "zero_denominator" for reason in own.reasons)
    counted = any(isinstance(number, Fraction) and number for number in situation.current.variables.values())
    too_much = any(note.code == "no_share" for note in result.notes)
    return result.achieved is not None and not too_much and not (of_nothing and counted)


def _of(proposal: Proposal, requirement: Requirement) -> Iterator[Check]:
    """The checks of *requirement* that were made on the way to the verdict."""
    judgement = proposal.result.judgement
    for check in (*judgement.checks, *(check for _, checks in judgement.conditions for check in checks)):
        if check.requirement == requirement:
            yield check


def _plain(reference: Reference) -> Reference:
    return Reference(reference.period, reference.years)

"""Checks of the conditions of a rule: followed through the clauses, what do they leave for each?

Conditions that compare one thing with a constant are followed exactly. Others (`when open_tenders <= single_bid_tenders`,
`every month`) are taken to hold or not, unless the ranges of both sides decide it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve, frozen

from kpi.catalogue.boxes import MOST, Box, Quantity, meets, without
from kpi.catalogue.intervals import Interval
from kpi.catalogue.ranges import always_holds, can_hold
from kpi.catalogue.subject import Subject
from kpi.formulas.nodes import Case, Comparison, Number, Reference, walk
from kpi.formulas.printer import canonical, number_text
from kpi.problems import Problem
from kpi.source import Span


@frozen
class _Clause:
    """A case with the values for which its conditions can hold: all of those where it *is_exact*.

    *impossible* is the condition that the range of its quantity already excludes.
    """

    case: Case
    box: Box
    is_exact: bool
    impossible: Comparison | None = None

    @property
    def never_holds(self) -> bool:
        return self.impossible is not None or any(interval.is_empty for interval in self.box.values())

    @property
    def span(self) -> Span:
        """Where the conditions stand, or the one that is impossible."""
        conditions = self.case.conditions
        return self.impossible.span if self.impossible else conditions[0].span.to(conditions[-1].span)

    @property
    def text(self) -> str:
        return " and ".join(canonical(condition) for condition in self.case.conditions)


def conditions(subject: Subject) -> Iterator[Problem]:
    """A `when` can hold, can fail, and leaves something for the clauses behind it, but no single number by a slip."""
    rule = subject.formula.rule
    if rule is None or not rule.cases:
        return
    clauses = [_clause(case, subject) for case in rule.cases]
    left: list[Box] = [{}]
    always: _Clause | None = None
    for clause in clauses:
        if clause.never_holds:
            yield subject.in_rule("never-holds", clause.span, condition=clause.text, **_why(clause, subject))
        elif not any(meets(part, clause.box) for part in left):
            yield subject.in_rule("shadowed", clause.case.span, condition=clause.text)
        elif clause.is_exact:
            if not without({}, clause.box, subject.ranges.of):
                always = clause
                yield subject.in_rule("always-holds", clause.span, condition=clause.text)
            left = [rest for part in left for rest in without(part, clause.box, subject.ranges.of)]
        if len(left) > MOST:
            return
    if not left and always is None:
        otherwise = rule.requirements[0].span.to(rule.requirements[-1].span)
        yield subject.in_rule("otherwise-shadowed", otherwise)
    yield from _gaps(subject, [clause for clause in clauses if not clause.never_holds])


def _clause(case: Case, subject: Subject) -> _Clause:
    box: dict[Quantity, Interval] = {}
    is_exact = True
    impossible = None
    for condition in case.conditions:
        if not isinstance(condition, Comparison):
            is_exact = False
            continue
        value, target = subject.ranges.of(condition.left), subject.ranges.of_target(condition)
        if not can_hold(value, condition.comparator, target):
            impossible = condition
        if target.only is not None and condition.every is None:
            quantity = _quantity(condition)
            box[quantity] = box.get(quantity, value).meet(Interval.of(condition.comparator, target.only))
        elif not always_holds(value, condition.comparator, target):
            is_exact = False
    return _Clause(case, box, is_exact, impossible)


def _quantity(condition: Comparison) -> Quantity:
    """What a condition is about, with or without a baseline in brackets behind it."""
    return evolve(condition.left, stated=None) if isinstance(condition.left, Reference) else condition.left


def _why(clause: _Clause, subject: Subject) -> dict[str, str]:
    """Why the clause can never hold, where its conditions do not contradict each other."""
    if clause.impossible is None:
        return {"why": "", "why_ja": ""}
    facts = subject.range_facts(clause.impossible)
    compared = canonical(clause.impossible.left or subject.formula.expression)
    return {
        "why": f", for '{compared}' is always {facts['range']}",
        "why_ja": f"（「{compared}」は必ず {facts['range_ja']} です）",
    }


def _gaps(subject: Subject, clauses: list[_Clause]) -> Iterator[Problem]:
    """The single numbers between clauses about one quantity that no clause speaks of.

    A longer stretch is what the clause without a condition is for.
    """
    quantities = dict.fromkeys(quantity for clause in clauses for quantity in clause.box)
    for quantity in quantities:
        about = [clause for clause in clauses if clause.is_exact and [*clause.box] == [quantity]]
        for hole in Interval.between(clause.box[quantity] for clause in about):
            spoken_of = (clause.box[quantity] for clause in clauses if quantity in clause.box)
            if hole.only is not None and all(interval.meet(hole).is_empty for interval in spoken_of):
                last = [clause for clause in about if _borders(clause.box[quantity], hole.only)][-1]
                point = _as_written(hole.only, last.case, subject)
                yield subject.in_rule("gap", last.span, point=point)


def _borders(interval: Interval, point: Fraction) -> bool:
    """Whether *interval* ends right before *point*, or begins right after it."""
    step = 1 if interval.whole else 0
    return interval.high == point - step or interval.low == point + step


def _as_written(point: Fraction, case: Case, subject: Subject) -> str:
    """A number beside those of a condition, written as they are: 80% and not 0.8."""
    beside = next(node for node in walk(case.conditions[0]) if isinstance(node, Number))
    per = subject.formula.units[beside.unit].per if beside.unit else 1
    return number_text(evolve(beside, value=point * per))

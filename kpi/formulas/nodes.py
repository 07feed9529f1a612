"""The tree of a formula: frozen values that compare by meaning, not by place.

Each node carries the span of text it was read from; the span takes no part in equality, nor do the decimals
with which a number was written. A rule names its unconditional requirements first, whatever their order in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import field, frozen

from kpi.source import Span

if TYPE_CHECKING:
    from kpi.formulas.aggregates import Column, Condition, Elapsed

NOWHERE = Span(0, 0)


def _span() -> Span:
    return field(default=NOWHERE, kw_only=True, eq=False, repr=False)


class Operator(StrEnum):
    """The four operations of arithmetic."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"


class Comparator(StrEnum):
    """How a value is compared with its target."""

    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"
    EQUAL = "="


class Period(StrEnum):
    """The other time or place at which a reference looks."""

    PRIOR_YEAR = "prior year"
    PRIOR_YEAR_END = "prior year end"
    SAME_PERIOD_LAST_YEAR = "same period last year"
    MEAN_OF_YEARS = "mean of years"
    FISCAL_YEAR = "fiscal year"
    NATIONAL = "national"
    BRANCH_TARGET = "branch target"


class Function(StrEnum):
    """The functions of the language."""

    MAX = "max"
    MIN = "min"


class Summary(StrEnum):
    """What is made of many records."""

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    MIN = "min"
    MAX = "max"


class Scope(StrEnum):
    """Over what a requirement must hold each time."""

    MONTH = "month"
    BRANCH = "branch"


@frozen
class Number:
    """A number as written, with the unit behind it: 20 with `%`, 57000 with `workplaces`."""

    value: Fraction
    unit: str | None = None
    decimals: int = field(default=0, kw_only=True, eq=False, repr=False)
    span: Span = _span()


@frozen
class Name:
    """A variable, by its identifier or its label."""

    name: str
    span: Span = _span()


@frozen
class Aggregate(Name):
    """A number made of the records of a *table*: a variable that is called by its own canonical text.

    *measure* is what is summed, averaged or told apart; None where records are counted.
    *where* is the condition under which a record counts.
    """

    summary: Summary = field(default=Summary.COUNT, kw_only=True)
    table: str = field(default="", kw_only=True)
    measure: Column | Elapsed | None = field(default=None, kw_only=True)
    where: Condition | None = field(default=None, kw_only=True)
    table_span: Span = _span()

    @property
    def adds_up(self) -> bool:
        """Whether the numbers of several months, or branches, add up to that of all of them."""
        return self.summary is Summary.SUM or (self.summary is Summary.COUNT and self.measure is None)


@frozen
class Reference:
    """The compared quantity at another time or place.

    *years* is the number of years of a mean, or the fiscal year.
    *stated* is the baseline that stands in brackets behind it.
    """

    period: Period
    years: int | None = None
    stated: Number | None = None
    span: Span = _span()


@frozen
class Operation:
    """Two expressions joined by an operation of arithmetic."""

    operator: Operator
    left: Expression
    right: Expression
    span: Span = _span()


@frozen
class Call:
    """A function of several expressions."""

    function: Function
    arguments: tuple[Expression, ...]
    span: Span = _span()


Expression = Number | Name | Reference | Operation | Call


@frozen
class Comparison:
    """A quantity against a target; without *left*, the KPI's own formula is compared."""

    left: Expression | None
    comparator: Comparator
    right: Expression
    every: Scope | None = None
    span: Span = _span()


@frozen
class Done:
    """Something must have been done; without *left*, what the KPI's own formula names."""

    left: Expression | None = None
    every: Scope | None = None
    span: Span = _span()


Requirement = Comparison | Done


@frozen
class Case:
    """Requirements that decide where all *conditions* hold."""

    requirements: tuple[Requirement, ...]
    conditions: tuple[Requirement, ...]
    span: Span = _span()


@frozen
class Rule:
    """What a value must satisfy: the first case that applies decides, otherwise the *requirements*."""

    requirements: tuple[Requirement, ...]
    cases: tuple[Case, ...] = ()
    span: Span = _span()


@frozen
class Definition:
    """A formula and, where one is set, its rule."""

    formula: Expression
    rule: Rule | None = None
    span: Span = _span()


Node = Definition | Rule | Case | Comparison | Done | Number | Name | Reference | Operation | Call


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below *node*, in the order of the canonical text."""
    match node:
        case Name() | Number() | Reference(stated=None):  # most nodes
            return
        case Definition(formula, rule):
            yield formula
            if rule is not None:
                yield rule
        case Rule(requirements, cases):
            yield from requirements
            yield from cases
        case Case(requirements, conditions):
            yield from requirements
            yield from conditions
        case Comparison(left, _, right):
            if left is not None:
                yield left
            yield right
        case Done(left):
            if left is not None:
                yield left
        case Operation(_, left, right):
            yield left
            yield right
        case Call(_, arguments):
            yield from arguments
        case Reference(stated=Number() as stated):
            yield stated


def walk(node: Node) -> Iterator[Node]:
    """*node* and all nodes below it, each before its children."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed([*children(node)]))


def names(node: Node) -> tuple[str, ...]:
    """The variables that *node* mentions, each once, in order."""
    return tuple(dict.fromkeys(below.name for below in walk(node) if isinstance(below, Name)))


def references(node: Node) -> tuple[Reference, ...]:
    """The references that *node* makes, in order."""
    return tuple(below for below in walk(node) if isinstance(below, Reference))


def aggregates(node: Node) -> tuple[Aggregate, ...]:
    """The aggregates that *node* mentions, each once, in order."""
    return tuple(dict.fromkeys(below for below in walk(node) if isinstance(below, Aggregate)))

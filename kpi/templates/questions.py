"""What a plan needs to be evaluated: its KPIs with their variables, and the periods of which each is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from kpi.catalogue.catalog import Catalog
from kpi.formulas import nodes
from kpi.formulas.nodes import Done, Period
from kpi.formulas.vocabulary import Kind
from kpi.observations.observation import NATION
from kpi.periods import FiscalYear, Month
from kpi.plans.organisation import Organisation
from kpi.plans.plan import Entry, Plan
from kpi.plans.table import monthly_names
from kpi.units import BRANCH, Unit

Weight = Literal["needed", "optional", "none"]
"""Whether a verdict needs a value, it tells more with it, or there is nothing to ask."""


@frozen
class Question:
    """A quantity that is asked for, and the other times of which a rule needs it.

    *kind* is None for a KPI's own value: it is asked where the counts may not be known, or only branches are counted.
    """

    quantity: str
    ja: str
    en: str
    unit: Unit
    kind: Kind | None = None
    decimals: int | None = None
    is_share: bool = False
    is_done: bool = False
    is_monthly: bool = False
    is_needed: bool = True
    years: frozenset[FiscalYear] = frozenset()
    at_same_point: bool = False


@frozen
class Column:
    """A period of which values are asked: a month, or a year as a whole or up to the date of the row."""

    year: FiscalYear
    month: Month | None = None
    to_date: bool = False


@frozen
class Group:
    """A KPI of the plan with its questions; *elsewhere* are the variables that an earlier one asked for already."""

    entry: Entry
    questions: tuple[Question, ...]
    elsewhere: tuple[str, ...] = ()


@frozen
class Form:
    """All questions about one *organisation*."""

    plan: Plan
    organisation: Organisation
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]

    def weight(self, question: Question, column: Column) -> Weight:
        """How much a value of one quantity and period weighs."""
        if column.month:
            return "needed" if question.is_monthly else "optional" if question.kind == "flow" else "none"
        if column.year == self.plan.fiscal_year:
            return "needed" if question.is_needed and not question.is_monthly else "optional"
        asked = question.at_same_point if column.to_date else column.year in question.years
        return "needed" if asked and question.is_needed else "optional"


def forms(catalog: Catalog, plan: Plan, *, monthly: bool = False) -> tuple[Form, ...]:
    """What is asked of the plan's organisation, and of the nation where a rule looks at it.

    The months are asked for where a rule is for each of them, or where they are wanted (*monthly*).
    """
    found = [_form(catalog, plan, plan.organisation, [*plan], monthly=monthly)]
    beside_nation = [entry for entry in plan if any(each.period is Period.NATIONAL for each in _references(entry))]
    nation = catalog.organisations.get(NATION)
    if beside_nation and nation is not None and plan.organisation.key != NATION:
        found.append(_form(catalog, plan, nation, beside_nation, monthly=False))
    return tuple(found)


def _form(catalog: Catalog, plan: Plan, organisation: Organisation, entries: list[Entry], *, monthly: bool) -> Form:
    groups: list[Group] = []
    asked: set[str] = set()
    for entry in entries:
        questions = [*_questions(entry, catalog, plan.fiscal_year)]
        groups.append(
            Group(
                entry,
                tuple(question for question in questions if question.quantity not in asked),
                tuple(question.quantity for question in questions if question.quantity in asked),
            )
        )
        asked |= {question.quantity for question in questions}
    every = [question for group in groups for question in group.questions]
    return Form(plan, organisation, tuple(_columns(plan.fiscal_year, every, monthly=monthly)), tuple(groups))


def _columns(year: FiscalYear, questions: list[Question], *, monthly: bool) -> Iterator[Column]:
    yield Column(year, to_date=True)
    yield Column(year.prior, to_date=True)
    years = {year.prior, *(each for question in questions for each in question.years)}
    yield from (Column(each) for each in sorted(years, reverse=True))
    if monthly or any(question.is_monthly for question in questions):
        first = Month.of(year.start)
        yield from (Column(year, month=first.later(number)) for number in range(year.length))


def _questions(entry: Entry, catalog: Catalog, year: FiscalYear) -> Iterator[Question]:
    """The variables of a KPI, and its own value where it is no variable itself."""
    formula, kpi = entry.formula, entry.kpi
    expression = formula.expression
    years = frozenset(_years(entry, year))
    at_same_point = any(each.period is Period.SAME_PERIOD_LAST_YEAR for each in _references(entry))
    is_done = formula.rule is not None and any(isinstance(node, Done) for node in nodes.walk(formula.rule))
    monthly = monthly_names(formula)
    if not formula.is_for_branches:
        known = formula.vocabulary or catalog.vocabulary
        for name in formula.names:
            variable = known.variables[name]
            yield Question(
                name,
                variable.ja,
                variable.en,
                variable.unit,
                variable.kind,
                is_share=variable.unit.is_share,
                is_done=is_done and expression == nodes.Name(name),
                is_monthly=name in monthly,
                years=years,
                at_same_point=at_same_point,
            )
    if formula.is_for_branches or not isinstance(expression, nodes.Name):
        yield Question(
            kpi.key,
            kpi.ja,
            kpi.en,
            BRANCH if formula.is_for_branches else formula.unit,
            decimals=formula.style.decimals,
            is_share=formula.unit.is_share and not kpi.is_ratio and not formula.is_for_branches,
            is_needed=formula.is_for_branches,
            years=years,
            at_same_point=at_same_point,
        )


def _years(entry: Entry, year: FiscalYear) -> Iterator[FiscalYear]:
    """The years whose final values the rule needs; one that the plan states itself is not needed."""
    for reference in _references(entry):
        match reference.period:
            case Period.PRIOR_YEAR | Period.PRIOR_YEAR_END if entry.baseline is None and reference.stated is None:
                yield year.prior
            case Period.MEAN_OF_YEARS:
                yield from (FiscalYear(year.year - back) for back in range(1, (reference.years or 1) + 1))
            case Period.FISCAL_YEAR if reference.years:
                yield FiscalYear(reference.years)
            case _:
                pass


def _references(entry: Entry) -> tuple[nodes.Reference, ...]:
    return nodes.references(entry.formula.rule) if entry.formula.rule else ()

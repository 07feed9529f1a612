"""One plan's rules applied to every organisation of which there are records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from kpi.columns.asked import Asked, asked
from kpi.columns.request import request
from kpi.errors import RecordsError
from kpi.evaluation.decision import Verdict
from kpi.evaluation.result import Result
from kpi.formulas.replacing import without_stated
from kpi.plans.plan import Plan
from kpi.problems import look_up
from kpi.records.counting import Counting, counting, is_counted
from kpi.records.periods import Grain, period_column
from kpi.records.rows import Row, results


@frozen
class BranchResult:
    """The result of one KPI for one organisation and period, and what was counted for it."""

    organisation: str | None
    fiscal_year: int | None
    period: int | None
    kpi: str
    result: Result

    def to_dict(self) -> dict[str, Any]:
        """The result for programs: where and when, then the fields of `kpi evaluate`."""
        return {
            "organisation": self.organisation,
            "fiscal_year": self.fiscal_year,
            "period": self.period,
            **self.result.to_dict(),
            "kpi": self.kpi,
        }


@frozen
class CountedPlan:
    """The entries of a plan that can be counted from records.

    *own* are they as the plan states them, for its own organisation and year; *other* without its stated baselines,
    which are those of that organisation alone. *left_out* are the KPIs that are not counted from records.
    """

    plan: Plan
    own: Counting
    other: Counting
    left_out: tuple[str, ...]

    @classmethod
    def of(cls, plan: Plan, kpis: Iterable[str] = ()) -> CountedPlan:
        """The entries of *plan*, or those of *kpis*.

        Raises:
            UnknownNameError: the plan has no such KPI.
            RecordsError: none of them is counted from records, or one is only in part.
        """
        chosen = [*kpis]
        known = {entry.kpi.key: entry for entry in plan}
        entries = [look_up(known, key, "KPI", f"plan {plan.key}") for key in chosen] if chosen else [*plan]
        ones = asked(entries)
        found = [one for one in ones if is_counted(one)]
        left_out = tuple(one.key for one in ones if not is_counted(one))
        if not found or (chosen and left_out):
            named = ", ".join(left_out)
            told = "give their variables 'records:', which says what to count, in the catalogue"
            raise RecordsError(f"not counted from records: {named}; {told}")
        return cls(plan, counting(found), counting([unstated(one) for one in found]), left_out)

    def results(self, rows: Sequence[Row], by: Grain) -> Iterator[BranchResult]:
        """The results for what was counted, organisation by organisation."""
        period = period_column(by)
        ours = {self.plan.organisation.key, self.plan.organisation.ja, self.plan.organisation.en}
        decided = [
            {(index, key): result for index, key, result in results(rows, request(found.asked, period=period))}
            for found in (self.own, self.other)
        ]
        for index, row in enumerate(rows):
            is_own = row["organisation"] in ours and row["fiscal_year"] == self.plan.fiscal_year.year
            for one in self.own.asked:
                result = decided[0 if is_own else 1][index, one.key]
                if result is not None:
                    number = row[period] if period else None
                    yield BranchResult(row["organisation"], row["fiscal_year"], number, one.key, result)


def in_order(results: Iterable[BranchResult], organisations: Collection[str]) -> list[BranchResult]:
    """The results in the order in which a catalogue has the organisations; those that it does not know come last."""
    places = {key: place for place, key in enumerate(organisations)}
    return sorted(results, key=lambda one: places.get(one.organisation or "", len(places)))


def tally(results: Iterable[BranchResult]) -> Mapping[str, Mapping[Verdict, int]]:
    """How many organisations and periods have each outcome, by KPI."""
    found: dict[str, dict[Verdict, int]] = {}
    for one in results:
        of_kpi = found.setdefault(one.kpi, dict.fromkeys(Verdict, 0))
        of_kpi[one.result.outcome] += 1
    return found


def unstated(one: Asked) -> Asked:
    """An entry without what its plan states of other years, in its baseline or in brackets: that is another's elsewhere."""
    rule = one.formula.rule
    return evolve(one, formula=evolve(one.formula, rule=rule and without_stated(rule)), baseline=None)

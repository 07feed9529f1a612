"""What a rule's references look at: other years, and the nation.

The values of another year are those that were settled last. Years before the KPI was redefined, and years in which
the branch was a part of another, are not comparable; a branch that was merged of others had what they had together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from attrs import evolve, frozen
from dateutil.relativedelta import relativedelta

from kpi.evaluation.observed import Observed, Other
from kpi.formulas import nodes
from kpi.formulas.nodes import Period
from kpi.observations.observation import NATION
from kpi.periods import FiscalYear
from kpi.plans.organisation import Organisation
from kpi.plans.table import Table

_LAST: Final[Other] = (Period.PRIOR_YEAR, None)


@frozen(eq=False, repr=False)
class Elsewhere:
    """The other times and places of one KPI in one *organisation* and fiscal *year*.

    Values of years before *comparable_from* measure something else under the same name.
    """

    table: Table
    organisation: Organisation
    year: FiscalYear
    comparable_from: FiscalYear | None = None

    def others(self, as_of: date | None) -> dict[Other, Observed]:
        """Final values of last year and of years that the rule names, last year's and the nation's at this point."""
        found = self.finals()
        if as_of is None:
            return found
        same_period = found.get(_LAST) if as_of >= self.year.end else self.same_period(as_of)
        national = None if self.organisation.key == NATION else self.national(as_of)  # beside itself it says nothing
        at_this_point = {(Period.SAME_PERIOD_LAST_YEAR, None): same_period, (Period.NATIONAL, None): national}
        return found | {other: observed for other, observed in at_this_point.items() if observed is not None}

    def finals(self) -> dict[Other, Observed]:
        """Final values of last year and of years that the rule names."""
        years = self.years()
        settled = {year: self.final(self.organisation, year) for year in {*years.values()}}
        found = {other: settled[year] for other, year in years.items()}
        return {other: observed for other, observed in found.items() if observed is not None}

    def years(self) -> Mapping[Other, FiscalYear]:
        """The years whose final values a rule may look at."""
        found: dict[Other, FiscalYear] = {(Period.FISCAL_YEAR, named.year): named for named in self._named()}
        for period in (Period.PRIOR_YEAR, Period.PRIOR_YEAR_END):
            found[period, None] = self.year.prior
        return found

    def same_period(self, as_of: date) -> Observed | None:
        """What last year had at the same point of it."""
        return self.at(self.organisation, self.year.prior, year_before(as_of))

    def national(self, as_of: date) -> Observed | None:
        """What the nation has on the same day, or, where the year is over, what was settled for it.

        Its published rate stands beside its counts, which decide, so that a contradiction is seen.
        """
        found = self.table.at(NATION, self.year, as_of)
        if found is None:
            return self.final(Organisation(NATION), self.year) if as_of >= self.year.end else None
        return found if found.own is not None else evolve(found, own=self.table.own(NATION, self.year).get(as_of))

    def final(self, organisation: Organisation, year: FiscalYear) -> Observed | None:
        """The values of a whole year, as they were settled last."""
        return self.at(organisation, year, None)

    def at(self, organisation: Organisation, year: FiscalYear, day: date | None) -> Observed | None:
        """The values of *day*, or of the whole year; or why they cannot be compared with those of this year."""
        if self.comparable_from is not None and year < self.comparable_from:
            return Observed(barred="redefined")
        if organisation.was_split_after(year):
            return Observed(barred="split")
        if organisation.was_merged_after(year):
            from kpi.plans.mergers import merged  # few branches ever were

            parts = {former.key: self.at(former, year, day) for former in organisation.formerly}
            return merged(self.table.formula, parts)
        if day is not None:
            return self.table.at(organisation.key, year, day)
        settled = self.table.final(organisation.key, year)
        return settled[max(settled)] if settled else None

    def revisions(self) -> Iterator[tuple[nodes.Reference, Mapping[date, Observed]]]:
        """Years that the rule looks at and whose final values were told for more than one date."""
        mentioned = {reference.period for reference in self._references()}
        for (period, number), year in self.years().items():
            is_comparable = self.comparable_from is None or year >= self.comparable_from
            is_itself = not self.organisation.was_merged_after(year) and not self.organisation.was_split_after(year)
            looked_at = period in mentioned or period is Period.FISCAL_YEAR
            settled = self.table.final(self.organisation.key, year) if looked_at and is_comparable and is_itself else {}
            if len(settled) > 1:
                yield nodes.Reference(period, number), settled

    def _references(self) -> tuple[nodes.Reference, ...]:
        rule = self.table.formula.rule
        return nodes.references(rule) if rule else ()

    def _named(self) -> Iterator[FiscalYear]:
        """The years that the rule names, and those of its means."""
        for reference in self._references():
            if reference.period is Period.FISCAL_YEAR and reference.years:
                yield FiscalYear(reference.years)
            elif reference.period is Period.MEAN_OF_YEARS:
                yield from (FiscalYear(self.year.year - back) for back in range(1, (reference.years or 1) + 1))


def year_before(day: date) -> date:
    """The same day a year before; the last day of a February stays the last."""
    is_last = (day + relativedelta(days=1)).day == 1
    return day - relativedelta(years=1) + relativedelta(day=31 if is_last else None)

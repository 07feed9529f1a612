"""How a KPI went over the months of a year, or over the years, from what was observed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from kpi.charts import By, Moment, line_chart
from kpi.definitions import Formula
from kpi.evaluation.decision import Check
from kpi.evaluation.observed import Observed, Situation
from kpi.evaluation.result import Result
from kpi.observations.observation import Observations
from kpi.periods import FIRST_YEAR, FiscalYear, read_period
from kpi.periods import fiscal_year as read_year
from kpi.plans.elsewhere import Elsewhere
from kpi.plans.organisation import Organisation
from kpi.plans.plan import Entry, Kpi, Plan
from kpi.plans.situations import stated_baseline
from kpi.plans.table import Table
from kpi.problems import Language
from kpi.quantities import Quantity
from kpi.units import BRANCH

if TYPE_CHECKING:
    import altair as alt


@frozen(slots=False)
class Course:
    """The values of *kpi* in one *organisation*, and the targets that *plans* set for it there."""

    kpi: Kpi
    observations: Observations
    organisation: Organisation
    plans: tuple[Plan, ...] = ()

    @classmethod
    def of(
        cls, kpi: Kpi, observations: Observations, organisation: str | Organisation, plans: Iterable[Plan]
    ) -> Course:
        """The course of *kpi*; of *plans* those count that set it for the organisation."""
        key = organisation if isinstance(organisation, str) else organisation.key
        setting = [plan for plan in plans if plan.organisation.key == key and kpi.key in plan.entries]
        if isinstance(organisation, str):
            organisation = setting[0].organisation if setting else Organisation(key)
        return cls(kpi, observations, organisation, tuple(setting))

    def years(self) -> tuple[FiscalYear, ...]:
        """The years of which anything was observed or planned, and those between them."""
        quantities = {self.kpi.key, *self.kpi.formula.names}
        rows = (row for row in self.observations if row.organisation in self._keys and row.quantity in quantities)
        found = {row.fiscal_year for row in rows} | {plan.fiscal_year for plan in self.plans}
        return tuple(FiscalYear(year) for year in range(min(found).year, max(found).year + 1)) if found else ()

    def over_months(self, year: FiscalYear) -> tuple[Moment, ...]:
        """The year so far at the end of each month up to the last known, and at other days of which a value is known."""
        return tuple(self.at(year, day) for day in self._days(year))

    def over_years(self, last: FiscalYear) -> tuple[Moment, ...]:
        """Each year up to *last* as it ended, or as it stands."""
        return tuple(self.at(year, (year.end, *self._days(year)[-1:])[-1]) for year in self.years() if year <= last)

    def chart(self, fiscal_year: str | int | FiscalYear | None, by: By, language: Language) -> alt.LayerChart:
        """The line chart of one year beside the year before, or of all years up to it."""
        if fiscal_year is None:
            fiscal_year = max(self.years(), default=FiscalYear(FIRST_YEAR))
        year = fiscal_year if isinstance(fiscal_year, FiscalYear) else read_year(fiscal_year)
        place = self.organisation.ja if language == "ja" else self.organisation.en
        title = f"{self.kpi.name(language)} · {place or self.organisation.key}"
        if by == "year":
            return line_chart(self.over_years(year), (), language, by=by, title=title)
        title = f"{title} · {year.ja if language == 'ja' else year}"
        return line_chart(self.over_months(year), self.over_months(year.prior), language, by=by, title=title)

    def at(self, year: FiscalYear, day: date) -> Moment:
        """What the KPI had come to by *day*, and what the plan of the *year* asked of it."""
        entry = self.entry(year)
        judged = self._result(entry.formula if entry else self.kpi.formula, year, day, entry)
        value = self._result(self.kpi.formula, year, day).value
        target = judged.target if _is_own(judged.check) else None
        if value is None and judged.check is not None and judged.check.counted:
            value, target = judged.value, judged.target
        elif value is None:
            value = self._branches_met(year).get(day)
        return Moment(year, day, value, target, judged, self._published_otherwise(value, year, day))

    def entry(self, year: FiscalYear) -> Entry | None:
        """What the plan of *year* asked; None where there is none."""
        return next((plan.entries[self.kpi.key] for plan in self.plans if plan.fiscal_year == year), None)

    @property
    def _keys(self) -> tuple[str, ...]:
        return (self.organisation.key, *(former.key for former in self.organisation.formerly))

    def _days(self, year: FiscalYear) -> list[date]:
        days = {min(day, year.end) for key in self._keys for day in self._known(key, year) if day >= year.start}
        ends = {end for month in year.months if days and (end := read_period(month).end) <= max(days)}
        return sorted(days | ends)

    def _known(self, organisation: str, year: FiscalYear) -> Iterator[date]:
        table = self._table(self.kpi.formula)
        yield from table.own(organisation, year)
        yield from table.counted(table.timelines(organisation, year))
        yield from self._branches_met(year)

    def _branches_met(self, year: FiscalYear) -> dict[date, Quantity]:
        """How many branches met the rule, where that is what is observed; what was told after the year is its end."""
        formulas = [plan.entries[self.kpi.key].formula for plan in self.plans]
        met = self._table(formulas[-1]).branches_met(self.organisation.key, year) if formulas else {}
        return {min(day, year.end): Quantity(met[day], BRANCH) for day in sorted(met)}

    def _published_otherwise(self, value: Quantity | None, year: FiscalYear, day: date) -> Quantity | None:
        """What was published for *day*, where that is another number than the counts give."""
        own = self._table(self.kpi.formula).own(self.organisation.key, year).get(day)
        if value is None or not isinstance(own, Fraction):
            return None
        published = Quantity(own * value.unit.per, value.unit, value.decimals, value.rounding)
        return None if published == value.shown else published

    def _table(self, formula: Formula) -> Table:
        return Table(formula, self.kpi.key, self.observations)

    def _result(self, formula: Formula, year: FiscalYear, day: date, entry: Entry | None = None) -> Result:
        table = self._table(formula)
        elsewhere = Elsewhere(table, self.organisation, year, self._comparable_from)
        observed = elsewhere.at(self.organisation, year, None if day == year.end else day) or Observed()
        met = self._branches_met(year).get(day) if entry else None
        if met is not None and formula.is_for_branches:
            observed = evolve(observed, branches_met=Fraction(met))
        stated = stated_baseline(formula, entry.baseline) if entry else None
        situation = Situation(observed, elsewhere.others(day), stated, year, day, self.organisation.branches)
        return formula.result(situation)

    @property
    def _comparable_from(self) -> FiscalYear | None:
        """From when on the values are those of the KPI as it is defined last."""
        found = (plan.entries[self.kpi.key].comparable_from for plan in self.plans)
        return max((year for year in found if year), default=None)


def _is_own(check: Check | None) -> bool:
    """Whether the check compares the KPI itself, so that its target stands beside the values."""
    return check is not None and check.requirement.left is None and not check.counted and not check.at

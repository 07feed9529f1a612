"""Where the numbers of a result stand: section and page of a document, and the day up to which they count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from kpi.evaluation.result import Result
from kpi.formulas.nodes import Period, names
from kpi.observations.observation import NATION, YEAR, Observation, Observations
from kpi.periods import FiscalYear
from kpi.plans.plan import Entry, Plan

_LAST_YEAR = frozenset({Period.PRIOR_YEAR, Period.PRIOR_YEAR_END, Period.SAME_PERIOD_LAST_YEAR})


@frozen
class Place:
    """A section and page of a *document*: its key, or what a table of one's own calls its source."""

    document: str
    section: str
    page: str


@frozen
class Sources:
    """Where the *rule* of one KPI stands, its own *figures*, those of the *nation* and those of *last_year*."""

    rule: Place
    figures: tuple[Place, ...]
    nation: tuple[Place, ...]
    last_year: tuple[Place, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents, each once."""
        places = (self.rule, *self.figures, *self.nation, *self.last_year)
        return tuple(dict.fromkeys(place.document for place in places if place.document))


def sources_of(plan: Plan, entry: Entry, result: Result, observations: Observations) -> Sources:
    """The sources of one *result* of a *plan*; nothing is told of figures that were not looked at."""
    search = _Search(observations, entry, result)
    year, references = plan.fiscal_year, result.why.references
    is_computed = any(reference.period in _LAST_YEAR and origin == "computed" for reference, _, origin in references)
    return Sources(
        Place(entry.document.key, entry.section, entry.page),
        search.places(plan.organisation.key, year),
        search.places(NATION, year) if result.national else (),
        search.places(plan.organisation.key, year.prior, final=True) if is_computed else (),
    )


@frozen
class _Search:
    observations: Observations
    entry: Entry
    result: Result

    def places(self, organisation: str, year: FiscalYear, *, final: bool = False) -> tuple[Place, ...]:
        """The places of the figures of one organisation and year, each once."""
        rows = (row for name in self._quantities for row in self.observations.of(organisation, year, name))
        used = [*self._final(rows, year)] if final else [*self._counting(rows)]
        return tuple(dict.fromkeys(Place(row.source, row.section, row.page) for row in used if row.source))

    @property
    def _quantities(self) -> tuple[str, ...]:
        """The variables that have values, and the KPI itself where its own value was taken."""
        current = self.result.situation.current
        looked_at = names(self.entry.formula.expression)
        counted = tuple(name for name in (*looked_at, *self.entry.formula.names) if name in current.variables)
        is_own = current.own is not None or current.branches_met is not None or not counted
        return tuple(dict.fromkeys((*counted, *((self.entry.kpi.key,) if is_own else ()))))

    def _counting(self, rows: Iterable[Observation]) -> Iterator[Observation]:
        """The rows of the day up to which the result counts, and of the months before it."""
        day = self.result.as_of
        return (row for row in rows if day is None or row.as_of == day or (row.period != YEAR and row.as_of <= day))

    @staticmethod
    def _final(rows: Iterable[Observation], year: FiscalYear) -> Iterator[Observation]:
        return (row for row in rows if row.as_of >= year.end)

"""What a plan did not find in a table, and what stands there under a nearly equal name.

A table that was read without the names of a catalogue may call anything otherwise; what nobody asks for is silent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property

from attrs import evolve, field, frozen

from kpi.evaluation.notes import Note
from kpi.evaluation.result import Result
from kpi.formulas.nodes import Name, names
from kpi.observations.observation import Observations
from kpi.periods import FiscalYear
from kpi.problems import nearest


@frozen(slots=False)
class Unfound:
    """Looks for what results lack, of one organisation and year, among the quantities that the plan does not know.

    *kpis* are those of the plan. Nothing is looked for where nothing is missing.
    """

    observations: Observations = field(repr=False)
    organisation: str
    year: FiscalYear
    kpis: Collection[str] = field(repr=False)

    def beside(self, result: Result) -> Result:
        """The *result* with what is called nearly as what it lacks."""
        notes = tuple(self._notes_on(result))
        return evolve(result, further_notes=(*result.further_notes, *notes)) if notes else result

    def _notes_on(self, result: Result) -> Iterator[Note]:
        """A note for each variable that is missing, and for the KPI's own value, that has a nearly equal name."""
        current = result.situation.current
        missing = [name for name in names(result.judge.formula) if name not in current.variables]
        if not missing or current.own is not None or current.branches_met is not None:
            return
        variables = result.vocabulary.variables if result.vocabulary else {}
        strange = [name for name in self._quantities if name not in variables]
        called: dict[str, Name | str] = {result.title.key: result.title.key, result.title.ja: result.title.key}
        for name in missing if strange else ():
            labels = (variables[name].ja, *variables[name].labels) if name in variables else ()
            called |= dict.fromkeys((name, *filter(None, labels)), Name(name))
        for found in strange:
            yield from (
                Note("similar_name", {"name": called[word], "found": found}) for word in nearest(found, called)[:1]
            )

    def notes(self) -> Iterator[Note]:
        """A note where the table has no row of the organisation at all."""
        organisations = self.observations.organisations
        if self.organisation in organisations:
            return
        found = "".join(nearest(self.organisation, organisations)[:1])
        yield Note("no_rows_but" if found else "no_rows", {"organisation": self.organisation, "found": found})

    @cached_property
    def _quantities(self) -> tuple[str, ...]:
        """The quantities that the table has here and that are no KPIs of the plan."""
        found = self.observations.quantities(self.organisation, self.year)
        return tuple(name for name in found if name not in self.kpis)

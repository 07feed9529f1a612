"""Where each number that a KPI looks at stands in a frame."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from attrs import evolve, frozen

from kpi.columns.asked import Asked
from kpi.columns.request import Request, missing_columns
from kpi.compilation.integers import Input
from kpi.compilation.lowering import lower
from kpi.errors import ColumnsError
from kpi.formulas.nodes import Period
from kpi.quantities import Value


@frozen
class Elsewhere:
    """The row at which an input stands, seen from another: of the same organisation or the nation.

    *back* is how many fiscal years earlier; *year* is the fiscal year where a rule names one.
    """

    back: int = 0
    year: int | None = None
    is_national: bool = False


HERE: Final = Elsewhere()
_LAST_YEAR: Final = frozenset({Period.PRIOR_YEAR, Period.PRIOR_YEAR_END, Period.SAME_PERIOD_LAST_YEAR})


@frozen
class Cell:
    """A *column*, and the row in which it is read; *in_prior*: of the frame that holds other years."""

    column: str
    where: Elsewhere = HERE
    in_prior: bool = False


@frozen(eq=False)
class Question:
    """One KPI with the places of its *inputs*: *cells* that differ by row, *constants* that do not.

    An input that is in neither is missing in every row.
    """

    asked: Asked
    inputs: tuple[Input, ...]
    cells: Mapping[Input, Cell]
    constants: Mapping[Input, Value]

    @property
    def needs_keys(self) -> bool:
        """Whether it has to be known which organisation and year a row is about."""
        return self.asked.places is not None or any(cell.where != HERE for cell in self.cells.values())

    def first_comparable(self, cell: Cell) -> int | None:
        """The first fiscal year of which a cell's value counts, seen from a row here; None: it counts in every row."""
        since = self.asked.comparable_from
        return since.year + cell.where.back if since is not None and cell.where.back else None


def inputs_of(asked: Asked) -> tuple[Input, ...]:
    """Every number that a KPI may look at."""
    style = evolve(asked.formula.style, compared="exact")
    return lower(evolve(asked.formula, style=style)).inputs


def elsewhere(one: Input) -> Elsewhere:
    """The row at which an input stands."""
    match one.period:
        case None | Period.BRANCH_TARGET:
            return HERE
        case Period.NATIONAL:
            return Elsewhere(is_national=True)
        case Period.FISCAL_YEAR:
            return Elsewhere(year=one.years)
        case Period.MEAN_OF_YEARS:
            return Elsewhere(back=one.years or 1)
        case _:
            return Elsewhere(back=1)


def questions(
    request: Request, present: Collection[str], in_prior: Collection[str] | None = None
) -> tuple[Question, ...]:
    """The questions of a request about a frame with the columns *present*, and a frame of other years, if there is one.

    Raises:
        ColumnsError: naming every column that is missing, and every added one that exists already.
    """
    request.check_added(present)
    search = _Search(request, present, in_prior, {}, {})
    found = tuple(search.question(one, inputs_of(one)) for one in request.kpis)
    search.report()
    return found


@frozen
class _Search:
    request: Request
    present: Collection[str]
    in_prior: Collection[str] | None
    missing: dict[str, list[str]]
    missing_in_prior: dict[str, list[str]]

    def question(self, asked: Asked, inputs: Collection[Input]) -> Question:
        found = {one: self.find(asked, one) for one in inputs}
        cells = {one: cell for one, cell in found.items() if isinstance(cell, Cell)}
        constants = {one: value for one, value in found.items() if value is not None and not isinstance(value, Cell)}
        stated = any(one.is_stated for one in (*cells, *constants))
        lacks_keys = any(name not in self.present for name in self.request.keys)
        looked_up = [one for one in inputs if elsewhere(one) != HERE and not self.is_incomparable(asked, one)]
        if stated and lacks_keys and asked.places is None:
            looked_up = []  # the stated value stands for what cannot be looked up
        for one in (*(one for one in inputs if elsewhere(one) == HERE), *looked_up):
            stands_in = (stated and elsewhere(one) != HERE) or any(
                not other.name and elsewhere(other) == elsewhere(one) and not other.is_stated for other in cells
            )
            if one.name and one not in cells and not stands_in:
                self.lacks(self.request.columns.get(one.name, one.name), asked.key, in_prior=self.looks_in_prior(one))
        if asked.places is not None or looked_up:
            self.check_keys(looked_up)
        kept = {one: cell for one, cell in cells.items() if cell.where == HERE or one in looked_up}
        return Question(asked, tuple(inputs), kept, constants)

    def find(self, asked: Asked, one: Input) -> Cell | Value:
        """The cell of an input, or its value where that is the same in every row."""
        if one.is_stated or one.period is Period.BRANCH_TARGET:
            given = self.request.baselines if one.is_stated else self.request.branch_targets
            found = self.request.stated(asked, given, self.present)
            if found is None and one.is_stated:
                return asked.baseline
            return Cell(found) if isinstance(found, str) and found in self.present else found
        in_prior = self.looks_in_prior(one)
        columns = self.in_prior if in_prior and self.in_prior is not None else self.present
        column = self.request.column_of(asked, one.name, columns)
        return None if column is None else Cell(column, elsewhere(one), in_prior)

    def looks_in_prior(self, one: Input) -> bool:
        """Whether the frame of other years is asked for it."""
        where = elsewhere(one)
        return self.in_prior is not None and where != HERE and not where.is_national

    @staticmethod
    def is_incomparable(asked: Asked, one: Input) -> bool:
        """Whether it lies in a year, named by the rule, in which the KPI was defined otherwise."""
        named, since = elsewhere(one).year, asked.comparable_from
        return named is not None and since is not None and named < since.year

    def check_keys(self, looked_up: Collection[Input]) -> None:
        """The columns that tell the rows apart have to be there."""
        for name in self.request.keys:
            if name not in self.present:
                self.lacks(name)
        there = [elsewhere(one) for one in looked_up if self.looks_in_prior(one)]
        needed = [self.request.keys.organisation] if there else []
        if any(where != Elsewhere(back=1) for where in there):
            needed.append(self.request.keys.fiscal_year)  # rows without a year are those of last year
        for name in needed:
            if self.in_prior is not None and name not in self.in_prior:
                self.lacks(name, in_prior=True)

    def lacks(self, column: str, user: str = "", *, in_prior: bool = False) -> None:
        """Notes that a column is missing, and which KPI needs it."""
        users = (self.missing_in_prior if in_prior else self.missing).setdefault(column, [])
        users += [user] if user and user not in users else []

    def report(self) -> None:
        """Raises where something is missing."""
        frames = (
            (self.missing, self.present, "the frame"),
            (self.missing_in_prior, self.in_prior or (), "the frame of other years"),
        )
        said = [missing_columns(missing, present, where) for missing, present, where in frames if missing]
        if said:
            raise ColumnsError("\n".join(said))

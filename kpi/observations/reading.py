"""Reads tidy tables of observations: CSV in UTF-8, one value a row.

Every problem is found in one go, each at its line and column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from attrs import define, field
from dateutil.relativedelta import relativedelta

from kpi.errors import DataError, KpiError, UnitError, ValueReadingError
from kpi.evaluation.observed import plain_value
from kpi.observations.observation import YEAR, Observation, Observations
from kpi.periods import FiscalYear, Period, fiscal_year, read_date, read_period
from kpi.problems import Problem, decode, nearest
from kpi.quantities import read_value
from kpi.source import Source, Span

if TYPE_CHECKING:
    from kpi.observations.known import Known

REQUIRED: Final = ("organisation", "fiscal_year", "quantity", "value")
OPTIONAL: Final = ("period", "as_of", "unit", "source", "section", "page", "note")
_T = TypeVar("_T")
_COLUMNS: Final = (*REQUIRED, *OPTIONAL)
_SETTLED_WITHIN: Final = relativedelta(years=2)
"""Final figures are settled after a year has ended; a date later than this is taken for a slip."""
_fiscal_year = lru_cache(maxsize=1024)(fiscal_year)  # every row of a table names one of the same few years and days
_date = lru_cache(maxsize=1024)(read_date)


def load_observations(path: str | Path, known: Known | None = None) -> Observations:
    """Reads a CSV file of observations, and where names are *known*, takes no other, nor another unit.

    Columns: `organisation`, `fiscal_year`, `quantity` and `value`; further `period` (`year`, or what `read_period`
    reads, within the fiscal year: `2021-04`, `4月`, `2021-Q1`, `上期`; without it `year`), `as_of` (from the first day of
    the period to two years after the fiscal year; without it the period's last day), `unit`, `source`, `section`, `page`,
    `note`.

    Raises:
        DataError: the table has problems; it carries all of them.
        OSError: the file cannot be opened.
    """
    observations, problems = read_observations(Path(path).read_bytes(), str(path), known)
    if problems:
        raise DataError(problems)
    return observations


def load_published() -> Observations:
    """The results that the source documents print."""
    data = (Path(__file__).parents[1] / "data" / "published.csv").read_bytes()
    observations, problems = read_observations(data, "published.csv")
    if problems:
        raise DataError(problems)
    return observations


def read_observations(data: bytes, name: str, known: Known | None = None) -> tuple[Observations, list[Problem]]:
    """The observations that can be read, and every problem."""
    source, problems = decode(data, name)
    if problems:
        return Observations(()), problems
    table = _Table(source, known)
    rows = tuple(table.observations())
    return Observations(rows), table.problems


@define(eq=False, repr=False)
class _Table:
    source: Source
    known: Known | None = None
    problems: list[Problem] = field(factory=list)
    header: list[str] = field(factory=list)
    seen: dict[tuple[object, ...], int] = field(factory=dict)
    lines: list[tuple[int, str]] = field(init=False)
    """Each line with the offset at which it begins."""

    @lines.default
    def _lines(self) -> list[tuple[int, str]]:
        lines = self.source.text.split("\n")
        starts = accumulate((len(line) + 1 for line in lines), initial=0)
        return [*zip(starts, lines, strict=False)]

    def observations(self) -> Iterator[Observation]:
        reader = csv.reader(io.StringIO(self.source.text), strict=True)
        line = 1
        try:
            for cells in reader:
                is_blank = not any(cell.strip() for cell in cells)
                if not self.header and not is_blank:
                    self.read_header([cell.strip() for cell in cells], line)
                    if self.problems:
                        return
                elif not is_blank:
                    found = self.observation(dict(zip(self.header, cells, strict=False)), len(cells), line)
                    if found:
                        yield found
                line = reader.line_num + 1
        except csv.Error as error:
            self.report("csv-syntax", line, 0, said=str(error))
        if not self.header and not self.problems:
            self.report("missing-column", 1, 0, names=", ".join(REQUIRED))

    def read_header(self, header: list[str], line: int) -> None:
        self.header = header
        resembling: set[str] = set()
        for index, name in enumerate(header):
            if name not in _COLUMNS:
                suggestions = nearest(name, [column for column in _COLUMNS if column not in header])
                resembling |= {*suggestions[:1]}
                self.report("unknown-column", line, index, suggestions, name=name)
            elif name in header[:index]:
                self.report("duplicate-column", line, index, name=name)
        missing = [name for name in REQUIRED if name not in header and name not in resembling]
        if missing:
            self.report("missing-column", line, 0, names=", ".join(missing))

    def observation(self, row: dict[str, str], width: int, line: int) -> Observation | None:
        before = len(self.problems)
        if width != len(self.header):
            self.report("ragged-row", line, 0, found=width, expected=len(self.header))
            return None
        row = {name: cell.strip() for name, cell in row.items()}
        if self.known:
            row["quantity"] = self.known.identified(row["quantity"])
        self.check_name("organisation", row, line, self.known.organisations if self.known else ())
        self.check_name("quantity", row, line, self.known.quantities if self.known else ())
        year = self.read("fiscal_year", line, _fiscal_year, row["fiscal_year"])
        if year is None:
            return None
        period = self.period(row, year, line)
        as_of = self.as_of(row, year, period, line)
        if as_of is None or len(self.problems) > before:
            return None
        rest = {name: row.get(name, "") for name in ("unit", "source", "section", "page", "note")}
        is_year = isinstance(period, FiscalYear)
        name = YEAR if is_year else str(period)
        found = Observation(row["organisation"], year, name, row["quantity"], row["value"], as_of, **rest)
        self.check_value(found, line)
        # a month has one value, whenever it was settled, and others up to days within it
        until = as_of if is_year else min(as_of, period.end)
        self.check_twice((found.organisation, year, found.quantity, name, until), line)
        return None if len(self.problems) > before else found

    def read(self, column: str, line: int, read: Callable[[str], _T], text: str) -> _T | None:
        """What a cell says; None, and a problem, where it cannot be read."""
        try:
            return read(text)
        except ValueReadingError as error:
            self.at(column, "unreadable-cell", line, said=str(error))
            return None

    def period(self, row: dict[str, str], year: FiscalYear, line: int) -> Period:
        """The period of the row; the year where it names none, or none that can be read."""
        text = row.get("period") or YEAR
        found = None if text == YEAR else self.read("period", line, lambda text: read_period(text, year), text)
        if found and found.fiscal_year != year:
            months = {"first": year.months[0], "last": year.months[-1]}
            self.at("period", "unknown-period", line, found=text, year=year, year_ja=year.ja, **months)
        return found or year

    def as_of(self, row: dict[str, str], year: FiscalYear, period: Period, line: int) -> date | None:
        text = row.get("as_of")
        found = self.read("as_of", line, _date, text) if text else period.end
        last = _settled(year)
        if found and found < period.start:
            self.at("as_of", "early-date", line, found=found, period=period, period_ja=period.ja, first=period.start)
        elif found and found > last:
            self.at("as_of", "late-date", line, found=found, year=year, year_ja=year.ja, last=last)
        return found

    def check_name(self, column: str, row: dict[str, str], line: int, known: Collection[str]) -> None:
        name = row[column]
        if not name:
            self.at(column, "empty-cell", line, name=column)
        elif self.known and name not in known:
            meant = self.known.suggestions(name) if column == "quantity" else nearest(name, known)
            self.report(f"unknown-{column}", line, self.header.index(column), meant, name=name)

    def check_value(self, row: Observation, line: int) -> None:
        if any(character.isdigit() or character in ".," for character in row.unit):
            self.at("unit", "unreadable-cell", line, said=f"{row.unit!r} is no unit: it would read on from the value")
            return
        try:
            if self.known:
                unit = None if self.known.counts_branches(row) else self.known.quantities[row.quantity]
                plain_value(row.quantity, row.written, unit, self.known.vocabulary)
            else:  # units of its own are known to a catalogue alone
                read_value(row.value)
        except UnitError as error:
            self.at("unit" if row.unit else "value", "unreadable-cell", line, said=str(error))
        except KpiError as error:
            self.at("value", "unreadable-cell", line, said=str(error))

    def check_twice(self, key: tuple[object, ...], line: int) -> None:
        if key in self.seen:
            self.at("quantity", "duplicate-observation", line, line=self.seen[key])
        self.seen.setdefault(key, line)

    def at(self, column: str, code: str, row: int, **facts: object) -> None:
        """Reports a problem in a named column."""
        self.report(code, row, self.header.index(column), **facts)

    def report(self, code: str, row: int, index: int, suggestions: tuple[str, ...] = (), /, **facts: object) -> None:
        span = self.cell(row, index)
        self.problems.append(Problem(code, self.source, span, facts, suggestions))

    def cell(self, row: int, index: int) -> Span:
        """Where a cell stands: behind as many commas as there are cells before it."""
        start, text = self.lines[row - 1]
        commas = [-1, *_commas(text), len(text.rstrip("\r"))]
        index = min(index, len(commas) - 2)
        return Span(start + commas[index] + 1, max(start + commas[index + 1], start + commas[index] + 2))


@lru_cache(maxsize=1024)
def _settled(year: FiscalYear) -> date:
    """The last day on which its figures are settled."""
    return year.end + _SETTLED_WITHIN


def _commas(text: str) -> Iterator[int]:
    quoted = False
    for position, character in enumerate(text):
        quoted ^= character == '"'
        if character == "," and not quoted:
            yield position

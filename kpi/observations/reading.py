"""Reads tidy tables of observations: CSV in UTF-8, one value a row.

Every problem is found in one go, each at its line and column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Final

from attrs import define, field, frozen

from kpi.errors import DataError, KpiError, UnitError, ValueReadingError
from kpi.evaluation.observed import plain_value
from kpi.formulas.vocabulary import Vocabulary
from kpi.observations.observation import YEAR, Observation, Observations
from kpi.periods import FiscalYear, fiscal_year, month_end, read_date
from kpi.problems import Problem, decode, nearest
from kpi.quantities import read_value
from kpi.source import Source, Span
from kpi.units import BRANCH, Unit

REQUIRED: Final = ("organisation", "fiscal_year", "quantity", "value")
OPTIONAL: Final = ("period", "as_of", "unit", "source", "section", "page", "note")
_COLUMNS: Final = (*REQUIRED, *OPTIONAL)


@frozen
class Known:
    """The names that a table may use, and the unit in which each quantity is measured; any other is a mistake in it."""

    organisations: Collection[str]
    quantities: Mapping[str, Unit]
    vocabulary: Vocabulary = Vocabulary()

    def counts_branches(self, row: Observation) -> bool:
        """Whether the value tells of a KPI how many branches met its rule."""
        return row.quantity not in self.vocabulary.variables and row.unit_in(self.vocabulary.units) is BRANCH


def load_observations(path: str | Path, known: Known | None = None) -> Observations:
    """Reads a CSV file of observations, and where names are *known*, takes no other, nor another unit.

    Columns: `organisation`, `fiscal_year`, `quantity` and `value`; further `period` (`year` or a month such as
    `2021-04`; without it `year`), `as_of` (without it the end of the month or year), `unit`, `source`, `section`,
    `page`, `note`.

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


@define
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
        self.check_name("organisation", row, line, self.known.organisations if self.known else ())
        self.check_name("quantity", row, line, self.known.quantities if self.known else ())
        year = self.year(row, line)
        if year is None:
            return None
        period = self.period(row, year, line)
        as_of = self.as_of(row, year, period, line)
        if as_of is None or len(self.problems) > before:
            return None
        rest = {name: row.get(name, "") for name in ("unit", "source", "section", "page", "note")}
        found = Observation(row["organisation"], year, period, row["quantity"], row["value"], as_of, **rest)
        self.check_value(found, line)
        day = as_of if period == YEAR else period  # a month has one value
        self.check_twice((found.organisation, year, found.quantity, day), line)
        return None if len(self.problems) > before else found

    def year(self, row: dict[str, str], line: int) -> FiscalYear | None:
        try:
            return fiscal_year(row["fiscal_year"])
        except ValueReadingError as error:
            self.at("fiscal_year", "unreadable-cell", line, said=str(error))
            return None

    def period(self, row: dict[str, str], year: FiscalYear, line: int) -> str:
        period = row.get("period") or YEAR
        if period != YEAR and period not in year.months:
            self.at("period", "unknown-period", line, found=period, first=year.months[0], last=year.months[-1])
            return YEAR
        return period

    def as_of(self, row: dict[str, str], year: FiscalYear, period: str, line: int) -> date | None:
        if not row.get("as_of"):
            return year.end if period == YEAR else month_end(period)
        try:
            found = read_date(row["as_of"])
        except ValueReadingError as error:
            self.at("as_of", "unreadable-cell", line, said=str(error))
            return None
        if found < year.start:
            self.at("as_of", "early-date", line, found=found, year=year, year_ja=year.ja, first=year.start)
            return None
        return found

    def check_name(self, column: str, row: dict[str, str], line: int, known: Collection[str]) -> None:
        name = row[column]
        if not name:
            self.at(column, "empty-cell", line, name=column)
        elif self.known and name not in known:
            self.report(f"unknown-{column}", line, self.header.index(column), nearest(name, known), name=name)

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


def _commas(text: str) -> Iterator[int]:
    quoted = False
    for position, character in enumerate(text):
        quoted ^= character == '"'
        if character == "," and not quoted:
            yield position

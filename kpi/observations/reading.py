"""Reads tidy tables of observations: CSV in UTF-8, one value a row.

Every problem is found in one go, each at its line and column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Final

from attrs import define, field, frozen

from kpi.errors import DataError, ValueReadingError
from kpi.observations.observation import YEAR, Observation, Observations, month_end
from kpi.periods import FiscalYear, fiscal_year, read_date
from kpi.problems import Problem, nearest
from kpi.quantities import read_value
from kpi.source import Source, Span

REQUIRED: Final = ("organisation", "fiscal_year", "quantity", "value")
OPTIONAL: Final = ("period", "as_of", "unit", "source", "section", "page", "note")
_COLUMNS: Final = (*REQUIRED, *OPTIONAL)


@frozen
class Known:
    """The names that a table may use; a name that is neither is a mistake in it."""

    organisations: Collection[str]
    quantities: Collection[str]


def load_observations(path: str | Path, known: Known | None = None) -> Observations:
    """Reads a CSV file of observations, and where names are *known*, takes no other.

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
    data = files("kpi").joinpath("data", "published.csv").read_bytes()
    observations, problems = read_observations(data, "published.csv")
    if problems:
        raise DataError(problems)
    return observations


def read_observations(data: bytes, name: str, known: Known | None = None) -> tuple[Observations, list[Problem]]:
    """The observations that can be read, and every problem."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Observations(()), [Problem("not-utf8", Source("", name), Span(0, 1), {"offset": error.start})]
    table = _Table(Source(text, name), known)
    rows = tuple(table.observations())
    return Observations(rows), table.problems


@define
class _Table:
    source: Source
    known: Known | None = None
    problems: list[Problem] = field(factory=list)
    header: list[str] = field(factory=list)
    seen: dict[tuple[object, ...], int] = field(factory=dict)

    def observations(self) -> Iterator[Observation]:
        reader = csv.reader(io.StringIO(self.source.text), strict=True)
        line = 1
        try:
            for cells in reader:
                if not self.header:
                    self.read_header([cell.strip() for cell in cells])
                    if self.problems:
                        return
                elif any(cell.strip() for cell in cells):
                    found = self.observation(dict(zip(self.header, cells, strict=False)), len(cells), line)
                    if found:
                        yield found
                line = reader.line_num + 1
        except csv.Error as error:
            self.report("csv-syntax", line, 0, said=str(error))
        if not self.header:
            self.report("missing-column", 1, 0, names=", ".join(REQUIRED))

    def read_header(self, header: list[str]) -> None:
        self.header = header
        for index, name in enumerate(header):
            if name not in _COLUMNS:
                self.report("unknown-column", 1, index, nearest(name, _COLUMNS), name=name)
            elif name in header[:index]:
                self.report("duplicate-column", 1, index, name=name)
        missing = [name for name in REQUIRED if name not in header]
        if missing:
            self.report("missing-column", 1, 0, names=", ".join(missing))

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
        self.check_value(row, line)
        if len(self.problems) > before:
            return None
        try:
            as_of = read_date(row["as_of"]) if row.get("as_of") else year.end if period == YEAR else month_end(period)
        except ValueReadingError as error:
            self.at("as_of", "unreadable-cell", line, said=str(error))
            return None
        self.check_twice((row["organisation"], year, period, row["quantity"], as_of), line)
        rest = {name: row.get(name, "") for name in ("unit", "source", "section", "page", "note")}
        return Observation(row["organisation"], year, period, row["quantity"], row["value"], as_of, **rest)

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
        return period

    def check_name(self, column: str, row: dict[str, str], line: int, known: Collection[str]) -> None:
        name = row[column]
        if not name:
            self.at(column, "empty-cell", line, name=column)
        elif self.known and name not in known:
            self.report(f"unknown-{column}", line, self.header.index(column), nearest(name, known), name=name)

    def check_value(self, row: dict[str, str], line: int) -> None:
        try:
            read_value(row["value"])
        except ValueReadingError as error:
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
        lines = self.source.text.split("\n")
        start = sum(len(line) + 1 for line in lines[: row - 1])
        text = lines[row - 1] if row <= len(lines) else ""
        commas = [-1, *_commas(text), len(text.rstrip("\r"))]
        index = min(index, len(commas) - 2)
        return Span(start + commas[index] + 1, max(start + commas[index + 1], start + commas[index] + 2))


def _commas(text: str) -> Iterator[int]:
    quoted = False
    for position, character in enumerate(text):
        quoted ^= character == '"'
        if character == "," and not quoted:
            yield position

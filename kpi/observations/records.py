"""From the cells that tell of one value to an observation, or to every problem that they have."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Final, TypeVar

from attrs import define, field
from dateutil.relativedelta import relativedelta

from kpi.characters import fold_width
from kpi.errors import KpiError, UnitError, ValueReadingError
from kpi.evaluation.observed import plain_value
from kpi.observations.days import read_day
from kpi.observations.known import Known
from kpi.observations.layouts import Record
from kpi.observations.observation import YEAR, Observation, with_unit
from kpi.periods import FiscalYear, Period, fiscal_year, read_date, read_period
from kpi.problems import Problem, nearest
from kpi.quantities import read_value
from kpi.sheets.sheet import Cell, Sheet
from kpi.units import UNITS

_T = TypeVar("_T")
Names = Callable[[str], tuple[str, ...]]
_SETTLED_WITHIN: Final = relativedelta(years=2)
"""Final figures are settled after a year has ended; a date later than this is taken for a slip."""
_DETAILS: Final = ("source", "section", "page", "note")
_ERRORS: Final = frozenset(
    {"#REF!", "#N/A", "#NAME?", "#DIV/0!", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!"}
)
"""What a spreadsheet shows where a formula has no value."""
_SUFFIX = re.compile(r"[0-9](?P<own>[^0-9]*)$")
"""What stands behind a number."""
_SCALES: Final = "百千万億兆"

# a table names the same few periods in every row
_fiscal_year = lru_cache(maxsize=1024)(fiscal_year)
_read_period = lru_cache(maxsize=1024)(read_period)
_read_day = lru_cache(maxsize=1024)(read_day)


@lru_cache(maxsize=1024)
def _last_settled(year: FiscalYear) -> date:
    return year.end + _SETTLED_WITHIN


@define
class RecordReader:
    """Reads records of any number of sheets; a value may stand in one of them alone."""

    known: Known | None = None
    problems: list[Problem] = field(factory=list)
    _sheet: Sheet = field(init=False)
    _seen: dict[tuple[object, ...], tuple[Sheet, Cell, str]] = field(factory=dict, init=False)
    _told: set[tuple[str, str, int, int]] = field(factory=set, init=False)
    _is_sound: bool = field(default=True, init=False)
    """Whether the record that is read has no problem, not even one that was told before."""

    def begin(self, sheet: Sheet) -> None:
        """From here on records are of *sheet*."""
        self._sheet = sheet

    def observation(self, record: Record) -> Observation | None:
        """The observation of a record, unless it has problems."""
        self._is_sound = True
        flawed = self.check_cells(record)
        organisation = "" if "organisation" in flawed else self.organisation(record)
        quantity = "" if "quantity" in flawed else self.quantity(record)
        value, unit = ("", "") if flawed & {"quantity", "value", "unit"} else self.value(quantity, record)
        year = None if flawed & {"fiscal_year", "period"} else self.year(record)
        if year is None:
            return None
        period = self.period(record, year)
        as_of = None if "as_of" in flawed else self.as_of(record, year, period)
        if as_of is None or not self._is_sound:
            return None
        is_year = isinstance(period, FiscalYear)
        name = YEAR if is_year else str(period)
        details = {key: record[key].text for key in _DETAILS if key in record}
        found = Observation(organisation, year, name, quantity, value, as_of, unit, **details)
        # a month has one value, whenever it was settled, and others up to days within it
        until = as_of if is_year else min(as_of, period.end)
        is_new = self.check_twice((organisation, year, quantity, name, until), record["value"], found.written)
        return found if is_new else None

    def organisation(self, record: Record) -> str:
        """The organisation, by the name that the catalogue has for it."""
        cell = record["organisation"]
        if self.known is None:
            return self._filled(cell, "organisation")
        places = (*self.known.organisations, *self.known.places)
        return self._name(cell, "organisation", self.known.located, lambda name: nearest(name, places))

    def quantity(self, record: Record) -> str:
        """The quantity, by its identifier."""
        cell = record["quantity"]
        if self.known is None:
            return self._filled(cell, "quantity")
        return self._name(cell, "quantity", self.known.called, self.known.like)

    def _filled(self, cell: Cell, key: str) -> str:
        if not cell.text:
            self.report("empty-cell", cell, name=key)
        return cell.text

    def _name(self, cell: Cell, key: str, meant_by: Names, like: Names) -> str:
        """What a cell names; a problem where that is nothing known, or one of several things."""
        name = self._filled(cell, key)
        meant = meant_by(name) if name else (name,)
        if len(meant) > 1:
            self.report("several-meanings", cell, name=name, meant=", ".join(meant))
        elif not meant:
            self.report(f"unknown-{key}", cell, like(name), name=name)
        return meant[0] if len(meant) == 1 else ""

    def check_cells(self, record: Record) -> set[str]:
        """The keys of cells that hold an error of a spreadsheet, or a formula that nobody computed."""
        found: set[str] = set()
        for key, cell in record.items():
            first = cell.text[:1]
            if first == "=" and len(cell.text) > 1:
                self.report("uncomputed-formula", cell, found=cell.text)
                found.add(key)
            elif first == "#" and cell.text.upper() in _ERRORS:
                self.report("error-cell", cell, found=cell.text)
                found.add(key)
        return found

    def year(self, record: Record) -> FiscalYear | None:
        """The fiscal year of the record: its own cell, or the one that its period names."""
        if "fiscal_year" in record:
            return self._read("fiscal_year", record, _fiscal_year)
        if record["period"].text in {"", YEAR}:
            return self._read("period", record, _fiscal_year)
        found = self._read("period", record, lambda text: _read_period(_month_of(text)))
        return found.fiscal_year if found else None

    def period(self, record: Record, year: FiscalYear) -> Period:
        """The period of the record; the year where it names none, or none that can be read."""
        text = record["period"].text if "period" in record else YEAR
        if text in {"", YEAR}:
            return year
        found = self._read("period", record, lambda text: _read_period(_month_of(text), year))
        if found and found.fiscal_year != year:
            months = {"first": year.months[0], "last": year.months[-1]}
            self.report("unknown-period", record["period"], found=text, year=year, year_ja=year.ja, **months)
        return found or year

    def as_of(self, record: Record, year: FiscalYear, period: Period) -> date | None:
        """The day up to which the value counts; the last of its period where none is named."""
        is_named = "as_of" in record and record["as_of"].text
        if "to_date" in record and not is_named:
            self.report("missing-date", record["as_of"], name=record["to_date"].text)
            return None
        found = self._read("as_of", record, _read_day) if is_named else period.end
        last = _last_settled(year)
        if found and found < period.start:
            facts = {"period": period, "period_ja": period.ja, "first": period.start}
            self.report("early-date", record["as_of"], found=found, **facts)
        elif found and found > last:
            self.report("late-date", record["as_of"], found=found, year=year, year_ja=year.ja, last=last)
        return found

    def value(self, quantity: str, record: Record) -> tuple[str, str]:
        """The value and its unit, checked."""
        placed = self.placed(record)
        if placed and (self.known is None or quantity in self.known.quantities):
            self.check_value(quantity, *placed, record)
        return placed or ("", "")

    def placed(self, record: Record) -> tuple[str, str] | None:
        """The value and its unit, unless it has another than its place; a scale above a column goes behind the number, as it would stand in the cell."""
        text, unit, scale = (record[key].text if key in record else "" for key in ("value", "unit", "scale"))
        found = _SUFFIX.search(fold_width(text))
        own = found["own"].strip() if found else ""
        expected = fold_width(f"{scale}{unit}")
        if not own:
            return f"{text}{scale}" if found else text, unit
        if not expected or own == expected:
            return text, unit
        bare = own.lstrip(_SCALES)  # a number may have a scale of its own where its place has none
        if not scale and (not bare or self._are_same(bare, unit)):
            return text, bare or unit
        self.report("two-units", record["value"], found=own, expected=expected)
        return None

    def _are_same(self, *symbols: str) -> bool:
        """Whether numbers mean the same in all of these units: 人 and 名, % and percentage points."""
        units = self.known.vocabulary.units if self.known else UNITS
        return len({(unit.dimension, unit.per) if (unit := units.get(each)) else each for each in symbols}) == 1

    def check_value(self, quantity: str, value: str, unit: str, record: Record) -> None:
        """The value is a number, or a word for one, in the unit of its quantity."""
        if any(character.isdigit() or character in ".," for character in unit):
            said = f"{unit!r} is no unit: it would read on from the value"
            self.report("unreadable-cell", record["unit"], said=said)
            return
        try:
            if self.known:
                written = with_unit(value, unit)
                measured = None if self.known.counts_branches(quantity, written) else self.known.quantities[quantity]
                plain_value(quantity, written, measured, self.known.vocabulary)
            else:  # units of its own are known to a catalogue alone
                read_value(value)
        except UnitError as error:
            self.report("unreadable-cell", record["unit" if unit else "value"], said=str(error))
        except KpiError as error:
            self.report("unreadable-cell", record["value"], said=str(error))

    def check_twice(self, key: tuple[object, ...], cell: Cell, value: str) -> bool:
        """Whether a value is the first for its *key*: it stands in one cell of all sheets.

        A row may give the same value for a year to date and for the year, which are one when the year is over.
        """
        if key not in self._seen:
            self._seen[key] = (self._sheet, cell, value)
            return True
        sheet, first, other = self._seen[key]
        if sheet is self._sheet and first.row == cell.row and value == other:
            return False
        within = "" if sheet is self._sheet else f"{sheet.name}:"
        facts = {"place": f"{within}{sheet.address(first, 'en')}", "place_ja": f"{within}{sheet.address(first, 'ja')}"}
        if value == other:
            self.report("duplicate-observation", cell, **facts)
        else:
            self.report("contradicting-observation", cell, found=value, other=other, **facts)
        return False

    def report(self, code: str, cell: Cell, suggestions: tuple[str, ...] = (), /, **facts: object) -> None:
        """Reports a problem in a cell, once: a heading or a key may stand for many values."""
        self._is_sound = False
        key = (code, self._sheet.name, cell.row, cell.column)
        if key not in self._told:
            self._told.add(key)
            self.problems.append(Problem(code, *self._sheet.at(cell), facts, suggestions))

    def _read(self, key: str, record: Record, read: Callable[[str], _T]) -> _T | None:
        """What a cell says; None, and a problem, where it cannot be read."""
        try:
            return read(record[key].text)
        except ValueReadingError as error:
            self.report("unreadable-cell", record[key], said=str(error))
            return None


@lru_cache(maxsize=1024)
def _month_of(text: str) -> str:
    """What spreadsheets make of `2021/4`, the first of April, is that month again; any other text stays."""
    try:
        day = read_date(text)
    except ValueReadingError:
        return text
    return f"{day:%Y-%m}" if day.day == 1 else text

"""From sheets of cells to observations: the headings are found and understood, then each row is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import define, evolve, field

from kpi.errors import ValueReadingError
from kpi.observations.headings import KEYS, Heading, Key, Named, Other, When, key_of
from kpi.observations.known import Known
from kpi.observations.layouts import Layout, Row, are_headings, headings_in, statements_in
from kpi.observations.observation import Observation
from kpi.observations.records import RecordReader
from kpi.periods import fiscal_year
from kpi.problems import Problem, nearest
from kpi.sheets.opening import REMARK
from kpi.sheets.sheet import Cell, Sheet

SEARCHED: Final = 50
"""Rows among which the headings must stand."""
_FOR_PEOPLE: Final = ("; begin it with ※ where it is for people alone", "。人が読むだけの列なら ※ で始めてください")
_REQUIRED: Final = ("organisation", "fiscal_year", "quantity", "value")


def read_sheets(sheets: Iterable[Sheet], known: Known | None) -> tuple[list[Observation], list[Problem]]:
    """The observations of all sheets that can be read, and every problem, sheet by sheet."""
    records = RecordReader(known)
    found: list[Observation] = []
    tables = [_Table(sheet, records) for sheet in sheets]
    for table in tables:
        told = len(records.problems)
        records.begin(table.sheet)
        found += table.observations()
        records.problems += table.sheet.problems
        records.problems[told:] = sorted(records.problems[told:], key=lambda problem: (problem.line, problem.column))
    if tables and all(table.is_blank for table in tables) and not records.problems:
        records.begin(tables[0].sheet)
        tables[0].checked([Other(Cell("", 1, 1))])
    return found, records.problems


@define
class _Table:
    sheet: Sheet
    records: RecordReader
    stated: dict[str, Cell] = field(factory=dict, init=False)
    best: tuple[int, list[Heading]] = field(factory=lambda: (-1, []), init=False)
    """The row above all others that may be meant for the headings, and how many keys it names."""
    is_blank: bool = field(default=True, init=False)
    """Whether nothing stands in it; a workbook may have such sheets, too."""

    @property
    def known(self) -> Known | None:
        return self.records.known

    def observations(self) -> Iterator[Observation]:
        rows = ((number, _cells(number, texts)) for number, texts in self.sheet.rows() if any(texts))
        layout = self.layout(rows)
        if layout is None:
            return
        for number, row in rows:
            filled = [cell for cell in row if cell.text]
            if len(filled) == 1 and filled[0].text.startswith(REMARK):
                continue
            if self.fits(row, layout, number):
                for record in layout.records(_padded(row, len(layout.headings))):
                    found = self.records.observation(record)
                    if found:
                        yield found

    def layout(self, rows: Iterator[tuple[int, Row]]) -> Layout | None:
        """The layout that the headings make; None where none are found, or they have problems."""
        for tried, (_, row) in enumerate(rows):
            headings, self.is_blank = headings_in(row, self.known), False
            if are_headings(headings):
                return self.checked(headings)
            if tried >= SEARCHED:
                break
            self.stated |= statements_in(headings)
            names = sum(isinstance(heading, Key) for heading in headings)
            if names > self.best[0]:
                self.best = names, headings
        return None if self.is_blank else self.without_headings(*self.best)

    def without_headings(self, names: int, headings: Sequence[Heading]) -> Layout | None:
        """Tells what is wrong with the row that was probably meant for the headings, or that there is none."""
        if names:
            return self.checked(headings)
        self.records.report("no-headings", headings[0].cell, rows=SEARCHED, names=", ".join(_REQUIRED))
        return None

    def checked(self, headings: Sequence[Heading]) -> Layout | None:
        """The layout of the *headings* that are right; none where one is missing, so that no value can be read."""
        layout = Layout.of(headings, self._titled() | self.stated)
        for key, cell in layout.stated.items():
            if key in layout.silent:
                self.records.report("misplaced-column", cell, name=key, lie=layout.lie, lie_ja=layout.lie.ja)
        seen: set[object] = set()
        right = [heading for heading in headings if self.is_right(heading, layout, seen)]
        resembling = {key for heading in headings if heading not in right for key in self.meant(heading, layout)}
        missing = [key for key in layout.missing if key not in resembling]
        if missing:
            self.records.report("missing-column", headings[0].cell, names=", ".join(missing))
        left_aside = (heading if heading in right else Other(heading.cell, is_remark=True) for heading in headings)
        return None if layout.missing else evolve(layout, headings=tuple(left_aside))

    def meant(self, heading: Heading, layout: Layout) -> Iterator[str]:
        """Reports an unknown heading; gives the key that it was probably meant to be."""
        cell = heading.cell
        if isinstance(heading, Other) and not heading.is_remark and cell.text:
            meant = nearest(cell.text, self._words(layout))
            hint, hint_ja = ("", "") if meant else _FOR_PEOPLE
            self.records.report("unknown-column", cell, meant, name=cell.text, hint=hint, hint_ja=hint_ja)
            yield from filter(None, map(key_of, meant[:1]))

    def is_right(self, heading: Heading, layout: Layout, seen: set[object]) -> bool:
        """Whether a heading is known, where it belongs, and the first of its kind; reports it where it is not."""
        cell, report = heading.cell, self.records.report
        if isinstance(heading, Other):
            return False
        if isinstance(heading, Named) and len(heading.meant) > 1:
            report("several-meanings", cell, name=cell.text, meant=", ".join(heading.meant))
        elif layout.is_misplaced(heading):
            report("misplaced-column", cell, name=cell.text, lie=layout.lie, lie_ja=layout.lie.ja)
        elif (column := _column(heading)) in seen:
            report("duplicate-column", cell, name=cell.text)
        else:
            seen.add(column)
            return True
        return False

    def fits(self, row: Row, layout: Layout, number: int) -> bool:
        """Whether a row has the cells that the headings name, and nothing where there is none."""
        width = len(layout.headings)
        if self.sheet.may_slip and len(row) != width:
            self.records.report("ragged-row", Cell("", number, 1), found=len(row), expected=width)
            return False
        for cell in row:
            heading = layout.headings[cell.column - 1] if cell.column <= width else None
            if cell.text and (heading is None or not heading.cell.text):
                self.records.report("unnamed-column", cell, found=cell.text)
                return False
        return True

    def _words(self, layout: Layout) -> tuple[str, ...]:
        """Everything that a heading may say and none says yet."""
        keys = [key for key in KEYS if key not in layout.known_keys]
        return (*keys, *(word for key in keys for word in KEYS[key]), *(self.known.names if self.known else ()))

    def _titled(self) -> dict[str, Cell]:
        """What the title of the sheet says of all its values: the organisation, or the fiscal year."""
        title = self.sheet.title
        cell = Cell(title, 1, 1)
        if title and self.known and self.known.located(title):
            return {"organisation": cell}
        try:
            return {"fiscal_year": cell._replace(text=str(fiscal_year(title)))} if title else {}
        except ValueReadingError:
            return {}


def _column(heading: Key | Named | When) -> object:
    """What a column is about: two about the same are one too many."""
    match heading:
        case Key(_, key):
            return key
        case Named(_, meant):
            return meant
        case When(_, period, _, day, is_to_date):
            return period, day, is_to_date


def _cells(number: int, texts: Sequence[str]) -> Row:
    return [Cell(text, number, column) for column, text in enumerate(texts, start=1)]


def _padded(row: Row, width: int) -> Row:
    """The row with blanks for cells that it does not have; a spreadsheet keeps none behind the last that is filled."""
    number = row[0].row
    return (
        row if len(row) >= width else [*row, *(Cell("", number, column) for column in range(len(row) + 1, width + 1))]
    )

"""A table of cells, before anybody knows what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol

from attrs import field, frozen

from kpi.problems import Language, Problem
from kpi.progress import steps
from kpi.source import CellSource, Source, Span


class Cell(NamedTuple):
    """The text of a cell as its reader sees it, and where it stands; rows and columns count from 1."""

    text: str
    row: int
    column: int


class Sheet(Protocol):
    """A table of cells with the places where they stand.

    *name* is what problems call it: `counts.csv`, `counts.xlsx[岩手]`. *title* is its own name within a workbook.
    *problems* are those of the table itself, complete once its rows were read.
    *may_slip* says that a row of another width is a slip of a separator.
    """

    @property
    def name(self) -> str:
        """The name of the file, with the title in brackets."""

    @property
    def title(self) -> str:
        """The name of the sheet within its workbook."""

    @property
    def may_slip(self) -> bool:
        """Whether a separator too many moves the cells behind it."""

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the table itself."""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The texts of each row, with its number; blanks around them are no part of them."""

    def at(self, cell: Cell) -> tuple[Source, Span]:
        """What a problem in a cell points at."""

    def address(self, cell: Cell, language: Language) -> str:
        """What the readers of the table call a cell."""


@frozen
class Grid:
    """A sheet of a workbook, or a frame; *name_cell* gives the address of a row and column."""

    name: str
    title: str
    texts: Iterable[tuple[int, list[str]]] = field(repr=False)
    name_cell: Callable[[int, int], str]
    total: int | None = None
    may_slip: bool = field(default=False, init=False)
    problems: list[Problem] = field(factory=list, init=False)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The texts of each row that has any, with its number."""
        return steps(self.texts, "reading", self.total, self.name)

    def at(self, cell: Cell) -> tuple[Source, Span]:
        """The cell as a source of its own."""
        address = self.name_cell(cell.row, cell.column)
        source = CellSource(cell.text, self.name, row=cell.row, column=cell.column, address=address)
        return source, Span(0, max(1, len(cell.text)))

    def address(self, cell: Cell, language: Language) -> str:  # noqa: ARG002  # the same in every language
        """The address within the sheet: `C5`."""
        return self.name_cell(cell.row, cell.column)

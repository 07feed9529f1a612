"""The sheets without formulas: errata and sources, and how to read the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from attrs import define, field

from kpi.reports.edition import Edition
from kpi.reports.workbook.formulas import UNFIT
from kpi.reports.workbook.inputs import FIT
from kpi.reports.workbook.styles import TITLE_HEIGHT, Styles, row_height
from kpi.reports.workbook.wording import WORDS

DOCUMENTS: Final = (44, 34, 34, 26, 60, 44)
READING: Final = (110,)
"""The widths of the columns of each sheet."""

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


@define
class Notes:
    """Writes texts below each other, in columns of some *widths*."""

    sheet: Worksheet
    styles: Styles
    widths: Sequence[int]
    row: int = field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        """Sets the columns."""
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)

    def title(self, text: str) -> None:
        """A title, with a blank row before it unless it is the first."""
        self.row += bool(self.row)
        self.sheet.set_row(self.row, TITLE_HEIGHT)
        self.sheet.write_string(self.row, 0, text, self.styles.get("title"))
        self.row += 1

    def line(self, text: str, style: str = "plain") -> None:
        """One line."""
        self.sheet.write_string(self.row, 0, text, self.styles.get(style))
        if style == "plain":
            self.sheet.set_row(self.row, row_height({"": text}, {"": self.widths[0]}))
        self.row += 1

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table."""
        widths = {str(column): width for column, width in enumerate(self.widths)}
        for style, cells in (("heading", headings), *(("text", row) for row in rows)):
            for column, text in enumerate(cells):
                self.sheet.write_string(self.row, column, text, self.styles.get(style))
            self.sheet.set_row(self.row, row_height({str(n): text for n, text in enumerate(cells)}, widths))
            self.row += 1


def write_documents(notes: Notes, edition: Edition) -> None:
    """The errata that touch a figure, and where everything stands."""
    words = edition.words
    notes.title(words["errata"])
    if edition.errata:
        headings = [words[key] for key in ("what", "where", "printed", "gives", "evidence", "concerns")]
        rows = (
            (f"{slip.number}. {slip.what}", slip.where, slip.printed, slip.gives, slip.evidence, words["joined"].join(slip.kpis))
            for slip in edition.errata
        )  # fmt: skip
        notes.table(headings, rows)
    else:
        notes.line(words["no_errata"])
    notes.title(words["sources"])
    for source in edition.sources:
        notes.line(" ".join(part for part in (source.letter, source.name, source.publisher) if part), "unwrapped")
    headings = [words[key] for key in ("kpi", "rule", "figures", "counts_to")]
    notes.table(headings, ((each.name, each.rule, each.figures, each.as_of) for each in edition.origins))


def write_reading(notes: Notes, edition: Edition) -> None:
    """How to read the workbook."""
    words = WORDS[edition.language]
    notes.title(words["reading"])
    for line in (*_of_sheets(words), edition.signs, edition.words["read_margin"]):
        notes.line(line)


def _of_sheets(words: dict[str, str]) -> Iterator[str]:
    facts = {**words, "yes": FIT, "no": UNFIT}
    for key in ("read_inputs", "read_live", "read_agrees", "read_exact", "read_usable", "read_not_live"):
        yield words[key].format(**facts)

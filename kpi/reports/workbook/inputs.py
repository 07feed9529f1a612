"""The sheet of inputs: every number that a result looks at, in a cell that can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field, frozen

from kpi.compilation.integers import Input
from kpi.formulas.nodes import Period
from kpi.problems import Language
from kpi.quantities import unit_text
from kpi.reports.edition import Edition
from kpi.reports.report import Line
from kpi.reports.sources import Place
from kpi.reports.workbook.formulas import UNFIT
from kpi.reports.workbook.labels import Labels
from kpi.reports.workbook.live import Given, Live
from kpi.reports.workbook.styles import Styles, number_format, row_height, write_headings, write_title
from kpi.reports.workbook.wording import WORDS

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIT: Final = "○"
"""What stands beside an input that can be calculated with."""
_OPEN: Final = "–"
"""What stands beside one that may be missing, and is."""
_COLUMNS: Final = {
    "kpi": 36, "item": 42, "number": 15, "unit of input": 10, "usable": 8, "decimals": 8, "least": 21, "most": 21, "as_of": 19, "source": 34,
}  # fmt: skip
_VALUE, _USABLE, _DECIMALS, _LEAST, _MOST = "C", "E", "F", "G", "H"


@frozen
class Cells:
    """Where the inputs of one result stand, and the range that says whether each can be calculated with."""

    places: Mapping[Input, str]
    fit: str


@define
class Inputs:
    """Writes the sheet, row by row."""

    sheet: Worksheet
    edition: Edition
    styles: Styles
    row: int = field(default=3, init=False)
    """The row to be written next, counted from 0."""

    def begin(self) -> None:
        """The title and the headings."""
        words, sheet = WORDS[self.edition.language], self.sheet
        write_title(sheet, words["inputs"], words["read_inputs"].format(inputs=words["inputs"]), styles=self.styles)
        write_headings(sheet, 2, words, _COLUMNS, self.styles)
        sheet.freeze_panes(3, 2)
        sheet.repeat_rows(2)

    def write(self, line: Line, live: Live) -> Cells:
        """The inputs of one KPI."""
        first = self.row + 1
        labels = Labels(line.result, self.edition.language)
        places = {}
        for given in live.given:
            name = line.entry.kpi.name(self.edition.language) if self.row + 1 == first else ""
            self._write(name, labels.label(given), given, line)
            places[given.input] = self._cell(_VALUE, self.row)
        fit = f"{self._cell(_USABLE, first)}:${_USABLE}${self.row}"
        return Cells(places, fit)

    def _cell(self, column: str, row: int) -> str:
        return f"'{self.sheet.get_name()}'!${column}${row}"

    def _write(self, name: str, label: str, given: Given, line: Line) -> None:
        sheet, row, get = self.sheet, self.row, self.styles.get
        edition, language = self.edition, self.edition.language
        sheet.write_string(row, 0, name, get("name"))
        sheet.write_string(row, 1, label, get("text"))
        style = get("input", number_format(given.decimals))
        if given.value is None:
            sheet.write_blank(row, 2, None, style)
        else:
            sheet.write_number(row, 2, float(given.value), style)
        sheet.write_string(row, 3, unit_text(given.unit, language).strip(), get("indented"))
        number = row + 1
        sheet.write_formula(row, 4, _usable(given, number), get("centre"), _OPEN if given.value is None else FIT)
        sheet.write_number(row, 5, given.decimals, get("small"))
        sheet.write_number(row, 6, float(given.least), get("small", number_format(0)))
        sheet.write_number(row, 7, float(given.most), get("small", number_format(0)))
        is_rule = given.written is not None
        as_of = line.result.as_of
        sheet.write_string(row, 8, edition.day(as_of) if as_of and not is_rule else "", get("indented"))
        places = (line.sources.rule,) if is_rule or given.input.is_stated else _places(given, line)
        source = edition.places(places)
        sheet.write_string(row, 9, source, get("text"))
        sheet.set_row(row, row_height({"kpi": name, "item": label, "source": source}, _COLUMNS))
        sheet.data_validation(row, 2, row, 2, _validation(given, number, language))
        self.row += 1


def _usable(given: Given, row: int) -> str:
    """The formula that says whether the number in its cell can be calculated with."""
    cell = f"${_VALUE}${row}"
    fits = f"{cell}>=${_LEAST}${row},{cell}<=${_MOST}${row},ROUND({cell},${_DECIMALS}${row})={cell}"
    missing = f'"{UNFIT}"' if given.required else f'IF({cell}="","{_OPEN}","{UNFIT}")'
    return f'=IF(ISNUMBER({cell}),IF(AND({fits}),"{FIT}","{UNFIT}"),{missing})'


def _places(given: Given, line: Line) -> tuple[Place, ...]:
    """Where the number stands."""
    sources = line.sources
    match given.input.period:
        case None:
            return sources.figures
        case Period.NATIONAL:
            return sources.nation
        case _:
            return sources.last_year


def _validation(given: Given, row: int, language: Language) -> dict[str, Any]:
    """What may be entered by hand; a blank may."""
    cell = f"{_VALUE}{row}"
    fits = f"{cell}>={_LEAST}{row},{cell}<={_MOST}{row},ROUND({cell},{_DECIMALS}{row})={cell}"
    facts = {"least": f"{int(given.least):,}", "most": f"{int(given.most):,}", "decimals": given.decimals}
    return {
        "validate": "custom",
        "value": f"=AND(ISNUMBER({cell}),{fits})",
        "error_title": WORDS[language]["usable"],
        "error_message": WORDS[language]["enter"].format(**facts),
    }

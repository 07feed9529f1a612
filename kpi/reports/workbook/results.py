"""The sheet of results: value, target, margin and verdict as formulas, beside those that were computed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from attrs import define, field, frozen

from kpi.evaluation.decision import Verdict
from kpi.evaluation.labels import MARKS
from kpi.evaluation.result import Result
from kpi.evaluation.wording import WORDS as RESULT_WORDS
from kpi.formulas.japanese import PHRASES
from kpi.formulas.nodes import Comparison
from kpi.problems import Language
from kpi.quantities import Quantity, round_to, unit_text
from kpi.reports.edition import Edition, sign_of
from kpi.reports.report import Line, Part
from kpi.reports.workbook.expressions import quoted
from kpi.reports.workbook.formulas import Formulas
from kpi.reports.workbook.inputs import FIT, Inputs
from kpi.reports.workbook.live import Live, live
from kpi.reports.workbook.statement import Clause
from kpi.reports.workbook.styles import AGAIN, Styles, number_format, row_height, write_headings, write_title
from kpi.reports.workbook.wording import WORDS

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_COLUMNS: Final = {
    "kpi": 34, "formula": 32, "unit": 8, "value": 11, "comparison": 9, "target": 11, "margin": 11, "verdict": 13,
    "value again": 10, "target again": 10, "margin again": 10, "verdict again": 13, "agrees": 6, "as_of": 17, "note": 26,
}  # fmt: skip
_LIVE: Final = "DFGH"
"""The columns of value, target, margin and verdict."""
_COMPUTED: Final = "IJKL"
_LONGEST: Final = 8_192
"""Characters that a formula may have."""
_UNKNOWN: Final = "–"
_DIFFERS: Final = "×"


Shown = tuple[float, int] | None
"""A number as it is shown, and with how many decimals."""


@define
class Results:
    """Writes the sheet, area by area; the inputs of each KPI go to a sheet of their own."""

    sheet: Worksheet
    inputs: Inputs
    edition: Edition
    styles: Styles
    row: int = field(default=5, init=False)
    """The row to be written next, counted from 0."""

    def begin(self) -> None:
        """The title and the headings."""
        words, sheet, get = WORDS[self.edition.language], self.sheet, self.styles.get
        edition = self.edition
        write_title(sheet, edition.title, edition.days, edition.summary, styles=self.styles)
        sheet.merge_range("C4:H4", words["live"], get("group"))
        sheet.merge_range("I4:L4", words["computed"], get("group"))
        write_headings(sheet, 4, words, _COLUMNS, self.styles)
        sheet.freeze_panes(5, 1)
        sheet.repeat_rows(3, 4)

    def write(self, area: str, part: Part) -> None:
        """The KPIs of one area."""
        for column in range(len(_COLUMNS)):
            self.sheet.write_string(self.row, column, area if column == 0 else "", self.styles.get("area"))
        self.row += 1
        for line in part.lines:
            self._line(line)
            self.row += 1

    def finish(self) -> None:
        """How many results there are of each verdict, calculated and computed."""
        get, first, last = self.styles.get, 6, self.row
        for verdict, count in zip(self.edition.verdicts, self.edition.counts, strict=True):
            told = self._verdicts[verdict]
            self.sheet.write_string(self.row, 0, told, get("total"))
            for column in (_LIVE[-1], _COMPUTED[-1]):
                formula = f"=SUMPRODUCT(--({column}{first}:{column}{last}={quoted(told)}))"
                self.sheet.write_formula(f"{column}{self.row + 1}", formula, get("total"), count.number)
            self.row += 1

    @property
    def _verdicts(self) -> dict[Verdict, str]:
        """The text of each verdict: its sign and its word."""
        return {each: f"{MARKS[each]} {RESULT_WORDS[self.edition.language][each]}" for each in Verdict}

    # ── one KPI ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _line(self, line: Line) -> None:
        language, result, write, text = self.edition.language, line.result, self._write, self.styles.get("indented")
        found = live(line.entry.formula, result)
        formulas = self._formulas(line, found) if isinstance(found, Live) else None
        note = found if isinstance(found, str) else None if formulas is not None else "too_long"
        texts = {
            "kpi": line.entry.kpi.name(language),
            "formula": line.entry.kpi.formula.text(language),
            "note": WORDS[language][note] if note else "",
        }
        for key, told in texts.items():
            write(key, told, self.styles.get("name" if key == "kpi" else "text"))
        self.sheet.set_row(self.row, row_height(texts, _COLUMNS))
        computed = Computed.of(result, self._verdicts[result.outcome], _decided(found, result))
        for key, shown in computed.numbers.items():
            self._number(f"{key}{AGAIN}", shown, signed=key == "margin")
        write(f"verdict{AGAIN}", computed.verdict, text)
        if formulas is None:
            for key in ("unit", "value", "comparison", "target", "margin", "verdict", "agrees"):
                write(key, _UNKNOWN, self.styles.get("centre"))
        else:
            self._calculated(formulas, computed, result)
        write("as_of", self.edition.day(result.as_of) if result.as_of else "", text)

    def _calculated(self, formulas: Formulas, computed: Computed, result: Result) -> None:
        """The cells that are formulas, each with what it comes to."""
        language, get = self.edition.language, self.styles.get
        clause = _decided(formulas.live, result)
        unit, comparison = partial(_unit, language=language), partial(_comparison, language=language)
        self._formula("unit", formulas.chosen(unit), unit(clause), get("centre"))
        self._formula("comparison", formulas.chosen(comparison), comparison(clause), get("centre"))
        varies = formulas.chosen(lambda each: str(each.display.decimals)) is not None
        for key, formula in (("value", formulas.value()), ("target", formulas.target()), ("margin", formulas.margin())):
            shown = computed.numbers[key]
            style = number_format(None if varies or shown is None else shown[1], signed=key == "margin")
            self._formula(key, formula, "" if shown is None else shown[0], get("number", style))
        self._formula("verdict", formulas.verdict(), computed.verdict, get("indented"))
        same = ",".join(
            f"{one}{self.row + 1}={other}{self.row + 1}" for one, other in zip(_LIVE, _COMPUTED, strict=True)
        )
        self._formula("agrees", f'IF(AND({same}),"{FIT}","{_DIFFERS}")', FIT, get("centre"))

    def _formulas(self, line: Line, found: Live) -> Formulas | None:
        """The formulas over the inputs, which are written to their sheet; None where one is longer than a cell holds."""
        margin = line.result.margin
        decided = _decided(found, line.result)

        def margin_decimals(clause: Clause) -> int:
            is_decided = clause is decided and margin is not None
            return margin.decimals_told if is_decided and margin is not None else clause.display.decimals

        cells = self.inputs.write(line, found)
        formulas = Formulas(found, cells.places, cells.fit, self._verdicts, margin_decimals)
        each = (formulas.value(), formulas.target(), formulas.margin(), formulas.verdict())
        return None if any(len(formula or "") > _LONGEST for formula in each) else formulas

    # ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _write(self, key: str, text: str, style: Format) -> None:
        self.sheet.write_string(self.row, [*_COLUMNS].index(key), text, style)

    def _number(self, key: str, shown: Shown, *, signed: bool) -> None:
        column, get = [*_COLUMNS].index(key), self.styles.get
        if shown is None:
            self.sheet.write_blank(self.row, column, None, get("number"))
        else:
            self.sheet.write_number(self.row, column, shown[0], get("number", number_format(shown[1], signed=signed)))

    def _formula(self, key: str, formula: str | None, value: str | float, style: Format) -> None:
        """A formula with what it comes to, which programs show that do not calculate; a text where there is none."""
        column = [*_COLUMNS].index(key)
        if formula is not None:
            self.sheet.write_formula(self.row, column, f"={formula}", style, value)
        elif isinstance(value, str):
            self.sheet.write_string(self.row, column, value, style)


@frozen
class Computed:
    """What was computed, rounded as it is shown."""

    numbers: Mapping[str, Shown]
    verdict: str

    @classmethod
    def of(cls, result: Result, verdict: str, clause: Clause) -> Computed:
        """The numbers of *result*; the target with the decimals of the *clause* that decided."""
        value, target, margin = result.value, result.target, result.margin
        decimals = {
            "value": value.decimals if value is not None else 0,
            "target": clause.target_decimals,
            "margin": margin.decimals_told if margin is not None else 0,
        }
        numbers = {"value": value, "target": target, "margin": margin}
        return cls({key: _shown(number, decimals[key]) for key, number in numbers.items()}, verdict)


def _shown(number: Quantity | None, decimals: int) -> Shown:
    return None if number is None else (float(round_to(number, decimals, number.rounding)), decimals)


def _decided(found: Live | str, result: Result) -> Clause:
    """The clause that decided; where none did, the one that no condition leads to."""
    requirement = result.check.requirement if result.check else None
    if isinstance(found, str):
        return Clause(requirement, result.display, result.display.decimals)
    is_counted = result.check is not None and result.check.counted
    return next(
        (
            clause
            for clause in found.clauses
            if clause.requirement is not None and (is_counted or clause.requirement == requirement)
        ),
        found.clauses[0],
    )


def _unit(clause: Clause, language: Language) -> str:
    return unit_text(clause.display.unit, language).strip()


def _comparison(clause: Clause, language: Language) -> str:
    """How the value has to stand to the target."""
    match clause.requirement:
        case None:
            return ""
        case Comparison(_, comparator, _):
            return PHRASES[comparator] if language == "ja" else sign_of(comparator)
        case _:
            return WORDS[language]["done"]

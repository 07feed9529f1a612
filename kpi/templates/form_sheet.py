"""One form as a sheet: a row for each quantity under its KPI, and a cell for each period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from kpi.characters import columns as width_of
from kpi.observations.headings import key_of
from kpi.observations.known import Known
from kpi.problems import Language
from kpi.templates import styles
from kpi.templates.entering import Validations, number_format
from kpi.templates.questions import Column, Form, Group, Question
from kpi.templates.wording import WORDS

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

HEADING_ROW: Final = 5
_NAMES: Final = (("quantity", 42.0), ("other_name", 34.0), ("unit", 9.0), ("kind", 11.0))
"""The columns that say what a quantity is, and how wide they are."""
_DETAILS: Final = (("source", 22.0), ("note", 26.0))
_FILLS: Final = {"needed": styles.NEEDED_FILL, "none": styles.NONE_FILL}


@define
class FormSheet:
    """Writes a *form* into a *sheet*, in words that the *known* names read back."""

    sheet: Worksheet
    form: Form
    known: Known
    language: Language
    validations: Validations = field(init=False)

    @validations.default
    def _validations(self) -> Validations:
        return Validations(self.form.plan.fiscal_year, self.language)

    def write(self) -> None:
        """Writes everything."""
        self.introduce()
        self.head()
        row = HEADING_ROW
        for group in self.form.groups:
            row += 1
            self.group(group, row)
            for question in group.questions:
                row += 1
                self.question(question, row)
        for validation in self.validations.made.values():
            self.sheet.add_data_validation(validation)
        self.arrange(row)

    def introduce(self) -> None:
        """What this is, how it is filled in, and of whom the values are."""
        plan, organisation = self.form.plan, self.form.organisation
        self.text(1, 1, self.word("title", plan=self.either(plan.ja, plan.en)), styles.TITLE)
        self.text(2, 1, self.word("how"), styles.TEXT)
        self.text(3, 1, self.word("then", plan=plan.key), styles.FAINT)
        self.text(4, 1, self.word("organisation"), styles.STRONG).alignment = styles.RIGHT
        name = self.either(organisation.ja, organisation.en) or organisation.key
        self.text(4, 2, name, styles.STRONG).alignment = styles.LEFT

    def head(self) -> None:
        """The headings, and how wide their columns are."""
        for number, (heading, width) in enumerate(self.headings, start=1):
            cell = self.text(HEADING_ROW, number, heading, styles.HEADING)
            cell.fill, cell.border, cell.alignment = styles.HEADING_FILL, styles.BOX, styles.CENTRE
            self.sheet.column_dimensions[get_column_letter(number)].width = width

    @property
    def headings(self) -> list[tuple[str, float]]:
        """Each heading with the width of its column."""
        found = [(self.word(key), width) for key, width in _NAMES]
        for column in self.form.columns:
            found.append((self.heading(column), 9.0 if column.month else 15.0))
            if column == self.form.columns[0]:
                found.append((self.word("as_of"), 13.0))
        return [*found, *((self.word(key), width) for key, width in _DETAILS)]

    def heading(self, column: Column) -> str:
        """The heading of a period."""
        if column.month:
            return self.either(column.month.ja, str(column.month))
        year = self.either(column.year.ja, str(column.year))
        return self.word("to_date" if column.to_date else "final", year=year)

    def group(self, group: Group, row: int) -> None:
        """The KPI and its target, over the whole width."""
        entry, headings = group.entry, self.headings
        rule = entry.formula.rule_text(self.language)
        text = self.word("group", section=entry.section, name=entry.kpi.name(self.language), rule=rule)
        if entry.baseline:
            text += self.word("baseline", baseline=entry.baseline)
        if group.elsewhere:
            text += self.word("elsewhere", names=self.either("、", ", ").join(map(self.name, group.elsewhere)))
        self.sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(headings))
        self.text(row, 1, text, styles.GROUP).alignment = styles.LEFT
        for column in range(1, len(headings) + 1):
            self.sheet.cell(row, column).fill = styles.GROUP_FILL
        self.sheet.row_dimensions[row].height = styles.height(width_of(text), sum(width for _, width in headings))

    def question(self, question: Question, row: int) -> None:
        """One quantity: what it is, and a cell for each period."""
        other, unit = self.either(question.en, question.ja), self.either(question.unit.ja, question.unit.en)
        told = (self.name(question.quantity), other, unit, self.word(question.kind or "own"))
        for number, (text, (key, _)) in enumerate(zip(told, _NAMES, strict=True), start=1):
            cell = self.text(row, number, text, styles.TEXT if key == "quantity" else styles.FAINT)
            cell.border, cell.alignment = styles.BOX, styles.CENTRE if key in {"unit", "kind"} else styles.LEFT
        number = len(told)
        for column in self.form.columns:
            number += 1
            self.answer(row, number, question, column)
            if column == self.form.columns[0]:
                number += 1
                self.day(row, number, question)
        for detail in range(number + 1, number + 1 + len(_DETAILS)):
            self.open(row, detail).alignment = styles.LEFT
        heights = (styles.height(width_of(text), width) for text, (_, width) in zip(told, _NAMES, strict=True))
        self.sheet.row_dimensions[row].height = max(heights)

    def answer(self, row: int, number: int, question: Question, column: Column) -> None:
        """A cell for a value."""
        weight = self.form.weight(question, column)
        cell = self.open(row, number)
        cell.fill = _FILLS.get(weight, PatternFill())
        if weight == "none":
            cell.protection = styles.LOCKED
            return
        cell.number_format = number_format(question)
        self.validations.of(question).add(cell)

    def day(self, row: int, number: int, question: Question) -> None:
        """The cell for the day up to which the value of this year counts."""
        cell = self.open(row, number)
        cell.alignment, cell.number_format = styles.CENTRE, "yyyy/m/d"
        cell.fill = styles.NEEDED_FILL if question.is_needed else PatternFill()
        self.validations.of_day().add(cell)

    def open(self, row: int, number: int) -> Cell | MergedCell:
        """A cell that may be filled in."""
        cell = self.sheet.cell(row, number)
        cell.font, cell.border, cell.alignment, cell.protection = styles.TEXT, styles.BOX, styles.RIGHT, styles.OPEN
        return cell

    def text(self, row: int, column: int, text: str, font: Font) -> Cell | MergedCell:
        """A cell with a text."""
        cell = self.sheet.cell(row, column, text)
        cell.font = font
        return cell

    def name(self, quantity: str) -> str:
        """A name of the quantity that means nothing else when it is read back."""
        labels = (label for label, meant in self.known.labels.items() if meant == (quantity,) and not key_of(label))
        readable = (label for label in labels if label.isascii() == (self.language == "en"))
        return next((label for label in readable if self.known.called(label) == (quantity,)), quantity)

    def word(self, key: str, **facts: str) -> str:
        """A word of the form, with its facts."""
        return WORDS[self.language][key].format(**facts)

    def either(self, japanese: str, english: str) -> str:
        """The text in the language of the form."""
        return japanese if self.language == "ja" else english

    def arrange(self, last: int) -> None:
        """The headings stay in sight, all but the answers is protected, and it prints on one width of paper."""
        sheet = self.sheet
        sheet.row_dimensions[1].height, sheet.row_dimensions[HEADING_ROW].height = 26, 34
        sheet.freeze_panes = f"B{HEADING_ROW + 1}"
        sheet.sheet_view.zoomScale = 90
        sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.formatCells = False
        sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
        sheet.print_area = f"A1:{get_column_letter(len(self.headings))}{last}"
        has_months = any(column.month for column in self.form.columns)
        styles.finish(sheet, sheet.PAPERSIZE_A3 if has_months else sheet.PAPERSIZE_A4)

"""What a spreadsheet program says while a value is entered, and how it shows it. It only warns: texts are read, too."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from attrs import define, field
from dateutil.relativedelta import relativedelta
from openpyxl.worksheet.datavalidation import DataValidation

from kpi.periods import FiscalYear
from kpi.problems import Language
from kpi.templates.questions import Question
from kpi.templates.wording import WORDS

_ANY_NUMBER: Final = "-1E+300"


@define
class Validations:
    """The rules for cells, each made once and shared by all cells to which it applies."""

    year: FiscalYear
    language: Language
    made: dict[tuple[str, str], DataValidation] = field(factory=dict)

    def of(self, question: Question) -> DataValidation:
        """The rule for a value of a quantity."""
        if question.is_done:
            found = self._made("done")
            found.type, found.formula1 = "list", '"実施,未実施"'
            return found
        if question.is_share:
            found = self._made("share")
            found.type, found.operator, found.formula1, found.formula2 = "decimal", "between", "0", "1"
            return found
        unit = question.unit.ja if self.language == "ja" else question.unit.en
        is_count = question.kind is not None and question.unit.per == 1
        found = self._made("number", unit if is_count else f"{unit} ", unit=unit)
        found.type = "decimal"
        found.operator = "greaterThanOrEqual" if is_count else "greaterThan"
        found.formula1 = "0" if is_count else _ANY_NUMBER
        return found

    def of_day(self) -> DataValidation:
        """The rule for the day up to which a value counts: of the year, or settled within two years after it."""
        first, last = self.year.start, self.year.end + relativedelta(years=2)
        day = first + relativedelta(months=5) - timedelta(days=1)
        found = self._made("day", day=f"{day.year}/{day.month}/{day.day}" if self.language == "ja" else f"{day}")
        found.type, found.operator = "date", "between"
        found.formula1, found.formula2 = (f"DATE({each.year},{each.month},{each.day})" for each in (first, last))
        return found

    def _made(self, word: str, key: str = "", **facts: str) -> DataValidation:
        if (word, key) not in self.made:
            words = WORDS[self.language]
            text = words[word].format(**facts)
            found = DataValidation(allow_blank=True, errorStyle="warning", showErrorMessage=True, showInputMessage=True)
            found.errorTitle, found.error, found.prompt = words["check"], text, text
            self.made[word, key] = found
        return self.made[word, key]


def number_format(question: Question) -> str:
    """How a value is shown: a share in percent with its decimals, a count with separators."""
    if question.unit.name == "%":
        decimals = 1 if question.decimals is None else question.decimals
        return f"0.{'0' * decimals}%" if decimals else "0%"
    is_count = question.kind is not None or question.decimals == 0
    return "#,##0" if is_count and question.unit.dimension and not question.is_done else "General"

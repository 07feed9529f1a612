"""What the cells of inputs are called."""

from __future__ import annotations

from attrs import frozen

from kpi.compilation.integers import Input
from kpi.evaluation.result import Result
from kpi.evaluation.writing import Writer
from kpi.formulas.nodes import Period, Reference
from kpi.problems import Language
from kpi.reports.workbook.live import Given
from kpi.reports.workbook.statement import BRANCHES, MET
from kpi.reports.workbook.wording import WORDS


@frozen
class Labels:
    """Names the inputs of a *result* in one *language*."""

    result: Result
    language: Language

    def label(self, given: Given) -> str:
        """What the number is: a variable, a value as published or stated, or a number that the rule writes."""
        words, one = WORDS[self.language], given.input
        if given.written is not None:
            write, requirement = self._write, given.written.requirement
            if given.written.is_condition:
                return words["condition_of"].format(rule=write.condition(requirement))
            return words["target_of"].format(rule=write.node(requirement))
        if one.is_stated:
            return words["stated"]
        own = {MET: words["met"], BRANCHES: words["branches"], "": words["own"]}
        name = own.get(one.name) or self._variable(one.name)
        place = self._place(one)
        return words["elsewhere"].format(name=name, place=place) if place else name

    def _variable(self, name: str) -> str:
        vocabulary = self.result.vocabulary
        return vocabulary.label(name, self.language) if vocabulary else name

    def _place(self, one: Input) -> str:
        """The other time or place at which an input stands."""
        if one.period is None:
            return ""
        period, years, year = one.period, one.years, self.result.situation.fiscal_year
        if period is Period.MEAN_OF_YEARS and year and years:
            period, years = Period.FISCAL_YEAR, year.year - years
        return self._write.node(Reference(period, years))

    @property
    def _write(self) -> Writer:
        result = self.result
        return Writer(self.language, result.judge, result.rule, result.situation, result.vocabulary)

"""A formula with its rule and the way its numbers are shown; and its evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen

from kpi.definitions.places import PRIOR, places
from kpi.definitions.scale import check_one_scale
from kpi.errors import ValueReadingError
from kpi.evaluation.display import Compared, Display, decimals_for, own_requirements
from kpi.evaluation.judge import Judge, stated_for
from kpi.evaluation.observed import Observed, Situation, Values, observe, plain_value
from kpi.evaluation.result import Result, Title
from kpi.formulas import nodes
from kpi.formulas.checker import Checked, check_formula
from kpi.formulas.printer import canonical
from kpi.formulas.vocabulary import Variable, Vocabulary
from kpi.periods import FiscalYear, fiscal_year, read_date
from kpi.problems import Language
from kpi.quantities import Rounding, Value
from kpi.source import Source
from kpi.units import NUMBER, UNITS, Unit, UnitTable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from kpi.compilation.python import Compiled
    from kpi.evaluation.notes import Note


MAX_DECIMALS: Final = 10
"""Decimals that a KPI may show: more than any plan prints, few enough to stay readable."""


@frozen
class Style:
    """What a KPI declares about its numbers; what it leaves open follows from formula, rule and data."""

    unit: Unit | None = None
    decimals: int | None = None
    rounding: Rounding = "half_up"
    compared: Compared = "exact"


@frozen(slots=False)
class Formula:
    """A formula with its rule, if it has one: what `kpi.parse` gives.

    Attributes:
        expression: the tree of the formula.
        rule: the tree of the rule; None where there is none.
        unit: the unit of its value.
        style: what was declared about showing it.
        vocabulary: the variables that it knows; None where every name is a variable.
        title: how the KPI is called, and where its rule stands.
    """

    expression: nodes.Expression
    rule: nodes.Rule | None = None
    unit: Unit = NUMBER
    style: Style = Style()
    vocabulary: Vocabulary | None = field(default=None, repr=False)
    title: Title = Title()

    @property
    def numerator(self) -> nodes.Expression:
        """What stands above the line; the whole formula where it is no quotient."""
        return self.expression.left if self._is_quotient else self.expression  # type: ignore[union-attr]  # asked just before

    @property
    def denominator(self) -> nodes.Expression | None:
        """What stands below the line, if the formula is a quotient."""
        return self.expression.right if self._is_quotient else None  # type: ignore[union-attr]  # asked just before

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The variables that formula and rule look at, in order."""
        return nodes.names(self._definition)

    def evaluate(
        self,
        inputs: Mapping[str, Values] | None = None,
        *,
        value: Value = None,
        prior: Mapping[str, Values] | Value = None,
        baseline: Value = None,
        references: Mapping[str, Mapping[str, Values] | Value] | None = None,
        fiscal_year: str | int | FiscalYear | None = None,
        as_of: str | date | None = None,
        branches: int | None = None,
    ) -> Result:
        """Decides whether the KPI was achieved.

        Args:
            inputs: values by variable. A list, or a mapping by month or branch, where the rule is for each of them.
            value: the KPI's own value, where only that was published; a bare number is in the KPI's unit.
                For a rule that is for every branch, how many met it may be given: `"30支部"`, `"30 branches"`.
            prior: last fiscal year's variables, or its value, at the end of that year.
            baseline: last year's value as the plan states it; it decides, whatever *prior* gives.
            references: the same for other references, by their text: `{"national": "84.93%", "FY2019": {...}}`.
            fiscal_year: the year evaluated; with *as_of* it tells whether the result is provisional.
            as_of: the day up to which the values count.
            branches: how many branches there are.

        Raises:
            ValueReadingError: a value is no number, date or year, or two references name the same time or place.
            UnitError: a value is written in another unit than its variable or KPI.
            UnknownNameError: a key of *references* is no reference of the language.
        """
        situation = self._situation(inputs, value, prior, baseline, references or {}, fiscal_year, as_of)
        met = situation.current.branches_met
        if isinstance(met, Fraction) and branches is not None and met > branches:
            raise ValueReadingError(f"value: {value!r} counts more branches than the {branches} there are")
        return self.result(situation if branches is None else evolve(situation, branches=branches))

    def compile(self) -> Compiled:
        """A function for bulk use: it takes one row as `evaluate` does, and gives `(verdict, numerator, denominator)`.

        These two are the exact margin in its unit, perhaps not in lowest terms; None where there is none. Whole numbers
        go a straight way, all others through `evaluate`; other entries of a row are not looked at.

        Raises:
            KpiError: the rule compares the value as shown, and the KPI does not declare its decimals.
        """
        from kpi.definitions.compiling import compiled_formula

        return compiled_formula(self)

    def result(self, situation: Situation, notes: tuple[Note, ...] = ()) -> Result:
        """The result for values that were read already."""
        return Result(self._judge(situation), self.rule, situation, self.vocabulary, self.title, further_notes=notes)

    def observe(self, inputs: Mapping[str, Values] | None, value: Value = None) -> Observed:
        """Reads values for this formula.

        Raises:
            ValueReadingError, UnitError: as `evaluate`.
        """
        vocabulary = self.vocabulary
        if vocabulary is None and isinstance(self.expression, nodes.Name) and self.unit.is_share:
            # a formula of one name is that name's value: a bare number is in the KPI's unit, as one for *value* is
            vocabulary = Vocabulary.of([Variable(self.expression.name, self.unit)])
        return observe(inputs, value, self.unit, vocabulary, for_branches=self.is_for_branches)

    @cached_property
    def checked(self) -> Checked:
        """The formula with its dimension, for a further rule about it."""
        return check_formula(self.expression, Source(""), self.vocabulary)[0]

    @cached_property
    def is_for_branches(self) -> bool:
        """Whether the rule's requirements are for every branch, so that a number of branches can decide it."""
        rule = self.rule
        if rule is None:
            return False
        requirements = (*rule.requirements, *(part for case in rule.cases for part in case.requirements))
        return all(requirement.every is nodes.Scope.BRANCH for requirement in requirements)

    def text(self, language: Language = "en") -> str:
        """The canonical text, or the Japanese one with Japanese labels."""
        if language == "en":
            return canonical(self._definition)
        return self._japanese(self._definition)

    def rule_text(self, language: Language = "en") -> str:
        """The rule alone; nothing where there is none."""
        if self.rule is None:
            return ""
        return canonical(self.rule) if language == "en" else self._japanese(self.rule)

    def latex(self, language: Language = "en") -> str:
        """The formula and rule in LaTeX, for math mode."""
        from kpi.formulas.latex import latex

        return latex(self._definition, self._label if language == "ja" else str)

    def __str__(self) -> str:
        return self.text()

    def fraction(self, language: Language = "en") -> Element:
        """The formula without its rule as an element of HTML, its quotients as fractions."""
        from kpi.formulas.html import formula_html
        from kpi.formulas.japanese import japanese

        write = canonical if language == "en" else lambda node: japanese(node, self._label, self.units.get)
        return formula_html(self.expression, self._label if language == "ja" else str, write)

    def _repr_latex_(self) -> str:
        return f"${self.latex()}$"

    def _repr_html_(self) -> str:
        from kpi.markup import element, html

        return html(element("span", self.fraction("ja"), " ", self.rule_text("ja"), lang="ja"))

    @property
    def _definition(self) -> nodes.Definition:
        return nodes.Definition(self.expression, self.rule)

    @property
    def _is_quotient(self) -> bool:
        return is_quotient(self.expression)

    @property
    def units(self) -> UnitTable:
        """The units that the formula knows."""
        return self.vocabulary.units if self.vocabulary else UNITS

    def _japanese(self, node: nodes.Node) -> str:
        from kpi.formulas.japanese import japanese

        return japanese(node, self._label, self.units.get)

    def _label(self, name: str) -> str:
        return self.vocabulary.label(name, "ja") if self.vocabulary else name

    @cached_property
    def _usual_judge(self) -> Judge:
        """Who judges where the data do not ask for more decimals than the rule."""
        decimals = self.style.decimals
        if decimals is None:
            decimals = decimals_for(self.unit, own_requirements(self.rule))
        display = Display(self.unit, decimals, self.style.rounding, self.style.compared)
        return Judge(self.expression, display, self.units, stated_for(self.rule))

    def _judge(self, situation: Situation) -> Judge:
        judge = self._usual_judge
        if self.style.decimals is not None:
            return judge
        given = (situation.baseline, *(seen.own for seen in (situation.current, *situation.others.values())))
        alone = isinstance(self.expression, nodes.Name) and situation.current.variables.get(self.expression.name)
        numbers = [number for number in (*given, alone) if isinstance(number, Fraction)]
        decimals = decimals_for(self.unit, (), numbers) if numbers else 0
        if decimals <= judge.display.decimals:
            return judge
        return evolve(judge, display=evolve(judge.display, decimals=decimals))

    def _situation(
        self,
        inputs: Mapping[str, Values] | None,
        value: Value,
        prior: Mapping[str, Values] | Value,
        baseline: Value,
        references: Mapping[str, Mapping[str, Values] | Value],
        year: str | int | FiscalYear | None,
        as_of: str | date | None,
    ) -> Situation:
        if self.unit is NUMBER:
            alone = isinstance(self.expression, nodes.Name) and inputs and inputs.get(self.expression.name)
            check_one_scale((value, baseline, prior, *references.values(), alone), self.units)
        of_year = year if year is None or isinstance(year, FiscalYear) else fiscal_year(year)
        elsewhere = {**references} if prior is None else {PRIOR: prior, **references}
        named = places(elsewhere, of_year)
        others = {named[text]: self._other_values(text, given) for text, given in elsewhere.items()}
        if prior is not None:
            others.setdefault((nodes.Period.PRIOR_YEAR_END, None), others[named[PRIOR]])
        stated = None if baseline is None else plain_value("baseline", baseline, self.unit, self.vocabulary)
        day = None if as_of is None else read_date(as_of)
        if of_year and day and day < of_year.start:
            raise ValueReadingError(f"the as-of date {day} lies before {of_year} begins on {of_year.start}")
        baseline_stated = stated if isinstance(stated, Fraction) else None
        return Situation(self.observe(inputs, value), others, baseline_stated, of_year, day)

    def _other_values(self, name: str, given: Mapping[str, Values] | Value) -> Observed:
        if given is None or isinstance(given, Mapping):
            return self.observe(given)
        return Observed(own=plain_value(name, given, self.unit, self.vocabulary))


def is_quotient(expression: nodes.Expression) -> bool:
    """Whether *expression* is a numerator over a denominator."""
    return isinstance(expression, nodes.Operation) and expression.operator is nodes.Operator.DIVIDE

"""Definitions: formulas and rules that parsed and checked, ready to be evaluated.

A definition exists only if its text makes sense; what is left to go wrong in an evaluation is the data.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final, Literal, get_args

from attrs import evolve, field, frozen

from kpi.errors import FormulaError, UnknownNameError
from kpi.evaluation.display import Compared, Display, decimals_for, own_requirements, unit_of
from kpi.evaluation.judge import Judge
from kpi.evaluation.observed import Observed, Other, Situation, Values, observe, plain_value
from kpi.evaluation.result import Result, Title
from kpi.formulas import nodes
from kpi.formulas.checker import Checked, check_formula, check_rule, measure_name
from kpi.formulas.japanese import japanese
from kpi.formulas.latex import latex
from kpi.formulas.parser import parse_definition
from kpi.formulas.parser import parse_rule as parse_rule_text
from kpi.formulas.printer import canonical
from kpi.formulas.vocabulary import Variable, Vocabulary
from kpi.formulas.words import WORDS
from kpi.periods import FiscalYear, fiscal_year, read_date
from kpi.problems import Language, Problem, in_order, nearest
from kpi.quantities import Rounding, Value, read_value
from kpi.source import Source
from kpi.units import NUMBER, PURE, UNITS, Unit, UnitTable, agree

Direction = Literal["higher", "lower"]

_VALUE: Final = nodes.Name("value")
"""What a rule without a formula is about."""


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

    *unit* is the unit of its value, *style* what was declared about showing it.
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

    @property
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
    ) -> Result:
        """Decides whether the KPI was achieved.

        Args:
            inputs: values by variable. A list, or a mapping by month or branch, where the rule is for each of them.
            value: the KPI's own value, where only that was published; a bare number is in the KPI's unit.
            prior: last fiscal year's variables, or its value.
            baseline: last year's value as the plan states it; it decides, whatever *prior* gives.
            references: the same for other references, by their text: `{"national": "84.93%", "FY2019": {...}}`.
            fiscal_year: the year evaluated; with *as_of* it tells whether the result is provisional.
            as_of: the day up to which the values count.

        Raises:
            ValueReadingError: a value is no number, date or year.
            UnitError: a value is written in another unit than its variable or KPI.
            UnknownNameError: a key of *references* is no reference of the language.
        """
        situation = self._situation(inputs, value, prior, baseline, references or {}, fiscal_year, as_of)
        return self.result(situation)

    def result(self, situation: Situation, notes: tuple[str, ...] = ()) -> Result:
        """The result for values that were read already."""
        return Result(self._judge(situation), self.rule, situation, self.vocabulary, self.title, notes=notes)

    def observe(self, inputs: Mapping[str, Values] | None, value: Value = None) -> Observed:
        """Reads values for this formula.

        Raises:
            ValueReadingError, UnitError: as `evaluate`.
        """
        return observe(inputs, value, self.unit, self.vocabulary)

    def text(self, language: Language = "en") -> str:
        """The canonical text, or the Japanese one with Japanese labels."""
        if language == "en":
            return canonical(self._definition)
        return japanese(self._definition, self._label, self._units.get)

    def rule_text(self, language: Language = "en") -> str:
        """The rule alone; nothing where there is none."""
        if self.rule is None:
            return ""
        return canonical(self.rule) if language == "en" else japanese(self.rule, self._label, self._units.get)

    def latex(self, language: Language = "en") -> str:
        """The formula and rule in LaTeX, for math mode."""
        return latex(self._definition, self._label if language == "ja" else str)

    def __str__(self) -> str:
        return self.text()

    def _repr_latex_(self) -> str:
        return f"${self.latex()}$"

    @property
    def _definition(self) -> nodes.Definition:
        return nodes.Definition(self.expression, self.rule)

    @property
    def _is_quotient(self) -> bool:
        return _is_quotient(self.expression)

    @property
    def _units(self) -> UnitTable:
        return self.vocabulary.units if self.vocabulary else UNITS

    def _label(self, name: str) -> str:
        return self.vocabulary.label(name, "ja") if self.vocabulary else name

    def _judge(self, situation: Situation) -> Judge:
        decimals = self.style.decimals
        if decimals is None:
            given = (situation.baseline, *(seen.own for seen in (situation.current, *situation.others.values())))
            alone = isinstance(self.expression, nodes.Name) and situation.current.variables.get(self.expression.name)
            numbers = (number for number in (*given, alone) if isinstance(number, Fraction))
            decimals = decimals_for(self.unit, own_requirements(self.rule), numbers)
        display = Display(self.unit, decimals, self.style.rounding, self.style.compared)
        return Judge(self.expression, display, self._units)

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
        others = {_other(text): self._other_values(given) for text, given in references.items()}
        if prior is not None:
            others[nodes.Period.PRIOR_YEAR, None] = self._other_values(prior)
        stated = None if baseline is None else plain_value("baseline", baseline, self.unit, self.vocabulary)
        return Situation(
            self.observe(inputs, value),
            others,
            stated if isinstance(stated, Fraction) else None,
            year if year is None or isinstance(year, FiscalYear) else fiscal_year(year),
            None if as_of is None else read_date(as_of),
        )

    def _other_values(self, given: Mapping[str, Values] | Value) -> Observed:
        return self.observe(given) if isinstance(given, Mapping) else self.observe(None, given)


@frozen
class Rule:
    """A rule without a formula: what `kpi.parse_rule` gives."""

    tree: nodes.Rule
    source: Source = field(repr=False, eq=False)
    vocabulary: Vocabulary | None = field(default=None, repr=False)

    def evaluate(self, value: Value = None, baseline: Value = None, **known: Any) -> Result:
        """Decides whether *value* satisfies the rule; *known* is what `Formula.evaluate` takes besides.

        The unit is the one written behind the value, the baseline, or the target.

        Raises:
            FormulaError: the rule does not fit that unit.
            ValueReadingError, UnitError, UnknownNameError: as `Formula.evaluate`.
        """
        return self.formula(_written_unit((value, baseline), self.vocabulary)).evaluate(
            value=value, baseline=baseline, **known
        )

    def formula(self, unit: Unit | None = None) -> Formula:
        """The rule about a value in *unit*.

        Raises:
            FormulaError: the rule does not fit that unit.
        """
        found, problems = define(
            _VALUE, self.tree, self.source, self.source, Style(unit), None, rule_vocabulary=self.vocabulary
        )
        known = self.vocabulary or Vocabulary()
        variables = {**known.variables, _VALUE.name: Variable(_VALUE.name, found.unit, "実績")}
        return _without_problems(evolve(found, vocabulary=evolve(known, variables=variables)), problems)

    def text(self, language: Language = "en") -> str:
        """The canonical text, or the Japanese one."""
        return canonical(self.tree) if language == "en" else japanese(self.tree)

    def __str__(self) -> str:
        return self.text()


def parse(
    text: str,
    *,
    vocabulary: Vocabulary | None = None,
    unit: str | None = None,
    decimals: int | None = None,
    rounding: Rounding = "half_up",
    compared: Compared = "exact",
) -> Formula:
    """Reads a KPI, in symbols or in Japanese: `a / b <= 20%; a <= 1 case when b <= 4`.

    Args:
        text: a formula, with or without a rule.
        vocabulary: the variables it may use; without one every name is a variable.
        unit: the unit of its value, such as `%`; without one it follows from formula and rule.
        decimals: how many are shown; without them as many as target and data have.
        rounding: how the shown value is rounded: `half_up`, `half_even`, `floor` or `ceil`.
        compared: whether the rule compares the `exact` or the `shown` value.

    Raises:
        FormulaError: the text cannot be read or makes no sense; it carries every problem.
        UnknownNameError: *unit*, *rounding* or *compared* is none that there is.
    """
    _known("rounding", rounding, get_args(Rounding))
    _known("comparison", compared, get_args(Compared))
    source = Source(text)
    definition, problems = parse_definition(source)
    if definition is None:
        raise FormulaError(problems)
    style = Style(unit and _unit(unit, vocabulary), decimals, rounding, compared)  # type: ignore[arg-type]  # "" is None
    found, problems = define(definition.formula, definition.rule, source, source, style, vocabulary)
    return _without_problems(found, problems)


def parse_rule(text: str, *, vocabulary: Vocabulary | None = None) -> Rule:
    """Reads a rule, in symbols or as a plan prints it: `>= 59.6%`, `対前年度（95.7％）以上`.

    Raises:
        FormulaError: the text cannot be read or makes no sense; it carries every problem.
    """
    source = Source(text)
    tree, problems = parse_rule_text(source)
    if tree is not None:
        tree, problems = check_rule(tree, source, vocabulary)
    if problems or tree is None:
        raise FormulaError(in_order(problems))
    return Rule(tree, source, vocabulary)


def define(
    expression: nodes.Expression,
    rule: nodes.Rule | None,
    source: Source,
    rule_source: Source,
    style: Style,
    vocabulary: Vocabulary | None,
    *,
    title: Title = Title(),
    rule_vocabulary: Vocabulary | None = None,
) -> tuple[Formula, list[Problem]]:
    """Checks a formula with its rule; the definition is worth something only where there are no problems.

    *source* and *rule_source* are the texts the two trees were read from.
    """
    units = vocabulary.units if vocabulary else UNITS
    checked, problems = check_formula(expression, source, vocabulary)
    unit = style.unit or unit_of(checked.expression, checked.measure, own_requirements(rule), units)
    if checked.measure is not None and unit is not NUMBER and not agree(checked.measure, unit.dimension):
        problems.append(_wrong_unit(expression, source, checked, unit, vocabulary))
    if rule is not None:
        subject = checked.measure if unit is NUMBER else unit.dimension
        is_share = unit.is_share or (checked.measure == PURE and _is_quotient(checked.expression))
        rule, rule_problems = check_rule(
            rule, rule_source, rule_vocabulary or vocabulary, subject, formula=checked.expression, is_share=is_share
        )
        problems += rule_problems
    return Formula(checked.expression, rule, unit, style, vocabulary, title), problems


def with_title(formula: Formula, title: Title) -> Formula:
    """The same formula under a name."""
    return evolve(formula, title=title)


def _is_quotient(expression: nodes.Expression) -> bool:
    return isinstance(expression, nodes.Operation) and expression.operator is nodes.Operator.DIVIDE


def _wrong_unit(
    expression: nodes.Expression, source: Source, checked: Checked, unit: Unit, vocabulary: Vocabulary | None
) -> Problem:
    found = measure_name(checked.measure, vocabulary)
    facts = {
        "found": found.en or "a share",
        "found_ja": found.ja or "割合",
        "expected": unit.en,
        "expected_ja": unit.ja,
    }
    return Problem("wrong-unit", source, expression.span, facts)


def _without_problems(formula: Formula, problems: list[Problem]) -> Formula:
    if problems:
        raise FormulaError(in_order(problems))
    return formula


def _unit(name: str, vocabulary: Vocabulary | None) -> Unit:
    units = vocabulary.units if vocabulary else UNITS
    _known("unit", name, units)
    return units[name]


def _known(kind: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise UnknownNameError.of(kind, name, nearest(name, known))


def _written_unit(values: tuple[Value, ...], vocabulary: Vocabulary | None) -> Unit | None:
    for value in values:
        unit = read_value(value, vocabulary.units if vocabulary else UNITS).unit if isinstance(value, str) else None
        if unit is not None:
            return unit
    return None


def _other(text: str) -> Other:
    """The time or place that the text of a reference names."""
    tree, _ = parse_rule_text(Source(f">= {text}"))
    requirement = tree.requirements[0] if tree else None
    if not isinstance(requirement, nodes.Comparison) or not isinstance(requirement.right, nodes.Reference):
        raise UnknownNameError.of("reference", text, nearest(text, WORDS))
    return requirement.right.period, requirement.right.years

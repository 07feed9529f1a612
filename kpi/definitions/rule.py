"""A rule without a formula."""

from __future__ import annotations

from typing import Any, Final

from attrs import evolve, field, frozen

from kpi.definitions.defining import define, without_problems
from kpi.definitions.formula import Formula, Style
from kpi.evaluation.result import Result
from kpi.formulas import nodes
from kpi.formulas.japanese import japanese
from kpi.formulas.printer import canonical
from kpi.formulas.vocabulary import Variable, Vocabulary
from kpi.problems import Language
from kpi.quantities import Value, read_value
from kpi.source import Source
from kpi.units import UNITS, Unit

VALUE: Final = nodes.Name("value")
"""What a rule without a formula is about."""


@frozen
class Rule:
    """A rule without a formula: what `kpi.parse_rule` gives.

    Attributes:
        tree: the tree of the rule.
        source: the text that it was read from.
        vocabulary: the variables that it knows; None where every name is a variable.
    """

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
        elsewhere = (known.get("prior"), *(known.get("references") or {}).values())
        return self.formula(_written_unit((value, baseline, *elsewhere), self.vocabulary)).evaluate(
            value=value, baseline=baseline, **known
        )

    def formula(self, unit: Unit | None = None) -> Formula:
        """The rule about a value in *unit*.

        Raises:
            FormulaError: the rule does not fit that unit.
        """
        found, problems = define(
            VALUE, self.tree, self.source, self.source, Style(unit), None, rule_vocabulary=self.vocabulary
        )
        known = self.vocabulary or Vocabulary()
        variables = {**known.variables, VALUE.name: Variable(VALUE.name, found.unit, "実績")}
        return without_problems(evolve(found, vocabulary=evolve(known, variables=variables)), problems)

    def text(self, language: Language = "en") -> str:
        """The canonical text, or the Japanese one."""
        return canonical(self.tree) if language == "en" else japanese(self.tree)

    def __str__(self) -> str:
        return self.text()


def _written_unit(values: tuple[Value, ...], vocabulary: Vocabulary | None) -> Unit | None:
    for value in values:
        unit = read_value(value, vocabulary.units if vocabulary else UNITS).unit if isinstance(value, str) else None
        if unit is not None:
            return unit
    return None

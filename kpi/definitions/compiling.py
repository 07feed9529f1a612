"""Formulas as functions for bulk use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kpi.compilation.python import Compiled, Decision, Given, compiled
from kpi.periods import FiscalYear
from kpi.quantities import Value

if TYPE_CHECKING:
    from kpi.definitions.formula import Formula


def compiled_formula(formula: Formula) -> Compiled:
    """The function that decides as *formula* does; rows that are not all whole numbers go to the formula itself."""
    spellings = {name: _spellings(formula, name) for name in formula.names}

    def named(given: Any) -> Any:  # noqa: ANN401  # what is no mapping stays as it is
        """Of a row only the variables that the formula looks at, by identifier."""
        if not isinstance(given, Mapping):
            return given
        found = {name: next((text for text in texts if text in given), None) for name, texts in spellings.items()}
        return {name: given[text] for name, text in found.items() if text is not None}

    def exact(
        inputs: Given | None,
        value: Value,
        prior: Given | Value,
        baseline: Value,
        references: Mapping[str, Given | Value] | None,
        fiscal_year: str | int | FiscalYear | None,
    ) -> Decision:
        elsewhere = references and {text: named(given) for text, given in references.items()}
        result = formula.evaluate(
            named(inputs),
            value=value,
            prior=named(prior),
            baseline=baseline,
            references=elsewhere,
            fiscal_year=fiscal_year,
        )
        margin = result.margin
        return (
            (result.outcome, None, None) if margin is None else (result.outcome, margin.numerator, margin.denominator)
        )

    return compiled(formula, exact)


def _spellings(formula: Formula, name: str) -> tuple[str, ...]:
    """How rows may call a variable: by its identifier or a label."""
    variable = formula.vocabulary.find(name) if formula.vocabulary else None
    return (name, *(label for label in (variable.ja, *variable.labels) if label)) if variable else (name,)

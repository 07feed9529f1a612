"""Published figures that can be recomputed: ratios, differences and sums, each with its operands as printed."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path
from typing import Final

from attrs import frozen

from kpi.errors import FormulaError
from kpi.formulas.nodes import Expression, Operation, Operator
from kpi.formulas.parser import parse_definition
from kpi.formulas.printer import canonical
from kpi.plans.plan import page_text
from kpi.source import Source
from kpi.units import NUMBER, UNITS, Unit

_DATA: Final = Path(__file__).parents[1] / "data" / "figures.csv"


@frozen
class Figure:
    """A published number, *written* as printed, and the *expression* of printed numbers that should give it.

    *unit* is that of the printed number.
    *precision* is the size of the last printed digit of operands that are printed only approximately, else 0.
    *erratum* is the key of the erratum that tells why the two do not agree.
    """

    plan: str
    source: str
    what: str
    expression: Expression
    written: str
    unit: Unit
    precision: Fraction = Fraction(0)
    erratum: str | None = None

    @property
    def published(self) -> Fraction:
        """The printed number as a plain number: 19.2 % is 0.192."""
        return Fraction(self.written) / self.unit.per

    @property
    def decimals(self) -> int:
        """The decimals that are printed."""
        return len(self.written.partition(".")[2])

    @property
    def numerator(self) -> str:
        """What stands above the line, or the whole expression."""
        return canonical(_sides(self.expression)[0]).replace(",", "")

    @property
    def denominator(self) -> str | None:
        """What stands below the line, if there is one."""
        below = _sides(self.expression)[1]
        return None if below is None else canonical(below).replace(",", "")


def load_figures(path: Path = _DATA) -> tuple[Figure, ...]:
    """Reads the table of figures.

    Raises:
        FormulaError: an expression cannot be read.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_figure(row, number, path.name) for number, row in enumerate(csv.DictReader(file), 2))


def _figure(row: dict[str, str], line: int, name: str) -> Figure:
    definition, problems = parse_definition(Source(row["expression"], f"{name}:{line}"))
    if definition is None:
        raise FormulaError(problems)
    place = (row["document"], row["section"], page_text(row["page"]))
    return Figure(
        row["plan"],
        ", ".join(part for part in place if part),
        row["what"],
        definition.formula,
        row["published"],
        UNITS.get(row["unit"], NUMBER),
        Fraction(row["approximate"] or 0),
        row["erratum"] or None,
    )


def _sides(expression: Expression) -> tuple[Expression, Expression | None]:
    match expression:
        case Operation(Operator.DIVIDE, above, below):
            return above, below
        case _:
            return expression, None

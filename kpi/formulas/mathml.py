"""From tree to MathML, which browsers show without a library: a quotient is a fraction, a name is upright text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, assert_never
from xml.etree.ElementTree import Element

from kpi.formulas.nodes import Call, Expression, Name, Node, Number, Operation, Operator, Reference
from kpi.formulas.printer import FACTOR_LEVEL, canonical, level
from kpi.markup import element

_SIGNS: Final = {Operator.MULTIPLY: "×", Operator.ADD: "+", Operator.SUBTRACT: "−"}


def mathml(
    expression: Expression, label: Callable[[str], str] = str, write: Callable[[Node], str] = canonical
) -> Element:
    """The `<math>` element of *expression*, for a line of text.

    *label* gives the name under which a variable is shown, *write* the text of numbers and references.
    """
    return element("math", _Printer(label, write).expression(expression), displaystyle="true")


class _Printer:
    def __init__(self, label: Callable[[str], str], write: Callable[[Node], str]) -> None:
        self._label = label
        self._write = write

    def expression(self, expression: Expression) -> Element:
        match expression:
            case Number() | Reference():
                return element("mtext", self._write(expression))
            case Name(name):
                return element("mtext", self._label(name))
            case Operation(Operator.DIVIDE, left, right):
                return element("mfrac", self.expression(left), self.expression(right))
            case Operation(operator, left, right):
                own = level(expression)
                sign = element("mo", _SIGNS[operator])
                return element("mrow", self._bracketed(left, own), sign, self._bracketed(right, own + 1))
            case Call(function, arguments):
                return element("mrow", element("mi", str(function)), _group(*self._listed(arguments)))
            case _:
                assert_never(expression)

    def _bracketed(self, expression: Expression, least: int) -> Element:
        found = self.expression(expression)
        is_fraction = isinstance(expression, Operation) and expression.operator is Operator.DIVIDE
        enough = FACTOR_LEVEL if is_fraction else level(expression)
        return found if enough >= least else _group(found)

    def _listed(self, arguments: tuple[Expression, ...]) -> Iterator[Element]:
        for number, argument in enumerate(arguments):
            if number:
                yield element("mo", ",", separator="true")
            yield self.expression(argument)


def _group(*inside: Element) -> Element:
    return element("mrow", element("mo", "("), *inside, element("mo", ")"))

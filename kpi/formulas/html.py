"""From tree to HTML: a quotient is a fraction, a name is upright text.

The text alone, without any style, reads as a formula too, with a slash and all brackets it needs: forges and notebooks
that are not trusted take styles and MathML away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, assert_never
from xml.etree.ElementTree import Element

from attrs import frozen

from kpi.formulas.nodes import Call, Expression, Name, Node, Number, Operation, Operator, Reference
from kpi.formulas.printer import FACTOR_LEVEL, PRODUCT_LEVEL, canonical, is_share_of, level
from kpi.markup import Content, element

_SIGNS: Final = {Operator.MULTIPLY: " × ", Operator.ADD: " + ", Operator.SUBTRACT: " − "}
_FRACTION: Final = "display:inline-block;vertical-align:middle;text-align:center"
_ABOVE: Final = "display:block;border-bottom:1px solid;padding:0 0.3em"
_BELOW: Final = "display:block;padding:0 0.3em"
_UNSEEN: Final = "font-size:0"


def formula_html(
    expression: Expression, label: Callable[[str], str] = str, write: Callable[[Node], str] = canonical
) -> Element:
    """The element of *expression*, for a line of text.

    *label* gives the name under which a variable is shown, *write* the text of numbers and references.
    """
    return element("span", *_Printer(label, write).parts(expression))


@frozen
class _Printer:
    label: Callable[[str], str]
    write: Callable[[Node], str]

    def parts(self, expression: Expression) -> Iterator[Content]:
        """What stands for *expression*."""
        match expression:
            case Number() | Reference():
                yield self.write(expression)
            case Name(name):
                yield self.label(name)
            case Operation(Operator.DIVIDE, left, right):
                above = (*self._grouped(left, PRODUCT_LEVEL, _unseen), _unseen(" / "))
                below = self._grouped(right, FACTOR_LEVEL, _unseen)
                fraction = (element("span", *above, style=_ABOVE), element("span", *below, style=_BELOW))
                yield element("span", *fraction, style=_FRACTION)
            case Operation(operator, left, right):
                own = _level(expression)
                yield from self._operand(left, own)
                yield _SIGNS[operator]
                yield from self._operand(right, own + 1)
            case Call(function, arguments):
                yield f"{function}("
                for number, argument in enumerate(arguments):
                    yield ", " if number else ""
                    yield from self.parts(argument)
                yield ")"
            case _:
                assert_never(expression)

    def _operand(self, expression: Expression, least: int) -> Iterator[Content]:
        """A side of a sum or product; a fraction is seen to belong together without brackets."""
        is_fraction = isinstance(expression, Operation) and expression.operator is Operator.DIVIDE
        return self._grouped(expression, least, _unseen if is_fraction else str)

    def _grouped(self, expression: Expression, least: int, bracket: Callable[[str], Content]) -> Iterator[Content]:
        if _level(expression) >= least:
            yield from self.parts(expression)
        else:
            yield bracket("(")
            yield from self.parts(expression)
            yield bracket(")")


def _unseen(text: str) -> Element:
    """What the form of a fraction says already, for those who read its text alone."""
    return element("span", text, style=_UNSEEN)


def _level(expression: Expression) -> int:
    """How tightly it binds; `70% of a` is printed as a product here."""
    return PRODUCT_LEVEL if is_share_of(expression) else level(expression)

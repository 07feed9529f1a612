"""Which quantities add up, and why the others do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, Protocol

from attrs import frozen

from kpi.definitions import Formula
from kpi.errors import RollUpError
from kpi.formulas.printer import canonical
from kpi.formulas.vocabulary import Variable, Vocabulary
from kpi.problems import Language, nearest
from kpi.rollups.wording import WORDS

Why = Literal["rate", "share", "mean", "duration", "rank", "unknown"]

_TIMES: Final = frozenset({"day", "business_day", "month", "year", "hour", "minute"})


class Defined(Protocol):
    """Whatever a formula defines, such as a KPI of a catalogue."""

    @property
    def formula(self) -> Formula:
        """The formula."""


@frozen
class Refusal:
    """A quantity that is not rolled up, and why.

    Attributes:
        quantity: the variable or KPI, by key.
        why: the kind of reason.
        parts: of a rate, its numerator and denominator.
    """

    quantity: str
    why: Why
    parts: tuple[str, ...] = ()

    def text(self, language: Language = "en") -> str:
        """The reason in one sentence, with what to give instead."""
        words = WORDS[language]
        return words[self.why].format(name=self.quantity, parts=words["and"].join(self.parts))

    def __str__(self) -> str:
        return self.text()


def why_not_additive(variable: Variable) -> Why | None:
    """Why numbers of two months or branches make no number of both; None where they do, as counts do."""
    unit = variable.unit
    if unit.is_share:
        return "share"
    if any(power < 0 for _, power in unit.dimension):
        return "mean"
    if unit.name == "rank":
        return "rank"
    if variable.kind == "stock" and unit.name in _TIMES:  # how long something took; a number of days held is a flow
        return "duration"
    return None


def refusal_of(quantity: str, vocabulary: Vocabulary, kpis: Mapping[str, Defined]) -> Refusal | None:
    """Why *quantity* is not rolled up: its unit does not add, or it is no variable but one of the *kpis*."""
    variable = vocabulary.variables.get(quantity)
    if variable is not None:
        why = why_not_additive(variable)
        return Refusal(quantity, why) if why else None
    formula = kpis[quantity].formula if quantity in kpis else None
    if formula is not None and formula.denominator is not None:
        return Refusal(quantity, "rate", (canonical(formula.numerator), canonical(formula.denominator)))
    return Refusal(quantity, "unknown")


def find_additive(quantity: str, vocabulary: Vocabulary) -> Variable:
    """The variable of this identifier or label, whose numbers add up.

    Raises:
        RollUpError: they do not, or there is no such variable; the message names the nearest.
    """
    variable = vocabulary.find(quantity)
    if variable is None:
        similar = nearest(quantity, vocabulary.known_names())
        hint = f"; did you mean {' or '.join(map(repr, similar))}?" if similar else ""
        raise RollUpError(f"{Refusal(quantity, 'unknown')}{hint}")
    why = why_not_additive(variable)
    if why:
        raise RollUpError(str(Refusal(variable.name, why)))
    return variable

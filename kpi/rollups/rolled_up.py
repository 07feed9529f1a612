"""A value that was rolled up, with the parts that it was made of, and what is missing of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve, field, frozen

from kpi.definitions import Formula
from kpi.evaluation.display import Display, decimals_for, own_requirements
from kpi.formulas import nodes
from kpi.formulas.evaluator import Environment, Outcome, Reason, Undefined, evaluate
from kpi.problems import Language
from kpi.quantities import Quantity, finite_decimals
from kpi.rollups.span import TimeSpan
from kpi.rollups.wording import WORDS, lacks


@frozen
class RolledUp:
    """The value of one quantity over a span of months and, of a nation, over branches.

    Attributes:
        quantity: the variable or KPI, by key.
        organisation: whose value it is, by key.
        span: the months.
        as_of: the day up to which it counts.
        outcome: the exact plain number (59.6 % is 0.596), or the reasons why there is none.
        display: how the number is shown.
        parts: the values that went into it, by month, branch or variable; a value as observed has none.
        missing: the months or branches that are not in it. Then it has no number, unless it is a partial total.
        is_partial: whether it is the total of only those parts that are there.
        formula: of a ratio, which was worked out once, from its variables: they are its parts.
    """

    quantity: str
    organisation: str
    span: TimeSpan
    as_of: date
    outcome: Outcome
    display: Display
    parts: Mapping[str, RolledUp] = field(factory=dict, repr=False)
    missing: tuple[str, ...] = ()
    is_partial: bool = False
    formula: Formula | None = field(default=None, repr=False)

    @property
    def value(self) -> Quantity | None:
        """The number in its unit; None where there is none."""
        if not isinstance(self.outcome, Fraction):
            return None
        number = self.display.quantity(self.outcome)
        if self.formula is not None:
            return number
        return Quantity(number, number.unit, finite_decimals(number.denominator) or 0)  # counts are shown as they are

    @property
    def is_complete(self) -> bool:
        """Whether there is a number, with nothing missing from it."""
        return isinstance(self.outcome, Fraction) and not self.is_partial

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why there is no number; each names quantity, organisation and month."""
        return self.outcome.reasons if isinstance(self.outcome, Undefined) else ()

    def partial(self) -> RolledUp:
        """The total of the parts that are there, marked as partial; the same value where nothing is missing.

        A ratio is divided from those months or branches of which all its variables are there.
        Where no part is there, or one was observed as a whole, there is still no number.
        """
        if not self.missing:
            return self
        if self.formula is None:
            return _keeping(self, self.parts)
        used = nodes.names(self.formula.expression)
        common = set.intersection(*(set(self.parts[name].parts) for name in used))
        return divided(self, self.formula, {name: _keeping(part, common) for name, part in self.parts.items()})

    def text(self, language: Language = "en") -> str:
        """The value in one line: `6 cases`, or what is missing; a partial total says so."""
        words = WORDS[language]
        names = words["comma"].join(self.missing)
        if self.value is None:
            known = {"missing"} >= {reason.lack for reason in self.reasons} and names
            why = words["lacking"].format(names=names) if known else lacks(self.reasons, language)
            return words["none"].format(why=why)
        value = self.value.text(language)
        return words["partial"].format(value=value, names=names) if self.is_partial else value

    def explain(self, language: Language = "en") -> str:
        """The value with what went into it, a line for each part."""
        words = WORDS[language]
        named = {"quantity": self.quantity, "organisation": self.organisation, "span": self.span.text(language)}
        head = words["headline"].format(**named, value=self.text(language))
        parts = (words["part"].format(name=name, value=part.text(language)) for name, part in self.parts.items())
        return "\n".join((head, *parts))

    def to_dict(self) -> dict[str, Any]:
        """The value for programs: numbers as exact text in its unit."""
        return {
            "quantity": self.quantity,
            "organisation": self.organisation,
            "start": self.span.start.isoformat(),
            "end": self.span.end.isoformat(),
            "as_of": self.as_of.isoformat(),
            "value": None if self.value is None else self.value.exact,
            "unit": self.display.unit.name,
            "partial": self.is_partial,
            "missing": list(self.missing),
            "parts": {name: None if part.value is None else part.value.exact for name, part in self.parts.items()},
        }

    def __str__(self) -> str:
        return self.text()


def _keeping(total: RolledUp, names: Collection[str]) -> RolledUp:
    """The partial total of the parts that have these *names*."""
    kept = {name: part for name, part in total.parts.items() if name in names}
    missing = (*total.missing, *(name for name in total.parts if name not in names))
    if kept:
        return evolve(total, outcome=added(kept), parts=kept, missing=missing, is_partial=bool(missing))
    reason = Reason("missing", f"{total.quantity} ({total.organisation}, {total.span})")
    return evolve(total, outcome=Undefined(total.reasons or (reason,)), parts=kept, missing=missing)


def total_of(quantity: str, organisation: str, span: TimeSpan, as_of: date, parts: Mapping[str, RolledUp]) -> RolledUp:
    """The sum of *parts*, at least one; those without a number are missing, and then there is none."""
    there = {name: part for name, part in parts.items() if isinstance(part.outcome, Fraction)}
    outcome = added(parts)
    missing = tuple(name for name in parts if name not in there)
    first = next(iter(parts.values()))
    return RolledUp(quantity, organisation, span, as_of, outcome, first.display, there, missing)


def added(parts: Mapping[str, RolledUp]) -> Outcome:
    """The sum of at least one part, or every reason why there is none; a part without a number is never 0."""
    reasons = [reason for part in parts.values() for reason in part.reasons]
    if reasons:
        return Undefined(tuple(dict.fromkeys(reasons)))
    return sum((part.outcome for part in parts.values() if isinstance(part.outcome, Fraction)), Fraction(0))


def divided(place: RolledUp, formula: Formula, parts: Mapping[str, RolledUp]) -> RolledUp:
    """The value of *formula*, worked out once from its rolled-up variables, at the *place* of another value."""
    outcome = evaluate(
        formula.expression, Environment({name: part.outcome for name, part in parts.items()}, units=formula.units)
    )
    used = [part for name, part in parts.items() if name in nodes.names(formula.expression)]
    missing = tuple(dict.fromkeys(name for part in used for name in part.missing))
    is_partial = isinstance(outcome, Fraction) and any(part.is_partial for part in used)
    return evolve(place, outcome=outcome, parts=parts, missing=missing, is_partial=is_partial, formula=formula)


def display_of(formula: Formula) -> Display:
    """How the values of a KPI are shown."""
    decimals = formula.style.decimals
    if decimals is None:
        decimals = decimals_for(formula.unit, own_requirements(formula.rule))
    return Display(formula.unit, decimals, formula.style.rounding)

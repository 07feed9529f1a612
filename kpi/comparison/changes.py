"""What a plan missed, and what became worse than last year, whatever the target."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final, get_args

from attrs import frozen

from kpi.comparison.measures import own_value, require_one_of, wanted_of
from kpi.definitions import Direction
from kpi.evaluation.decision import Verdict
from kpi.evaluation.result import Result
from kpi.formulas.evaluator import Reason, Undefined
from kpi.formulas.japanese import japanese
from kpi.formulas.nodes import Period, Reference
from kpi.formulas.printer import canonical
from kpi.plans.scorecard import Scorecard
from kpi.problems import Language, look_up
from kpi.quantities import Quantity

_TEXTS: Final[dict[Language, str]] = {
    "en": "{name}: {before} ({reference}) → {after}, {change}",
    "ja": "{name}: {before}（{reference}）→ {after}、{change}",
}


@frozen
class Change:
    """One KPI now and last year: at the same point where the result is provisional, else at the end.

    Attributes:
        result: the result now.
        reference: the time in last year that it is compared with.
        before: the value then; None where it is not known.
        after: the value now; None where it is not known.
        change: the difference, positive where it became better; None where it is not known.
        reasons: what is lacking where there is no change; without any, nothing tells which direction is better.
    """

    result: Result
    reference: Reference
    before: Quantity | None
    after: Quantity | None
    change: Quantity | None
    reasons: tuple[Reason, ...] = ()

    @property
    def is_worse(self) -> bool | None:
        """Whether it became worse; None where that is not known."""
        return None if self.change is None else self.change < 0

    def text(self, language: Language = "en") -> str:
        """The change in one line: name, both values, and the difference."""
        reference = japanese(self.reference) if language == "ja" else canonical(self.reference)
        numbers = {name: getattr(self, name) for name in ("before", "after", "change")}
        shown = {name: "–" if number is None else number.text(language) for name, number in numbers.items()}
        return _TEXTS[language].format(name=self.result.title.name(language), reference=reference, **shown)

    def to_dict(self) -> dict[str, Any]:
        """The change for programs: numbers as exact text."""
        numbers = {name: getattr(self, name) for name in ("before", "after", "change")}
        return {
            "kpi": self.result.title.key,
            "reference": canonical(self.reference),
            **{name: None if number is None else number.exact for name, number in numbers.items()},
            "unit": self.result.judge.display.unit.name,
            "is_worse": self.is_worse,
            "lacking": [{"lack": reason.lack, "name": reason.name} for reason in self.reasons],
        }


def changes(card: Scorecard, directions: Mapping[str, Direction] | None = None) -> tuple[Change, ...]:
    """Each KPI of *card* beside last year, in the order of the plan.

    *directions* says by KPI which values are better; without it what the KPI declares, or what its rule wants.

    Raises:
        UnknownNameError: a direction is for a KPI that the card does not have.
        ComparisonError: a direction is none.
    """
    given = directions or {}
    for key, direction in given.items():
        look_up(card.results, key, "KPI", f"plan {card.plan}")
        require_one_of("direction", direction, get_args(Direction))
    return tuple(_change(result, given.get(key) or wanted_of(result)) for key, result in card.results.items())


def worsening(card: Scorecard, directions: Mapping[str, Direction] | None = None) -> tuple[Change, ...]:
    """The KPIs of *card* that became worse than last year, whether or not their target was met."""
    return tuple(change for change in changes(card, directions) if change.is_worse)


def missed(card: Scorecard) -> dict[str, Result]:
    """The results of *card* that missed their target, by KPI; `margin` and `whole_cases` tell by how much."""
    return {key: result for key, result in card.results.items() if result.outcome is Verdict.MISSED}


def _change(result: Result, direction: Direction | None) -> Change:
    period = Period.SAME_PERIOD_LAST_YEAR if result.provisional else Period.PRIOR_YEAR
    reference = Reference(period)
    before, after = result.judge.reference(reference, None, result.situation), own_value(result)
    display = result.judge.display
    then, now = (display.quantity(each) if isinstance(each, Fraction) else None for each in (before, after))
    sides = (each for each in (after, before) if isinstance(each, Undefined))
    reasons = tuple(dict.fromkeys(reason for side in sides for reason in side.reasons))
    change = None
    if isinstance(before, Fraction) and isinstance(after, Fraction) and direction is not None:
        change = display.difference(after - before if direction == "higher" else before - after)
    return Change(result, reference, then, now, change, reasons)

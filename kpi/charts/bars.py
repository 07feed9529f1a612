"""From a result to its row in a chart: numbers in percent of the target, and the texts beside them.

Of every KPI, whichever direction is better, more percent is better: attainment is value ÷ target, and target ÷ value
where lower is better, as published evaluations print it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from attrs import frozen

from kpi.charts.wording import WORDS
from kpi.evaluation.labels import attainment_text, target_text, verdict_text
from kpi.evaluation.result import Result
from kpi.problems import Language

LIMIT: Final = 150
"""The percentage of the target at which the scale ends; longer bars go on beyond it."""


@frozen
class Bar:
    """Where the bar of one *result* ends, in percent of the target; None where it has none.

    *is_beyond* says that it goes on after the end of the scale. *pace* is the least and the most that this point of
    the year called for; *has_target* says whether the target is a number that the scale can show.
    """

    result: Result
    end: float | None
    is_beyond: bool
    has_target: bool
    pace: tuple[float, float] | None

    @classmethod
    def of(cls, result: Result) -> Bar:
        """The bar of *result*."""
        percentage = _percentage(result, result.value)
        ends = [_percentage(result, end) for end in (result.pace.low, result.pace.high)]
        known = sorted(_on_scale(end) for end in ends if end is not None)
        return cls(
            result,
            None if percentage is None else _on_scale(percentage),
            percentage is not None and percentage[0] > LIMIT * percentage[1],
            result.target is not None and result.target > 0,
            (known[0], known[-1]) if known else None,
        )

    def record(self, language: Language) -> dict[str, Any]:
        """The row as a chart takes it."""
        result, (low, high) = self.result, self.pace or (None, None)
        numbers = {"margin": result.margin, "value": result.value}
        texts = {name: "" if number is None else number.text(language) for name, number in numbers.items()}
        return {
            "name": result.title.name(language),
            **texts,
            "attainment": attainment_text(result, language),
            "target": target_text(result, language),
            "verdict": verdict_text(result, language),
            "outcome": str(result.outcome),
            "provisional": result.provisional,
            "end": self.end,
            "beyond": self.is_beyond,
            "at_target": 100 if self.has_target else None,
            "low": low,
            "high": high,
            "called_for": called_for_text(result, language),
            "instead": self._instead(language),
        }

    def _instead(self, language: Language) -> str:
        """What stands where there is no bar."""
        if self.end is not None:
            return ""
        check = self.result.check
        if check is None:
            kind = "no_target"
        elif self.result.value is None:
            kind = "no_value"
        elif check.target is None:
            kind = "no_number"
        else:
            kind = "target_unknown" if self.result.target is None else "no_ratio"
        return WORDS[language][kind]


def called_for_text(result: Result, language: Language) -> str:
    """What this point of the year called for, as displayed; nothing where that is not known."""
    ends = (end.text(language) for end in (result.pace.low, result.pace.high) if end is not None)
    return "–".join(dict.fromkeys(ends))


Ratio = tuple[Fraction, Fraction]
"""A percentage as two numbers, of which the second may be 0 where there is no end to it."""


def _percentage(result: Result, number: Fraction | None) -> Ratio | None:
    """*number* in percent of the target; None where they give no percentage that means anything."""
    if number is None or result.target is None or number < 0 or result.target <= 0:
        return None
    above, below = Fraction(number), Fraction(result.target)
    return (below * 100, above) if result.lower_is_better else (above * 100, below)


def _on_scale(percentage: Ratio) -> float:
    above, below = percentage
    return float(LIMIT if above > LIMIT * below else above / below)

"""A result in its context, in words: the pace of its year, what is still needed, and the nation beside it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import frozen

from kpi.evaluation.needed import months_left
from kpi.evaluation.pace import Pace, Precedent
from kpi.evaluation.wording import WORDS
from kpi.evaluation.writing import BRANCHES, Writer
from kpi.formulas.evaluator import Reason
from kpi.quantities import Quantity

if TYPE_CHECKING:
    from kpi.evaluation.result import Result

PACE_MARKS: Final = {True: "○", False: "×", None: "△"}
"""Whether a pace was met, as signs that read without colour; △ where the value lies within a range."""

_SILENT: Final = frozenset({"final", "no_value"})
"""Why there is no pace, where something else in the text says so already."""


@frozen
class Context:
    """Tells of the surroundings of a *result*."""

    result: Result
    write: Writer

    def lines(self) -> Iterator[tuple[str, str]]:
        """Each thing known, with the word before it, at full length."""
        pace, nation = self.result.pace, self.result.national
        if pace.reason not in _SILENT:
            yield "pace", self._pace(pace)
        if pace.needed_per_month:
            facts = {"count": pace.needed_per_month.text(self.write.language), "months": months_left(self.result)}
            yield "needed", self._words["each_month"].format(**facts)
        if nation is None:
            return
        if nation.published is not None:
            facts = {"value": self.write.number(nation.value), "published": self.write.number(nation.published)}
            yield "national", self._words["contradicted"].format(**facts)
        elif nation.difference is not None:
            facts = {"value": self.write.number(nation.value), "difference": self.write.number(nation.difference)}
            yield "national", self._words["apart"].format(**facts)
        else:
            yield "national", self.write.number(nation.value)

    def brief(self) -> str:
        """What is known of pace and nation, short enough for a table; nothing where neither is known."""
        return self._words["list"].join((*self._brief_pace(), *self._brief_nation()))

    def _brief_pace(self) -> Iterator[str]:
        pace = self.result.pace
        if pace.low is None or pace.high is None:
            return
        ends = dict.fromkeys(self._telling(end) for end in (pace.low, pace.high))
        facts = {"mark": PACE_MARKS[pace.met], "called_for": self._words["to"].join(ends)}
        yield self._words["brief_pace"].format(**facts)

    def _brief_nation(self) -> Iterator[str]:
        nation, language = self.result.national, self.write.language
        if nation is None:
            return
        text = nation.value.text(language)
        if nation.published is not None:
            text = self._words["or"].format(value=text, other=nation.published.text(language))
        elif nation.difference is not None:
            text = self.write.placed(text, nation.difference.text(language))
        yield f"{self._words['national']} {text}"

    def _pace(self, pace: Pace) -> str:
        words = self._words
        if pace.reason is not None or pace.low is None or pace.high is None:
            lacking = words["list"].join(reason_text(reason, self.write) for reason in pace.lacking)
            return words[f"pace_{pace.reason}"].format(lacking=lacking)
        met = words[{True: "pace_met", False: "pace_not_met", None: "pace_between"}[pace.met]]
        if not pace.precedents:
            return words["pace_this_point"].format(called_for=self.write.number(pace.low), met=met)
        told = [self._precedent(each) for each in pace.precedents]
        if pace.called_for is None:
            facts = {"low": self.write.number(pace.low), "high": self.write.number(pace.high)}
            told.append(words["pace_range"].format(**facts))
        return words["list"].join((*told, met))

    def _precedent(self, precedent: Precedent) -> str:
        """An earlier year with its numbers put in: `95% * 94.7% / 94.8% = 94.89…%`."""
        write, words, target = self.write, self._words, self.result.target
        year = precedent.year.ja if write.language == "ja" else str(precedent.year)
        plain = Fraction(target or 0) * precedent.then / precedent.end
        exact = Quantity(plain, precedent.called_for.unit, precedent.called_for.decimals)
        facts = {
            "year": year if precedent.day is None else write.placed(year, str(precedent.day)),
            "target": "" if target is None else write.number(target),
            "then": write.number(precedent.then),
            "end": write.number(precedent.end),
            "called_for": write.number(exact),
        }
        told = words["precedent"].format(**facts)
        if exact == precedent.called_for:
            return told
        return words["taken_as"].format(told=told, number=write.number(precedent.called_for))

    def _telling(self, called_for: Quantity) -> str:
        """As displayed, unless rounding hides that the value is another number."""
        value = self.result.value
        hidden = value is not None and value.shown == called_for.shown and value != called_for
        return self.write.number(called_for) if hidden else called_for.text(self.write.language)

    @property
    def _words(self) -> dict[str, str]:
        return WORDS[self.write.language]


def reason_text(reason: Reason, write: Writer) -> str:
    """What is lacking, in words."""
    key: str = "not_applicable_value" if reason.lack == "not_applicable" else reason.lack
    if key == "missing" and BRANCHES.fullmatch(reason.name):
        key = "missing_branches"
    return WORDS[write.language][key].format(name=write.name(reason.name))

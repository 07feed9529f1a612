"""The names and numbers of a result, written in one language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Final

from attrs import frozen

from kpi.evaluation.judge import Judge
from kpi.evaluation.observed import Situation
from kpi.formulas.japanese import japanese, japanese_condition
from kpi.formulas.nodes import Comparison, Definition, Name, Node, Period, Reference, Requirement, Rule, walk
from kpi.formulas.printer import canonical
from kpi.formulas.vocabulary import Vocabulary
from kpi.problems import Language
from kpi.quantities import Quantity, finite_decimals, fixed_text, round_to, unit_text

_SOME_BRANCHES: Final = re.compile("([0-9]+) of ([0-9]+) branches")
BRANCHES: Final = re.compile("(?!1 ).+ branches|branches")
"""The names of what is missing that are plural: `44 of 47 branches`."""
_EXTRA_DECIMALS: Final = 4
"""Decimals beyond those displayed to which an unending number is written."""

_LAST_YEAR: Final = tuple(
    Reference(period) for period in (Period.PRIOR_YEAR, Period.PRIOR_YEAR_END, Period.SAME_PERIOD_LAST_YEAR)
)
"""What is told of last year, whether the rule looks there or not."""


@frozen(slots=False)
class Writer:
    """Writes in *language* about one decision: signs and identifiers in English, phrases and labels in Japanese."""

    language: Language
    judge: Judge
    rule: Rule | None
    situation: Situation
    vocabulary: Vocabulary | None

    def node(self, node: Node) -> str:
        """A part of the formula or rule."""
        return japanese(node, self._label, self.judge.units.get) if self.language == "ja" else canonical(node)

    def condition(self, requirement: Requirement) -> str:
        """A requirement as a condition."""
        if self.language == "ja":
            return japanese_condition(requirement, self._label, self.judge.units.get)
        return canonical(requirement)

    def proof(self, proof: Definition) -> str:
        """A comparison of numbers, which can be read back in either language."""
        match proof:
            case Definition(left, Rule((Comparison(_, comparator, right),))):
                return f"{self.node(left)} {comparator} {self.node(right)}"
            case _:
                return canonical(proof)

    def name(self, name: str) -> str:
        """The *name* of a reason, such as `open_tenders (prior year)` or `open_tenders (2021-05) (prior year)`."""
        if name in self._nodes:
            return self.node(self._nodes[name])
        if self.language == "ja" and (some := _SOME_BRANCHES.fullmatch(name)):
            return f"{some[2]}支部中{some[1]}支部"
        if self.language == "ja" and name == "the results of all branches":
            return "すべての支部の結果"
        plain, bracket, place = name.rpartition(" (")
        return self.placed(self.name(plain), self.name(place[:-1])) if bracket else self._label(name)

    def placed(self, text: str, place: str) -> str:
        """*text* with its month or branch, or the number of it, in brackets; the same text where there is none."""
        if not place:
            return text
        if place.isdecimal():
            place = f"{place}番目" if self.language == "ja" else f"no. {place}"
        return f"{text}（{place}）" if self.language == "ja" else f"{text} ({place})"

    def number(self, quantity: Quantity) -> str:
        """A number as exactly as a line has room for; `…` stands behind one that goes on."""
        decimals = finite_decimals(quantity.denominator)
        most = quantity.decimals + _EXTRA_DECIMALS
        ends = decimals is not None and decimals <= most
        size = abs(Fraction(quantity))
        digits = fixed_text(size if ends else round_to(size, most, "floor"), most, separators=True)
        if ends:
            digits = fixed_text(size, max(decimals or 0, quantity.decimals), separators=True)
        sign = "-" if quantity < 0 else "+" if quantity.signed else ""
        return f"{sign}{digits}{'' if ends else '…'}{unit_text(quantity.unit, self.language, singular=size == 1)}"

    def telling(self, quantity: Quantity, boundary: int) -> str:
        """A number as displayed, unless rounding hides on which side of *boundary* it lies."""
        return self.number(quantity) if quantity.shown == boundary != quantity else quantity.text(self.language)

    @cached_property
    def _nodes(self) -> Mapping[str, Node]:
        """What the names of reasons stand for."""
        found: dict[str, Node] = {canonical(reference): reference for reference in _LAST_YEAR}
        for node in (*walk(self.judge.formula), *(walk(self.rule) if self.rule else ())):
            match node:
                case Name(name):
                    found[name] = node
                case Reference(period, years):
                    mean = self.judge.years_of_mean(node, self.situation)
                    parts = (Reference(Period.FISCAL_YEAR, year) for year in mean)
                    found |= {canonical(part): part for part in (Reference(period, years), *parts)}
                case _:
                    found[canonical(node)] = node
        return found

    def _label(self, name: str) -> str:
        return self.vocabulary.label(name, "ja") if self.vocabulary and self.language == "ja" else name

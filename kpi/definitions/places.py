"""The other times and places for which values are handed in, each of them named once."""

from __future__ import annotations

from collections.abc import Iterable

from kpi.errors import UnknownNameError, ValueReadingError
from kpi.evaluation.observed import Other
from kpi.formulas.nodes import Comparison, Period, Reference
from kpi.formulas.parser import parse_rule
from kpi.formulas.words import RULE_WORDS
from kpi.periods import FiscalYear
from kpi.problems import nearest
from kpi.source import Source

PRIOR = "prior"
"""The keyword that hands in last year's values."""


def places(texts: Iterable[str], year: FiscalYear | None) -> dict[str, Other]:
    """The time or place that each of *texts* names; the keyword `prior` names the prior year.

    Raises:
        UnknownNameError: a text is no reference of the language.
        ValueReadingError: two of them name the same; `FY2020` is the prior year where the fiscal *year* is 2021.
    """
    found: dict[str, Other] = {}
    named: dict[Other, str] = {}
    for text in texts:
        other = (Period.PRIOR_YEAR, None) if text == PRIOR else _other(text)
        is_prior = year is not None and other == (Period.FISCAL_YEAR, year.prior.year)
        place = (Period.PRIOR_YEAR, None) if is_prior else other
        if place in named:
            told = f"{named[place]!r} and {text!r} name the same time or place"
            raise ValueReadingError(f"{told}; expected its values once")
        named[place] = text
        found[text] = other
    return found


def _other(text: str) -> Other:
    """The time or place that the text of a reference names."""
    tree, _ = parse_rule(Source(f">= {text}"))
    requirement = tree.requirements[0] if tree else None
    if not isinstance(requirement, Comparison) or not isinstance(requirement.right, Reference):
        raise UnknownNameError.of("reference", text, nearest(text, RULE_WORDS))
    return requirement.right.period, requirement.right.years

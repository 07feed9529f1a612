"""A percentage that is a hundredth, or the hundredfold, of what other plans have for the same KPI: 0.596% for 59.6%.

Within one entry nothing tells 0.596% from 59.6%, for some shares are that small. Beside others it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from attrs import frozen

from kpi.catalogue.subject import Subject
from kpi.formulas.evaluator import plain_value
from kpi.formulas.nodes import Comparison, Number
from kpi.formulas.printer import number_text
from kpi.problems import Problem
from kpi.quantities import percent
from kpi.source import Source, Span

_FEWEST: Final = 2
"""Plans that must agree before another counts as the odd one."""


@frozen
class _Figure:
    value: Fraction
    text: str
    source: Source
    span: Span


def other_scales(subjects: Iterable[Subject]) -> Iterator[Problem]:
    """The targets and baselines of a share that plans give are of one order of magnitude."""
    by_kpi: dict[str, list[list[_Figure]]] = {}
    for subject in subjects:
        if subject.formula.unit.is_share:
            by_kpi.setdefault(subject.kpi.key, []).append([*_figures(subject)])
    for plans in by_kpi.values():
        lows = sorted((min(each.value for each in figures), place) for place, figures in enumerate(plans) if figures)
        highs = sorted((max(each.value for each in figures), place) for place, figures in enumerate(plans) if figures)
        for place, figures in enumerate(plans):
            if len(lows) - bool(figures) >= _FEWEST:
                low = next(value for value, other in lows if other != place)
                high = next(value for value, other in reversed(highs) if other != place)
                yield from (problem for figure in figures for problem in _odd(figure, low, high))


def _figures(subject: Subject) -> Iterator[_Figure]:
    rule = subject.formula.rule
    for requirement in rule.requirements if rule else ():
        if isinstance(requirement, Comparison) and requirement.left is None and isinstance(requirement.right, Number):
            number = requirement.right
            asked = plain_value(number, subject.formula.units)
            if subject.can_be(asked):  # what cannot is told already
                yield _Figure(asked, number_text(number), subject.source, number.span)
    value = subject.baseline_value
    if subject.baseline is not None and value is not None and subject.can_be(value):
        yield _Figure(value, subject.baseline.text, subject.file, subject.baseline.span)


def _odd(figure: _Figure, low: Fraction, high: Fraction) -> Iterator[Problem]:
    if low / 10 <= figure.value <= high * 10:
        return
    for factor in (100, Fraction(1, 100)):
        if low / 2 <= figure.value * factor <= high * 2:
            ends = [*dict.fromkeys((str(percent(low)), str(percent(high))))]
            facts = {"others": " to ".join(ends), "others_ja": " から ".join(ends)}
            facts |= {"found": figure.text, "meant": str(percent(figure.value * factor))}
            yield Problem("another-scale", figure.source, figure.span, facts)

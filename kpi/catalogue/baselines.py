"""Last year's value as a plan states it, and what can be wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from attrs import evolve

from kpi.catalogue.subject import Subject
from kpi.characters import fold_width
from kpi.formulas.evaluator import plain_value
from kpi.formulas.nodes import Number, Period, Reference
from kpi.formulas.printer import canonical, digits_text, number_text
from kpi.problems import Problem
from kpi.source import Span
from kpi.yaml_nodes import ScalarNode

NOT_PRINTED: Final = "記載なし"
"""What stands as the baseline of a rule on last year where the document prints none."""

_COURSE: Final = Period.SAME_PERIOD_LAST_YEAR
_BARE: Final = re.compile(r"[0-9]+(\.[0-9]+)?")


def baseline_of(subject: Subject) -> str | None:
    """The baseline of an entry as printed: its own, or the one in brackets of its rule."""
    if subject.baseline is None:
        stated = next(iter(subject.stated), None)
        return number_text(stated) if stated else None
    return None if subject.baseline.text == NOT_PRINTED else subject.baseline.text


def baseline_place(subject: Subject) -> Span:
    """Where the baseline stands in the catalogue; the beginning of the rule where there is none."""
    if subject.baseline is not None:
        return subject.baseline.span
    stated = next(iter(subject.stated), None)
    return subject.source.outermost(stated.span if stated else Span(0, 1))[1]


def baseline(subject: Subject) -> Iterator[Problem]:
    """A rule that looks at last year has one baseline, or the entry says that the document prints none."""
    found = subject.looks_back
    for reference in found:
        if reference.stated is not None:
            yield from _of_stated(reference.stated, subject)
    if subject.baseline is None:
        if found and not subject.stated:
            yield subject.in_rule("no-baseline", found[0].span, reference=_name(found[0]))
    elif not found and subject.baseline.text != NOT_PRINTED:
        yield subject.in_file("unused-baseline", subject.baseline.span, found=subject.baseline.text)
    elif found:
        yield from _of_own(subject.baseline, subject)
    yield from _several(subject, found)


def _of_own(node: ScalarNode, subject: Subject) -> Iterator[Problem]:
    """What is wrong with the value under `baseline`, the first thing alone."""
    stated = next(iter(subject.stated), None)
    differs = None if stated is None else {"found": node.text, "expected": number_text(stated)}
    if node.text == NOT_PRINTED:
        if differs:
            yield subject.in_file("baseline-differs", node.span, **differs)
        return
    unit = subject.formula.unit
    value = subject.baseline_value
    written = fold_width(node.text).strip()
    if value is None:
        named = (
            {"unit": f" in {unit.en}", "unit_ja": f"（単位は {unit.ja}）"} if unit.en else {"unit": "", "unit_ja": ""}
        )
        yield subject.in_file("unreadable-baseline", node.span, found=node.text, **named)
    elif unit.is_share and _BARE.fullmatch(written):
        yield subject.in_file("bare-target", node.span, **_bare_facts(Number(Fraction(written))))
    elif not subject.can_be(value):
        yield subject.in_file("impossible-baseline", node.span, found=node.text, **subject.range_facts())
    elif stated is not None and differs and value != plain_value(stated, subject.formula.units):
        yield subject.in_file("baseline-differs", node.span, **differs)


def _of_stated(stated: Number, subject: Subject) -> Iterator[Problem]:
    """What is wrong with a value in brackets."""
    if subject.formula.unit.is_share and stated.unit is None:
        yield subject.in_rule("bare-target", stated.span, **_bare_facts(stated))
    elif not subject.can_be(plain_value(stated, subject.formula.units)):
        found = number_text(stated)
        yield subject.in_rule("impossible-baseline", stated.span, found=found, **subject.range_facts())


def _several(subject: Subject, found: tuple[Reference, ...]) -> Iterator[Problem]:
    """One entry has one baseline: last year's final value, or the value in its course, and not two of them."""
    courses = [reference for reference in found if reference.period is _COURSE]
    finals = [reference for reference in found if reference.period is not _COURSE]
    if subject.baseline_value is not None and courses and finals:
        first, second = sorted((courses[0], finals[0]), key=lambda reference: reference.span.start)
        facts = {"found": baseline_of(subject), "first": _name(first), "second": _name(second)}
        yield subject.in_rule("ambiguous-baseline", second.span, **facts)
    stated = subject.stated
    different = [number for number in stated if number != stated[0]]
    if different:
        expected = number_text(stated[0])
        yield subject.in_rule("baseline-differs", different[0].span, found=number_text(different[0]), expected=expected)


def _bare_facts(number: Number) -> dict[str, str]:
    percent = evolve(number, value=number.value * 100, unit="%")
    return {"number": digits_text(number), "percent": number_text(percent)}


def _name(reference: Reference) -> str:
    return canonical(Reference(reference.period))

"""Programs as Python functions: whole numbers go a straight way, everything else to the evaluator.

The text of a function is made from a checked program alone. Names of variables are handed to it as constants and never
stand in it, so nothing that a user wrote is executed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import gcd
from typing import Any, Final, Protocol

from attrs import frozen

from kpi.compilation.assuming import Assumption
from kpi.compilation.folding import (
    ALWAYS,
    NEVER,
    ZERO,
    compared,
    difference,
    every,
    implies,
    negation,
    product_of,
    scaled,
)
from kpi.compilation.integers import Compared, Condition, Input, Whole
from kpi.compilation.lowering import lower
from kpi.compilation.printing import condition_text, number_text, size
from kpi.compilation.program import Program
from kpi.compilation.quantities import Decided
from kpi.evaluation.decision import Verdict
from kpi.evaluation.observed import Values
from kpi.formulas.nodes import Comparator, Period, Reference, references
from kpi.formulas.printer import canonical
from kpi.periods import FiscalYear
from kpi.quantities import Value

Decision = tuple[Verdict, int | None, int | None]
"""A verdict, and numerator and denominator of the margin in the KPI's unit; None where there is no margin."""
Given = Mapping[str, Values]

_LAST_YEAR: Final = frozenset({Period.PRIOR_YEAR, Period.PRIOR_YEAR_END})
"""The times for which `prior` hands in values."""
_TURNED: Final = {
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.ABOVE: Comparator.BELOW,
    Comparator.BELOW: Comparator.ABOVE,
}
_LONGEST: Final = 2_000
"""Parts of a program up to which it is worth a function of its own; those of all rules in plans are below a hundred."""


class Compiled(Protocol):
    """A compiled formula: takes one row, and gives verdict and margin."""

    source: str
    """The text of the function, for reading."""

    def __call__(
        self,
        inputs: Given | None = None,
        *,
        value: Value = None,
        prior: Given | Value = None,
        baseline: Value = None,
        references: Mapping[str, Given | Value] | None = None,
        fiscal_year: str | int | FiscalYear | None = None,
    ) -> Decision:
        """Decides one row; the arguments are those of `Formula.evaluate`."""


def compiled(decided: Decided, exact: Callable[..., Decision]) -> Compiled:
    """The function for a formula with its rule; *exact* decides the rows that are not all whole numbers.

    Raises:
        KpiError: the rule compares the value as shown, and the KPI does not declare its decimals.
    """
    inputs = lower(decided).inputs
    texts = dict.fromkeys(text for one in inputs for text in (one.name, _place_text(one)) if text)
    keys = {text: f"key_{number}" for number, text in enumerate(texts)}
    ways = [*_ways(decided, inputs, keys)]
    source = "\n".join((*_HEAD, *(line for way in ways for line in way.lines()), *_TAIL, ""))
    known = {"type": type, "int": int, "dict": dict, "len": len, "KeyError": KeyError, "exact": exact}
    verdicts = {verdict.name: verdict for verdict in Verdict}
    scope: dict[str, Any] = {"__builtins__": {}, **known, **verdicts, **{key: text for text, key in keys.items()}}
    exec(compile(source, "<compiled formula>", "exec"), scope)  # noqa: S102  # made above, of numbers and fixed words
    function: Compiled = scope["decide"]
    function.source = source
    return function


_ARGUMENTS: Final = ("inputs", "value", "prior", "baseline", "references", "fiscal_year")
_HEAD: Final = (f"def decide({_ARGUMENTS[0]}=None, *, {', '.join(f'{name}=None' for name in _ARGUMENTS[1:])}):",)
_TAIL: Final = (f"    return exact({', '.join(_ARGUMENTS)})",)


def _ways(decided: Decided, inputs: tuple[Input, ...], keys: Mapping[str, str]) -> Iterator[_Way]:
    """The straight ways: all variables are whole numbers, here and elsewhere; or here, with last year's value stated."""
    mentioned = references(decided.rule) if decided.rule else ()
    if any(reference.period is Period.MEAN_OF_YEARS for reference in mentioned):
        return  # which years those are, the fiscal year tells
    computed = {one: bool(one.name) or one.period is Period.BRANCH_TARGET for one in inputs}
    stated = {one: one.is_stated or (bool(one.name) and one.period is None) for one in inputs}
    for presence in (computed, stated) if any(one.is_stated for one in inputs) else (computed,):
        there = tuple(one for one, is_there in presence.items() if is_there)
        way = _Way(lower(decided, presence=presence), there, keys)
        if way.size <= _LONGEST:
            yield way


@frozen
class _Way:
    """The lines for rows in which exactly *inputs* are there; *keys* are the constants that hold their names."""

    program: Program
    inputs: tuple[Input, ...]
    keys: Mapping[str, str]

    @property
    def size(self) -> int:
        """The length of its text."""
        margin = self.program.margin
        return size(*(condition for condition, _ in self.program.outcomes), margin.numerator, margin.denominator)

    @property
    def names(self) -> dict[Input, str]:
        """The local variables that hold the inputs."""
        return {one: self.name(one, number) for number, one in enumerate(self.inputs)}

    def name(self, one: Input, number: int) -> str:
        """The local variable that holds an input."""
        if one.is_stated:
            return "baseline"
        return f"x{number}" if one.name else f"at_{self.key_of_place(one)}"

    def lines(self) -> Iterator[str]:
        """Where nothing else is given: reads the values, and decides where all of them are whole numbers."""
        yield f"    if {' and '.join(self.given())}:"
        yield "        try:"
        yield from (f"            {self.names[one]} = {self.read(one)}" for one in self.inputs if one.name)
        yield f"            if {' and '.join(self.fitting()) or True}:"
        yield from (f"                {line}" for line in self.decisions())
        yield "        except KeyError:"
        yield "            pass"

    def given(self) -> Iterator[str]:
        """What is handed in, and what is not."""
        inputs = self.inputs
        yield "type(inputs) is dict and value is None and fiscal_year is None"
        yield "type(prior) is dict" if any(one.period in _LAST_YEAR for one in inputs) else "prior is None"
        yield "type(baseline) is int" if any(one.is_stated for one in inputs) else "baseline is None"
        elsewhere = {key: "dict" if one.name else "int" for one in inputs if (key := self.key_of_place(one))}
        yield f"type(references) is dict and len(references) == {len(elsewhere)}" if elsewhere else "references is None"
        yield from (f"type(at_{key} := references.get({key})) is {kind}" for key, kind in elsewhere.items())

    def key_of_place(self, one: Input) -> str | None:
        """The constant that names the time or place of an input in `references`."""
        return None if one.period in _LAST_YEAR else self.keys.get(_place_text(one))

    def read(self, one: Input) -> str:
        """Where a variable stands."""
        key = self.key_of_place(one)
        row = f"at_{key}" if key else "inputs" if one.period is None else "prior"
        return f"{row}[{self.keys[one.name]}]"

    def fitting(self) -> Iterator[str]:
        """What the program takes for granted: whole numbers, and denominators that are not negative."""
        yield from (f"type({name}) is int" for one, name in self.names.items() if one.name)
        for denominator in self.program.positive:
            yield condition_text(compared(denominator, Comparator.AT_LEAST, ZERO), self.names)

    def decisions(self) -> Iterator[str]:
        """What is returned, by outcome."""
        known: Condition = ALWAYS
        waiting = [*self.program.outcomes]
        while waiting:
            condition, verdict = waiting.pop(0)
            wider, otherwise = waiting[0] if waiting else (NEVER, verdict)
            if (verdict, otherwise) == (Verdict.ACHIEVED, Verdict.MISSED) and implies(condition, wider):
                del waiting[0]
                yield from self.where(Assumption(known).condition(wider), self.met_or_missed(known, condition, wider))
                known = every(known, negation(wider))
            else:
                asked = Assumption(known).condition(condition)
                yield from self.where(asked, [self.returned(verdict, every(known, condition))])
                known = every(known, negation(condition))

    def met_or_missed(self, known: Condition, met: Condition, wider: Condition) -> Iterator[str]:
        """The verdict where *wider* holds; where the margin is what was compared, by its sign."""
        assumption = Assumption(every(known, wider))
        asked = assumption.condition(met)
        sign = self.sign(asked, assumption)
        if sign is None:
            yield from self.where(asked, [self.returned(Verdict.ACHIEVED, every(known, met))])
            yield self.returned(Verdict.MISSED, every(known, wider, negation(asked)))
        else:
            numerator, denominator = self.margin(assumption)
            yield f"margin = {numerator}"
            yield f"return ACHIEVED if margin {sign} 0 else MISSED, margin, {denominator}"

    def sign(self, asked: Condition, assumption: Assumption) -> Comparator | None:
        """How the margin stands to zero where the comparison *asked* holds; None where that does not tell."""
        margin = self.program.margin
        if not isinstance(asked, Compared) or assumption.condition(margin.defined) != ALWAYS:
            return None
        found = assumption.number(margin.numerator)
        if found == difference(asked.left, asked.right):
            return asked.comparator
        return _TURNED.get(asked.comparator) if found == difference(asked.right, asked.left) else None

    def returned(self, verdict: Verdict, known: Condition) -> str:
        """The line for one outcome, where the margin is *known* to be what it is there."""
        has_margin = verdict in {Verdict.ACHIEVED, Verdict.MISSED}
        numerator, denominator = self.margin(Assumption(known)) if has_margin else ("None", "None")
        return f"return {verdict.name}, {numerator}, {denominator}"

    def margin(self, assumption: Assumption) -> tuple[str, str]:
        """Numerator and denominator of the margin in the unit in which it is shown, where there is one."""
        defined = assumption.condition(self.program.margin.defined)
        if defined == NEVER:
            return "None", "None"
        per, upper = assumption.number(self.program.per), assumption.number(self.program.margin.numerator)
        (one, numerator), (other, denominator) = scaled(per), scaled(assumption.number(self.program.margin.denominator))
        common = gcd(one, other)
        parts = (Whole(one // common), numerator, upper), (Whole(other // common), denominator)
        above, below = (number_text(product_of(part), self.names) for part in parts)
        if defined == ALWAYS:
            return above, below
        exists = condition_text(defined, self.names)
        return f"{above} if {exists} else None", f"{below} if {exists} else None"

    def where(self, condition: Condition, lines: Iterable[str]) -> Iterator[str]:
        """The *lines* under a condition, if there is one to ask."""
        if condition == ALWAYS:
            yield from lines
        else:
            yield f"if {condition_text(condition, self.names)}:"
            yield from (f"    {line}" for line in lines)


def _place_text(one: Input) -> str:
    """The text by which `references` names the time or place of an input."""
    return canonical(Reference(one.period, one.years)) if one.period is not None else ""

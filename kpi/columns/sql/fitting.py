"""Programs fitted to the columns of a table: in 64 bits where a row's numbers allow, else in wide numbers, else refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import Final

from attrs import frozen

from kpi.columns.questions import HERE, Cell, Question
from kpi.columns.sql.dialects import Dialect
from kpi.columns.sql.doubles import in_every_row
from kpi.columns.sql.expressions import Expressions
from kpi.columns.sql.readings import Reading
from kpi.columns.sql.stages import Stages
from kpi.compilation.bounds import INT64, largest_number
from kpi.compilation.forks import Answers
from kpi.compilation.integers import Condition, Input, Integer
from kpi.compilation.lowering import lower
from kpi.compilation.program import Program
from kpi.compilation.walking import divides
from kpi.definitions import Formula
from kpi.errors import ColumnsError, KpiError
from kpi.quantities import Value, finite_decimals

_PRECISION: Final = 8
"""Bits to which a bound is looked for: the exact one would take ten times as long, and let hardly a row more in."""


@frozen
class Found:
    """A cell of a table: its number and type as SQL, and as whole numbers."""

    cell: Cell
    column: str
    reading: Reading


@frozen
class Fitted:
    """One program and its expressions; it speaks of rows in which no input is further than *bound* from zero."""

    program: Program
    answers: Answers
    expressions: Expressions
    bound: int

    def answer(self, part: str, *, anywhere: bool = False) -> str:
        """One added column."""
        if part == "outcome":
            return self.expressions.outcome(self.answers.outcome)
        return self.expressions.figure(self.answers.figures[part], anywhere=anywhere)


@frozen
class Fit:
    """How one question is decided: *narrow*, and *wide* where *unfit* holds; None: it never does.

    *refused* are conditions under which neither speaks of a row, each with the expression that fails with a message.
    *numbers* are the wide numbers that *wide* looks at. *anywhere* are the parts for which *narrow* speaks of all rows.
    """

    narrow: Fitted
    wide: Fitted | None
    unfit: str
    refused: tuple[tuple[str, str], ...]
    numbers: tuple[str, ...] = ()
    anywhere: frozenset[str] = frozenset()


def fit(question: Question, found: Mapping[Input, Found], stages: Stages, dialect: Dialect) -> Fit:
    """The programs of one question about the cells *found*; what they look at is added to the stages.

    Raises:
        ColumnsError: the rule needs what an engine cannot work out.
    """
    fitting = _Fitting(question, found, _constants(question), stages, dialect)
    narrow = fitting.narrow()
    unfit = fitting.unfit(narrow)
    if not unfit:
        return Fit(narrow, None, "", ())
    wide = fitting.wide()
    if wide.bound < 0:
        raise ColumnsError(f"{_named(question)}its constants are too large for {dialect.name}")
    staged = (one for one in wide.program.inputs if one in found and found[one].reading.wide)
    looked_at = tuple(fitting.wide_number(one) for one in staged)
    is_whole = {one for one, at in found.items() if at.reading.wide is None} | {*question.constants}
    figures, wide_figures = narrow.answers.figures, wide.answers.figures
    anywhere = (part for part in figures if in_every_row(figures[part], wide_figures[part], is_whole))
    return Fit(narrow, wide, unfit, tuple(fitting.refused(wide)), looked_at, frozenset(anywhere))


@frozen
class _Fitting:
    question: Question
    found: Mapping[Input, Found]
    constants: Mapping[Input, tuple[int, int]]
    stages: Stages
    dialect: Dialect

    def narrow(self) -> Fitted:
        """In 64 bits; denominators are taken to be positive."""
        program = self.lowered({one: at.reading.decimals for one, at in self.found.items()}, signed=False)
        limits = {one: at.reading.limit for one, at in self.found.items()}
        leaves = {one: self.leaf(one) for one in program.inputs}
        return self.fitted(program, Expressions(self.dialect, leaves, "BIGINT", self.stages.outcomes), limits, INT64)

    def wide(self) -> Fitted:
        """In wide numbers, whatever the signs."""
        program = self.lowered({one: at.reading.wide_decimals for one, at in self.found.items()}, signed=True)
        limits = {one: at.reading.wide_limit for one, at in self.found.items()}
        leaves = {one: self.wide_leaf(one) for one in program.inputs}
        expressions = Expressions(self.dialect, leaves, self.dialect.wide, self.stages.outcomes)
        return self.fitted(program, expressions, limits, self.dialect.widest)

    def fitted(self, program: Program, expressions: Expressions, limits: Mapping[Input, int], widest: int) -> Fitted:
        """A program with the bound under which no part of it is larger than *widest*."""
        answers = Answers.of(program, program.ratios)
        parts = [*answers.parts, *program.positive]
        most = min(widest, self.dialect.widest_divided) if divides(*parts) else widest
        return Fitted(program, answers, expressions, self.bound(program.inputs, parts, limits, most))

    def lowered(self, scales: Mapping[Input, int], *, signed: bool) -> Program:
        """The program for inputs of so many decimals."""
        constants = {one: decimals for one, (_, decimals) in self.constants.items()}
        known = dict.fromkeys(self.question.inputs, False) | dict.fromkeys(self.constants, True)
        presence = {one: is_there for one, is_there in known.items() if one not in self.found}
        try:
            return lower(self.question.asked.formula, scales={**scales, **constants}, signed=signed, presence=presence)
        except KpiError as error:
            raise ColumnsError(f"{_named(self.question)}{error}") from None

    def bound(
        self,
        inputs: Collection[Input],
        parts: Collection[Integer | Condition],
        limits: Mapping[Input, int],
        widest: int,
    ) -> int:
        """How far from zero cells may be so that nothing is larger than *widest*; -1 where something always is."""

        def fits(tried: int) -> bool:
            bounds = {
                one: abs(self.constants[one][0]) if one in self.constants else min(tried, limits[one]) for one in inputs
            }
            return largest_number(parts, bounds) <= widest

        most = max((limits[one] for one in inputs if one in limits), default=0)
        if fits(most):
            return most
        if not fits(0):
            return -1
        bits, too_many = 0, most.bit_length()
        while too_many - bits > 1:
            tried = (bits + too_many) // 2
            bits, too_many = (tried, too_many) if fits(2**tried - 1) else (bits, tried)
        fitting, too_large = (1 << bits) - 1, (1 << too_many) - 1
        for _ in range(_PRECISION):
            tried = (fitting + too_large) // 2
            fitting, too_large = (tried, too_large) if fits(tried) else (fitting, tried)
        return fitting

    def leaf(self, one: Input) -> str:
        """An input of 64 bits."""
        if one in self.constants:
            return f"CAST({self.constants[one][0]} AS BIGINT)"
        return self.stages.numbers.name(self.found[one].reading.narrow)

    def wide_leaf(self, one: Input) -> str:
        """A wide input."""
        if one in self.constants:
            return f"CAST({self.constants[one][0]} AS {self.dialect.wide})"
        number = self.wide_number(one)
        return number if self.found[one].reading.wide is None else self.stages.wide_numbers.name(number)

    def wide_number(self, one: Input) -> str:
        """A wide number out of what stands in the stage of numbers."""
        return self.found[one].reading.wide or f"CAST({self.leaf(one)} AS {self.dialect.wide})"

    def unfit(self, narrow: Fitted) -> str:
        """Where a row's numbers are not for 64 bits; empty: nowhere."""
        if narrow.bound < 0:
            return "TRUE"
        outside: list[str] = []
        for one in narrow.program.inputs:
            if one in self.found:
                at, leaf = self.found[one], narrow.expressions.leaves[one]
                least = 0 if one in narrow.program.positive else -narrow.bound
                is_looked_up = at.cell.where != HERE
                outside += _outside(at.reading, leaf, at.reading.limit, least, narrow.bound, is_looked_up=is_looked_up)
        negative = [f"{narrow.expressions.number(one)} < 0" for one in narrow.program.positive if one not in self.found]
        if outside and negative:
            # a denominator that is worked out may overflow where the numbers are outside
            return f"CASE WHEN {' OR '.join(outside)} THEN TRUE ELSE {' OR '.join(negative)} END"
        return " OR ".join((*outside, *negative))

    def refused(self, wide: Fitted) -> Iterator[tuple[str, str]]:
        """Where a row's numbers are not even for wide numbers, cell by cell."""
        for one in wide.program.inputs:
            if one not in self.found:
                continue
            at, leaf = self.found[one], self.wide_number(one)
            outside = [*_outside(at.reading, leaf, at.reading.wide_limit, -wide.bound, wide.bound)]
            if outside:
                yield " OR ".join(outside), self.message(at, wide.bound // 10**at.reading.wide_decimals)

    def message(self, at: Found, bound: int) -> str:
        """The expression that fails over a cell."""
        decimals = at.reading.wide_decimals
        expected = f"a number of at most {decimals} decimals" if decimals else "a whole number"
        string = self.dialect.string
        before = string(f'{_named(self.question)}column "{at.cell.column}" holds ')
        after = string(f"; to be exact it has to be {expected} from -{bound} to {bound}")
        return self.dialect.failure(before, f"CAST({at.column} AS STRING)", after)


def _outside(
    reading: Reading, leaf: str, limit: int, least: int, most: int, *, is_looked_up: bool = False
) -> Iterator[str]:
    """Conditions under which a cell is not from *least* to *most*; it gets no further than *limit* from zero.

    DuckDB knows how large columns are, and leaves out a condition that no row can meet, unless there may be no number:
    what is looked up is therefore compared together with a zero.
    """
    if reading.present:
        yield f"({leaf} IS NULL AND {reading.present})"
    if is_looked_up:
        if limit > most:
            yield f"greatest(0, {leaf}) > {most}"
        if limit > -least:
            yield f"least(0, {leaf}) < {least}"
    elif limit > most:
        yield f"{leaf} NOT BETWEEN {least} AND {most}"
    elif limit > -least:
        yield f"{leaf} < {least}"


def _constants(question: Question) -> dict[Input, tuple[int, int]]:
    """Each constant as a whole number and its decimals."""
    found = {}
    for one, value in question.constants.items():
        number = _in_own_unit(question.asked.formula, value)
        if number is None:
            continue
        decimals = finite_decimals(number.denominator)
        if decimals is None:
            raise ColumnsError(f"{_named(question)}{value!r} has no finite decimals; give it as a column of its own")
        found[one] = int(number * 10**decimals), decimals
    return found


def _in_own_unit(formula: Formula, value: Value) -> Fraction | None:
    plain = formula.observe(None, value).own
    return plain * formula.unit.per if isinstance(plain, Fraction) else None


def _named(question: Question) -> str:
    return f"{question.asked.key}: " if question.asked.key else ""

"""Programs fitted to the numbers of a frame: in 64 bits where nothing overflows, in numbers of any size elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from kpi.columns.arrays.arithmetic import Arithmetic, negated, some
from kpi.columns.arrays.given import Given
from kpi.columns.arrays.magnitudes import Magnitudes
from kpi.compilation.bounds import INT64, largest_number
from kpi.compilation.forks import Answers
from kpi.compilation.integers import Condition, Difference, Input, Integer, Product, Sum
from kpi.compilation.lowering import lower
from kpi.compilation.program import Program
from kpi.compilation.walking import nodes_of

if TYPE_CHECKING:
    from kpi.columns.arrays.arithmetic import Truth
    from kpi.columns.arrays.cells import Chosen, Seen
    from kpi.columns.door import Array, Integers
    from kpi.columns.questions import Cell, Question


@frozen(eq=False)
class Task:
    """A *program*, and what it says, as far as that is asked for."""

    program: Program
    answers: Answers
    has_outcome: bool

    @classmethod
    def of(cls, program: Program, parts: Collection[str]) -> Task:
        """The task for the *parts* that are asked for."""
        return cls(program, Answers.of(program, parts), "outcome" in parts)

    @property
    def parts(self) -> list[Integer | Condition]:
        """All expressions and conditions that are worked out."""
        return [*self.answers.parts, *self.program.positive]

    def done(self, arithmetic: Arithmetic) -> dict[str, Array]:
        """What is added, by part: places of verdicts, and floats, NaN where there is none."""
        found = {part: arithmetic.figure(figure) for part, figure in self.answers.figures.items()}
        return {**found, "outcome": arithmetic.outcome(self.answers.outcome)} if self.has_outcome else found


@frozen(eq=False, slots=False)
class Fitted:
    """One question fitted to a frame, of which some *parts* are asked for.

    *task* is for rows in which 64 bits hold every number, and no denominator is negative.
    """

    question: Question
    given: Given
    parts: Collection[str]
    task: Task

    @cached_property
    def is_small(self) -> bool:
        """Whether 64 bits hold every number of every row."""
        return self._fits(lambda one: max(map(abs, self.given.ends(one))))

    @cached_property
    def is_for_64_bits(self) -> bool:
        """Whether 64 bits hold its constants."""
        return self.is_small or self._fits(lambda one: abs(self.given.constants.get(one, 0)))

    @cached_property
    def task_of_any_size(self) -> Task:
        """The task for numbers of any size and sign."""
        formula, presence = self.question.asked.formula, self.given.presence(self.question.inputs)
        return Task.of(lower(formula, scales=self.given.scales, presence=presence, signed=True), self.parts)

    def answers(self, chosen: Chosen) -> tuple[dict[str, Array], Truth]:
        """What is added for the *chosen* rows, by part, and for which of them that does not count."""
        program = self.task.program
        numbers = {one: self.given.numbers(one, chosen) for one in program.inputs}
        arithmetic = Arithmetic(numbers, self.given.present(chosen))
        unfit = [arithmetic.number(one) < 0 for one in program.positive if self._may_be_negative(one)]
        if not self.is_small:
            unfit.append(negated(Magnitudes(numbers).fit(self._integers)))
        return self.task.done(arithmetic), some((self.unread(chosen), *unfit))

    def answers_of_any_size(self, chosen: Integers) -> dict[str, Array]:
        """What is added for the *chosen* rows, all of whose numbers are as they are in their columns."""
        inputs = self.task_of_any_size.program.inputs
        numbers = {one: self.given.numbers(one, chosen) for one in inputs}
        whole = {one: number if isinstance(number, int) else number.astype(object) for one, number in numbers.items()}
        return self.task_of_any_size.done(Arithmetic(whole, self.given.present(chosen), object))

    def unread(self, chosen: Chosen) -> Truth:
        """Which of the *chosen* rows see a number that is not as it is in its column."""
        return self.given.unread(self.task.program.inputs, chosen)

    @cached_property
    def _integers(self) -> list[Integer]:
        kinds = Input | Sum | Difference | Product
        return [node for node in nodes_of(*self.task.parts) if isinstance(node, kinds)]

    def _fits(self, bound: Callable[[Input], int]) -> bool:
        program = self.task.program
        negative = any(self.given.ends(one)[0] < 0 for one in program.inputs)
        bounds = {one: bound(one) for one in program.inputs}
        return largest_number(self.task.parts, bounds, negative=negative) <= INT64

    def _may_be_negative(self, number: Integer) -> bool:
        return not isinstance(number, Input) or self.given.ends(number)[0] < 0


def fit(question: Question, seen: Mapping[Cell, Seen], years: Integers | None, parts: Collection[str]) -> Fitted | None:
    """One question fitted to what the rows of a frame see; None: the evaluator itself has to decide every row."""
    formula, given = question.asked.formula, Given.of(question, seen, years)
    if not given.is_exact or (formula.style.compared == "shown" and formula.style.decimals is None):
        return None  # the decimals follow from the numbers of each row
    program = lower(formula, scales=given.scales, presence=given.presence(question.inputs))
    return Fitted(question, given, parts, Task.of(program, parts))

"""Branches to the nation, or to any other group: counts of all of them on a common date add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kpi.definitions import Formula
from kpi.errors import RollUpError
from kpi.formulas.vocabulary import Variable, Vocabulary
from kpi.observations.observation import NATION, Observations
from kpi.rollups.months import Record, record, rolled
from kpi.rollups.rolled_up import RolledUp, total_of
from kpi.rollups.span import Spanning, TimeSpan


def over_branches(
    observations: Observations,
    vocabulary: Vocabulary,
    quantity: str | Formula,
    branches: Iterable[str],
    span: Spanning | str,
    *,
    organisation: str = NATION,
    expected: int | None = None,
) -> RolledUp:
    """The value of *quantity* in all *branches* together over the months of *span*; they make up *organisation*.

    Flows over the same months add up, and so do stocks on the span's last day.
    A formula is worked out once, from the sums: rates of branches are not averaged.
    *expected* is how many branches there are, so that a total of some cannot pass for one of all.

    Raises:
        RollUpError: the quantity does not add up; a branch is named twice, or not as many as *expected*; the span crosses
            fiscal years.
        ValueReadingError: the span is a text that names no period.
    """
    stretch = TimeSpan.of(span)
    named = require_branches(branches, organisation, expected)

    def of_variable(variable: Variable) -> RolledUp:
        records = [record(observations, vocabulary, variable, name, stretch.fiscal_year) for name in named]
        return together(records, organisation, lambda each: each.over(stretch))

    return rolled(quantity, vocabulary, of_variable)


def together(records: Iterable[Record], organisation: str, of_branch: Callable[[Record], RolledUp]) -> RolledUp:
    """What the branches have together; one without a value is missing."""
    parts = {each.organisation: of_branch(each) for each in records}
    first = next(iter(parts.values()))
    return total_of(first.quantity, organisation, first.span, first.as_of, parts)


def require_branches(branches: Iterable[str], organisation: str, expected: int | None) -> tuple[str, ...]:
    """The names of *branches*.

    Raises:
        RollUpError: there is none, or not as many as *expected*; one is named twice, or the *organisation* that they make
            is among them.
    """
    if isinstance(branches, str):
        raise RollUpError(f"found the text {branches!r}; expected the names of branches, as a list")
    named = tuple(branches)
    twice = sorted({name for name in named if named.count(name) > 1})
    if not named:
        raise RollUpError("no branches are named; a sum of none is not 0")
    if twice:
        raise RollUpError(f"{', '.join(twice)}: named twice, and would count twice")
    if organisation in named:
        raise RollUpError(f"{organisation!r} is what the branches make together; it cannot be one of them")
    if expected is not None and len(named) != expected:
        advice = "a total of some needs an organisation of its own"
        raise RollUpError(f"{organisation!r} has {expected} branches, but {len(named)} are named; {advice}")
    return named

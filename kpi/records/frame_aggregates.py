"""An aggregate as columns of a frame: what each record brings, what a group of them gives, and the number that this makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from kpi.columns.door import narwhals
from kpi.formulas.aggregates import spans_of_business_days
from kpi.formulas.nodes import Aggregate, Summary
from kpi.records.columns import LARGEST
from kpi.records.frame_conditions import FrameConditions
from kpi.records.frame_records import outside

if TYPE_CHECKING:
    from kpi.columns.door import Expr


@frozen
class FrameAggregate:
    """One aggregate; its columns are told from those of others by *index*.

    *is_wide*: whether the library adds in 128 bits.
    """

    index: int
    aggregate: Aggregate
    is_wide: bool = False

    @property
    def number(self) -> str:
        """The column of the number; a lazy frame names it where it is too large."""
        return f"number {self.index}: {self.aggregate.name}"

    @property
    def unknown(self) -> str:
        """The column that counts the records that make the number unknown."""
        return f"unknown {self.index}"

    @property
    def counting(self) -> str:
        """The column that counts the records that the number is made of."""
        return f"counting {self.index}"

    def of_records(self, conditions: FrameConditions) -> dict[str, Expr]:
        """What each record brings."""
        nw = narwhals()
        yes = nw.lit(value=True)
        where = self.aggregate.where
        counts = yes if where is None else conditions.truth(where)[0]
        value, known = (None, yes) if self.aggregate.measure is None else conditions.operand(self.aggregate.measure)
        unknown = counts & ~known
        for span in spans_of_business_days(self.aggregate):
            unknown = unknown | outside(span, conditions.columns)
        whole = counts & known
        found = {self.unknown: unknown.cast(nw.Int64), self.counting: whole.cast(nw.Int64)}
        match self.aggregate.summary:
            case Summary.COUNT if value is None:
                return found
            case Summary.COUNT:
                return found | {
                    self.number: nw.when(whole).then(value),
                    f"left out {self.index}": (~whole).cast(nw.Int64),
                }
            case Summary.SUM:
                width = nw.Int128 if self.is_wide else nw.Int64
                return found | {self.number: nw.when(whole).then(value).otherwise(nw.lit(0)).cast(width)}
            case _:
                furthest = LARGEST if self.aggregate.summary is Summary.MIN else -LARGEST
                return found | {self.number: nw.when(whole).then(value).otherwise(nw.lit(furthest)).cast(nw.Int64)}

    def of_groups(self) -> list[Expr]:
        """What a group gives."""
        nw = narwhals()
        found = [nw.col(self.unknown).sum(), nw.col(self.counting).sum()]
        match self.aggregate.summary:
            case Summary.COUNT if self.aggregate.measure is None:
                return found
            case Summary.COUNT:
                return [*found, nw.col(self.number).n_unique(), nw.col(f"left out {self.index}").max()]
            case Summary.SUM:
                return [*found, nw.col(self.number).sum()]
            case Summary.MIN:
                return [*found, nw.col(self.number).min()]
            case _:
                return [*found, nw.col(self.number).max()]

    def raw(self) -> dict[str, Expr]:
        """The three columns of a group, whole numbers without nulls; a sum that 64 bits do not hold fails."""
        nw = narwhals()
        number = nw.col(self.number)
        if self.aggregate.summary is Summary.COUNT:
            # what is left out stands there as null, which counts as one value more
            counted = self.aggregate.measure is None
            number = nw.col(self.counting) if counted else number.cast(nw.Int64) - nw.col(f"left out {self.index}")
        columns = {self.number: number, self.unknown: nw.col(self.unknown), self.counting: nw.col(self.counting)}
        return {name: column.cast(nw.Int64) for name, column in columns.items()}

    def nothing(self) -> dict[str, Expr]:
        """The three columns in groups of another table."""
        nw = narwhals()
        return {name: nw.lit(0).cast(nw.Int64) for name in (self.number, self.unknown, self.counting)}

    def answer(self) -> Expr:
        """The number, null where it is unknown or where there is nothing of which it could be the least or greatest."""
        nw = narwhals()
        is_known = nw.col(self.unknown) == 0
        if self.aggregate.summary in (Summary.MIN, Summary.MAX):
            is_known = is_known & (nw.col(self.counting) > 0)
        return nw.when(is_known).then(nw.col(self.number))  # type: ignore[no-any-return]  # narwhals is imported late

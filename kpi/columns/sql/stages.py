"""The stages in which rows are decided, one after the other, and what is written in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from kpi.columns.sql.dialects import Dialect
from kpi.columns.sql.expressions import TEXTS
from kpi.columns.sql.stage import Stage, WideStage
from kpi.evaluation.decision import Verdict


@frozen
class Stages:
    """*numbers* are cells as whole numbers, *bounds* say whether 64 bits hold a row, *widths* how it is decided.

    *wide_numbers* are those of rows decided in more bits, *verdicts* the outcomes as constants, if they are not text.
    """

    numbers: Stage
    bounds: Stage
    widths: Stage
    wide_numbers: WideStage
    verdicts: Stage

    @classmethod
    def called(cls, prefix: str, dialect: Dialect, *, has_outcomes: bool) -> Stages:
        """Empty stages, but for the last where outcomes are asked for; columns are called by *prefix* and what they hold."""
        bounds, widths, wide = Stage(f"{prefix}out"), Stage(f"{prefix}wide"), WideStage(f"{prefix}w")
        verdicts = _verdicts(prefix, dialect) if has_outcomes and dialect.closed_set else Stage(prefix)
        return cls(Stage(f"{prefix}n"), bounds, widths, wide, verdicts)

    @property
    def outcomes(self) -> Mapping[Verdict, str]:
        """Each outcome as SQL."""
        return dict(zip(Verdict, self.verdicts.columns.values(), strict=True)) if self.verdicts.columns else TEXTS

    def __iter__(self) -> Iterator[tuple[str, Stage]]:
        yield from (
            ("numbers", self.numbers),
            ("bounds", self.bounds),
            ("widths", self.widths),
            ("wide_numbers", self.wide_numbers),
            ("verdicts", self.verdicts),
        )


def _verdicts(prefix: str, dialect: Dialect) -> Stage:
    """One byte a row instead of a text of sixteen: less to write, to keep, to filter and to group by."""
    kind = f"{dialect.closed_set} ({', '.join(TEXTS.values())})"
    return Stage(prefix, {f"CAST({text} AS {kind})": f"{prefix}{one}" for one, text in TEXTS.items()})

"""The added columns of one question as SQL, and how it is chosen in which numbers a row is decided."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from kpi.columns.sql.fitting import Fit


@frozen
class Decided:
    """One fitted question of the KPI *key*, for the rows that are *here* (empty: all of them).

    *refused* are further conditions under which the text fails, each with the expression that does.
    """

    key: str
    fit: Fit
    here: str
    refused: tuple[tuple[str, str], ...]

    @property
    def outside(self) -> str:
        """Whether a row is not for 64 bits; empty: none is. An engine that knows that none is need not look."""
        return f"({self.here}) AND ({self.fit.unfit})" if self.fit.unfit and self.here else self.fit.unfit

    def path(self, is_outside: str) -> str:
        """Whether a row is decided in wide numbers; fails where it cannot be decided. Empty: never wide, never failing.

        *is_outside* is the column that holds whether it is `outside`.
        """
        found = is_outside
        if found and self.fit.refused:
            found = f"CASE WHEN {found} THEN {self._failing(self.fit.refused, 'TRUE')} ELSE FALSE END"
        if not self.refused:
            return found
        found = self._failing(self.refused, found or "FALSE")
        return f"CASE WHEN {self.here} THEN {found} ELSE FALSE END" if self.here else found

    def answer(self, part: str, is_wide: str) -> str:
        """One added column; *is_wide* is the column that holds the path."""
        anywhere = part in self.fit.anywhere
        narrow = self.fit.narrow.answer(part, anywhere=anywhere)
        if not is_wide or anywhere or self.fit.wide is None:
            return narrow
        return f"CASE WHEN {is_wide} THEN {self.fit.wide.answer(part)} ELSE {narrow} END"

    @staticmethod
    def _failing(refused: Sequence[tuple[str, str]], otherwise: str) -> str:
        cases = " ".join(f"WHEN {condition} THEN {failure}" for condition, failure in refused)
        return f"CASE {cases} ELSE {otherwise} END" if cases else otherwise


def merged(decided: Sequence[tuple[Decided, str]], part: str, no_target: str) -> str:
    """One column out of the answers for different rows; rows of which no plan speaks have no target."""
    everywhere = [one.answer(part, is_wide) for one, is_wide in decided if not one.here]
    if everywhere:
        return everywhere[0]
    nothing = no_target if part == "outcome" else "CAST(NULL AS DOUBLE)"
    cases = " ".join(f"WHEN {one.here} THEN {one.answer(part, is_wide)}" for one, is_wide in decided)
    return f"CASE {cases} ELSE {nothing} END"

"""The exceptions: all derive from `KpiError`; those about a text carry its problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpi.problems import Problem


class KpiError(Exception):
    """Everything that this library raises on purpose."""


class ProblemsError(KpiError):
    """A text has problems.

    Attributes:
        problems: all of them, in the order of the text.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.render() for problem in self.problems))

    def __reduce__(self) -> tuple[type[ProblemsError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class FormulaError(ProblemsError):
    """A formula or a rule cannot be read, or does not make sense."""


class CatalogError(ProblemsError):
    """A catalogue has problems."""


class DataError(ProblemsError):
    """A table of observations has problems."""


class ValueReadingError(KpiError):
    """A value handed to an evaluation cannot be read as an exact number."""


class UnitError(KpiError):
    """Two quantities do not measure the same thing."""


class UnknownNameError(KpiError, KeyError):
    """A plan, KPI or organisation that the catalogue does not hold."""

    @classmethod
    def of(cls, kind: str, name: str, suggestions: tuple[str, ...] = (), where: str = "") -> UnknownNameError:
        """The error about a *name* of a *kind* that is not known *where* it was looked for."""
        hint = f"; did you mean {' or '.join(map(repr, suggestions))}?" if suggestions else ""
        return cls(f"unknown {kind} {name!r}{f' in {where}' if where else ''}{hint}")

    def __str__(self) -> str:
        return str(self.args[0])


class ColumnsError(KpiError):
    """The columns or rows of a frame do not fit what is asked of them; the message names all that do not."""


class RecordsError(KpiError):
    """Records do not fit the tables that a catalogue declares, or a KPI asks for what they do not hold."""


class ComparisonError(KpiError):
    """Results that cannot be set beside each other: of several KPIs, dates or directions."""


class IntervalError(KpiError):
    """A result of which no interval can be told: it has no counts of one population."""


class RollUpError(KpiError):
    """What was asked to be rolled up does not add up, or the parts that make it up are not told."""


class MissingExtraError(KpiError, ImportError):
    """A feature needs a package that an extra of this library installs."""

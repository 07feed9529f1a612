"""What a check found, before it takes a form."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from kpi.catalogue.catalog import Catalog
from kpi.problems import Language, Problem


@frozen(eq=False, repr=False)
class Report:
    """The problems of some catalogues.

    *catalogs* are what makes sense of them, by the names that were given.
    *left_out* counts the problems that `--select` and `--ignore` keep out of the report.
    *strict* is whether warnings fail the check as errors do.
    """

    catalogs: Mapping[str, Catalog]
    problems: tuple[Problem, ...]
    language: Language = "en"
    strict: bool = False
    left_out: int = 0

    def is_failure(self, problem: Problem) -> bool:
        """Whether the check fails for this problem."""
        return self.strict or problem.severity == "error"

    @property
    def fails(self) -> bool:
        """Whether the check fails."""
        return any(map(self.is_failure, self.problems))

    def of(self, name: str) -> tuple[Problem, ...]:
        """The problems of one catalogue."""
        return tuple(problem for problem in self.problems if problem.file == name)

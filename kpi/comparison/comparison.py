"""One KPI over several organisations as a table: rank, value, margin, difference from the nation, verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from attrs import frozen

from kpi.characters import columns
from kpi.comparison.measures import Comparable, direction_of, measures, own_value
from kpi.comparison.ranking import Place, Ranking, Ties, rank
from kpi.definitions import Direction
from kpi.evaluation.display import Compared as ExactOrShown
from kpi.evaluation.labels import verdict_text
from kpi.evaluation.observed import plain_value
from kpi.evaluation.result import Result
from kpi.evaluation.wording import WORDS
from kpi.evaluation.writing import Writer
from kpi.formulas.evaluator import Outcome, Reason
from kpi.formulas.nodes import Period, Reference
from kpi.markup import html, row, table
from kpi.problems import Language
from kpi.quantities import Quantity

_HEADINGS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("rank", "organisation", "value", "margin", "vs nation", "verdict"),
    "ja": ("順位", "組織", "実績", "差", "全国との差", "判定"),
}
_NO_RESULT: Final[dict[Language, str]] = {"en": "no result", "ja": "結果なし"}
_IS_NUMBER: Final = (True, False, True, True, True, False)
_GAP: Final = "  "


def differences(
    results: Mapping[str, Result | None], nation: Comparable = None, direction: Direction | None = None
) -> dict[str, Quantity]:
    """How far the value of each organisation is from the nation's, positive is good; those alone that are known.

    Args:
        results: the result of each organisation.
        nation: the nation's result or value; without it what each result has observed of the nation.
        direction: which values are better; without it what all the rules want.

    Raises:
        ComparisonError: the results, with the nation's, are of several KPIs, units, dates or directions.
        ValueReadingError, UnitError: the nation's value cannot be read in the KPI's unit.
    """
    wanted = direction_of(results.values(), direction)
    found = measures({**results, **({"the nation": nation} if isinstance(nation, Result) else {})})
    known = {}
    for key, result in results.items():
        national = None if result is None else _national(result, nation)
        if key in found.numbers and isinstance(national, Fraction):
            difference = found.numbers[key] - national
            known[key] = found.display.difference(difference if wanted == "higher" else -difference)
    return known


@frozen
class Row:
    """One organisation of a comparison.

    Attributes:
        organisation: its key.
        result: its result; None where plain numbers are compared.
        place: its place; None where it was not ranked.
        difference: its difference from the nation, positive where it is better; None where it is not known.
    """

    organisation: str
    result: Result | None
    place: Place | None
    difference: Quantity | None

    def to_dict(self) -> dict[str, Any]:
        """The row for programs: numbers as exact text."""
        result = self.result
        value = self.place.value if self.place else None
        return {
            "organisation": self.organisation,
            "rank": None if self.place is None else str(self.place),
            "value": None if value is None else value.exact,
            "margin": None if result is None or result.margin is None else result.margin.exact,
            "difference": None if self.difference is None else self.difference.exact,
            "outcome": None if result is None else str(result.outcome),
        }

    def cells(self, language: Language) -> tuple[str, ...]:
        """The row for people."""
        result = self.result
        return (
            "–" if self.place is None else str(self.place),
            self.organisation,
            "" if self.place is None else self.place.value.text(language),
            "" if result is None or result.margin is None else result.margin.text(language),
            "" if self.difference is None else self.difference.text(language),
            "" if result is None else verdict_text(result, language),
        )


@frozen
class Comparison:
    """One KPI over several organisations: best first, then those without a value. It prints as a table.

    Attributes:
        ranking: the places.
        rows: a row for each organisation.
    """

    ranking: Ranking
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def to_dict(self) -> dict[str, Any]:
        """The comparison for programs."""
        ranking = self.ranking.to_dict()
        return {
            "direction": ranking["direction"],
            "ties": ranking["ties"],
            "compared": ranking["compared"],
            "rows": [row.to_dict() for row in self.rows],
            "left_out": ranking["left_out"],
        }

    def text(self, language: Language = "en") -> str:
        """The table with its columns aligned, full-width characters counting twice, and why some are left out."""
        rows = [_HEADINGS[language], *(row.cells(language) for row in self.rows)]
        widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
        return "\n".join((*(_aligned(row, widths) for row in rows), *self._left_out(language)))

    def _repr_html_(self) -> str:
        rows = (row(*((cell,) for cell in each.cells("ja"))) for each in self.rows)
        return html(table(("、".join(self._left_out("ja")),), _HEADINGS["ja"], rows, "ja"))

    def _left_out(self, language: Language) -> Iterator[str]:
        results = {row.organisation: row.result for row in self.rows}
        for key, reasons in self.ranking.left_out.items():
            told = (_reason(reason, results[key], language) for reason in reasons)
            yield f"{key}: {WORDS[language]['list'].join(told)}"

    def __str__(self) -> str:
        return self.text()


def compare(
    results: Mapping[str, Result | None],
    *,
    nation: Comparable = None,
    direction: Direction | None = None,
    ties: Ties = "competition",
    by: ExactOrShown = "exact",
) -> Comparison:
    """The table of one KPI over organisations.

    Args and errors are those of `rank` and `differences`.
    """
    ranking = rank(results, direction=direction, ties=ties, by=by)
    apart = differences(results, nation, ranking.direction)
    order = (*ranking, *ranking.left_out)
    return Comparison(ranking, tuple(Row(key, results[key], ranking.places.get(key), apart.get(key)) for key in order))


def _national(result: Result, nation: Comparable) -> Outcome:
    """The nation's value as a plain number."""
    if isinstance(nation, Result):
        return own_value(nation)
    if nation is None:
        return result.judge.from_data(Reference(Period.NATIONAL), None, result.situation)
    return plain_value("national", nation, result.judge.display.unit, result.vocabulary)


def _reason(reason: Reason, result: Result | None, language: Language) -> str:
    """Why an organisation has no place, in words."""
    if result is None:
        return _NO_RESULT[language]
    write = Writer(language, result.judge, result.rule, result.situation, result.vocabulary)
    key = "not_applicable_value" if reason.lack == "not_applicable" else reason.lack
    return WORDS[language][key].format(name=write.name(reason.name))


def _aligned(row: tuple[str, ...], widths: list[int]) -> str:
    """Numbers to the right, words to the left."""
    cells = []
    for cell, width, is_number in zip(row, widths, _IS_NUMBER, strict=True):
        filler = " " * (width - columns(cell))
        cells.append(filler + cell if is_number else cell + filler)
    return _GAP.join(cells).rstrip()

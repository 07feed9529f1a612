"""The results of one plan, as a mapping by KPI, as records, frames, and a table in a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from kpi import frames
from kpi.errors import MissingExtraError
from kpi.evaluation.decision import Verdict
from kpi.evaluation.labels import target_text, verdict_text
from kpi.evaluation.notes import Note
from kpi.evaluation.result import Result
from kpi.evaluation.wording import WORDS
from kpi.problems import Language, look_up

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd
    import polars as pl
    from great_tables import GT

_TYPES: Final[dict[str, frames.ColumnType]] = {
    "kpi": str,
    "outcome": str,
    "name": str,
    "value": float,
    "target": float,
    "margin": float,
    "unit": str,
    "provisional": bool,
    "as_of": date,
    "clause": str,
    "rounding_sensitive": bool,
    "value_exact": str,
    "target_exact": str,
    "margin_exact": str,
    "pace_met": bool | None,
    "called_for": float,
    "called_for_low": float,
    "called_for_high": float,
    "needed_per_month": float,
    "pace_reason": str,
    "national": float,
    "national_difference": float,
}
"""The columns of a frame and their types, which stay whatever is missing."""

HEADINGS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("KPI", "value", "target", "margin", "verdict"),
    "ja": ("KPI", "実績", "目標", "差", "判定"),
}


@frozen(repr=False)
class Scorecard:
    """The results of one plan, in the order of its document.

    Attributes:
        plan: the key of the plan.
        ja: its Japanese name.
        en: its English name.
        results: the results by the key of their KPI.
        notes: about the table that they come from: that it has no row of the plan's organisation.
    """

    plan: str
    ja: str
    en: str
    results: Mapping[str, Result]
    notes: tuple[Note, ...] = ()

    def __iter__(self) -> Iterator[Result]:
        return iter(self.results.values())

    def __len__(self) -> int:
        return len(self.results)

    def __getitem__(self, kpi: str) -> Result:
        """The result of a KPI.

        Raises:
            UnknownNameError: the plan does not set that KPI; the message names the nearest.
        """
        return look_up(self.results, kpi, "KPI", f"plan {self.plan}")

    def count(self, verdict: Verdict) -> int:
        """How many results have this outcome."""
        return sum(result.outcome is verdict for result in self)

    def rows(self, language: Language = "en") -> Iterator[tuple[str, ...]]:
        """The table for people: name, value, target, margin, verdict."""
        for result in self:
            yield (
                result.title.name(language),
                "" if result.value is None else result.value.text(language),
                target_text(result, language),
                "" if result.margin is None else result.margin.text(language),
                verdict_text(result, language),
            )

    def to_dict(self) -> dict[str, Any]:
        """The scorecard for programs: `plan` and `results`, numbers as exact text."""
        return {"plan": self.plan, "results": [result.to_dict() for result in self]}

    def to_polars(self) -> pl.DataFrame:
        """A polars frame, a row a KPI; `value`, `target` and `margin` are floats beside their exact text.

        `called_for` is what this point of the year called for, with both ends where it is a range, and `pace_met`
        whether it was met; `national_difference` is positive where the value is better than the nation's.

        Raises:
            MissingExtraError: polars is not installed.
        """
        return frames.polars_frame(self._columns(), _TYPES)

    def to_pandas(self) -> pd.DataFrame:
        """A pandas frame, a row a KPI; `value`, `target` and `margin` are floats beside their exact text.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        return frames.pandas_frame(self._columns(), _TYPES)

    def plot(self, language: Language = "en") -> alt.LayerChart:
        """A bullet chart of all KPIs, each in percent of its target; `kpi.charts` makes one of a part of them.

        Raises:
            MissingExtraError: altair is not installed.
        """
        from kpi.charts import bullet_chart

        return bullet_chart(self, language, title=self.name(language))

    def name(self, language: Language) -> str:
        """The name of the plan in one language, or what there is."""
        return (self.ja if language == "ja" else self.en) or self.ja or self.en or self.plan

    def __str__(self) -> str:
        counts = ", ".join(
            f"{WORDS['en'][verdict]} {self.count(verdict)}" for verdict in Verdict if self.count(verdict)
        )
        return "; ".join((f"{self.plan}: {counts}", *self._told("en")))

    def __repr__(self) -> str:
        return f"<Scorecard {self}>"

    def table(self, language: Language = "en") -> GT:
        """A table of great-tables, with a small bar against each target; notebooks show it.

        Raises:
            MissingExtraError: great-tables is not installed.
        """
        from kpi.tables import results_table

        return results_table(self, language, title=self.name(language), notes=tuple(self._told(language)))

    def _repr_html_(self) -> str:
        try:
            return self.table("ja").as_raw_html()
        except MissingExtraError:
            return self._plain_html("ja")

    def _plain_html(self, language: Language) -> str:
        """The table as it is without great-tables."""
        from kpi.markup import html, row, table

        caption = (WORDS[language]["list"].join((self.name(language), *self._told(language))),)
        rows = (row(*((cell,) for cell in cells)) for cells in self.rows(language))
        return html(table(caption, HEADINGS[language], rows, language))

    def _told(self, language: Language) -> Iterator[str]:
        return (WORDS[language][note.code].format(**note.facts) for note in self.notes)

    def _columns(self) -> dict[str, list[Any]]:
        records = [_record(result) for result in self]
        return {name: [record[name] for record in records] for name in _TYPES}


def _record(result: Result) -> dict[str, Any]:
    numbers = {name: getattr(result, name) for name in ("value", "target", "margin")}
    record = result.to_dict()
    exact = {f"{name}_exact": record[name] for name in numbers}
    floats = {name: None if number is None else float(number) for name, number in numbers.items()}
    return {**record, "name": result.title.ja, **floats, "as_of": result.as_of, **exact, **_context(result)}


def _context(result: Result) -> dict[str, Any]:
    pace, nation = result.pace, result.national
    numbers = {
        "called_for": pace.called_for,
        "called_for_low": pace.low,
        "called_for_high": pace.high,
        "needed_per_month": pace.needed_per_month,
        "national": nation.value if nation else None,
        "national_difference": nation.difference if nation else None,
    }
    floats = {name: None if number is None else float(number) for name, number in numbers.items()}
    return {**floats, "pace_met": pace.met, "pace_reason": pace.reason}

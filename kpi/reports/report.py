"""The report of one plan as data: its results by area, the errata that touch them, and where everything stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import asdict, frozen

from kpi.catalogue.catalog import Catalog
from kpi.evaluation.decision import Verdict
from kpi.evaluation.result import Result
from kpi.observations.observation import Observations
from kpi.plans.area import Area
from kpi.plans.erratum import Erratum
from kpi.plans.plan import Document, Entry, Plan
from kpi.plans.scorecard import Scorecard
from kpi.reports.sources import Sources, sources_of


@frozen
class Line:
    """One KPI of a report: its entry, its result, the *errata* that touch its figures, and its sources."""

    entry: Entry
    result: Result
    errata: tuple[Erratum, ...]
    sources: Sources


@frozen
class Part:
    """The KPIs of one area."""

    area: Area
    lines: tuple[Line, ...]

    def count(self, verdict: Verdict) -> int:
        """How many results have this outcome."""
        return sum(line.result.outcome is verdict for line in self.lines)


@frozen
class Report:
    """The results of a plan by area.

    Attributes:
        plan: the plan.
        card: its scorecard.
        parts: the areas of the plan with their results, in the order of the document.
        documents: those of the catalogue by key; a source that is none of them is told as it is written.
    """

    plan: Plan
    card: Scorecard
    parts: tuple[Part, ...]
    documents: Mapping[str, Document]

    @classmethod
    def of(cls, plan: Plan, observations: Observations, catalog: Catalog) -> Report:
        """The report of a *plan* of the *catalog* from what was observed."""
        card = plan.evaluate(observations)
        touching = {kpi: tuple(_touching(catalog, plan, kpi)) for kpi in plan.entries}
        parts = tuple(
            Part(
                area,
                tuple(
                    Line(entry, result, touching[entry.kpi.key], sources_of(plan, entry, result, observations))
                    for entry in entries
                    for result in [card[entry.kpi.key]]
                ),
            )
            for area, entries in plan.by_area.items()
        )
        return cls(plan, card, parts, catalog.documents)

    @property
    def lines(self) -> Iterator[Line]:
        """Every KPI, by area."""
        return (line for part in self.parts for line in part.lines)

    @property
    def errata(self) -> tuple[Erratum, ...]:
        """The errata that touch a figure, each once, in the order of the KPIs."""
        return tuple({erratum.key: erratum for line in self.lines for erratum in line.errata}.values())

    @property
    def provisional(self) -> int:
        """How many results stand before the end of the fiscal year."""
        return sum(result.provisional for result in self.card)

    @property
    def days(self) -> tuple[date, ...]:
        """The days up to which values count, each once, in order."""
        return tuple(sorted({result.as_of for result in self.card if result.as_of}))

    def to_dict(self) -> dict[str, Any]:
        """The report for programs; each result is that of `kpi evaluate`, with its reasons and its sources."""
        plan = self.plan
        return {
            "plan": plan.key,
            "ja": plan.ja,
            "en": plan.en,
            "organisation": plan.organisation.key,
            "fiscal_year": str(plan.fiscal_year),
            "as_of": [day.isoformat() for day in self.days],
            "counts": {str(verdict): self.card.count(verdict) for verdict in Verdict},
            "provisional": self.provisional,
            "areas": [_part(part) for part in self.parts],
            "errata": [_erratum(erratum) for erratum in self.errata],
            "documents": [_document(key, self.documents.get(key)) for key in self.sources],
        }

    @property
    def sources(self) -> tuple[str, ...]:
        """The documents in which anything stands, each once."""
        return tuple(dict.fromkeys(key for line in self.lines for key in line.sources.documents))


def _touching(catalog: Catalog, plan: Plan, kpi: str) -> Iterator[Erratum]:
    return (erratum for erratum in catalog.errata.values() if (plan.key, kpi) in erratum.touches)


def _part(part: Part) -> dict[str, Any]:
    return {
        "mark": part.area.mark,
        "ja": part.area.ja,
        "en": part.area.en,
        "counts": {str(verdict): part.count(verdict) for verdict in Verdict},
        "results": [_line(line) for line in part.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        **line.result.to_dict(),
        "why": line.result.why.to_dict(),
        "errata": [erratum.key for erratum in line.errata],
        "sources": asdict(line.sources),
    }


def _erratum(erratum: Erratum) -> dict[str, Any]:
    document = erratum.document.key if erratum.document else None
    names = ("section", "page", "what", "printed", "gives")
    evidence = {language: erratum.evidence(language) for language in ("ja", "en")}
    return {
        "key": erratum.key,
        "kind": erratum.kind,
        "document": document,
        **{name: getattr(erratum, name) for name in names},
        "evidence": evidence,
    }


def _document(key: str, document: Document | None) -> dict[str, Any]:
    return {"key": key} if document is None else asdict(document)

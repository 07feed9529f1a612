"""Slips of the documents themselves, recorded with the evidence."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from kpi.plans.plan import Document
from kpi.problems import Language

Kind = Literal["figure", "undefined", "label", "contradiction"]
"""A figure that its counts do not give; 0/0 printed as a number; a wrong year, column or heading; two places that disagree."""


@frozen
class Erratum:
    """What a document prints, what it should reproduce to, and why we think so.

    Attributes:
        key: the key in the catalogue.
        kind: `figure`, `undefined`, `label` or `contradiction`.
        document: the document.
        section: the section in it.
        page: the page in it.
        what: what the slip is about.
        printed: what is printed.
        gives: what it should be.
        evidence_ja: what shows that it is a slip, in Japanese.
        evidence_en: the same in English.
        cause_ja: the likely cause, in Japanese, where the document itself shows it.
        cause_en: the same in English.
        touches: the entries of plans whose figures it concerns: plan and KPI of each.
    """

    key: str
    kind: Kind
    document: Document | None
    section: str
    page: str
    what: str
    printed: str
    gives: str
    evidence_ja: str
    evidence_en: str
    cause_ja: str = ""
    cause_en: str = ""
    touches: tuple[tuple[str, str], ...] = ()

    def evidence(self, language: Language) -> str:
        """What shows that it is a slip, with the likely cause where the document itself shows it."""
        parts = (self.evidence_ja, self.cause_ja) if language == "ja" else (self.evidence_en, self.cause_en)
        return " ".join(part for part in parts if part)

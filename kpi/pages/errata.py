"""The page of errata, by document and page, and what the audit of all figures found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from kpi.audit.audit import Audited, audit
from kpi.audit.figures import Figure
from kpi.catalogue.catalog import Catalog
from kpi.pages.cells import place
from kpi.pages.markdown import blocks, code, heading, link, plain, table
from kpi.plans.erratum import Erratum, Kind
from kpi.plans.plan import Document

_KINDS: Final[dict[Kind, str]] = {
    "figure": "a figure that its counts do not give",
    "undefined": "0/0 printed as a number",
    "label": "a wrong label, such as a year or a heading",
    "contradiction": "two places that disagree",
}
_INTRODUCTION: Final = """\
Where the published documents contradict themselves: what is printed, what it should be, and how that is known.
The catalogue keeps the figures as they are printed."""

_AUDIT: Final = """\
Every figure that is printed with the numbers it comes from is recomputed (`kpi audit`).
It must be what they give, rounded half up to the decimals printed; otherwise an erratum has to say why.
Of the figures, {approximate} come from numbers that are printed rounded themselves: they must be possible for some numbers that round so."""
_COUNTED: Final[dict[str, Callable[[Audited], bool]]] = {
    "half up": lambda row: "half_up" in row.reproduced_by,
    "only rounded down": lambda row: row.reproduced_by == ("floor",),
    "only rounded up": lambda row: row.reproduced_by == ("ceil",),
    "by no rounding": lambda row: not row.reproduced_by,
    "errata": lambda row: row.finding == "erratum",
    "unexplained": lambda row: row.finding == "unexplained",
}
"""The columns of the totals."""


def errata_page(catalog: Catalog, figures: Iterable[Figure]) -> str:
    """A part for each document that has errata, and the totals of the audit."""
    parts = (_document(document, _of(catalog, document)) for document in catalog.documents.values())
    audited = [*audit(figures)]
    return blocks(("# Errata", _INTRODUCTION, _contents(catalog), *parts, _audit(catalog, audited))) + "\n"


def _of(catalog: Catalog, document: Document) -> list[Erratum]:
    """The errata of a document by page; those of unnumbered pages come first, in the order of the catalogue."""
    return sorted((erratum for erratum in catalog.errata.values() if erratum.document == document), key=_page)


def _page(erratum: Erratum) -> int:
    number = re.search(r"\d+", erratum.page)
    return int(number[0]) if number else 0


def _contents(catalog: Catalog) -> str:
    counts = ((document, _of(catalog, document)) for document in catalog.documents.values())
    rows = [(link(document.ja, f"#{document.key}"), *_count_by_kind(errata)) for document, errata in counts if errata]
    total = ("**all**", *_count_by_kind([*catalog.errata.values()]))
    return table(("document", *_KINDS.values()), (*rows, total), frozenset(range(1, len(_KINDS) + 1)))


def _count_by_kind(errata: Sequence[Erratum]) -> tuple[str, ...]:
    return tuple(str(sum(erratum.kind == kind for erratum in errata)) for kind in _KINDS)


def _document(document: Document, errata: Sequence[Erratum]) -> str:
    return blocks((heading(2, document.key, document.ja), *map(_erratum, errata))) if errata else ""


def _erratum(erratum: Erratum) -> str:
    causes = {"推定される原因": erratum.cause_ja, "Likely cause": erratum.cause_en}
    facts = (
        f"printed: **{plain(erratum.printed)}**",
        f"gives: **{plain(erratum.gives)}**",
        plain(erratum.evidence_ja),
        plain(erratum.evidence_en),
        *(f"{name}: {plain(text)}" for name, text in causes.items() if text),
    )
    kind = f"{place(erratum.section, erratum.page)}: {_KINDS[erratum.kind]}, {code(erratum.key)}"
    return blocks((heading(3, erratum.key, erratum.what), kind, "\n".join(f"- {fact}" for fact in facts)))


def _audit(catalog: Catalog, rows: Sequence[Audited]) -> str:
    plans = [(link(key, f"plans.md#{key}"), _of_plan(rows, key)) for key in catalog.plans]
    counted = [(name, *_totals(of_plan)) for name, of_plan in plans if of_plan]
    headings = ("plan", "figures", *_COUNTED)
    approximate = sum(bool(row.figure.precision) for row in rows)
    return blocks(
        (
            heading(2, "audit", "The audit of all figures"),
            _AUDIT.format(approximate=approximate),
            table(headings, (*counted, ("**all**", *_totals(rows))), frozenset(range(1, len(headings)))),
        )
    )


def _of_plan(rows: Iterable[Audited], plan: str) -> list[Audited]:
    return [row for row in rows if row.figure.plan == plan]


def _totals(rows: Sequence[Audited]) -> tuple[str, ...]:
    return (str(len(rows)), *(str(sum(map(is_counted, rows))) for is_counted in _COUNTED.values()))

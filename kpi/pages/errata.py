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
from kpi.problems import Language

_KINDS: Final[dict[Language, dict[Kind, str]]] = {
    "en": {
        "figure": "a figure that its counts do not give",
        "undefined": "0/0 printed as a number",
        "label": "a wrong label, such as a year or a heading",
        "contradiction": "two places that disagree",
    },
    "ja": {
        "figure": "件数から求まらない数値",
        "undefined": "0÷0を数値として印字",
        "label": "年度や見出しなどの誤り",
        "contradiction": "二か所の食い違い",
    },
}
_INTRODUCTION: Final[dict[Language, str]] = {
    "en": """\
Where the published documents contradict themselves: what is printed, what it should be, and how that is known.
The catalogue keeps the figures as they are printed.""",
    "ja": """\
公表された文書の中の食い違いについて、何が印字されているか、本来は何か、なぜそう分かるかを示します。
カタログの数値は印字どおりです。""",
}
_AUDIT: Final[dict[Language, str]] = {
    "en": """\
Every figure that is printed with the numbers it comes from is recomputed (`kpi audit`).
It must be what they give, rounded half up to the decimals printed; otherwise an erratum has to say why.
Of the figures, {approximate} come from numbers that are printed rounded themselves: they must be possible for some numbers that round so.""",
    "ja": """\
もとになる数値とともに印字された数値は、すべて計算し直します（`kpi audit`）。
印字された桁数に四捨五入した値と一致しなければならず、一致しなければ、その理由が正誤になければなりません。
このうち{approximate}件は、もとになる数値そのものが丸めて印字されています。そう丸められる数値のどれかから求まらなければなりません。""",
}
_WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "# Errata",
        "document": "document",
        "all": "**all**",
        "printed": "printed: **{text}**",
        "gives": "gives: **{text}**",
        "place": "{place}: {kind}, {key}",
        "audit": "The audit of all figures",
        "plan": "plan",
        "figures": "figures",
        "half up": "half up",
        "down": "only rounded down",
        "up": "only rounded up",
        "none": "by no rounding",
        "errata": "errata",
        "unexplained": "unexplained",
    },
    "ja": {
        "title": "# 正誤",
        "document": "文書",
        "all": "**計**",
        "printed": "印字: **{text}**",
        "gives": "本来: **{text}**",
        "place": "{place}: {kind}、{key}",
        "audit": "すべての数値の検算",
        "plan": "計画",
        "figures": "数値",
        "half up": "四捨五入",
        "down": "切り捨てのみ",
        "up": "切り上げのみ",
        "none": "どの丸め方でもない",
        "errata": "正誤あり",
        "unexplained": "説明なし",
    },
}
_COUNTED: Final[dict[str, Callable[[Audited], bool]]] = {
    "half up": lambda row: "half_up" in row.reproduced_by,
    "down": lambda row: row.reproduced_by == ("floor",),
    "up": lambda row: row.reproduced_by == ("ceil",),
    "none": lambda row: not row.reproduced_by,
    "errata": lambda row: row.finding == "erratum",
    "unexplained": lambda row: row.finding == "unexplained",
}
"""The columns of the totals."""


def errata_page(catalog: Catalog, figures: Iterable[Figure], language: Language) -> str:
    """A part for each document that has errata, and the totals of the audit."""
    parts = (_document(document, _of(catalog, document), language) for document in catalog.documents.values())
    audited = [*audit(figures)]
    head = (_WORDS[language]["title"], _INTRODUCTION[language], _contents(catalog, language))
    return blocks((*head, *parts, _audit(catalog, audited, language))) + "\n"


def _of(catalog: Catalog, document: Document) -> list[Erratum]:
    """The errata of a document by page; those of unnumbered pages come first, in the order of the catalogue."""
    return sorted((erratum for erratum in catalog.errata.values() if erratum.document == document), key=_page)


def _page(erratum: Erratum) -> int:
    number = re.search(r"\d+", erratum.page)
    return int(number[0]) if number else 0


def _contents(catalog: Catalog, language: Language) -> str:
    words, kinds = _WORDS[language], _KINDS[language]
    counts = ((document, _of(catalog, document)) for document in catalog.documents.values())
    rows = [(link(document.ja, f"#{document.key}"), *_count_by_kind(errata)) for document, errata in counts if errata]
    total = (words["all"], *_count_by_kind([*catalog.errata.values()]))
    return table((words["document"], *kinds.values()), (*rows, total), frozenset(range(1, len(kinds) + 1)))


def _count_by_kind(errata: Sequence[Erratum]) -> tuple[str, ...]:
    return tuple(str(sum(erratum.kind == kind for erratum in errata)) for kind in _KINDS["en"])


def _document(document: Document, errata: Sequence[Erratum], language: Language) -> str:
    told = (_erratum(erratum, language) for erratum in errata)
    return blocks((heading(2, document.key, document.ja), *told)) if errata else ""


def _erratum(erratum: Erratum, language: Language) -> str:
    words = _WORDS[language]
    causes = {"推定される原因": erratum.cause_ja, "Likely cause": erratum.cause_en}
    facts = (
        words["printed"].format(text=plain(erratum.printed)),
        words["gives"].format(text=plain(erratum.gives)),
        plain(erratum.evidence_ja),
        plain(erratum.evidence_en),
        *(f"{name}: {plain(text)}" for name, text in causes.items() if text),
    )
    kind = words["place"].format(
        place=place(erratum.section, erratum.page), kind=_KINDS[language][erratum.kind], key=code(erratum.key)
    )
    return blocks((heading(3, erratum.key, erratum.what), kind, "\n".join(f"- {fact}" for fact in facts)))


def _audit(catalog: Catalog, rows: Sequence[Audited], language: Language) -> str:
    words = _WORDS[language]
    plans = [(link(key, f"plans.md#{key}"), _of_plan(rows, key)) for key in catalog.plans]
    counted = [(name, *_totals(of_plan)) for name, of_plan in plans if of_plan]
    headings = [words[key] for key in ("plan", "figures", *_COUNTED)]
    approximate = sum(bool(row.figure.precision) for row in rows)
    return blocks(
        (
            heading(2, "audit", words["audit"]),
            _AUDIT[language].format(approximate=approximate),
            table(headings, (*counted, (words["all"], *_totals(rows))), frozenset(range(1, len(headings)))),
        )
    )


def _of_plan(rows: Iterable[Audited], plan: str) -> list[Audited]:
    return [row for row in rows if row.figure.plan == plan]


def _totals(rows: Sequence[Audited]) -> tuple[str, ...]:
    return (str(len(rows)), *(str(sum(map(is_counted, rows))) for is_counted in _COUNTED.values()))

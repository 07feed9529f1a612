"""A report as Markdown: for a pull request, or for the minutes of a council."""

from __future__ import annotations

from collections.abc import Iterator

from kpi.pages.markdown import blocks, plain, table
from kpi.problems import Language
from kpi.reports.edition import Area, Edition, Row, Slip
from kpi.reports.report import Report


def as_markdown(report: Report, language: Language) -> str:
    """The report with a table for each area; the reasons are folded away where the reader can fold."""
    edition = Edition(report, language)
    words = edition.words
    parts = [
        f"# {plain(edition.title)}",
        plain(edition.days),
        f"## {words['summary']}",
        plain(edition.summary),
        *(plain(note) for note in edition.notes),
        _summary(edition),
        *(part for area in edition.areas for part in _area(area, edition)),
        f"## {words['errata']}",
        *_errata(edition),
        f"## {words['sources']}",
        *_sources(edition),
        f"## {words['reading']}",
        "\n".join(f"- {plain(line)}" for line in edition.reading),
    ]
    return blocks(parts) + "\n"


def _summary(edition: Edition) -> str:
    """How many results have each outcome, by area."""
    words, counts = edition.words, edition.counts
    headings = (words["area"], *(f"{each.sign} {each.word}" for each in counts))
    rows = [(plain(area.name), *map(str, area.counts)) for area in edition.areas]
    if len(rows) > 1:
        rows.append((f"**{words['all']}**", *(f"**{each.number}**" for each in counts)))
    return table(headings, rows, frozenset(range(1, len(headings))))


def _area(area: Area, edition: Edition) -> Iterator[str]:
    words = edition.words
    headings = tuple(words[key] for key in ("kpi", "value", "target", "margin", "verdict"))
    yield f"## {plain(area.name)}"
    yield table(headings, (_cells(row, edition) for row in area.rows), frozenset({1, 2, 3}))
    yield f"<details><summary>{words['why']}</summary>"
    yield "\n".join(f"- **{plain(row.name)}**: {plain(row.verdict)}\n{_reasons(row)}" for row in area.rows)
    yield "</details>"


def _cells(row: Row, edition: Edition) -> tuple[str, ...]:
    notes = [plain(row.context)] if row.context else []
    if row.errata:
        notes.append(f"{edition.words['erratum']} {', '.join(map(str, row.errata))}")
    name = "<br>".join((plain(row.name), *notes))
    verdict = "<br>".join(plain(part) for part in (row.verdict, row.as_of) if part)
    return name, plain(row.value), plain(row.target), plain(row.margin), verdict


def _reasons(row: Row) -> str:
    return "\n".join(f"  - {label}: {plain(text)}" for label, text in row.reasons)


def _errata(edition: Edition) -> Iterator[str]:
    words, errata = edition.words, edition.errata
    if not errata:
        yield words["no_errata"]
        return
    yield words["errata_intro"]
    yield "\n".join(_slip(slip, edition) for slip in errata)


def _slip(slip: Slip, edition: Edition) -> str:
    words = edition.words
    facts = (
        f"{words['printed']}: **{plain(slip.printed)}**",
        f"{words['gives']}: **{plain(slip.gives)}**",
        plain(slip.evidence),
        f"{words['concerns']}: {plain(words['joined'].join(slip.kpis))}",
    )
    told = "\n".join(f"   - {fact}" for fact in facts)
    return f"{slip.number}. {plain(slip.what)} ({plain(slip.where)})\n{told}"


def _sources(edition: Edition) -> Iterator[str]:
    words = edition.words
    documents = (
        plain(f"{source.letter}: " if source.letter else "")
        + plain(", ".join(filter(None, (source.name, source.publisher))))
        for source in edition.sources
    )
    yield "\n".join(f"- {document}" for document in documents)
    headings = tuple(words[key] for key in ("kpi", "rule", "figures", "counts_to"))
    yield table(headings, ([*map(plain, (each.name, each.rule, each.figures, each.as_of))] for each in edition.origins))

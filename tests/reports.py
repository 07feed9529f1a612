"""Reports for the tests of the forms that `kpi check` writes."""

from __future__ import annotations

from pathlib import Path

import kpi
from kpi.catalogue import check_bytes
from kpi.cli.forms.report import Report
from kpi.problems import Problem
from kpi.source import Source, Span

CATALOGUES = Path(__file__).parent / "data" / "catalogues"
BROKEN = sorted((CATALOGUES / "broken").glob("*.yaml"))
OBSERVATIONS = kpi.load_published()
SOUND = (CATALOGUES / "sound.yaml").read_text("utf-8")
UNUSED = SOUND.replace("variables:\n", "variables:\n  cards: {ja: 枚数, en: cards, unit: card, kind: flow}\n")
FIVE = (CATALOGUES / "broken" / "five_mistakes.yaml").read_text("utf-8")


def report(*texts, names=("catalog.yaml", "other.yaml"), **details):
    """What a check of catalogues finds, the first of them called `catalog.yaml`."""
    checked = {name: check_bytes(text.encode(), name, OBSERVATIONS) for name, text in zip(names, texts, strict=False)}
    problems = tuple(problem for _, found in checked.values() for problem in found)
    return Report({name: catalog for name, (catalog, _) in checked.items()}, problems, **details)


def report_of(*problems, name="catalog.yaml"):
    """A report of problems that are made up."""
    return Report({name: kpi.load_catalog(CATALOGUES / "sound.yaml")}, problems)


def unknown(text, start, end, name="catalog.yaml"):
    """An unknown variable at a stretch of a text."""
    return Problem("unknown-variable", Source(text, name), Span(start, end), {"name": text[start:end]})

"""A report as one HTML page: both languages in it, no script, nothing fetched, printable on A4."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kpi.charts import bullet_chart, to_svg
from kpi.errors import MissingExtraError
from kpi.problems import Language
from kpi.progress import Advance, stage
from kpi.reports.edition import Edition
from kpi.reports.report import Report

_HERE: Final = Path(__file__).parent
_LANGUAGES: Final[tuple[Language, ...]] = ("ja", "en")


def as_page(report: Report, language: Language) -> str:
    """The report as a page in both languages, of which *language* shows first.

    Raises:
        MissingExtraError: jinja2, or what draws the charts, is not installed.
    """
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise MissingExtraError("jinja2 is not installed: pip install 'kpi[report]'") from None
    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(_HERE),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    editions = [Edition(report, each) for each in _LANGUAGES]
    first = next(edition for edition in editions if edition.language == language)
    with stage("writing", sum(len(edition.areas) for edition in editions), report.plan.key) as advance:
        charts = {edition.language: dict(_charts(edition, advance)) for edition in editions}
    page = environment.get_template("page.html")
    return page.render(editions=editions, first=first, charts=charts, css=(_HERE / "page.css").read_text("utf-8"))


def _charts(edition: Edition, advance: Advance) -> Iterator[tuple[str, str]]:
    """The bullet chart of each area that has a number to show, by the anchor of the area."""
    for area in edition.areas:
        results = [line.result for line in area.part.lines]
        if any(result.value is not None for result in results):
            yield area.anchor, to_svg(bullet_chart(results, edition.language))
        advance(1)

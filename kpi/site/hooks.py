"""What the documentation site makes of the pages beyond what GitHub shows; MkDocs calls this as it builds.

Headings get the anchors that stand in them, verdicts in tables their colour, Japanese lines join without a blank,
formulas become fractions that need no script, and notebooks become pages. Where a page says
`<!-- scorecard iwate-r3 -->` stands the scorecard of that plan, as it comes out now, and beside the pages its report.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kpi.catalogue import load_catalog
from kpi.catalogue.catalog import Catalog
from kpi.evaluation.decision import Verdict
from kpi.evaluation.labels import MARKS
from kpi.markup import element, html
from kpi.observations.observation import Observations
from kpi.observations.published import load_published
from kpi.problems import Language
from kpi.reports import Report, written
from kpi.site.notebook import notebook_page
from kpi.site.scorecard import scorecard_table

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_REPORTED: Final = "iwate-r3"
_ANCHORED: Final = re.compile(r'^(#+) <a id="([^"]+)"></a>(.+)$', re.MULTILINE)
_SCORECARD: Final = re.compile(r"^<!-- scorecard (\S+) -->$", re.MULTILINE)
_CLASSES: Final = {MARKS[verdict]: verdict for verdict in (Verdict.ACHIEVED, Verdict.MISSED, Verdict.NOT_EVALUABLE)}
_SEARCH: Final = 'data-md-component="search" role="dialog"'
_NOTEBOOK: Final = re.compile(r"\((notebooks/[\w-]+)\.ipynb\)")
_OF_NOTEBOOKS: Final = "---\nbilingual: true\nhide: [toc]\n---\n\n"
"""What the template is told of notebooks: they speak both languages, and their tables are wide."""
_FENCED: Final = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_BROKEN: Final = re.compile(
    r"(?<=[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef])\n(?=[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef])"
)
"""A line that ends in a Japanese character, before one that begins with such."""
_VERDICT: Final = re.compile(rf"(?<=\| )([{re.escape(''.join(_CLASSES))}])( [^|\n]*)?(?= \|)")


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """The files of the site: beside each notebook its page."""
    from mkdocs.structure.files import File

    for name in [file.src_uri for file in files if file.src_uri.endswith(".ipynb")]:
        page = f"{name.removesuffix('.ipynb')}.md"
        files.append(File(page, config.docs_dir, config.site_dir, config.use_directory_urls))
    return files


def on_page_read_source(*, page: Page, config: MkDocsConfig) -> str | None:
    """The text of a page that is made of a notebook; every other page is read from its file."""
    notebook = Path(config.docs_dir, page.file.src_uri).with_suffix(".ipynb")
    return f"{_OF_NOTEBOOKS}{notebook_page(notebook)}" if notebook.exists() else None


def on_page_markdown(markdown: str, *, config: MkDocsConfig, **_: object) -> str:
    """The text of a page, changed as the site needs it."""
    language = _language(config)
    parts = _FENCED.split(markdown)
    parts[::2] = [_prose(part, language) for part in parts[::2]]
    return "".join(parts)


def on_post_page(output: str, *, config: MkDocsConfig, **_: object) -> str:
    """A page as it is written: the dialog of the search, which the theme leaves without a name, gets one."""
    label = {"en": "Search", "ja": "検索"}[_language(config)]
    return output.replace(_SEARCH, f'{_SEARCH} aria-label="{label}"')


def on_post_build(*, config: MkDocsConfig) -> None:
    """After the pages of a language: the report to which the home page leads."""
    language = _language(config)
    catalog, published = _shipped()
    report = Report.of(catalog.plan(_REPORTED), published, catalog)
    folder = Path(config.site_dir, "" if language == "en" else language, "reports")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{_REPORTED}.html").write_bytes(written(report, "html", language))


def math(latex: str, *_: object, **__: object) -> str:
    """A formula of the catalogue, found by its LaTeX, with its quotients as fractions: a custom fence of `pymdownx.superfences`."""
    kpis = _shipped()[0].kpis.values()
    drawn = next(kpi.formula.fraction("ja") for kpi in kpis if kpi.formula.latex("ja") == latex)
    return html(element("div", drawn, **{"class": "formula", "lang": "ja"}))


def _language(config: MkDocsConfig) -> Language:
    return "ja" if config.theme["language"] == "ja" else "en"


def _prose(text: str, language: Language) -> str:
    """What stands outside of the fenced blocks."""
    text = _ANCHORED.sub(r"\1 \3 {#\2}", text)
    text = _NOTEBOOK.sub(r"(\1.md)", text)
    text = _SCORECARD.sub(lambda found: _scorecard(found[1], language), text)
    text = _VERDICT.sub(lambda found: f"{found[0]} {{ .verdict .{_CLASSES[found[1]]} }}", text)
    return _BROKEN.sub("", text)


def _scorecard(plan: str, language: Language) -> str:
    catalog, published = _shipped()
    return scorecard_table(catalog.plan(plan), published, language)


@cache
def _shipped() -> tuple[Catalog, Observations]:
    return load_catalog(), load_published()

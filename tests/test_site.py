"""The documentation site: built without a warning, no link broken, nothing fetched, in both languages, and as it is seen."""

from __future__ import annotations

import re
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from threading import Thread

import pytest
from installed import chromium, needs_chromium
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from site_built import DOCS, build

import kpi
from kpi.cli.commands import kpi as command_line
from kpi.site import hooks

TRANSLATED = sorted(path.name.replace(".ja.md", "") for path in DOCS.glob("*.ja.md"))
BY_HAND = [name for name in TRANSLATED if name not in {"api", "api-rooms"}]
"""The pages that say the same in both languages; those of the API list in Japanese what the English ones describe."""
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
OPENED = ["index.html", "ja/index.html", "ja/reading.html", "kpis.html", "problems.html", "api.html"]
ROOMS = ("kpi.periods", "kpi.rollups", "kpi.records", "kpi.charts", "kpi.reports", "kpi.comparison")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def card():
    return kpi.load_catalog().plans["iwate-r3"].evaluate(kpi.load_published())


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_):
        """Says nothing."""


@pytest.fixture(scope="module")
def served(site):
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site.folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module", params=["served", "from a folder"])
def address(request, served, site):
    return served if request.param == "served" else f"{site.folder.as_uri()}/"


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@contextmanager
def opened(browser, address, page, **options):
    """A page, and what went wrong with it: errors of its scripts, and requests to other places."""
    tab = browser.new_page(**options)
    wrong = []
    tab.on("console", lambda message: wrong.append(message.text) if message.type in {"error", "warning"} else None)
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("requestfailed", lambda request: wrong.append(request.url))
    tab.on("request", lambda request: None if request.url.startswith((address, "data:")) else wrong.append(request.url))
    try:
        tab.goto(f"{address}{page}", wait_until="load")
        yield tab, wrong
    finally:
        tab.close()


def search(tab, words):
    """The titles of what a search finds, best first."""
    field = tab.locator("input.md-search__input")
    field.click()
    field.press_sequentially(words)
    field.press("End")  # an input method ends with a key, too
    tab.wait_for_selector(".md-search-result__item h1", state="attached")
    return tab.locator(".md-search-result__item > a h1, .md-search-result__item > a h2").all_inner_texts()


class TestPages:
    def test_all_are_built(self, site):
        """Every page of the documentation is there in English, and beside it in Japanese, translated or not."""
        names = {path.stem for path in DOCS.glob("*.md") if not path.name.endswith(".ja.md")}
        assert {*site.pages} >= {f"{name}.html" for name in names} | {f"ja/{name}.html" for name in names}

    def test_links(self, site):
        """Every link within the site leads to a page, and to an anchor that it has."""
        broken = {name: found for name in site.pages if (found := site.broken(name))}
        assert broken == {}
        assert sum(len(page.links) for page in site.pages.values()) > 1000

    def test_anchors_are_unique(self, site):
        """No page has an anchor twice."""
        assert {name: page for name, page in site.pages.items() if len(page.ids) != len({*page.ids})} == {}

    def test_nothing_is_fetched(self, site):
        """Scripts, styles and pictures are files of the site."""
        foreign = {load for page in site.pages.values() for load in page.loads if re.match(r"(?!data:)(\w+:|//)", load)}
        assert foreign == set()
        styles = "".join(path.read_text("utf-8") for path in site.folder.rglob("*.css"))
        assert re.findall(r"url\(['\"]?(?:https?:)?//[^)]*|@import[^;]*", styles) == []

    def test_language(self, site):
        """A page tells its language; one that is not translated stays English below a line that says so."""
        assert site.pages["index.html"].languages[0] == "en"
        assert site.pages["ja/verdicts.html"].languages == ["ja"]
        assert site.pages["ja/language.html"].languages == ["ja", "en"]
        assert "このページは英語版のみです。" in site.pages["ja/language.html"].text

    @pytest.mark.parametrize("name", BY_HAND)
    def test_translation(self, name, site):
        """A translated page has the sections of the English one, under the same anchors."""
        english, japanese = site.pages[f"{name}.html"].headings, site.pages[f"ja/{name}.html"].headings
        assert japanese[1:] == english[1:]

    def test_nothing_is_left_of_markdown(self, site):
        """No page shows a backslash before a sign, an anchor as text or a marker of the scorecard."""
        for name in ("index.html", "ja/index.html", "plans.html", "ja/kpis.html"):
            cells = [cell for row in site.pages[name].rows for cell in row]
            assert [cell for cell in cells if "\\" in cell or "{" in cell] == []
            assert "<!-- scorecard" not in site.pages[name].text


class TestHooks:
    """What is made of one page, called as MkDocs calls it."""

    @pytest.fixture(params=["en", "ja"])
    def config(self, request):
        found = MkDocsConfig()
        found.load_dict(
            {"site_name": "kpi", "docs_dir": str(DOCS), "theme": {"name": "mkdocs", "language": request.param}}
        )
        assert found.validate() == ([], [])
        return found

    def test_anchors(self, config):
        """A heading gets the anchor that stands in it."""
        assert hooks.on_page_markdown('## <a id="zero"></a>0 人', config=config) == "## 0 人 {#zero}"

    def test_verdicts(self, config):
        """A cell that begins with the sign of a verdict gets its class; the sign elsewhere is a sign."""
        row = hooks.on_page_markdown(r"| a × b | × 未達成\* | ○ |", config=config)
        assert row == r"| a × b | × 未達成\* { .verdict .missed } | ○ { .verdict .achieved } |"

    def test_lines(self, config):
        """Japanese lines join without a blank, in a block of code they stay, and English ones keep their line end."""
        text = "判定は\n答えです。\n\n```text\n判定\n目標\n```\n\none\nline"
        assert hooks.on_page_markdown(text, config=config) == text.replace("は\n答", "は答")

    def test_scorecard(self, config, card):
        """The marker becomes the scorecard in the language of the page, each KPI a link."""
        found = hooks.on_page_markdown("<!-- scorecard iwate-r3 -->", config=config)
        assert len(re.findall(r"\(kpis\.md#\w+\)", found)) == len(card)
        assert ("暫定" if config.theme["language"] == "ja" else "provisional") in found

    def test_search(self, config):
        """The dialog of the search gets a name."""
        page = '<div class="md-search" data-md-component="search" role="dialog">'
        label = {"en": "Search", "ja": "検索"}[config.theme["language"]]
        assert hooks.on_post_page(page, config=config) == page.replace(">", f' aria-label="{label}">')

    def test_notebooks(self, config):
        """A notebook gets a page beside it, and links to it lead there; other pages are read from their files."""
        config.site_dir = "site"
        files = hooks.on_files(Files([File("notebooks/iwate-r3.ipynb", str(DOCS), "site", False)]), config=config)  # noqa: FBT003
        pages = {file.src_uri: Page(None, file, config) for file in files}
        text = hooks.on_page_read_source(page=pages["notebooks/iwate-r3.md"], config=config)
        assert (
            "\n# 岩手支部 令和3年度上期の実績 / One branch's half-year\n\nノートブック / notebook: [iwate-r3.ipynb]"
            in text
        )
        assert "```python\nimport kpi\n" in text
        assert hooks.on_page_markdown("[a](notebooks/iwate-r3.ipynb)", config=config) == "[a](notebooks/iwate-r3.md)"
        other = Page(None, File("time.md", str(DOCS), "site", False), config)  # noqa: FBT003
        assert hooks.on_page_read_source(page=other, config=config) is None


class TestHome:
    @pytest.mark.parametrize(("page", "language"), [("index.html", "en"), ("ja/index.html", "ja")])
    def test_scorecard(self, page, language, site, card):
        """The home page shows the scorecard as it comes out now."""
        assert site.pages[page].rows[1:] == [list(row) for row in card.rows(language)]

    def test_verdicts_have_a_class(self, site):
        """Each verdict carries the class that colours it, on the home page and in the catalogue."""
        assert site.pages["index.html"].text.count('<td class="verdict missed">') == 7
        assert site.pages["plans.html"].text.count('<td class="verdict not_evaluable">') == 1


class TestFormulas:
    def test_drawn(self, site):
        """Every formula that is drawn on GitHub is drawn here, without a script."""
        drawn = (DOCS / "kpis.md").read_text("utf-8").count("```math")
        assert site.pages["kpis.html"].text.count('<div class="formula"') == drawn > 20

    def test_fraction(self):
        """A quotient is a fraction with Japanese names, and reads as a formula without its style."""
        found = hooks.math(r"\frac{\text{一者応札件数}}{\text{一般競争入札件数}}")
        assert re.sub("<[^>]*>", "", found) == "一者応札件数 / 一般競争入札件数"

    def test_coloured(self, site):
        """The language has the colours of the project's lexer."""
        assert '<span class="nv">open_tenders</span>' in site.pages["problems.html"].text
        assert '<span class="m">20</span><span class="kt">%</span>' in site.pages["problems.html"].text


class TestNotebooks:
    @pytest.mark.parametrize("name", sorted(path.stem for path in (DOCS / "notebooks").glob("*.ipynb")))
    def test_page(self, name, site):
        """A notebook is a page in both languages, with its texts, its code and what it showed, and leads to its file."""
        for page in (f"notebooks/{name}.html", f"ja/notebooks/{name}.html"):
            found = site.pages[page]
            assert {f"{name}.ipynb"} <= {link.rpartition("/")[2] for link in found.links}
            assert found.headings[1:]
            assert '<div class="output"' in found.text
            assert '<span class="kn">import</span>' in found.text
            assert "このページは英語版のみです。" not in found.text


class TestApi:
    def test_public_names(self, site):
        """Every public name is described, and listed in Japanese."""
        described = {*site.pages["api.html"].ids}
        listed = {*site.pages["ja/api.html"].links}
        for name in kpi.__all__:
            assert f"kpi.{name}" in described
            assert f"../api.html#kpi.{name}" in listed

    @pytest.mark.parametrize("room", ROOMS)
    def test_rooms(self, room, site):
        """Every name of these rooms is described there, or among the names of kpi."""
        described = {*site.pages["api-rooms.html"].ids}
        names = [name for name in import_module(room).__all__ if name not in kpi.__all__]
        # a function that has the name of its module is described under its full path
        assert [name for name in names if described.isdisjoint({f"{room}.{name}", f"{room}.{name}.{name}"})] == []


class TestCommands:
    @pytest.mark.parametrize("page", ["commands.html", "ja/commands.html"])
    def test_every_command(self, page, site):
        """The table leads to every command, and each is described with its options."""
        found = site.pages[page]
        anchors = {f"kpi-{name}" for name in command_line.list_commands(None)}
        assert {*found.ids} >= anchors
        assert {*found.links} >= {f"#{anchor}" for anchor in anchors}


@needs_chromium
class TestSeen:
    """What a reader sees in Chromium, from a server and from a folder."""

    @pytest.mark.parametrize("page", OPENED)
    def test_opens(self, page, address, browser):
        """A page opens without an error, and asks no other place for anything."""
        with opened(browser, address, page) as (tab, wrong):
            tab.wait_for_timeout(300)  # what a script would fetch later
            assert tab.title()
            assert wrong == []

    @pytest.mark.parametrize(
        ("page", "words", "expected"),
        [
            ("index.html", "rounding", "Exactness and rounding"),
            ("ja/index.html", "保険証回収率", "日本年金機構回収分も含めた資格喪失後1か月以内の保険証回収率"),
            ("ja/index.html", "端数処理", "正確さと端数処理"),
        ],
    )
    def test_search(self, page, words, expected, address, browser):
        """The search finds English and Japanese words, without a server too."""
        with opened(browser, address, page) as (tab, wrong):
            assert expected in search(tab, words)[:6]
            assert wrong == []

    @pytest.mark.parametrize("page", ["index.html", "ja/index.html", "ja/reading.html"])
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_accessible(self, page, scheme, served, browser):
        """No rule of WCAG 2.2 A and AA that a program can check is broken."""
        from axe_playwright_python.sync_playwright import Axe

        with opened(browser, served, page, color_scheme=scheme) as (tab, _):
            found = Axe().run(tab, options=WCAG)
            assert found.violations_count == 0, found.generate_report()

    @pytest.mark.parametrize("page", [*OPENED, "ja/plans.html", "ja/verdicts.html"])
    def test_phone(self, page, served, browser):
        """On a phone nothing but tables and code is wider than the screen, and these can be moved within it."""
        with opened(browser, served, page, viewport={"width": 390, "height": 844}) as (tab, _):
            assert tab.evaluate("document.documentElement.scrollWidth") <= 390

    def test_formula_is_drawn(self, served, browser):
        """A quotient is drawn as a fraction: its numerator stands above its denominator."""
        with opened(browser, served, "kpis.html#single_bid_share") as (tab, _):
            formula = tab.locator("h2#single_bid_share ~ .formula").first
            upper, lower = (formula.get_by_text(name).bounding_box() for name in ("一者応札件数", "一般競争入札件数"))
            assert upper["y"] + upper["height"] <= lower["y"] + 1

    def test_language_is_changed(self, served, browser):
        """From a page one comes to the same page in the other language, and back."""
        with opened(browser, served, "verdicts.html") as (tab, _):
            tab.locator("button[aria-label='Select language']").hover()
            tab.locator("a.md-select__link[hreflang=ja]").click()
            assert tab.url == f"{served}ja/verdicts.html"
            assert tab.title() == "判定のしくみ - kpi"
            tab.locator(".md-header .md-select").hover()
            tab.locator("a.md-select__link[hreflang=en]").click()
            assert tab.url == f"{served}verdicts.html"

"""The page, as a reader has it in a browser: content, language, print, and for those who read it otherwise."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from io import BytesIO

import pytest
from installed import chromium, needs_chromium

import kpi
from kpi.evaluation.labels import MARKS
from kpi.evaluation.wording import WORDS
from kpi.quantities import read_value
from kpi.reports.page import as_page
from kpi.reports.report import Report

PLANS = ("iwate-r3", "national-r3", "miyagi-r2")


@pytest.fixture(scope="module")
def catalog():
    return kpi.load_catalog()


@pytest.fixture(scope="module")
def cards(catalog):
    """What `kpi evaluate --format json` prints."""
    published = kpi.load_published()
    return {key: json.loads(json.dumps(catalog.plans[key].evaluate(published).to_dict())) for key in PLANS}


@pytest.fixture(scope="module")
def pages(catalog, tmp_path_factory):
    """The page of each plan, in a file, Japanese first; and one with English first."""
    published, folder = kpi.load_published(), tmp_path_factory.mktemp("pages")
    found = {}
    for key, language in (*((plan, "ja") for plan in PLANS), ("iwate-r3", "en")):
        name = key if language == "ja" else f"{key}-{language}"
        found[name] = folder / f"{name}.html"
        report = Report.of(catalog.plans[key], published, catalog)
        found[name].write_text(as_page(report, language), encoding="utf-8")
    return found


class TestText:
    """What can be seen without a browser."""

    def test_stands_alone(self, pages):
        """Nothing is fetched, nothing is executed, and the page forbids both."""
        text = pages["iwate-r3"].read_text("utf-8")
        assert "default-src 'none'; style-src 'unsafe-inline'" in text
        assert not re.search(r"<(script|link|img|iframe|object)\b", text)
        assert not re.findall(r"(?:src|href)=\"(?!#)", text)
        assert "url(" not in text

    def test_escapes(self, catalog):
        """Names are text, whatever they hold."""
        import attrs

        plan = attrs.evolve(catalog.plans["iwate-r3"], ja='<b>&"岩手"', en="<script>alert(1)</script>")
        text = as_page(Report.of(plan, kpi.load_published(), catalog), "en")
        assert "<script>" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;: results" in text

    def test_anchors(self, pages):
        """Every link leads to one place of the page, and no place has the name of another."""
        for file in pages.values():
            text = file.read_text("utf-8")
            names = re.findall(r' id="([^"]+)"', text)
            assert len(names) == len({*names})
            assert {*re.findall(r'href="#([^"]+)"', text)} <= {*names}

    def test_without_results(self, catalog):
        """A plan without figures has a page, and no empty charts."""
        empty = Report.of(catalog.plans["toyama-r7"], kpi.load_published(), catalog)
        text = as_page(empty, "ja")
        assert "<svg" not in text
        assert text.count("<strong>? 判定不能</strong>") == 19


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture
def opened(browser, pages):
    """Opens a page; whatever it says on the console or asks of the network fails the test."""
    contexts, said = [], []

    def open_page(name, **settings):
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: request.url.startswith("file:") or said.append(request.url))
        page.goto(pages[name].as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


def switch(page, language):
    page.locator(f"label[for=show-{language}]").click()


def visible(page, selector):
    return [each for each in page.locator(selector).all() if each.is_visible()]


@needs_chromium
class TestContent:
    @pytest.mark.parametrize("plan", PLANS)
    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_figures_are_those_of_evaluate(self, opened, cards, plan, language):
        """Every KPI has a row whose figures are exactly those of `kpi evaluate --format json`, shown as they are rounded."""
        page = opened(plan)
        switch(page, language)
        for result in cards[plan]["results"]:
            row = page.locator(f"#{language}-{result['kpi']} tr:first-child")
            cells = row.locator("td").all()
            for cell, name in zip(cells, ("value", "target", "margin"), strict=False):
                data = cell.locator("data")
                assert (data.get_attribute("value") if data.count() else None) == result[name], (result["kpi"], name)
                if data.count():
                    assert_shows(data.inner_text(), result[name])
            sign, word = MARKS[kpi.Verdict(result["outcome"])], WORDS[language][result["outcome"]]
            assert cells[3].inner_text().startswith(f"{sign} {word}{'*' if result['provisional'] else ''}")
        assert len(visible(page, f"article[lang={language}] .results tbody")) == len(cards[plan]["results"])

    def test_seventeen(self, opened):
        """The page of Iwate has all seventeen KPIs in three areas, each with its chart."""
        page = opened("iwate-r3")
        assert len(visible(page, ".results tbody")) == 17
        assert [each.inner_text() for each in visible(page, ".area h2")] == [
            "Ⅰ 基盤的保険者機能関係", "Ⅱ 戦略的保険者機能関係", "Ⅲ 組織・運営体制関係",
        ]  # fmt: skip
        charts = visible(page, "figure svg[role=img]")
        assert len(charts) == 3
        assert "郵送化率: 実績96.0%" in charts[0].get_attribute("aria-label")

    def test_why(self, opened):
        """The reasons of a verdict stand behind a disclosure, with the errata that touch it."""
        page = opened("iwate-r3")
        details = page.locator("#ja-mail_in_rate details")
        assert not details.locator("dl").is_visible()
        assert "30,759件 / 32,054件 = 95.95994…%" in details.locator("summary").inner_text()
        details.locator("summary").click()
        assert "30,759件 / 32,054件 >= 95.0% を満たす" in details.inner_text()
        details.locator("a").click()
        assert page.locator("#ja-erratum-2").inner_text().startswith("郵送化率")

    def test_without_colour(self, opened):
        """Every verdict has a sign and a word."""
        page = opened("national-r3")
        verdicts = {
            each.inner_text().partition("\n")[0].rstrip("*").strip() for each in visible(page, "td.verdict strong")
        }
        assert verdicts == {"○ 達成", "× 未達成", "? 判定不能"}


def assert_shows(text, exact):
    """The displayed number is the exact one, rounded to the decimals that it shows."""
    if text in ("全支部で実施する", "is done every branch"):  # 47 of 47 branches
        return
    number = re.search(r"[-+]?[\d,]+(?:\.\d+)?", text)[0]
    shown = read_value(number.replace("+", "")).number
    decimals = len(number.partition(".")[2])
    assert abs(shown - Fraction(exact)) <= Fraction(1, 2 * 10**decimals), (text, exact)


@needs_chromium
class TestLanguage:
    def test_switch(self, opened):
        """One language is shown at a time, the one asked for first, and the reader can switch."""
        page = opened("iwate-r3")
        assert page.evaluate("document.documentElement.lang") == "ja"
        assert [each.inner_text() for each in visible(page, "h1")] == ["岩手支部 令和3年度事業計画の達成状況"]
        switch(page, "en")
        assert [each.inner_text() for each in visible(page, "h1")] == [
            "Iwate branch, business plan for FY2021: results"
        ]
        switch(page, "ja")
        assert len(visible(page, "article")) == 1

    def test_english_first(self, opened):
        """The page may begin in English."""
        page = opened("iwate-r3-en")
        assert page.title() == "Iwate branch, business plan for FY2021: results"
        assert page.evaluate("document.documentElement.lang") == "en"
        assert [each.get_attribute("lang") for each in visible(page, "article")] == ["en"]

    def test_without_scripts(self, opened):
        """The switch and the disclosures work where scripts are not allowed."""
        page = opened("iwate-r3", java_script_enabled=False)
        switch(page, "en")
        page.locator("#en-mail_in_rate summary").click()
        assert page.locator("#en-mail_in_rate dl").is_visible()
        assert not page.locator("#ja-mail_in_rate").is_visible()

    def test_by_keyboard(self, opened):
        """The switch is one of two radio buttons, which the arrow keys change."""
        page = opened("iwate-r3")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "show-ja"
        page.keyboard.press("ArrowRight")
        assert [each.get_attribute("lang") for each in visible(page, "article")] == ["en"]


@needs_chromium
class TestScreens:
    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_fits(self, opened, language):
        """Nothing goes beyond the edge of a screen, of a phone as of a desk."""
        page = opened("iwate-r3")
        switch(page, language)
        for width in (320, 390, 700, 768, 860, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width

    @pytest.mark.parametrize(
        ("plan", "width", "scheme"), [("iwate-r3", 1280, "light"), ("national-r3", 1280, "dark"), ("national-r3", 390, "light")]
    )  # fmt: skip
    def test_accessible(self, opened, plan, width, scheme):
        """axe finds nothing that would keep anybody from reading, in either language, with all reasons open."""
        from axe_playwright_python.sync_playwright import Axe

        page = opened(plan, viewport={"width": width, "height": 900}, color_scheme=scheme)
        for language in ("ja", "en"):
            switch(page, language)
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()


@needs_chromium
class TestPrint:
    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_a4(self, opened, language):
        """Every page is A4 and numbered, every reason is open, and what cannot be used on paper is left out."""
        from pypdf import PdfReader

        page = opened("iwate-r3")
        switch(page, language)
        printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
        sizes = {(round(float(each.mediabox.width)), round(float(each.mediabox.height))) for each in printed.pages}
        assert sizes == {(595, 842)}
        text = "\n".join(each.extract_text() for each in printed.pages)
        plain = re.sub(r"\s", "", text)
        proof = {"ja": "30,759件/32,054件>=95.0%を満たす", "en": "30,759cases/32,054cases>=95.0%holds"}[language]
        assert proof in plain
        assert "Language" not in text
        assert f"1/{len(printed.pages)}" in plain
        assert len(printed.pages) < 16

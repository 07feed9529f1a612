"""The report as Markdown, for pull requests and minutes."""

from __future__ import annotations

import re

import pytest

import kpi
from kpi.reports.markdown import as_markdown
from kpi.reports.report import Report


@pytest.fixture(scope="module")
def catalog():
    return kpi.load_catalog()


@pytest.fixture(scope="module")
def told(catalog):
    published = kpi.load_published()
    return {
        (plan, language): as_markdown(Report.of(catalog.plans[plan], published, catalog), language)
        for plan in ("iwate-r3", "miyagi-r3")
        for language in ("ja", "en")
    }


def test_headings(told):
    """Summary, areas, errata, sources, and how to read it."""
    assert re.findall(r"^#+ .*", told["iwate-r3", "ja"], re.MULTILINE) == [
        "# 岩手支部 令和3年度事業計画の達成状況",
        "## 概要",
        "## Ⅰ 基盤的保険者機能関係",
        "## Ⅱ 戦略的保険者機能関係",
        "## Ⅲ 組織・運営体制関係",
        "## 文書の正誤",
        "## 出典",
        "## この報告の読み方",
    ]


def test_summary(told):
    """How many results have each outcome, by area and in all."""
    assert "| Ⅱ 戦略的保険者機能関係 | 4 | 5 | 0 |\n" in told["iwate-r3", "ja"]
    assert "| **計** | **10** | **7** | **0** |" in told["iwate-r3", "ja"]


def test_row(told):
    """A row has the name with nation and errata, the numbers, the verdict and its day."""
    assert (
        "| cash benefit applications made by mail<br>nation 95.3% (+0.7 pp)<br>erratum 2 | 96.0% | ≥ 95.0% | +1.0 pp "
        "| ○ achieved\\*<br>as of 2021-09-30 |"
    ) in told["iwate-r3", "en"]


def test_why(told):
    """The reasons stand behind a disclosure, where the reader has one."""
    area = told["iwate-r3", "en"].partition("## Ⅲ")[2].partition("## Errata")[0]
    assert area.count("<details><summary>Why</summary>") == area.count("</details>") == 1
    assert "  - check: 0 cases / 6 cases \\<= 20% holds" in area


def test_errata(told):
    """Errata are numbered, and where there are none that is said."""
    assert "\n2. 郵送化率 (Ⅰ（2）ⅱ p.\N{NO-BREAK SPACE}5)\n" in told["iwate-r3", "ja"]
    assert "この計画の数値に関わる正誤はありません。" in told["miyagi-r3", "ja"]


def test_text_stays_text(told):
    """Signs of Markdown in names and numbers are escaped."""
    assert "○ achieved\\*" in told["iwate-r3", "en"]
    without_tags = re.sub(r"</?(br|details|summary)>", "", told["iwate-r3", "en"])
    assert not re.search(r"(?<!\\)[<>]", without_tags)

"""A scorecard for readers of a page: the counts of its outcomes, and a table in which each KPI leads to its section."""

from __future__ import annotations

from typing import Final

from kpi.evaluation.decision import Verdict
from kpi.evaluation.labels import MARKS
from kpi.evaluation.wording import WORDS
from kpi.observations.observation import Observations
from kpi.pages.markdown import blocks, link, plain, table
from kpi.plans.plan import Plan
from kpi.plans.scorecard import HEADINGS, Scorecard
from kpi.problems import Language

_PROVISIONAL: Final[dict[Language, str]] = {
    "en": r"\* provisional: of a date before the end of the fiscal year",
    "ja": r"\* 暫定: 年度途中の実績",
}


def scorecard_table(plan: Plan, observations: Observations, language: Language) -> str:
    """The scorecard of a *plan* in Markdown, in the order of the document."""
    card = plan.evaluate(observations)
    rows = (
        (link(name, f"kpis.md#{key}"), *map(plain, cells))
        for key, (name, *cells) in zip(card.results, card.rows(language), strict=True)
    )
    note = _PROVISIONAL[language] if any(result.provisional for result in card) else ""
    return blocks((_counts(card, language), table(HEADINGS[language], rows, frozenset({1, 2, 3})), note))


def _counts(card: Scorecard, language: Language) -> str:
    counted = ((verdict, card.count(verdict)) for verdict in Verdict)
    return " ".join(
        f"**{MARKS[verdict]} {WORDS[language][verdict]} {count}**{{ .verdict .{verdict} }}"
        for verdict, count in counted
        if count
    )

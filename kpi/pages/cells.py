"""What the tables of several pages show: results, and places in documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpi.catalogue.catalog import Catalog
from kpi.evaluation.labels import target_text, verdict_text
from kpi.evaluation.result import Result
from kpi.observations.observation import Observations
from kpi.pages.markdown import plain
from kpi.plans.plan import page_text
from kpi.plans.scorecard import Scorecard
from kpi.problems import Language
from kpi.quantities import Quantity

Cards = Mapping[str, Scorecard]
"""Scorecards by plan; plans without any result are absent."""

_SIGNS: Final[dict[Language, str]] = {
    "en": r"""Verdicts: ○ 達成 (achieved), × 未達成 (missed), ? 判定不能 (not evaluable).
A star \* marks what is provisional, from before the end of the fiscal year.""",
    "ja": r"""判定は、○ 達成、× 未達成、? 判定不能です。星印 \* は暫定、つまり年度末より前の数値によるものです。""",
}
_DAGGER: Final[dict[Language, str]] = {
    "en": "A dagger † marks a value that would give another verdict as it is shown than it gives exactly.",
    "ja": "短剣符 † は、丸める前の値と表示する値で判定が分かれるものです。",
}


def results_by_plan(catalog: Catalog, observations: Observations) -> Cards:
    """The scorecard of every plan that has a value at all."""
    cards = {key: plan.evaluate(observations) for key, plan in catalog.plans.items()}
    return {key: card for key, card in cards.items() if any(result.value is not None for result in card)}


def result_cells(result: Result) -> tuple[str, str, str, str]:
    """Value, target, margin and verdict."""
    target, verdict = target_text(result, "ja"), verdict_text(result, "ja")
    dagger = " †" if result.rounding_sensitive else ""
    return _number(result.value) + dagger, plain(target), _number(result.margin), plain(verdict)


def legend(cards: Cards, language: Language) -> str:
    """How to read the results; a dagger is told of where there is one."""
    daggers = any(result.rounding_sensitive for card in cards.values() for result in card)
    return f"{_SIGNS[language]}\n{_DAGGER[language]}" if daggers else _SIGNS[language]


def place(section: str, page: str) -> str:
    """Section and page; pages without a number are not named."""
    return plain(" ".join(part for part in (section, page_text(page)) if part))


def _number(quantity: Quantity | None) -> str:
    return "–" if quantity is None else plain(quantity.text("ja"))

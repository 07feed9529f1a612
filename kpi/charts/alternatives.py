"""Charts in words, for those who do not see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kpi.charts.bars import called_for_text
from kpi.charts.wording import WORDS
from kpi.evaluation.decision import Verdict
from kpi.evaluation.labels import target_text
from kpi.evaluation.result import Result
from kpi.evaluation.wording import WORDS as OUTCOMES
from kpi.problems import Language


def alternative_text(results: Iterable[Result], language: Language = "en") -> str:
    """What `bullet_chart` of the same *results* shows: how many were achieved, and a line for each KPI."""
    words, told = WORDS[language], list(results)
    found = Counter(result.outcome for result in told)
    counts = (f"{OUTCOMES[language][verdict]} {found[verdict]}" for verdict in Verdict if found[verdict])
    first = words["chart"].format(count=len(told), counts=words["list"].join(counts) or "–")
    return "\n".join((first, *(_line(result, language) for result in told)))


def _line(result: Result, language: Language) -> str:
    words = WORDS[language]
    facts = (words["fact"].format(word=word, text=text).strip() for word, text in _facts(result, language) if text)
    return words["one"].format(name=result.title.name(language), facts=words["list"].join(facts))


def _facts(result: Result, language: Language) -> Iterator[tuple[str, str]]:
    words = WORDS[language]
    yield words["value"], "" if result.value is None else result.value.text(language)
    yield words["target"], target_text(result, language)
    yield words["attainment"], "" if result.attainment is None else result.attainment.text(language)
    yield words["called_for"], called_for_text(result, language)
    outcome = OUTCOMES[language][result.outcome]
    if result.provisional:
        outcome = OUTCOMES[language]["provisional"].format(verdict=outcome, as_of=result.as_of)
    yield "", outcome

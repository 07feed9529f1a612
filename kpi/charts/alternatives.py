"""Charts in words, for those who do not see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kpi.charts.bars import called_for_text
from kpi.charts.moments import By, Moment
from kpi.charts.wording import WORDS
from kpi.evaluation.decision import Verdict
from kpi.evaluation.labels import attainment_text, target_text
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
    yield words["attainment"], attainment_text(result, language)
    yield words["called_for"], called_for_text(result, language)
    outcome = OUTCOMES[language][result.outcome]
    if result.provisional:
        outcome = OUTCOMES[language]["provisional"].format(verdict=outcome, as_of=result.as_of)
    yield "", outcome


def course_text(
    moments: Sequence[Moment], last_year: Sequence[Moment] = (), language: Language = "en", *, by: By = "month"
) -> str:
    """What `line_chart` shows of the same moments: a line for each, gaps included."""
    words = WORDS[language]
    first = words[f"course_{by}"].format(count=sum(moment.value is not None for moment in moments))
    told = (*moments, *(moment for moment in last_year if moment.value is not None))
    return "\n".join((first, *(_moment(moment, language, by) for moment in told)))


def _moment(moment: Moment, language: Language, by: By) -> str:
    words = WORDS[language]
    numbers = {"value": moment.value, "published": moment.published}
    texts = {name: number.text(language) for name, number in numbers.items() if number is not None}
    facts = {"value": words["unknown"], **texts, "target": moment.target_text(language)}
    told = [words["fact"].format(word=words[name], text=text) for name, text in facts.items() if text]
    if moment.provisional:
        told.append(words["provisional"])
    return words["one"].format(name=moment.name(by, language), facts=words["list"].join(told))

"""A result as HTML: the formula as a fraction with its numbers put in, and the reasons as a table."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from kpi.evaluation.labels import verdict_text
from kpi.evaluation.wording import WORDS
from kpi.evaluation.writing import Writer
from kpi.formulas.html import formula_html
from kpi.formulas.nodes import Number, names
from kpi.markup import Content, element, facts_table, html
from kpi.problems import Language

if TYPE_CHECKING:
    from kpi.evaluation.result import Result


def result_html(result: Result, language: Language) -> str:
    """The result with its reasons."""
    words = WORDS[language]
    name = result.title.name(language)
    lines = result.why.lines(language)
    rows = ((words[key], _line(result, key, text, language)) for key, text in lines)
    verdict = element("strong", verdict_text(result, language))
    return html(facts_table((name, " ", verdict) if name else (verdict,), rows, language))


def _line(result: Result, key: str, text: str, language: Language) -> tuple[Content, ...]:
    """What stands in the row of *key*: of a formula the fraction, of anything else its *text*."""
    return tuple(_equation(result, language)) if key == "formula" else (text,)


def _equation(result: Result, language: Language) -> Iterator[Content]:
    """The formula, and the same with its numbers put in, where it is the formula that gives the value."""
    write = Writer(language, result.judge, result.rule, result.situation, result.vocabulary)
    formula, check = result.judge.formula, result.check
    yield formula_html(formula, partial(_label, result, language), write.node)
    numbers = result.substitution.value(None, result.substitution.observed_at(check.at if check else ""))
    if not names(numbers) and not isinstance(numbers, Number):
        yield " = "
        yield formula_html(numbers, str, write.node)


def _label(result: Result, language: Language, name: str) -> str:
    return result.vocabulary.label(name, "ja") if result.vocabulary and language == "ja" else name

"""A difference written down: as text for a terminal, as Markdown for a pull request comment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kpi.differences.difference import Change, Difference, VerdictChange
from kpi.differences.wording import WORDS
from kpi.evaluation.labels import verdict_text
from kpi.evaluation.result import Result
from kpi.pages.markdown import blocks, plain, table
from kpi.problems import Language

_IN_CODE: Final = str.maketrans({"`": "'", "|": r"\|"})
"""What would end a key in a cell of a table; GitHub takes the stroke before a bar away."""
_MARKS: Final = {"added": "+", "removed": "-", "renamed": ">", "meaning": "~", "text": "="}


def as_text(difference: Difference, old: str, new: str, language: Language = "en") -> str:
    """The difference of the catalogues called *old* and *new*, a line a change."""
    words = WORDS[language]
    lines = [words["from_to"].format(old=old, new=new)]
    parts = (
        ("verdicts", [f"  {_place(each)}: {words[each.turn or 'value']}: {_turned(each, language)}" for each in difference.verdicts]),
        ("definitions", [_line(each, language) for each in difference.changes if each.counts]),
        ("texts", [_line(each, language) for each in difference.changes if not each.counts]),
    )  # fmt: skip
    for title, told in parts:
        lines += [f"{words[title]}: {len(told)}", *told] if told else []
    return "\n".join((*lines, *_silence(difference, language)))


def as_markdown(difference: Difference, old: str, new: str, language: Language = "en") -> str:
    """The same as a comment: verdicts first, what changed only in text folded away."""
    words = WORDS[language]
    headings = (words["what"], words["change"], words["before"], words["after"])
    verdicts = (
        (_code(_place(each)), words[each.turn or "value"], *(plain(told) for told in _sides(each, language)))
        for each in difference.verdicts
    )
    counting = [each for each in difference.changes if each.counts]
    texts = [each for each in difference.changes if not each.counts]
    parts = [f"### {words['title']}: {plain(words['from_to'].format(old=old, new=new))}"]
    if difference.verdicts:
        parts += [f"**{words['verdicts']}: {len(difference.verdicts)}**", table(headings, verdicts)]
    if counting:
        parts += [f"**{words['definitions']}: {len(counting)}**", table(headings, _rows(counting, language))]
    if texts:
        summary = f"<summary>{words['texts']}: {len(texts)}</summary>"
        parts += [f"<details>{summary}", table(headings, _rows(texts, language)), "</details>"]
    return blocks((*parts, *_silence(difference, language))) + "\n"


def _silence(difference: Difference, language: Language) -> Iterator[str]:
    """Says that there is nothing to say."""
    if not difference.in_meaning:
        yield WORDS[language]["only_text" if difference.changes else "none"]


def _line(change: Change, language: Language) -> str:
    words = WORDS[language]
    return f"{_MARKS[change.how]} {words[change.kind]} {change.key}: {_how(change, language)}"


def _how(change: Change, language: Language) -> str:
    words = WORDS[language]
    if not change.field:
        return words[change.how].format(old=change.old)
    if change.old == change.new:  # a list of as many others
        return change.field
    old, new = (text or words["nothing"] for text in (change.old, change.new))
    return words["changed"].format(field=change.field, old=old, new=new)


def _rows(changes: list[Change], language: Language) -> Iterator[tuple[str, ...]]:
    words = WORDS[language]
    for change in changes:
        what = f"{words[change.kind]} {_code(change.key)}"
        if change.field:
            yield what, change.field, plain(change.old or words["nothing"]), plain(change.new or words["nothing"])
        else:
            yield what, plain(_how(change, language)), "", ""


def _code(key: str) -> str:
    """A key as it is written, whatever it holds."""
    text = " ".join(key.split()).translate(_IN_CODE)
    return f"`{text}`"


def _place(change: VerdictChange) -> str:
    return f"{change.plan}/{change.kpi}"


def _turned(change: VerdictChange, language: Language) -> str:
    return " → ".join(_sides(change, language))


def _sides(change: VerdictChange, language: Language) -> tuple[str, str]:
    words = WORDS[language]
    before, after = (
        words["nothing"] if result is None else _told(result, language) for result in (change.old, change.new)
    )
    return (before, f"{after} ({change.error})" if change.error else after)


def _told(result: Result, language: Language) -> str:
    """The verdict with its margin, or with what is lacking."""
    words, verdict = WORDS[language], verdict_text(result, language)
    if result.margin is not None:
        return words["by"].format(verdict=verdict, margin=result.margin.text(language))
    return words["because"].format(verdict=verdict, why=result.why.summary(language)) if result.reasons else verdict

"""The page of every kind of problem: what it says, why it is one, and the same written wrong and right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from kpi.messages.catalogue import CATALOGUE
from kpi.messages.formulas import FORMULAS
from kpi.messages.guide import GUIDE, Host, snippets
from kpi.messages.observations import OBSERVATIONS
from kpi.messages.records import RECORDS
from kpi.messages.severities import severity_of
from kpi.messages.yaml import YAML
from kpi.pages.examples import wrong_problems
from kpi.pages.markdown import blocks, code, heading, plain, table

_ROOMS: Final[tuple[tuple[str, str, Mapping[str, Mapping[str, str]]], ...]] = (
    ("formulas", "In a formula or rule", FORMULAS),
    ("records", "In what is counted from records", RECORDS),
    ("catalogue", "In a catalogue", CATALOGUE),
    ("yaml", "In its YAML", YAML),
    ("observations", "In a table of observations", OBSERVATIONS),
)
_WRITTEN_IN: Final[dict[Host, str]] = {"slip": "yaml", "file": "yaml", "formula": "kpi", "table": "csv"}
_INTRODUCTION: Final = """A problem is told as `file:line:column: message`, with the line of the source and a caret below.
A code never changes its meaning, nor its severity; `kpi check --select`, `--ignore` and every form but the text give it.

An *error* can lead to a wrong or missing verdict. A *warning* cannot; `kpi check` tells of it,
and fails for it with `--strict`. [Use from CI](ci.md) has its forms and options.

In the messages below, what stands in braces is the particular of one problem.
Each example is run when this page is written: the wrong text has this problem and no other, the right one has none."""


def problems_page() -> str:
    """Every code with its severity, message, meaning and examples, room by room."""
    overview = (part for anchor, title, messages in _ROOMS for part in _overview(anchor, title, messages))
    sections = (_section(key) for _, _, messages in _ROOMS for key in messages)
    examples = heading(2, "examples", "One by one")
    return blocks(("# Problems", _INTRODUCTION, *overview, examples, *sections)) + "\n"


def _overview(anchor: str, title: str, messages: Mapping[str, Mapping[str, str]]) -> tuple[str, str]:
    rows = (
        (f"[{code(key)}](#{key})", severity_of(key), plain(texts["en"]), plain(texts["ja"]))
        for key, texts in messages.items()
    )
    return heading(2, anchor, title), table(("code", "severity", "message", "日本語"), rows)


def _section(key: str) -> str:
    return blocks((heading(3, key, key), *_told(key)))


def _told(key: str) -> Iterator[str]:
    """The meaning of a code, and what its wrong and its right example say."""
    advice = GUIDE[key]
    wrong, right = (f"```{_WRITTEN_IN[advice.host]}\n{text}\n```" for text in snippets(advice))
    yield f"{severity_of(key).capitalize()}. {advice.meaning}"
    yield f"Wrong:\n\n{wrong}"
    said = (problem.message_in(language) for problem in wrong_problems(advice) for language in ("en", "ja"))
    yield "\\\n".join(f"> {plain(message)}" for message in said)
    yield f"Right:\n\n{right}"

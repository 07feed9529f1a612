"""Which problems a check looks at: those whose codes were selected, and not ignored."""

from __future__ import annotations

from collections.abc import Iterable

from kpi.errors import UnknownNameError
from kpi.messages import MESSAGES
from kpi.problems import Problem, nearest


def chosen(problems: Iterable[Problem], select: Iterable[str], ignore: Iterable[str]) -> list[Problem]:
    """The *problems* that were selected, or all where nothing was, without those that are ignored.

    Both are texts of codes divided by commas: a whole code, or the words that several begin with (`unknown`).

    Raises:
        UnknownNameError: no code is called so or begins so; the message names the nearest.
    """
    wanted, unwanted = _codes(select), _codes(ignore)
    return [problem for problem in problems if problem.code not in unwanted and (not wanted or problem.code in wanted)]


def _codes(texts: Iterable[str]) -> frozenset[str]:
    words = [word.strip() for text in texts for word in text.split(",")]
    return frozenset(code for word in words for code in _meant(word))


def _meant(word: str) -> tuple[str, ...]:
    if word in MESSAGES:
        return (word,)
    beginning = f"{word.removesuffix('-')}-"
    codes = tuple(code for code in MESSAGES if code.startswith(beginning))
    if not codes:
        raise UnknownNameError.of("code", word, nearest(word, MESSAGES))
    return codes

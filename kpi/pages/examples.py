"""The examples of the guide, executed: what is really said of the wrong text and of the right one."""

from __future__ import annotations

from functools import cache

from kpi.catalogue import Catalog, check_bytes
from kpi.definitions.reading import parse
from kpi.errors import FormulaError
from kpi.messages.guide import Advice, Host, sound_catalogue
from kpi.observations.reading import read_observations
from kpi.problems import Problem


def wrong_problems(advice: Advice) -> tuple[Problem, ...]:
    """What is said of the wrong example."""
    return _problems(whole(advice, advice.wrong), advice.host)


def right_problems(advice: Advice) -> tuple[Problem, ...]:
    """What is said of the right example, which is nothing."""
    return _problems(whole(advice, advice.right), advice.host)


def whole(advice: Advice, example: str) -> str:
    """The text in which the wrong or the right *example* is read: of a slip the catalogue around it."""
    return sound_catalogue().replace(advice.right, example) if advice.host == "slip" else example


@cache
def _problems(text: str, host: Host) -> tuple[Problem, ...]:
    if host == "table":
        _, problems = read_observations(text.encode(errors="surrogateescape"), "data.csv", _sound().known)
        return tuple(problems)
    if host == "formula":
        try:
            parse(text, vocabulary=_sound().vocabulary)
        except FormulaError as error:
            return error.problems
        return ()
    return tuple(check_bytes(text.encode("utf-8", "surrogateescape"), "catalog.yaml")[1])


@cache
def _sound() -> Catalog:
    return check_bytes(sound_catalogue().encode(), "catalog.yaml")[0]

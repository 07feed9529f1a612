"""What problems say."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from kpi.messages import MESSAGES

JAPANESE = re.compile("[ぁ-ゟ゠-ヿ一-鿿]")


def facts(text: str) -> set[str]:
    """The facts that a message is filled with."""
    return {name.removesuffix("_ja") for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", MESSAGES)
def test_each_message_is_told_in_both_languages(code: str) -> None:
    """Each message exists in English and in Japanese."""
    assert set(MESSAGES[code]) == {"en", "ja"}
    assert JAPANESE.search(MESSAGES[code]["ja"])


@pytest.mark.parametrize("code", MESSAGES)
def test_each_message_is_one_line_without_a_full_stop(code: str) -> None:
    """A message is one line, to which the nearest words may be added."""
    assert all("\n" not in text and not text.endswith((".", "。")) for text in MESSAGES[code].values())


@pytest.mark.parametrize("code", MESSAGES)
def test_languages_tell_no_unknown_facts(code: str) -> None:
    """Japanese tells no fact that English does not have."""
    assert facts(MESSAGES[code]["ja"]) <= facts(MESSAGES[code]["en"])


@pytest.mark.parametrize("code", MESSAGES)
def test_codes_are_words_and_hyphens(code: str) -> None:
    """A code can be typed on a command line."""
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", code)

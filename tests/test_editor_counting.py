"""What is counted at a place of a formula, finished or not."""

from __future__ import annotations

import pytest
from records import SOUND_RECORDS

from kpi.editor.counting import counted, is_counting, name_of, parts, within
from kpi.editor.outline import Outline
from kpi.formulas.parser import read_words

OUTLINE = Outline.of(SOUND_RECORDS)
CLAIMS = OUTLINE.items["tables"]["claims"]


def marked(text):
    """The words of a text, and the offset that ‸ marks in it."""
    return [*read_words(text.replace("‸", ""))], text.index("‸")


@pytest.mark.parametrize(
    "text",
    [
        "count(claims where ‸",
        "count(claims where paid is known and ‸",
        "count(claims where days(received, ‸",
        "count(claims where (after_loss or ‸",
        "count(claims where ‸) / a",
        "a / count(claims wh‸",
        "a / sum(am‸ of claims)",
        "sum(‸ of 給付申請)",
        "件数(給付申請のうち ‸",
        "件数(「給付申請」のうち ‸",
        "max(count(claims where ‸), a)",
        "max(a, count(claims where ‸",
        "max(amount of claims where ‸",
    ],
)
def test_table(text):
    """Within the brackets of an aggregate the table is known by any of its names, however far it is written."""
    words, offset = marked(text)
    assert counted(OUTLINE, words, offset).key.text == "claims"
    assert is_counting(words, offset)


@pytest.mark.parametrize("text", ["count(‸", "count(claim ‸", "sum(amount ‸", "max(a, ‸", "count(‸)"])
def test_table_is_not_written_yet(text):
    """Where no table is named, it is not known, but something is counted."""
    words, offset = marked(text)
    assert counted(OUTLINE, words, offset) is None
    assert is_counting(words, offset)


@pytest.mark.parametrize(
    "text", ["‸count(claims)", "count‸(claims)", "count(claims) / ‸a", "‸", "(a + ‸b)", "a) ‸", "days(‸a, b)"]
)
def test_nothing_is_counted(text):
    """Outside of the brackets of an aggregate nothing is counted."""
    words, offset = marked(text)
    assert counted(OUTLINE, words, offset) is None
    assert not is_counting(words, offset)


@pytest.mark.parametrize(
    ("name", "section", "key"),
    [
        ("paid", "columns", "paid"),
        ("支払日", "columns", "paid"),
        ("評価対象", "conditions", "countable"),
        ("cost", "", ""),
    ],
)
def test_within(name, section, key):
    """A column or condition is found by each of its names."""
    found = within(CLAIMS, name)
    assert (found.section, found.key.text) == (section, key) if key else found is None


def test_parts():
    """Columns come before conditions."""
    assert [item.key.text for item in parts(CLAIMS)][-3:] == ["voluntary", "exempt", "countable"]


def test_name_of():
    """Quotes are no part of a name."""
    assert [name_of(word) for word in read_words("a / 「 b c 」")] == ["a", "/", "b c"]

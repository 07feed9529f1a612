"""Problems: one line of one shape, the source line, and a caret."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.errors import UnknownNameError
from kpi.problems import Problem, decode, in_order, look_up, nearest
from kpi.source import Source, Span


def unknown(text: str, start: int, end: int, *suggestions: str) -> Problem:
    """An unknown variable at a stretch of *text*."""
    return Problem("unknown-variable", Source(text), Span(start, end), {"name": text[start:end]}, suggestions)


def columns(text: str) -> int:
    """Columns that a terminal takes for *text*."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


# ── the line ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_problem_is_one_line() -> None:
    """A problem says file, line, column and message, and the nearest known word."""
    assert str(unknown("a +\nbirtsh", 4, 10, "births")) == (
        "<formula>:2:1: unknown variable 'birtsh'; did you mean 'births'?"
    )


def test_problem_names_several_words() -> None:
    """All the nearest words are named."""
    assert unknown("ab", 0, 2, "abc", "abd").message.endswith("did you mean 'abc' or 'abd'?")


def test_problem_speaks_japanese() -> None:
    """The same problem is told in Japanese."""
    assert unknown("ab", 0, 2, "abc", "abd").line_in("ja") == (
        "<formula>:1:1: 変数「ab」は定義されていません。もしかして 「abc」、「abd」"
    )


def test_problem_in_a_file_names_its_place_there() -> None:
    """A problem of an embedded text has the file's name, line and column."""
    host = Source("rules:\n  - >= x\n", "catalog.yaml")
    problem = Problem(
        "unknown-variable",
        Source(">= x", host=host, host_span=Span(11, 15), line_offsets=(11,)),
        Span(3, 4),
        {"name": "x"},
    )
    assert (problem.file, problem.line, problem.column) == ("catalog.yaml", 2, 8)
    assert problem.render().splitlines()[1:] == ["    2 |   - >= x", "      |        ^"]


def test_warning_is_marked() -> None:
    """A warning says so in either language; an error needs no mark."""
    unused = Problem("unused-variable", Source("a"), Span(0, 1), {"name": "a"})
    assert (unused.severity, unknown("a", 0, 1).severity) == ("warning", "error")
    assert unused.line_in("en").startswith("<formula>:1:1: warning: no formula")
    assert unused.line_in("ja").startswith("<formula>:1:1: 警告: 変数「a」")
    assert not unused.message.startswith("warning")


@pytest.mark.parametrize(
    ("text", "start", "end", "place"),
    [
        pytest.param("a + xyz", 4, 7, (1, 8), id="behind the last character"),
        pytest.param("a +", 3, 4, (1, 4), id="where the text ended"),
        pytest.param("ab\ncd\n\n", 0, 7, (2, 3), id="without blank lines behind"),
        pytest.param("率 x", 0, 2, (1, 2), id="without blanks behind"),
    ],
)
def test_problem_has_an_end(text: str, start: int, end: int, place: tuple[int, int]) -> None:
    """A stretch ends just behind its last character that is no blank."""
    found = unknown(text, start, end).end
    assert (found.line, found.column) == place


# ── the excerpt ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_caret_stands_under_what_was_found() -> None:
    """The caret marks the whole stretch."""
    assert unknown("a + xyz", 4, 7).render().splitlines()[1:] == ["    1 | a + xyz", "      |     ^^^"]


def test_caret_stands_behind_the_end() -> None:
    """What is missing at the end is marked behind the last character."""
    assert unknown("a +", 3, 4).render().splitlines()[2] == "      |    ^"


def test_caret_under_full_width_text() -> None:
    """A full-width character and a full-width space take two columns each."""
    lines = unknown("受診　＋　率", 5, 6).render().splitlines()
    assert lines[1:] == ["    1 | 受診　＋　率", "      |           ^^"]


def test_combining_marks_take_no_column() -> None:
    """A mark that sits on the character before it does not move the caret."""
    assert unknown("e\u0301 + x", 5, 6).render().splitlines()[2] == "      |     ^"


def test_tab_takes_one_column() -> None:
    """A tab is shown as one space, so the caret stays in place."""
    assert unknown("\tx", 1, 2).render().splitlines()[1:] == ["    1 |  x", "      |  ^"]


def test_control_characters_are_not_printed() -> None:
    """A character that would move the cursor or change colours is shown as a mark."""
    assert "\x1b" not in unknown("\x1b[31m x", 6, 7).render()


def test_message_is_one_line() -> None:
    """A name with a line end or another control character in it does not break the message."""
    assert (
        unknown("「a\rb\x1b」", 1, 5).message
        == "unknown variable 'a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}'"
    )


def test_stretch_over_several_lines_is_marked_on_the_first() -> None:
    """Only the first line of a stretch is shown."""
    problem = Problem("division-by-zero", Source("a + b\n+ c"), Span(4, 9))
    assert problem.render().splitlines()[1:] == ["    1 | a + b", "      |     ^"]


def test_long_line_is_cut_around_the_caret() -> None:
    """Of a long line a hundred characters around the caret are shown."""
    lines = unknown("a" * 300 + "xyz" + "b" * 300, 300, 303).render().splitlines()
    assert lines[1] == "    1 | " + "a" * 50 + "xyz" + "b" * 47
    assert lines[2] == "      | " + " " * 50 + "^^^"


def test_folded_text_is_shown_besides_its_place() -> None:
    """Where a place in the file is not exact, the text itself is shown with a caret of its own."""
    host = Source('rule: ">= \\x"', "catalog.yaml")
    source = Source(">= x", host=host, host_span=Span(6, 7))
    lines = Problem("unknown-variable", source, Span(3, 4), {"name": "x"}).render().splitlines()
    assert lines == [
        "catalog.yaml:1:7: unknown variable 'x'",
        '    1 | rule: ">= \\x"',
        "      |       ^",
        "    1 | >= x",
        "      |    ^",
    ]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["M", "C"]), min_size=1, max_size=60), st.data())
def test_caret_is_as_far_in_as_what_it_marks(text: str, data: st.DataObject) -> None:
    """Whatever the text, the caret begins under the first character of the stretch."""
    start = data.draw(st.integers(0, len(text) - 1))
    _, _, caret = Problem("division-by-zero", Source(text), Span(start, start + 1)).render().split("\n")
    before = caret.removeprefix("      | ").partition("^")[0]
    assert len(before) == columns(text[:start])


# ── the text of a file ───────────────────────────────────────────────────────────────────────────────────────────────


def test_file_is_read_as_utf8() -> None:
    """A file in UTF-8 is its text, with or without a byte order mark."""
    assert decode("率".encode(), "a.csv") == decode("率".encode("utf-8-sig"), "a.csv") == (Source("率", "a.csv"), [])


def test_file_in_another_encoding() -> None:
    """The first character that is no UTF-8 is told with its line and column."""
    _, (problem,) = decode("率\n\u7387".encode() + "率".encode("shift_jis"), "a.csv")
    assert str(problem).startswith("a.csv:2:2: ")


# ── near words, order ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("word", "found"),
    [
        pytest.param("brths", ("births",), id="letter missing"),
        pytest.param("BIRTHS", ("births",), id="other case"),
        pytest.param("出生", ("出生数",), id="japanese"),
        pytest.param("zzz", (), id="unlike any"),
    ],
)
def test_nearest_known_words(word: str, found: tuple[str, ...]) -> None:
    """A word is compared with the known ones without regard to case."""
    assert nearest(word, ["deaths", "births", "出生数"]) == found


def test_nearest_gives_at_most_three() -> None:
    """No more than three words are offered, the best first."""
    assert nearest("abcd", ["abcx", "abcd1", "abcy", "abcz"])[0] == "abcd1"
    assert len(nearest("abcd", ["abcx", "abcd1", "abcy", "abcz"])) == 3


def test_problems_are_told_in_the_order_of_the_text() -> None:
    """Problems are sorted by line and column as numbers."""
    text = "a\n" * 11
    found = [unknown(text, start, start + 1) for start in (20, 2, 0)]
    assert [problem.line for problem in in_order(found)] == [1, 2, 11]


def test_look_up():
    """What is known is found by its name; an unknown name is answered with the nearest, and where it was looked for."""
    assert look_up({"share": 1}, "share", "KPI") == 1
    with pytest.raises(UnknownNameError, match=r"^unknown KPI 'shore' in plan iwate-r3; did you mean 'share'\?$"):
        look_up({"share": 1}, "shore", "KPI", "plan iwate-r3")

"""Reading YAML: what is written, where it stands, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi import yaml_reader
from kpi.messages import MESSAGES
from kpi.messages.yaml import YAML
from kpi.problems import Problem
from kpi.source import Span
from kpi.yaml_nodes import ListNode, MappingNode, Node, ScalarNode
from kpi.yaml_reader import read_yaml

LOADERS = sorted({getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader}, key=lambda loader: loader.__name__)


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__, autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every behaviour holds with the fast loader and with the one that is always there."""
    monkeypatch.setattr(yaml_reader, "_LOADER", request.param)


def tree(text: str) -> Node:
    """The tree of a *text* without problems."""
    root, _, problems = read_yaml(text, "catalog.yaml")
    assert not problems, "\n".join(map(str, problems))
    assert root is not None
    return root


def problems(text: str) -> list[Problem]:
    """The problems of *text*, each of which can be shown in both languages."""
    _, _, found = read_yaml(text, "catalog.yaml")
    assert all(problem.render("en") and problem.render("ja") for problem in found)
    assert all("\n" not in problem.message for problem in found)
    return found


def places(text: str) -> list[tuple[str, int, int]]:
    """The code, line and column of each problem of *text*."""
    return [(problem.code, problem.line, problem.column) for problem in problems(text)]


def scalars(node: Node) -> Iterator[ScalarNode]:
    """The scalars of a tree, keys included, in the order of the text."""
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from scalars(item)
    else:
        for key, value in node.entries:
            yield from (key, *scalars(value))


def value(text: str) -> ScalarNode:
    """The scalar under the only key of *text*."""
    root = tree(text)
    assert isinstance(root, MappingNode)
    ((_, node),) = root.entries
    assert isinstance(node, ScalarNode)
    return node


def slices(text: str) -> list[str]:
    """What stands in *text* at the span of each of its scalars."""
    return [text[node.span.start : node.span.end] for node in scalars(tree(text))]


def host_lines(text: str) -> list[str] | None:
    """What stands in *text* where the only value maps its lines to, or None where it has no exact places."""
    node = value(text)
    if not node.source.is_exact:
        return None
    lines = node.text.split("\n")
    starts = node.source.line_offsets
    return [text[start : start + len(line)] for start, line in zip(starts, lines, strict=True)]


class TestTree:
    def test_keeps_what_is_written(self) -> None:
        """Lists, mappings and scalars come back in the order of the text, and values as they are written."""
        root = tree("plan: Sukoyaka\nkpis:\n- births: 012\n- [1.50, 'no']\n")
        assert isinstance(root, MappingNode)
        assert [key.text for key, _ in root.entries] == ["plan", "kpis"]
        assert [node.text for node in scalars(root)] == ["plan", "Sukoyaka", "kpis", "births", "012", "1.50", "no"]

    def test_get_finds_a_key(self) -> None:
        """A mapping gives the value of a key, and None for a key it does not have."""
        root = tree("a: 1\nb: [2]\n")
        assert isinstance(root, MappingNode)
        assert isinstance(root.get("b"), ListNode)
        assert root.get("c") is None

    def test_equal_text_is_equal(self) -> None:
        """Two texts that say the same have equal trees, wherever the values stand."""
        assert tree("a: [1, 2]") == tree("a:\n  - 1\n  - 2\n")

    @pytest.mark.parametrize("text", ["", "# nothing\n", "\ufeff", "---\n"])
    def test_empty_text_is_an_empty_value(self, text: str) -> None:
        """A text without any value is one empty value."""
        root = tree(text)
        assert isinstance(root, ScalarNode)
        assert (root.text, root.kind) == ("", "null")

    def test_alias_repeats_a_value(self) -> None:
        """An alias stands for the value it names, which keeps the place where it is written."""
        root = tree("a: &x {b: 1}\nc: *x\n")
        assert isinstance(root, MappingNode)
        assert root.get("c") is root.get("a")

    def test_anchor_can_be_given_again(self) -> None:
        """An alias names the last value before it with that anchor."""
        assert [node.text for node in scalars(tree("[&x 1a, *x, &x 2a, *x]"))] == ["1a", "1a", "2a", "2a"]


class TestKind:
    @pytest.mark.parametrize(
        ("kind", "written"),
        [
            ("text", ["births", "a / b", "'1'", '"no"', "|\n  1", ">-\n  no", "! 5", "１２", "y", "<<", "=", "1.2.3"]),
            ("integer", ["0", "-0", "7", "-12", "1" * 5000]),
            ("decimal", ["0.5", "-0.50", "12.0"]),
            ("other", ["012", "08", "0x1f", "0b1", "1_000", "+1", ".5", "5.", "1:30", "1.e3", "1e3"]),
            ("other", ["-1E+3", "1.5e-3", ".inf", "-.Inf", ".nan", "1.5e+3", "1_0.5"]),
            ("boolean", ["yes", "No", "true", "OFF"]),
            ("null", ["~", "null", "", "Null"]),
            ("date", ["2021-04-01", "2021-04-01 10:00:00"]),
        ],
    )
    def test_kind_is_what_yaml_takes_it_for(self, kind: str, written: list[str]) -> None:
        """Only plainly written numbers are numbers, and whatever YAML would turn into something else is told apart."""
        assert {text: value(f"key: {text}\n").kind for text in written} == dict.fromkeys(written, kind)

    def test_quotes_are_known(self) -> None:
        """A value in quotes or in a block is marked as such."""
        assert [node.quoted for node in scalars(tree("- a\n- 'a'\n- \"a\"\n- |\n  a\n- >\n  a\n"))] == [
            False, True, True, True, True,
        ]  # fmt: skip


class TestPlaces:
    @pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
    @pytest.mark.parametrize("mark", ["", "\ufeff", "\ufeff\ufeff"], ids=["plain", "BOM", "two BOMs"])
    def test_scalars_stand_where_their_spans_are(self, end: str, mark: str) -> None:
        """Spans are characters of the given text, whatever its characters, line ends and byte order mark."""
        lines = [
            "指標😀: 出生数😀 # 注釈",
            "𠮷: '値 😀'",
            'a: [ "é" , 😀, {日: 本}]',
            "b:",
            "  - 全数",
            "c: &x",
            "d: ''",
        ]
        text = mark + end.join(lines) + end
        expected = ["指標😀", "出生数😀", "𠮷", "'値 😀'", "a", '"é"', "😀", "日", "本", "b", "全数"]
        expected += ["c", "", "d", "''"]
        assert slices(text) == expected

    def test_anchor_and_tag_are_not_the_value(self) -> None:
        """The span of a value begins behind its anchor and its non-specific tag."""
        text = "a: &x 1\nb: ! &y\n  # why\n  'q'\nc: &z [ 2 ]\nd: &v\n  e: 3\nf: &w\n- 4\n"
        assert slices(text) == ["a", "1", "b", "'q'", "c", "2", "d", "e", "3", "f", "4"]
        root = tree(text)
        assert isinstance(root, MappingNode)
        spans = [root.get(key).span for key in "cdf"]  # type: ignore[union-attr]
        assert [text[span.start : span.end] for span in spans] == ["[ 2 ]", "e: 3", "- 4"]

    def test_collections_end_with_their_last_value(self) -> None:
        """The span of a list or mapping ends where its last value ends."""
        text = "a:\n  b: 1\n  c: [2,\n 3 ]\n\n# more\nd: 4\n"
        root = tree(text)
        assert isinstance(root, MappingNode)
        inner = root.get("a")
        assert inner is not None
        assert text[inner.span.start : inner.span.end] == "b: 1\n  c: [2,\n 3 ]"
        assert root.span == Span(0, text.rindex("4") + 1)

    def test_empty_value_stands_behind_the_colon(self) -> None:
        """The place of an empty value is right behind the colon of its key."""
        node = value("a:   # nothing\n")
        assert (node.span, node.kind, node.text) == (Span(2, 2), "null", "")

    def test_block_ends_with_its_text(self) -> None:
        """The span of a block ends with its last line that is not blank."""
        text = "a: |+\n  x\n  y\n\n\n"
        node = value(text)
        assert text[node.span.start : node.span.end] == "|+\n  x\n  y"


class TestEmbedding:
    @pytest.mark.parametrize(
        ("text", "lines"),
        [
            ("k: births / women", ["births / women"]),
            ("k: 'births \"x\" / 😀'", ['births "x" / 😀']),
            ('k: "births / 女性"', ["births / 女性"]),
            ("k: &x  births", ["births"]),
            ("k:\n    births", ["births"]),
            ("k: |\n  births\n    / women\n", ["births", "  / women", ""]),
            ("k: |-  # why\r\n   出生数😀\r\n\r\n   / b\r\n", ["出生数😀", "", "/ b"]),
            ("k: |2-\n    births", ["  births"]),
            ("k: |\n\n  births", ["", "births"]),
            ("k: |+\n  a\n\n \n", ["a", "", "", ""]),
            ("k: |\n", [""]),
            ("k: >-\n  a on one line\n", ["a on one line"]),
        ],
    )
    def test_unchanged_text_has_exact_places(self, text: str, lines: list[str]) -> None:
        """A value that stands unchanged in the file maps each of its lines to the place where it begins."""
        assert host_lines(text) == lines

    @pytest.mark.parametrize(
        "text",
        [
            "k: a\n  b",
            "k: 'it''s'",
            r'k: "a\tb"',
            'k: "a\n  b"',
            "k: >\n  a\n  b\n",
            ">-\n  a\n\n  b",
            "k: |\n  a\r  b\n",
            "k: a\u2028\n  b",
        ],
    )
    def test_changed_text_has_the_place_of_its_scalar(self, text: str) -> None:
        """A value that was folded, unescaped or given other line ends stands as a whole where its scalar stands."""
        *_, node = scalars(tree(text))
        assert node.source.line_offsets == ()
        assert node.source.outermost(Span(1, 2)) == (node.source.host, node.span)

    def test_problem_inside_a_block_points_into_the_file(self) -> None:
        """A place within a value is shown as a place of the file."""
        node = value("ｋｐｉ: |\n  births\n   / wmen\n")
        problem = Problem("unknown-variable", node.source, Span(10, 14), {"name": "wmen"})
        assert str(problem) == "catalog.yaml:3:6: unknown variable 'wmen'"
        assert problem.render().splitlines()[1:] == ["    3 |    / wmen", "      |      ^^^^"]


class TestProblems:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a: [1,\nb: ]x", [("yaml-syntax", 2, 5)]),
            ("a:\n\tb: 1", [("yaml-syntax", 2, 1)]),
            ("\ufeffa: b: c", [("yaml-syntax", 1, 6)]),
            ("a: 'open", [("yaml-syntax", 1, 4)]),
            ("%YAML 3.0\n--- a", [("yaml-syntax", 1, 1)]),
            ("a: 1\nb: 2\n'a': 3\na: 4", [("duplicate-key", 3, 1), ("duplicate-key", 4, 1)]),
            ("no: 1\n2021: 2\n? \n: 3", [("key-not-text", 1, 1), ("key-not-text", 2, 1), ("key-not-text", 3, 2)]),
            ("~: 1\n'~': 2", [("key-not-text", 1, 1), ("duplicate-key", 2, 1)]),
            ("? [a]\n: 1\n? {b: 1}\n: 2", [("key-not-text", 1, 3), ("key-not-text", 3, 3)]),
            ("a: &x b\nc:\n  <<: *x\n  '<<': 2\n  d: <<", [("merge-key", 3, 3)]),
            ("a: !!python/object:os.system {b: 1}\nc: &x !!str 5", [("yaml-tag", 1, 4), ("yaml-tag", 2, 7)]),
            ("%TAG ! tag:x,2000:\n---\n!y [1]", [("yaml-tag", 3, 1)]),
            ("--- a\n--- b\n--- ]", [("several-documents", 2, 1)]),
            ("a: *x", [("unknown-alias", 1, 4)]),
            ("&a [1, *a]", [("unknown-alias", 1, 8)]),
            ("- &a 1\n- &a [*a]", [("unknown-alias", 2, 7)]),
            ("&x a: 1\nb: 2\n*x : 3", [("duplicate-key", 3, 1)]),
            ("a: 1\r\nb: \x00\r\n", [("not-text", 2, 4)]),
            ("a: \ud800", [("not-text", 1, 4)]),
            ("\ufeffa: 1\n\ufeffb: 1\n", [("not-text", 2, 1)]),
        ],
    )
    def test_each_problem_has_its_place(self, text: str, expected: list[tuple[str, int, int]]) -> None:
        """Every problem is reported once, where what is wrong begins."""
        assert places(text) == expected

    def test_several_problems_are_all_reported(self) -> None:
        """A text that is no YAML still has every problem of what was read before and behind."""
        text = "no: 1\na: !x 1\na: [{b: 1, b: 2},\nc: {d: 1, d: 2}\n"
        assert [code for code, _, _ in places(text)] == [
            "key-not-text", "yaml-tag", "duplicate-key", "yaml-syntax", "duplicate-key",
        ]  # fmt: skip

    def test_keys_with_problems_stay(self) -> None:
        """A key that is no text stays in the tree, unless it is a list, a mapping or a merge key."""
        root, _, _ = read_yaml("no: 1\n? [a]\n: 2\n<<: 3\nno: 4", "catalog.yaml")
        assert isinstance(root, MappingNode)
        assert [(key.text, key.kind) for key, _ in root.entries] == [("no", "boolean")] * 2

    def test_first_document_is_the_tree(self) -> None:
        """Of several documents the first one is read."""
        root, _, _ = read_yaml("--- a\n--- b\n", "catalog.yaml")
        assert isinstance(root, ScalarNode)
        assert root.text == "a"

    def test_messages_say_what_to_write(self) -> None:
        """A message says what was found and what to write instead, in the shape of every problem."""
        assert [str(problem) for problem in problems("2021: a\nb: 1\nb: !!int 2\n")] == [
            "catalog.yaml:1:1: found '2021' as a key, which YAML does not read as text; expected a name, in quotes: \"2021\"",
            "catalog.yaml:3:1: found the key 'b' again; expected it once, and line 2 has it already",
            "catalog.yaml:3:4: found the tag '!!int'; expected a value without a tag, in quotes where it is text",
        ]

    def test_messages_stay_on_one_line(self) -> None:
        """What a message quotes is cut and shows no character that would move the cursor."""
        (problem,) = problems('"a\\n' + "x" * 1000 + '": 1\n"a\\n' + "x" * 1000 + '": 2\n')
        assert len(problem.message) < 200

    @pytest.mark.parametrize(
        "written", [r'"\U7FFFFFFF"', r'"\UD8000000"', r'"\ud83d"', "%YAML " + "9" * 5000 + ".1\n--- a"]
    )
    def test_escapes_of_no_character_are_problems(self, written: str) -> None:
        """An escape or number that is out of every range is a problem like any other."""
        assert [problem.code for problem in problems(written)] == ["yaml-syntax"]

    def test_every_message_is_in_both_languages(self) -> None:
        """Every kind of problem of this reader can be told in English and in Japanese."""
        assert all(set(texts) == {"en", "ja"} for texts in YAML.values())
        assert MESSAGES.items() >= YAML.items()


class TestBounds:
    def test_depth_is_bounded(self) -> None:
        """Twenty levels of lists are read, the twenty-first is a problem where it begins."""
        assert isinstance(tree("[" * 20 + "]" * 20), ListNode)
        assert places("[" * 21 + "]" * 21) == [("too-deep-yaml", 1, 21)]

    @pytest.mark.parametrize("unit", ["[", "- ", "{a: ", "? ", "[[],", "{? "])
    def test_bottomless_text_is_a_problem(self, unit: str) -> None:
        """A text that nests a hundred thousand levels is answered with a problem, at once."""
        assert [problem.code for problem in problems(unit * 100_000)] == ["too-deep-yaml"]

    def test_aliases_do_not_hide_depth(self) -> None:
        """Levels are counted with every alias followed."""
        text = "".join(f"a{i}: &x{i} [{f'*x{i - 1}' if i else ''}]\n" for i in range(30))
        assert places(text) == [("too-deep-yaml", 20, 12)]

    def test_aliases_are_bounded(self) -> None:
        """A hundred aliases are read, one more is a problem."""
        assert isinstance(tree("- &x a\n" + "- *x\n" * 100), ListNode)
        assert places("- &x a\n" + "- *x\n" * 101) == [("too-many-aliases", 102, 3)]

    def test_alias_bomb_is_a_problem(self) -> None:
        """A few lines that stand for more than a million values are a problem where the million is passed."""
        text = "- &a0 x\n" + "".join(f"- &a{i + 1} [{', '.join([f'*a{i}'] * 10)}]\n" for i in range(9))
        assert [problem.code for problem in problems(text)] == ["too-many-nodes"]

    def test_repeated_values_are_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Aliases that stand for more values than the bound are a problem; values that are written are as many as may be."""
        monkeypatch.setattr(yaml_reader, "MAX_REPEATED", 3)
        assert isinstance(tree("[&x [a, b], *x, c, d]"), ListNode)
        assert places("[&x [a, b], *x, *x]") == [("too-many-nodes", 1, 17)]


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x85\u2028\u2029"))  # PyYAML writes these as spaces
NESTED = st.recursive(TEXT, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=20)
YAML_LIKE = st.lists(
    st.sampled_from([*"[]{}:,-?|>'\"&*!%#@`~\\ \t\n\r\x85\u2028\ufeff\x000aé出😀", "\r\n", "\n  ", ": ", "- ", "---\n"])
    | st.sampled_from(["&a ", "*a", "<<: ", "!!int ", "|2-\n", "...", "1e3", "\\U", "a: b\n"])
).map("".join)
QUICK = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def texts(data: object) -> Iterator[str]:
    """The texts in *data*, keys included, in order."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for item in data:
            yield from texts(item)
    elif isinstance(data, dict):
        for key, item in data.items():
            yield from (key, *texts(item))


class TestProperties:
    @QUICK
    @given(st.text() | YAML_LIKE | st.binary().map(lambda data: data.decode("latin-1")))
    def test_any_text_is_answered(self, text: str) -> None:
        """Whatever the text, there is a tree or a problem, every place lies in the text, and exact places are exact."""
        root, file, found = read_yaml(text, "any.yaml")
        assert file.text == text
        assert (root is not None) or found
        assert all(0 <= problem.span.start <= problem.span.end <= len(text) for problem in found)
        assert all(problem.render("ja") for problem in found)
        for node in scalars(root) if root else ():
            lines = node.text.split("\n")
            assert 0 <= node.span.start <= node.span.end <= len(text)
            assert len(node.source.line_offsets) in (0, len(lines))
            assert all(text.startswith(line, at) for at, line in zip(node.source.line_offsets, lines, strict=False))

    @QUICK
    @given(NESTED, st.sampled_from([None, "'", '"', "|", ">"]), st.sampled_from(["\n", "\r\n"]), st.data())
    def test_dumped_data_reads_back(self, data: object, style: str | None, end: str, draw: st.DataObject) -> None:
        """What a YAML library writes is read back text for text, in every style of writing it."""
        dumped = yaml.safe_dump(
            data, default_style=style, allow_unicode=draw.draw(st.booleans()), sort_keys=False, line_break=end
        )
        root, _, found = read_yaml(dumped, "any.yaml")
        assert {problem.code for problem in found} <= {"key-not-text"}  # a plain 08, which only looks like a number
        assert root is not None
        assert [node.text for node in scalars(root)] == list(texts(data))

"""Reading the fields of a mapping strictly."""

from __future__ import annotations

import pytest

from kpi.catalogue.fields import Fields, Problems, Section, shown
from kpi.yaml_reader import read_yaml


def fields(text):
    """The fields of a YAML mapping."""
    root, file, problems = read_yaml(text, "catalog.yaml")
    return Fields(Problems(file, problems), "entry", root)


def messages(found):
    return [problem.message for problem in found.problems.found]


class TestText:
    @pytest.mark.parametrize(
        "text", ["plain", '"no"', "'012'", '"1e3"', '"2021-04-01"', "|\n  block", "R3", "7,445円", "1.5%", "一件"]
    )
    def test_reads(self, text):
        """Plain words and anything in quotes are texts."""
        found = fields(f"a: {text}")
        assert found.text("a")
        assert messages(found) == []

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("no", "the true/false value no"),
            ("yes", "the true/false value yes"),
            ("On", "the true/false value On"),
            ("012", "012, which may be read as a number,"),
            ("1e3", "1e3, which may be read as a number,"),
            ("0x1f", "0x1f, which may be read as a number,"),
            ("1:30", "1:30, which may be read as a number,"),
            ("12", "the number 12"),
            ("-1.50", "the number -1.50"),
            ("2021-04-01", "the date 2021-04-01"),
            ("~", "the empty value ~"),
            ("null", "the empty value null"),
        ],
    )
    def test_refuses_what_yaml_converts(self, text, said):
        """What YAML may take for something else is no text, and the message tells how to write it as one."""
        found = fields(f"a: {text}")
        assert found.text("a") is None
        assert messages(found) == [f"found {said} for 'a', expected a text; if it is one, put it in quotes: \"{text}\""]

    @pytest.mark.parametrize("text", ["", '""', "' '", "|\n\n"])
    def test_refuses_nothing(self, text):
        """An empty or blank text is none."""
        found = fields(f"a: {text}")
        assert found.text("a") is None
        assert messages(found) == ["found nothing for 'a', expected a text"]

    @pytest.mark.parametrize(("text", "said"), [("[b]", "a list"), ("{b: c}", "a mapping")])
    def test_refuses_collections(self, text, said):
        """A list or mapping is no text."""
        found = fields(f"a: {text}")
        assert found.text("a") is None
        assert messages(found) == [f"found {said} for 'a', expected a text"]


class TestNumber:
    @pytest.mark.parametrize("number", [0, 1, 10])
    def test_reads(self, number):
        """A whole number written with digits alone is read."""
        found = fields(f"a: {number}")
        assert found.number("a", 10) == number
        assert messages(found) == []

    @pytest.mark.parametrize("text", ["1.5", '"1"', "01", "-1", "11", "1" * 5000, "one", "1e0", "[1]", "{b: 1}", ""])
    def test_refuses(self, text):
        """Anything else is a problem that tells what is expected, however long it is."""
        found = fields(f"a: {text}")
        assert found.number("a", 10) is None
        (message,) = messages(found)
        assert message.endswith("expected a whole number from 0 to 10, without quotes or leading zeros")

    def test_missing(self):
        """A number may be left out."""
        found = fields("b: 1")
        assert found.number("a", 10) is None
        assert messages(found) == []


class TestChoice:
    def test_reads(self):
        """One of the words is read, and the default where there is none."""
        found = fields("a: lower")
        assert found.choice("a", ("higher", "lower")) == "lower"
        assert found.choice("b", ("higher", "lower"), "higher") == "higher"
        assert messages(found) == []

    def test_refuses(self):
        """Another word is a problem that lists the words and names the nearest."""
        found = fields("a: lowre")
        assert found.choice("a", ("higher", "lower")) is None
        assert messages(found) == ["found 'lowre' for 'a', expected one of higher, lower; did you mean 'lower'?"]


class TestReference:
    def test_reads(self):
        """A key of another section gives its entry."""
        found = fields("a: one")
        assert found.reference("a", Section({"one": 1}), "kpi") == 1
        assert messages(found) == []

    def test_refuses(self):
        """An unknown key is a problem that names the nearest."""
        found = fields("a: oen")
        assert found.reference("a", Section({"one": 1}), "kpi") is None
        assert messages(found) == ["unknown KPI 'oen'; did you mean 'one'?"]

    @pytest.mark.parametrize("section", [Section({}, {"one"}), Section({}, set(), is_whole=False)])
    def test_of_what_could_not_be_read(self, section):
        """What refers to an entry or section with a problem of its own is no further problem."""
        found = fields("a: one")
        assert found.reference("a", section, "kpi") is None
        assert messages(found) == []


class TestEach:
    def test_reads(self):
        """The entries of a mapping come with their keys, in the order of the text."""
        found, section = fields("a:\n  one: {x: 1}\n  two: {x: 2}"), Section()
        assert [(key.text, entry.what) for key, entry in found.each("a", section)] == [("one", "one"), ("two", "two")]
        assert (section.entries, section.unread, section.is_whole) == ({}, set(), True)

    def test_entries_that_are_no_mappings(self):
        """An entry that is no mapping is a problem, is noted as unread, and hides none of the others."""
        found, section = fields("a:\n  one: [x]\n  two: {x: 2}\n  three:"), Section()
        assert [key.text for key, _ in found.each("a", section)] == ["two"]
        assert messages(found) == [
            "found a list for 'one', expected keys with values",
            "found nothing for 'three', expected keys with values",
        ]
        assert section.unread == {"one", "x", "three"}

    def test_names_of_an_entry_with_problems(self):
        """Every text of an entry with a problem may be a name that it meant to define."""
        found, section = fields("a:\n  one: {jp: 件, others: [枚, {x: 本}]}\n  two: {}"), Section()
        for _, entry in found.each("a", section):
            entry.finish()
        assert section.unread == {"one", "件", "枚", "本"}

    @pytest.mark.parametrize(
        ("text", "required", "is_whole"),
        [
            ("a: {}", True, True),
            ("b: {}", True, False),
            ("b: {}", False, True),
            ("a: [1]", True, False),
            ("a: {}\na: {}", True, False),
            ("unist: {}", False, False),
        ],
        ids=["there", "missing", "left out", "a list", "twice", "misspelt"],
    )
    def test_whole(self, text, required, is_whole):
        """A section that is missing, misspelt, no mapping or there twice is not whole."""
        root, file, problems = read_yaml(text, "catalog.yaml")
        key = "units" if "unist" in text else "a"
        found, section = Fields(Problems(file, problems), "entry", root, asked=[key]), Section()
        assert list(found.each(key, section, required=required)) == []
        assert section.is_whole is is_whole

    def test_twice(self):
        """Of entries with the same name the first is read; that the name stands twice is reported where it does."""
        found = fields("a:\n  one: {x: 1}\n  one: {x: 2, y: 3}")
        entries = [[key.text for key, _ in entry.node.entries] for _, entry in found.each("a", Section())]
        assert entries == [["x"]]
        assert messages(found) == ["found the key 'one' again; expected it once, and line 2 has it already"]


class TestItems:
    def test_reads(self):
        """The entries of a list are named after their KPI."""
        found = fields("a:\n- kpi: one\n- x: 1\n- kpi: [x]")
        assert [(item.what, item.what_ja) for item in found.items("a")] == [
            ("one", "one"), ("the entry", "項目"), ("the entry", "項目"),
        ]  # fmt: skip

    def test_items_that_are_no_mappings(self):
        """An item that is no mapping is a problem and hides none of the others."""
        found = fields("a:\n- one\n- kpi: two")
        assert [item.what for item in found.items("a")] == ["two"]
        assert messages(found) == ["found 'one' for 'a', expected keys with values, such as 'kpi: …'"]

    @pytest.mark.parametrize(
        ("text", "said"), [("a: x", ["found 'x' for 'a', expected a list, each entry behind a '-'"])]
    )
    def test_no_list(self, text, said):
        """A value that is no list has no items."""
        found = fields(text)
        assert list(found.items("a")) == []
        assert messages(found) == said

    def test_missing(self):
        """A missing list is reported with the missing keys."""
        found = fields("b: 1")
        assert list(found.items("a")) == []
        assert found.missing == ["a"]


class TestTexts:
    def test_reads(self):
        """A list of texts is read, and an absent one is empty."""
        found = fields("a: [x, y]")
        assert [text.text for text in found.texts("a")] == ["x", "y"]
        assert found.texts("b") == ()
        assert messages(found) == []

    def test_refuses(self):
        """Each item that is no text is a problem, and the others are read."""
        found = fields("a: [x, 1, no]")
        assert [text.text for text in found.texts("a")] == ["x"]
        assert len(messages(found)) == 2


class TestFinish:
    def test_unknown_and_missing(self):
        """Keys that nobody asked for and keys that are not there are reported."""
        found = fields("x: 1\nb: c")
        found.text("name")
        found.text("b")
        found.finish()
        assert messages(found) == ["missing key 'name' in entry", "unknown key 'x' in entry"]

    def test_misspelt(self):
        """A misspelt key is reported once, where it stands, and not as missing too."""
        found = fields("nmae: x")
        found.text("name")
        found.finish()
        assert messages(found) == ["unknown key 'nmae' in entry; did you mean 'name'?"]

    def test_not_a_mapping(self):
        """What is no mapping has no keys."""
        found = fields("x")
        found.finish()
        assert (found.entries, found.named, messages(found)) == ({}, (), [])

    def test_place_of_a_missing_key(self):
        """A missing key is reported at the first character of the mapping."""
        found = fields("\n  x: 1\n")
        found.text("name")
        found.asked.append("x")
        found.finish()
        assert [(problem.line, problem.column) for problem in found.problems.found] == [(2, 3)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", ("'a'", "「a」")),
        ("", ("nothing", "空の値")),
        ("[]", ("a list", "リスト")),
        ("{}", ("a mapping", "マッピング")),
    ],
)
def test_shown(text, expected):
    """What was found is named in both languages."""
    root, _, _ = read_yaml(text, "catalog.yaml")
    assert shown(root) == expected

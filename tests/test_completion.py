"""What can be written at a place of a catalogue."""

from __future__ import annotations

import pytest
from cursors import at, half_written
from hypothesis import given
from records import SOUND_RECORDS

from kpi.editor.completion import Completion, completions
from kpi.units import UNITS

FORMULA, RULE = "formula: cost / open_tenders", 'rule: "<= prior year (7,445 yen)"'
DIRECTION = "    direction: lower\n    decimals: 1"


def labels(old, new):
    """What is offered, by label."""
    return [found.label for found in completions(*at(old, new))]


def accepted(old, new, label):
    """The line of the cursor after *label* was chosen."""
    text, offset = at(old, new)
    found = next(found for found in completions(text, offset) if found.label == label)
    written = text[: offset - found.typed] + label + text[offset:]
    return written[written.rfind("\n", 0, offset) + 1 : written.index("\n", offset)].strip()


class TestFormulas:
    def test_variables(self):
        """In a formula every variable is offered, by each of its names, and then the functions."""
        assert labels(FORMULA, "formula: cost / ‸") == [
            "single_bid_tenders", "一者応札件数", "open_tenders", "一般競争入札件数", "一般競争入札数", "cost", "経費", "max", "min",
        ]  # fmt: skip

    def test_details(self):
        """A variable tells its other name and its unit."""
        assert completions(*at(FORMULA, "formula: 経‸")) == [Completion("経費", "variable", "cost (yen)", 1)]
        assert completions(*at(FORMULA, "formula: cos‸")) == [Completion("cost", "variable", "経費 (yen)", 3)]

    @pytest.mark.parametrize("typed", ["open_t", "Tenders", "tend", "(open", "cost-open", "1*open"])
    def test_parts_of_names(self, typed):
        """Names are offered that hold what was typed, whatever its case."""
        assert "open_tenders" in labels(FORMULA, f"formula: {typed}‸")

    def test_names_in_brackets(self):
        """A name that needs brackets is offered in them, and one that was begun in brackets is completed with them."""
        old = "labels: [一般競争入札数]"
        text, _ = at(old, "labels: [入札 総数‸]")
        begun = text.replace(FORMULA, "formula: 「入")
        offset = begun.index("「入") + 2
        found = next(found for found in completions(begun, offset) if found.label == "「入札 総数」")
        assert found.typed == 2

    def test_units(self):
        """Behind a number units are offered: the catalogue's own and then those that every catalogue has."""
        found = labels(RULE, 'rule: "<= 7,445 ‸')
        assert found[:3] == ["tablet", "%", "‰"]
        assert {unit.name for unit in UNITS.values()} <= set(found)
        assert "cost" not in found

    @pytest.mark.parametrize(
        ("typed", "label", "line"),
        [
            ("<= pri", "prior year", 'rule: "<= prior year"'),
            ("<= prior ", "prior year end", 'rule: "<= prior year end"'),
            ("<= prior ye", "prior year", 'rule: "<= prior year"'),
            ("<= 3 yen wh", "when", 'rule: "<= 3 yen when"'),
            ("<= 70% ", "of", 'rule: "<= 70% of"'),
        ],
    )
    def test_words(self, typed, label, line):
        """Words of the language go on from what was typed, several words long."""
        assert accepted(RULE, f'rule: "{typed}‸"', label) == line

    def test_words_that_do_not_go_on(self):
        """A word of the language is offered only where it begins with what was typed."""
        assert labels(RULE, 'rule: "<= prior ye‸"') == ["prior year", "prior year end"]


class TestFields:
    def test_choices(self):
        """Where one of a few words stands, those are offered."""
        assert labels(DIRECTION, "    direction: ‸\n    decimals: 1") == ["higher", "lower"]
        assert labels(DIRECTION, "    direction: lower\n    rounding: half‸") == ["half_up", "half_even"]

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("- kpi: cost_per_tender", "- kpi: ‸", ["single_bid_share", "cost_per_tender"]),
            ("- kpi: cost_per_tender", "- kpi: bid‸", ["single_bid_share"]),
            ("    document: report", '    document: "‸', ["report"]),
            ("organisation: iwate", "organisation: i‸", ["iwate"]),
            ("    unit: yen\n    kind", "    unit: tab‸\n    kind", ["tablet"]),
        ],
    )
    def test_entries(self, old, new, expected):
        """Where an entry of another section is named, the keys of that section are offered."""
        assert labels(old, new) == expected

    def test_nothing(self):
        """Where a text is free, nothing is offered, nor where the catalogue cannot be read before the cursor."""
        assert labels("en: Iwate branch\n", "en: ‸\n") == []
        assert completions("a: [}\nb: x", 9) == []


class TestKeys:
    def test_keys(self):
        """The keys of a mapping are offered that it does not have yet, each with its description."""
        found = completions(*at(DIRECTION, "    ‸\n    decimals: 1"))
        offered = [item.label for item in found]
        assert offered[:3] == ["direction", "rounding", "compared"]
        assert not {"formula", "decimals", "publisher"} & {*offered}
        assert found[0].detail.startswith("Whether higher or lower is better.")

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            (DIRECTION, "    dir‸\n    decimals: 1", ["direction"]),
            ("units:\n", "uni‸\n", ["units"]),
            ("      - kpi: cost_per_tender\n", "      - k‸\n", ["kpi"]),
            ("  report:\n", "  rep‸\n", []),
        ],
    )
    def test_begun(self, old, new, expected):
        """Sections and keys of entries are completed; the keys of a section are the author's to choose."""
        assert labels(old, new) == expected

    def test_examples(self):
        """The keys of an example's values are variables."""
        example = (
            "    decimals: 0\n    examples:\n      - inputs:\n          cost: 1\n          op‸\n        value: 1 yen"
        )
        assert labels("    decimals: 0", example) == ["open_tenders"]


@given(half_written())
def test_any_text(place):
    """Whatever the text, what is offered takes the place of characters before the cursor, and nothing twice."""
    found = completions(*place)
    assert all(0 <= item.typed <= place[1] for item in found)
    assert len({item.label for item in found}) == len(found)


class TestRecords:
    FORMULA = "formula: count(claims where business_days(received, paid) <= 10 and countable) / claims_paid"
    RECORDS = "records: count(claims where paid is known and countable)"
    CONDITION = "condition: not exempt}"

    def labels(self, old, new):
        """What is offered in the catalogue with a table."""
        return [found.label for found in completions(*at(old, new, SOUND_RECORDS))]

    def test_words_that_count(self):
        """Where there are tables, the words that count records are offered beside variables."""
        assert self.labels(self.FORMULA, "formula: ‸")[-5:] == ["max", "min", "count", "sum", "mean"]
        assert self.labels(self.RECORDS, "records: ‸") == ["count", "sum", "mean", "min", "max"]

    def test_tables(self):
        """Where something is counted, tables come first, and then the columns that may be summed."""
        found = self.labels(self.FORMULA, "formula: count(‸")
        assert found[:4] == ["claims", "給付申請", "office", "申請先"]
        assert found[-2:] == ["distinct", "of"]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (FORMULA, "formula: count(claims where ‸"),
            (FORMULA, "formula: 件数(給付申請のうち ‸"),
            (FORMULA, "formula: count(claims where days(received, ‸"),
            (FORMULA, "formula: count(claims where paid is known and ‸) / claims_paid"),
            (RECORDS, "records: count(claims where ‸"),
            (CONDITION, "condition: ‸}"),
            (CONDITION, "condition: not ‸}"),
            ("<= 1 case when claims_paid", "<= 1 case when count(claims where ‸"),
        ],
    )
    def test_columns(self, old, new):
        """Behind `where`, and in a named condition, columns and conditions are offered, and the words of conditions."""
        found = self.labels(old, new)
        assert [
            word
            for word in ("paid", "支払日", "amount", "countable", "評価対象", "is known", "or")
            if word not in found
        ] == []
        assert "cost" not in found

    def test_where(self):
        """Behind a table, `where` is the first word."""
        assert self.labels(self.FORMULA, "formula: count(claims ‸")[0] == "where"
        assert "where" not in self.labels(self.FORMULA, "formula: count(claims where ‸")

    def test_details(self):
        """A column tells its type and unit, a condition what it means."""
        place = at(self.FORMULA, "formula: count(claims where amou‸", SOUND_RECORDS)
        assert completions(*place) == [Completion("amount", "column", "支給額 (integer, yen)", 4)]
        place = at(self.FORMULA, "formula: count(claims where 評価対象‸", SOUND_RECORDS)
        assert [(found.kind, found.detail) for found in completions(*place)] == [
            ("condition", "exempt (after_loss or voluntary)"),
            ("condition", "countable (not exempt)"),
        ]

    def test_units(self):
        """Behind a number units are offered here as well."""
        assert self.labels(self.FORMULA, "formula: count(claims where amount <= 5 y‸")[:2] == ["yen", "day"]

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("organisation: office", "organisation: ‸", ["office", "sort"]),
            ("date: received", "date: ‸", ["received", "paid"]),
            ("sort: {type: text", "sort: {type: ‸", ["text", "integer", "date", "boolean"]),
        ],
    )
    def test_fields(self, old, new, expected):
        """The roles of a table are offered its columns of their type, a column the types."""
        assert self.labels(old, new) == expected

    def test_keys(self):
        """The keys of tables, columns and conditions are offered."""
        assert "records" in self.labels(self.RECORDS, "rec‸")
        assert self.labels("    organisation: office", "    ‸") == ["labels", "unit", "organisation"]


def test_without_tables():
    """A catalogue without tables is offered nothing about them."""
    assert "count" not in labels(FORMULA, "formula: ‸")
    assert "where" not in labels(RULE, 'rule: "‸')

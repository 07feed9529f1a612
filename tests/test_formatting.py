"""Formatting: canonical formulas and rules, and everything else untouched."""

from __future__ import annotations

from pathlib import Path

import pytest
from entries import SOUND
from hypothesis import given
from hypothesis import strategies as st
from records import SOUND_RECORDS
from strategies import AGGREGATES, CONDITIONS, DEFINITIONS, RULES, YAML_WRITERS

from kpi.catalogue import shipped_catalog
from kpi.catalogue.formatting import apply, changes
from kpi.catalogue.loader import read_catalog
from kpi.formulas.aggregate_printer import condition_text
from kpi.formulas.japanese import japanese
from kpi.formulas.parser import MAX_LENGTH, parse_condition, parse_definition, parse_rule
from kpi.formulas.printer import canonical
from kpi.source import Source
from kpi.yaml_reader import read_yaml

BROKEN = sorted((Path(__file__).parent / "data" / "catalogues" / "broken").glob("*.yaml"))


def formatted(text):
    """*text* as it is after formatting."""
    found, problems = changes(text, "catalog.yaml")
    assert problems == []
    return apply(text, found)


def catalogue(formula="a", rule="≥ 20%", more=""):
    """The least that is formatted: a formula and a rule, each as it stands in YAML."""
    return f"kpis:\n  k:\n    formula: {formula}\nplans:\n  p:\n    entries:\n    - rule: {rule}\n{more}"


class TestChanges:
    def test_sound(self):
        """A catalogue whose formulas and rules are canonical stays as it is, and so does the shipped one."""
        assert changes(SOUND, "catalog.yaml") == ([], [])
        assert changes(shipped_catalog().read_text("utf-8"), "catalog.yaml") == ([], [])

    def test_one_change(self):
        """A change tells its place, what is found and what is canonical."""
        (change,), _ = changes(catalogue(rule="対前年度（95.7％）以上"), "catalog.yaml")
        assert str(change) == "catalog.yaml:7:13: 対前年度（95.7％）以上 → >= prior year (95.7%)"
        assert change.to_dict() == {
            "file": "catalog.yaml",
            "line": 7,
            "column": 13,
            "found": "対前年度（95.7％）以上",
            "canonical": ">= prior year (95.7%)",
        }

    def test_everything_else_stays(self):
        """Comments, blanks, order, quotes, line ends, anchors and published phrases stay as they are."""
        text = catalogue(" 'a   /b'  # why", '"≥ 20.50％"', "      published: 20.50％以上\r\n\r\n# end ≥ 1")
        assert formatted(text) == text.replace("a   /b", "a / b").replace("≥ 20.50％", ">= 20.50%")

    def test_lines_that_yaml_folds(self):
        """A canonical text that is folded over several lines stays folded; one that is not canonical becomes one line."""
        folded = '">= 20%;\n        >= 10% when a <= 4"'
        assert formatted(catalogue(rule=folded)) == catalogue(rule=folded)
        assert formatted(catalogue(rule=folded.replace(">=", "≥"))) == catalogue(rule='">= 20%; >= 10% when a <= 4"')

    def test_names_stay(self):
        """A variable is called as the author called it, known or not."""
        assert formatted(catalogue("一者応札件数÷open_tender")) == catalogue("一者応札件数 / open_tender").replace(
            "≥ 20%", '">= 20%"'
        )

    def test_other_values_stay(self):
        """Only formulas of KPIs and rules of entries are formatted; what is no text is the loader's to refuse."""
        for text in (
            catalogue("[a/b]", "20", "rule: a/b\nformula: a/b"),
            catalogue("", "no"),
            "- a/b",
            "",
            "kpis: {k: a/b}",
        ):
            assert changes(text, "catalog.yaml") == ([], [])

    def test_aliases(self):
        """A rule that is written once and repeated is changed once; one that is a published phrase as well is not."""
        repeated = catalogue(rule="&r '≥20%'", more="    - rule: *r\n")
        assert formatted(repeated) == repeated.replace("≥20%", ">= 20%")
        published = catalogue(rule="&r '≥20%'", more="      published: *r\n")
        assert formatted(published) == published

    def test_flow(self):
        """Within braces a comma needs quotes."""
        text = "plans: {p: {entries: [{rule: 20%以上, published: x}, {rule: max（a、b）以上}]}}"
        expected = 'plans: {p: {entries: [{rule: ">= 20%", published: x}, {rule: ">= max(a, b)"}]}}'
        assert formatted(text) == expected

    @pytest.mark.parametrize("formula", ['"「a\\tb」/c"', '"「a\\u2028b」/c"', '"「a\\u202eb」/c"'])
    def test_names_that_cannot_be_shown(self, formula):
        """A formula with a character that cannot be shown stays as it is escaped."""
        assert formatted(catalogue(formula, '">= 20%"')) == catalogue(formula, '">= 20%"')

    def test_text_that_would_grow_too_long(self):
        """A formula that would not be read any more if it were canonical stays as it is."""
        long = "a" + "*b" * 40 + "+" + "c" * (MAX_LENGTH - 84)
        assert len(long) < MAX_LENGTH < len(canonical(parse_definition(Source(long))[0]))
        assert formatted(catalogue(long, '">= 20%"')) == catalogue(long, '">= 20%"')


class TestRefusal:
    def test_formula_that_cannot_be_read(self):
        """Every formula and rule that cannot be read is told, and nothing is changed."""
        found, problems = changes(catalogue("a //b", "≥ 20% whn b ≤ 4"), "catalog.yaml")
        assert found == []
        assert [(problem.code, problem.line) for problem in problems] == [("syntax", 3), ("syntax", 7)]

    def test_yaml_that_cannot_be_read(self):
        """A text that is no YAML, or not strictly, is not formatted."""
        assert [problem.code for problem in changes(catalogue('"a'), "catalog.yaml")[1]] == ["yaml-syntax"]
        assert [problem.code for problem in changes(catalogue("a/b\n    formula: a/c"), "x")[1]] == ["duplicate-key"]

    @pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
    def test_broken_catalogues(self, path):
        """A broken catalogue is refused for problems that checking finds as well, or has the same ones afterwards."""
        text = path.read_bytes().decode(errors="replace")
        found, problems = changes(text, path.name)
        known = [(problem.code, problem.line) for problem in read_catalog(text, path.name)[1]]
        assert {(problem.code, problem.line) for problem in problems} <= set(known)
        again = [(problem.code, problem.line) for problem in read_catalog(apply(text, found), path.name)[1]]
        assert [code for code, _ in again] == [code for code, _ in known]


SPELLINGS = (
    "<= 20%; single_bid_tenders <= 1 case when open_tenders <= 4 cases",
    "20％以下とする。一般競争入札件数が4件以下となる場合は一者応札件数を1件以下とする",
    "≦２０％；single_bid_tenders≤1 cases when 一般競争入札数 <= 4件",
    "一般競争入札件数が4件以下の場合は一者応札件数を1件以下。20%以下",
)
FORMULAS = (
    "single_bid_tenders / open_tenders",
    "一者応札件数÷一般競争入札数",
    "((single_bid_tenders))  /(open_tenders)",
)


def meaning(catalog):
    """What a catalogue defines, without the lines at which it does."""
    kpis = {key: (kpi.formula.text(), kpi.formula.expression, kpi.formula.style) for key, kpi in catalog.kpis.items()}
    entries = [
        (plan.key, entry.kpi.key, entry.formula.expression, entry.formula.rule, entry.formula.text(), entry.baseline)
        for plan in catalog.plans.values()
        for entry in plan
    ]
    return kpis, entries, {entry.published for plan in catalog.plans.values() for entry in plan}


def with_records(records="count(t)", condition="a"):
    """The least that is formatted of tables: an aggregate and a condition, each as it stands in YAML."""
    return f"variables:\n  v:\n    records: {records}\ntables:\n  t:\n    conditions:\n      c:\n        condition: {condition}\n"


class TestRecords:
    def test_sound(self):
        """A catalogue with tables that is canonical stays as it is."""
        assert changes(SOUND_RECORDS, "catalog.yaml") == ([], [])

    @pytest.mark.parametrize(
        ("found", "canonical_text"),
        [
            ("件数（給付申請のうち　支払日がある）", "count(給付申請 where 支払日 is known)"),
            ("\"sum( a of t  where  b='ＡＢ')\"", "\"sum(a of t where b = 'ＡＢ')\""),
        ],
    )
    def test_records(self, found, canonical_text):
        """The aggregate that counts a variable becomes canonical; names and texts stay as they are written."""
        assert formatted(with_records(records=found)) == with_records(records=canonical_text)

    @pytest.mark.parametrize(
        ("found", "canonical_text"),
        [
            ("not  (資格喪失後)", "not 資格喪失後"),
            ("資格喪失後を除く", "not 資格喪失後"),
            ("a or(b and c)  # why", "a or b and c  # why"),
            ("'paid >= 令和3年4月1日'", "'paid >= 2021-04-01'"),
            ("kind='x'", "kind = 'x'"),
            ("\"'x' = kind and kind!='it''s'\"", "\"'x' = kind and kind != 'it''s'\""),
        ],
    )
    def test_conditions(self, found, canonical_text):
        """So does a named condition."""
        assert formatted(with_records(condition=found)) == with_records(condition=canonical_text)

    def test_unreadable(self):
        """What cannot be read is told, and nothing is changed."""
        found, problems = changes(with_records("count(t where", "a and"), "catalog.yaml")
        assert found == []
        assert [(one.code, one.line) for one in problems] == [("unfinished", 3), ("unfinished", 8)]

    @given(AGGREGATES, CONDITIONS, st.sampled_from([canonical, japanese]), YAML_WRITERS, YAML_WRITERS)
    def test_any(self, aggregate, condition, spell, write_records, write_condition):
        """Whatever is counted, under whatever condition, is read as the same afterwards, and then stays."""
        records_text, text = spell(aggregate), condition_text(condition)
        after = formatted(with_records(write_records(records_text, 6), write_condition(text, 10)))
        root, _, problems = read_yaml(after, "x")
        assert problems == []
        records = root.get("variables").get("v").get("records")
        written = root.get("tables").get("t").get("conditions").get("c").get("condition")
        assert parse_definition(records.source)[0].formula == aggregate
        assert parse_condition(written.source)[0] == condition
        assert formatted(after) == after


class TestMeaning:
    @given(st.sampled_from(SPELLINGS), st.sampled_from(FORMULAS), YAML_WRITERS, YAML_WRITERS)
    def test_catalogue_defines_the_same(self, rule, formula, write_rule, write_formula):
        """However rules and formulas are written, the catalogue loads to the same definitions before and after."""
        text = SOUND.replace(f'"{SPELLINGS[0]}"', write_rule(rule, 10))
        text = text.replace(f"formula: {FORMULAS[0]}", f"formula: {write_formula(formula, 6)}")
        after = formatted(text)
        (before_catalog, problems), (after_catalog, left) = (read_catalog(each, "x") for each in (text, after))
        assert problems == left == []
        assert meaning(before_catalog) == meaning(after_catalog) == meaning(read_catalog(SOUND, "x")[0])
        assert formatted(after) == after

    @given(DEFINITIONS, RULES, st.sampled_from([canonical, japanese]), YAML_WRITERS, YAML_WRITERS)
    def test_any_formula_and_rule(self, definition, rule, spell, write_formula, write_rule):
        """Any formula and rule in any spelling and style is read as the same tree afterwards, and then stays."""
        formula_text, rule_text = spell(definition).replace(" ", "  "), spell(rule).replace("%", "％")
        text = catalogue(write_formula(formula_text, 6), write_rule(rule_text, 8))
        after = formatted(text)
        root, _, problems = read_yaml(after, "x")
        assert problems == []
        formula = root.get("kpis").get("k").get("formula")
        written = root.get("plans").get("p").get("entries").items[0].get("rule")
        assert parse_definition(formula.source)[0] == parse_definition(Source(formula_text))[0]
        assert parse_rule(written.source)[0] == parse_rule(Source(rule_text))[0]
        assert formatted(after) == after

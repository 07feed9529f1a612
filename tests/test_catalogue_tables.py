"""Tables of records in a catalogue: what is read of them, and what formulas see."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from subprocess import run

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import EXEMPT, FORMULA, RECORDS, SOUND_RECORDS, read, told
from slips import EDITS, edited

import kpi
from kpi.catalogue.formatting import changes
from kpi.catalogue.loader import read_catalog
from kpi.formulas.nodes import Aggregate
from kpi.formulas.tables import TableColumn
from kpi.units import UNITS


@pytest.fixture(scope="module")
def catalog():
    """The catalogue with a table, which has no problem."""
    found, problems = read()
    assert problems == []
    return found


class TestTable:
    def test_fields(self, catalog):
        """A table has its names, its roles and the unit of a record."""
        table = catalog.tables["claims"]
        assert (table.name, table.ja, table.en, table.labels) == ("claims", "給付申請", "benefit claims", ())
        assert (table.organisation, table.date, table.unit) == ("office", "received", UNITS["case"])
        assert catalog.tables is catalog.vocabulary.tables

    def test_columns(self, catalog):
        """Columns come in the order of the file, each with type, unit and names."""
        columns = catalog.tables["claims"].columns
        assert [*columns] == ["office", "received", "paid", "sort", "amount", "after_loss", "voluntary"]
        assert columns["amount"] == TableColumn("amount", "integer", UNITS["yen"], "支給額")

    def test_everything_that_may_be_left_out(self):
        """A table may name its unit and labels, a column its English name and labels; roles may be given by a label."""
        found, problems = read(
            ("    en: benefit claims\n", "    en: benefit claims\n    unit: person\n    labels: [申請, 給付]\n"),
            ("{type: date, ja: 支払日}", "{type: date, ja: 支払日, en: day of payment, labels: [支給日]}"),
            ("date: received", "date: 受付日"),
            (RECORDS, ""),
            (f"{FORMULA} / claims_paid", "count(給付 where days(received, 支給日) <= 10) / count(申請)"),
            (
                'rule: "= 100%; count(claims where after_loss) <= 1 case when',
                'rule: "= 100%; claims_paid <= 1 case when',
            ),
            ("件数（給付申請のうち資格喪失後）を", "支給件数を"),
        )
        assert problems == []
        table = found.tables["claims"]
        assert (table.unit, table.labels, table.date) == (UNITS["person"], ("申請", "給付"), "received")
        assert table.columns["paid"] == TableColumn("paid", "date", None, "支払日", "day of payment", ("支給日",))

    def test_places(self, catalog):
        """A table knows where it stands."""
        assert [*catalog.table_places] == ["claims"]

    def test_unknown_table(self, catalog):
        """A table that is not there is asked for like any other entry: the nearest is named."""
        with pytest.raises(KeyError, match=r"claim.*claims"):
            catalog.tables["claim"]

    def test_none(self):
        """A catalogue need not have tables."""
        found, problems = read(
            ("tables:\n  claims:", "x-tables:\n  claims:"),
        )
        assert {one.code for one in problems} == {"unknown-key"}
        assert found.tables == {}


class TestRoles:
    @pytest.mark.parametrize(
        ("role", "column", "code"),
        [
            ("organisation: office", "organisation: offices", "table-without-column"),
            ("organisation: office", "organisation: countable", "table-without-column"),
            ("organisation: office", "organisation: amount", "column-type"),
            ("date: received", "date: paid_on", "table-without-column"),
            ("date: received", "date: after_loss", "column-type"),
        ],
    )
    def test_wrong_column(self, role, column, code):
        """Whose a record is stands in a column of texts, when it counts in a column of dates."""
        assert told((role, column)) == [(code, column.partition(": ")[2])]

    def test_column_that_could_not_be_read(self):
        """A role of a column that has a problem is no further problem."""
        assert [code for code, _ in told(("received: {type: date", "received: {type: day"))] == ["unknown-choice"]


class TestNames:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("ja: 支払日}", "ja: 受付日}"),
            ("ja: 支払日}", "ja: paid, labels: [received]}"),
            ("ja: 支払日}", "ja: 支払日, labels: [ＡＭＯＵＮＴ, 支給額]}"),
            ("{ja: 評価対象,", "{ja: 評価対象外,"),
            ("{ja: 評価対象,", "{ja: 支払日,"),
            ("      countable:", "      paid: {ja: 支給, en: paid, condition: voluntary}\n      countable:"),
        ],
    )
    def test_column_or_condition_twice(self, old, new):
        """A name means one column or condition of a table."""
        assert {code for code, _ in told((old, new))} == {"name-again"}

    @pytest.mark.parametrize("name", ["支給件数", "cost", "経費"])
    def test_table_and_variable(self, name):
        """A table has no name of a variable."""
        found = told(("    en: benefit claims\n", f"    en: benefit claims\n    labels: [{name}]\n"))
        assert found == [("name-again", f"{name}]")]

    def test_columns_of_other_tables(self):
        """Another table may have columns of the same names."""
        other = (
            "tables:\n  visits:\n    ja: 訪問\n    en: visits\n    organisation: office\n    date: paid\n    columns:\n"
        )
        other += "      office: {type: text, ja: 支部}\n      paid: {type: date, ja: 支払日}\n  claims:\n"
        found, problems = read(("tables:\n  claims:\n", other))
        assert problems == []
        assert [*found.tables] == ["visits", "claims"]


class TestRecords:
    def test_variable(self, catalog):
        """A variable knows the aggregate that counts it, checked."""
        records = catalog.vocabulary.variables["claims_paid"].records
        assert isinstance(records, Aggregate)
        assert records.name == "count(claims where paid is known and countable)"
        assert catalog.vocabulary.variables["cost"].records is None

    @pytest.mark.parametrize(
        ("records", "codes"),
        [
            ("件数（給付申請のうち支払日がある）", []),
            ("count(claims)", []),
            ("count(distinct office of claims)", ["records-of-flow"]),
            ("mean(amount of claims)", ["records-unit"]),
            ("min(days(received, paid) of claims)", ["records-unit"]),
            ("sum(amount of claims)", ["records-unit"]),
            ("count(claims) + 1", ["records-of-formula"]),
            ("count(claims) >= 5", ["records-of-formula"]),
            ("5 cases", ["records-of-formula"]),
            ("open_tenders", ["records-of-formula"]),
            ("nonsense", ["records-of-formula"]),
            ("max(count(claims), 5 cases)", ["records-of-formula"]),
            ("count(claim)", ["unknown-table"]),
            ("count(claims where nonsense is known and paid > 5)", ["table-without-column", "column-clash"]),
            ("count(claims where", ["unfinished"]),
            (">= 5", ["missing-formula"]),
        ],
    )
    def test_one_aggregate(self, records, codes):
        """A variable is counted by one aggregate in its unit; everything else is told once."""
        assert [code for code, _ in told((RECORDS, f'records: "{records}"'))] == codes

    @pytest.mark.parametrize(
        "records", ["sum(amount of claims)", "count(distinct office of claims)", "mean(amount of claims)"]
    )
    @pytest.mark.parametrize("kind", ["flow", "stock"])
    def test_flows_add_up(self, records, kind):
        """Of a flow, months make a year, so it is a count or a sum; of a stock they need not."""
        unit = "case" if "office" in records else "yen"
        found = told(
            (
                f"    unit: case\n    kind: flow\n    {RECORDS}",
                f"    unit: {unit}\n    kind: {kind}\n    records: {records}",
            ),
            (f"{FORMULA} / claims_paid", f"{FORMULA} / count(claims) * claims_paid / claims_paid"),
            (" when claims_paid <= 4 cases", " when open_tenders <= 4 cases"),
            ("支給件数が4件以下の場合は", "一般競争入札件数が4件以下の場合は"),
        )
        expected = ["records-of-flow"] if kind == "flow" and not records.startswith("sum") else []
        assert [code for code, _ in found] == expected

    def test_unit_that_could_not_be_read(self):
        """A variable whose unit is not known is counted in any."""
        found = told(
            (f"    unit: case\n    kind: flow\n    {RECORDS}", f"    unit: caes\n    kind: flow\n    {RECORDS}")
        )
        assert [code for code, _ in found] == ["unknown-unit"]


class TestFollowing:
    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            ("paid: {type: date, ja: 支払日}", "paid: date", "wrong-kind"),
            ("paid: {type: date,", "paid: {type: day,", "unknown-choice"),
            (EXEMPT, "after_loss or voluntary", "wrong-kind"),
            ("condition: not exempt", "condition: not exemptt", "table-without-column"),
            ("condition: not exempt", "condition: not exempt)", "syntax"),
            ("tables:\n  claims:\n", "tables:\n  claims: [x]\n  other:\n", "wrong-kind"),
            ("    conditions:\n", "    condition:\n", "unknown-key"),
            ("    columns:\n", "    column:\n", "unknown-key"),
            ("tables:\n", "table:\n", "unknown-key"),
        ],
    )
    def test_one_mistake_is_told_once(self, old, new, code):
        """What refers to a part of a table that could not be read is no further problem."""
        assert [found for found, _ in told((old, new))] == [code]

    def test_nothing_is_hidden(self):
        """Another mistake beside it is told."""
        found = told(
            ("paid: {type: date,", "paid: {type: day,"), (RECORDS, "records: count(claims where pay is known)")
        )
        assert [code for code, _ in found] == ["table-without-column", "unknown-choice"]


class TestAnyText:
    @settings(max_examples=100, deadline=None)
    @given(st.lists(EDITS, min_size=1, max_size=4))
    def test_mutated_catalogue(self, edits):
        """However a catalogue with tables is broken, every problem is a value that can be shown in both languages."""
        text = SOUND_RECORDS
        for edit in edits:
            text = edited(text, edit) or " "
        for problem in read_catalog(text, "catalog.yaml")[1]:
            assert problem.render("en")
            assert problem.render("ja")

    @settings(max_examples=200, deadline=None)
    @given(st.text(st.sampled_from("abn()'\"「」, =<>のうち件数") | st.characters(), max_size=30), st.booleans())
    def test_any_condition(self, text, is_condition):
        """The same holds of any text where an aggregate or a condition stands."""
        quoted = json.dumps(text, ensure_ascii=False)
        place = ("condition: not exempt", f"condition: {quoted}") if is_condition else (RECORDS, f"records: {quoted}")
        for problem in read(place)[1]:
            assert problem.render("en")
            assert problem.render("ja")


def test_example():
    """The example of the documentation has no problem, is written canonically, and leaves no variable unused."""
    path = Path("docs/records/catalog.yaml")
    assert kpi.check(path) == []
    assert changes(path.read_text("utf-8"), path.name) == ([], [])
    catalog = kpi.load_catalog(path)
    assert [entry.kpi.key for entry in catalog.plans["example-r3"]] == [
        "prompt_payment",
        "returned_share",
        "mean_injury_allowance",
    ]
    assert len(catalog.organisations) == 48


def test_nothing_of_aggregates_is_loaded_without_one():
    """A catalogue without tables, and a formula without aggregates, load nothing that reads them."""
    program = (
        "import sys, kpi; kpi.check(); kpi.parse('a / b >= 20%');"
        "print(*sorted(name for name in sys.modules if name.startswith(('kpi.formulas', 'kpi.catalogue', 'kpi.definitions'))))"
    )
    done = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    words = ("aggregate", "operand", "tables", "named_conditions")
    assert [name for name in done.stdout.split() if any(word in name for word in words)] == []
    assert "kpi.formulas.parser" in done.stdout

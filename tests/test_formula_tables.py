"""Tables as formulas look at them: columns and named conditions by every name."""

from __future__ import annotations

import pytest
from language import CLAIMS, PLAIN_CLAIMS

from kpi.formulas.tables import COLUMN_TYPES, TYPE_NAMES, NamedCondition, Table, TableColumn, type_facts
from kpi.units import UNITS


def test_column() -> None:
    """A column is found by its identifier and its labels; a condition is none."""
    paid = CLAIMS.column("paid")
    assert paid == TableColumn("paid", "date", ja="支払日", labels=("支給日",))
    assert CLAIMS.column("支払日") is CLAIMS.column("支給日") is paid
    assert CLAIMS.column("countable") is CLAIMS.column("nonsense") is None


def test_condition() -> None:
    """A named condition is found by its identifier and its label; a column is none."""
    found = CLAIMS.condition("countable")
    assert isinstance(found, NamedCondition)
    assert CLAIMS.condition("評価対象") is found
    assert CLAIMS.condition("paid") is None
    assert {*CLAIMS.known_names()} - {*CLAIMS.known_columns()} == {"countable", "評価対象"}


def test_width_makes_no_difference() -> None:
    """A label may be written in full-width or half-width letters, in the catalogue and in formulas."""
    column = TableColumn("kind", "text", ja="ＡＢ（種別）")
    table = Table.of("t", [column], organisation="kind", date="kind")
    assert table.column("AB(種別)") is table.column("ＡＢ（種別）") is column
    assert table.known_names() == ("AB(種別)", "kind")


def test_column_goes_before_a_condition() -> None:
    """Where a condition has the name of a column, the column decides."""
    condition = NamedCondition("paid", CLAIMS.conditions["countable"].condition)
    table = Table("t", CLAIMS.columns, "branch", "received", conditions={"paid": condition})
    assert table.column("paid") is CLAIMS.column("paid")
    assert table.condition("paid") is None


@pytest.mark.parametrize(
    ("name", "label"),
    [("", "給付申請"), ("paid", "支払日"), ("countable", "評価対象"), ("支給日", "支払日"), ("nonsense", "nonsense")],
)
def test_label(name: str, label: str) -> None:
    """Everything is shown by its Japanese name; what has none, by its identifier."""
    assert CLAIMS.label(name) == label


def test_label_of_a_table_without_one() -> None:
    """A table without a Japanese name is called by its identifier."""
    assert PLAIN_CLAIMS.label("") == "claims"


def test_units() -> None:
    """A unit may be given by one of its spellings; a record is a case where nothing else is said."""
    assert TableColumn("a", "integer", "円").unit == UNITS["yen"]
    assert PLAIN_CLAIMS.unit == UNITS["case"]
    assert Table.of("t", [], organisation="", date="", unit="人").unit == UNITS["person"]


def test_types_have_names() -> None:
    """Each type has a name in both languages, for messages."""
    assert tuple(TYPE_NAMES) == COLUMN_TYPES
    assert type_facts("date", "integer") == {
        "found": "dates", "found_ja": "日付", "expected": "whole numbers", "expected_ja": "整数",
    }  # fmt: skip

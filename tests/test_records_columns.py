"""`kpi.records.columns`: the columns that have to be there, and what they have to hold."""

from __future__ import annotations

import pytest
from claims import CLAIMS, KPIS

from kpi.errors import RecordsError
from kpi.records.columns import check_types, missing_columns, needed
from kpi.records.counting import counting

TYPES = {"VARCHAR": "text", "DATE": "date", "DECIMAL": "integer", "NULL": None}


def test_a_table_needs_its_keys_and_what_is_looked_at_each_once():
    columns = counting(KPIS["longest"]).of_table("claims")
    assert needed(CLAIMS, columns) == ("branch", "received", "paid", "kind", "lost")
    assert needed(CLAIMS, {}) == ("branch", "received")


def test_every_missing_column_is_named_with_the_nearest():
    with pytest.raises(RecordsError) as raised:
        missing_columns(CLAIMS, ("branch", "paid", "member"), ("branch", "payd"))
    assert str(raised.value) == "the records of table 'claims' have no column 'paid' (did you mean 'payd'?), 'member'"


def test_every_column_of_another_type_is_named():
    found = {"branch": "VARCHAR", "received": "VARCHAR", "amount": "DECIMAL(10,0)", "lost": "INT", "paid": "NULL"}
    with pytest.raises(RecordsError) as raised:
        check_types(CLAIMS, found, found, TYPES)
    told = "column 'received' holds VARCHAR, expected dates; column 'lost' holds INT, expected true and false"
    assert str(raised.value) == f"table 'claims': {told}"


def test_a_missing_column_is_told_before_types():
    with pytest.raises(RecordsError, match="have no column 'paid'"):
        check_types(CLAIMS, ("branch", "paid"), {"branch": "INT"}, TYPES)

"""Changed tables of records: their columns, and the conditions that have a name.

A table, a column and a condition are what they are by their key: whoever renames one changes what programs hand in.
This file is read only where a catalogue has tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpi.differences.difference import Change
from kpi.differences.fields import Field, both, fields, names, section
from kpi.formulas.aggregate_printer import condition_text
from kpi.formulas.tables import NamedCondition, Table, TableColumn

Texts = Mapping[tuple[str, str], str]
"""How the conditions of a table are written, by table and condition."""


def table_changes(
    old: Mapping[str, Table], new: Mapping[str, Table], old_texts: Texts, new_texts: Texts
) -> Iterator[Change]:
    """Every change of tables, columns and conditions, in the order of the new catalogue."""
    pairs = _same_keys(old, new)
    yield from section("table", old, new, pairs)
    for before, after in both(old, new, pairs):
        yield from fields("table", after.name, _of_table(before, after))
        yield from _columns(before, after)
        yield from _conditions(before, after, old_texts, new_texts)


def _columns(old: Table, new: Table) -> Iterator[Change]:
    before, after = ({f"{table.name}/{key}": one for key, one in table.columns.items()} for table in (old, new))
    pairs = _same_keys(before, after)
    yield from section("column", before, after, pairs)
    for one, other in both(before, after, pairs):
        yield from fields("column", f"{new.name}/{other.name}", _of_column(one, other))


def _conditions(old: Table, new: Table, old_texts: Texts, new_texts: Texts) -> Iterator[Change]:
    before, after = ({f"{table.name}/{key}": one for key, one in table.conditions.items()} for table in (old, new))
    pairs = _same_keys(before, after)
    yield from section("condition", before, after, pairs)
    for one, other in both(before, after, pairs):
        texts = old_texts.get((old.name, one.name), ""), new_texts.get((new.name, other.name), "")
        yield from fields("condition", f"{new.name}/{other.name}", _of_condition(one, other, texts))


def _of_table(old: Table, new: Table) -> Iterator[Field]:
    yield from names(old, new)
    yield Field("labels", old.labels, new.labels, same_meaning=True)
    yield Field("unit", old.unit.name, new.unit.name)
    yield Field("organisation", old.organisation, new.organisation)
    yield Field("date", old.date, new.date)


def _of_column(old: TableColumn, new: TableColumn) -> Iterator[Field]:
    yield from names(old, new)
    yield Field("labels", old.labels, new.labels, same_meaning=True)
    yield Field("type", old.type, new.type)
    yield Field("unit", old.unit.name if old.unit else "", new.unit.name if new.unit else "")


def _of_condition(old: NamedCondition, new: NamedCondition, texts: tuple[str, str]) -> Iterator[Field]:
    """A condition that rests on one that changed is as it was; the other is told."""
    yield from names(old, new)
    before, after = condition_text(old.condition), condition_text(new.condition)
    yield Field("condition", texts[0] or before, texts[1] or after, same_meaning=before == after)


def _same_keys(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, str]:
    return {key: key for key in old if key in new}

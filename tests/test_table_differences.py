"""What changed of tables of records: in meaning or only in text, each change once."""

from __future__ import annotations

import pytest
from entries import SOUND
from records import COUNTABLE, EXEMPT, FORMULA, RECORDS, SOUND_RECORDS, changed

from kpi.catalogue import load_bytes
from kpi.differences import compare
from kpi.differences.writing import as_markdown, as_text
from kpi.differences.written import Written
from kpi.observations.observation import Observations


def between(old, new):
    """What differs between two catalogues."""
    one, other = (load_bytes(text.encode(), "catalog.yaml") for text in (old, new))
    return compare(one, other, Observations(()), Written.of(old), Written.of(new))


def told(*replacements):
    """What changes where texts of the catalogue are replaced, in short."""
    found = between(SOUND_RECORDS, changed(*replacements))
    return [(change.kind, change.key, change.how, change.field, change.old, change.new) for change in found.changes]


def test_none():
    """A catalogue does not differ from itself."""
    assert told() == []


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (
            "    en: benefit claims\n",
            "    en: benefit claims\n    labels: [申請]\n",
            ("table", "claims", "text", "labels", "", "申請"),
        ),
        ("en: benefit claims", "en: claims", ("table", "claims", "text", "en", "benefit claims", "claims")),
        ("date: received", "date: paid", ("table", "claims", "meaning", "date", "received", "paid")),
        (
            "organisation: office",
            "organisation: sort",
            ("table", "claims", "meaning", "organisation", "office", "sort"),
        ),
        (
            "{type: date, ja: 支払日}",
            "{type: date, ja: 支払日, labels: [支給日]}",
            ("column", "claims/paid", "text", "labels", "", "支給日"),
        ),
        ("sort: {type: text", "sort: {type: integer", ("column", "claims/sort", "meaning", "type", "text", "integer")),
        (", unit: yen}", "}", ("column", "claims/amount", "meaning", "unit", "yen", "")),
        (
            "sort: {type: text, ja: 種別}\n",
            "sort: {type: text, ja: 種別}\n      more: {type: text, ja: 備考}\n",
            ("column", "claims/more", "added", "", "", ""),
        ),
        (
            "      sort: {type: text, ja: 種別}\n",
            "",
            ("column", "claims/sort", "removed", "", "", ""),
        ),
        (
            "condition: after_loss or voluntary",
            "condition: voluntary",
            ("condition", "claims/exempt", "meaning", "condition", "after_loss or voluntary", "voluntary"),
        ),
        (
            "condition: after_loss or voluntary",
            "condition: 資格喪失後 または 任意継続",
            ("condition", "claims/exempt", "text", "condition", "after_loss or voluntary", "資格喪失後 または 任意継続"),
        ),
        (
            f"countable: {COUNTABLE}",
            f"countable: {COUNTABLE}\n      late: {EXEMPT.replace('評価対象外', '遅延')}",
            ("condition", "claims/late", "added", "", "", ""),
        ),
        (
            RECORDS,
            "records: 件数(給付申請のうち 支払日がある かつ 評価対象)",
            ("variable", "claims_paid", "text", "records", RECORDS[9:], "件数(給付申請のうち 支払日がある かつ 評価対象)"),
        ),
        (RECORDS, "records: count(claims)", ("variable", "claims_paid", "meaning", "records", RECORDS[9:], "count(claims)")),
        (RECORDS, "", ("variable", "claims_paid", "meaning", "records", RECORDS[9:], "")),
        (
            FORMULA,
            FORMULA.replace("10", "20"),
            ("kpi", "paid_in_time", "meaning", "formula", f"{FORMULA} / claims_paid", f"{FORMULA.replace('10', '20')} / claims_paid"),
        ),
        (
            FORMULA,
            FORMULA.replace("received", "受付日"),
            ("kpi", "paid_in_time", "text", "formula", f"{FORMULA} / claims_paid", f"{FORMULA.replace('received', '受付日')} / claims_paid"),
        ),
    ],
)  # fmt: skip
def test_one_change(old, new, change):
    """Each change is told once; what a condition that changed is used in is not told as well."""
    assert told((old, new)) == [change]


def test_tables_appear_and_disappear():
    """A catalogue may get its first table, and lose its last."""
    kinds = {(change.kind, change.how) for change in between(SOUND, SOUND_RECORDS).changes}
    assert ("table", "added") in kinds
    assert ("column", "added") not in kinds
    assert ("table", "removed") in {(change.kind, change.how) for change in between(SOUND_RECORDS, SOUND).changes}


def test_words():
    """Tables, columns and conditions have their words in both languages."""
    new = changed(
        ("date: received", "date: paid"),
        ("sort: {type: text", "sort: {type: integer"),
        (EXEMPT, EXEMPT[:-1] + " or paid is known}"),
    )
    found = between(SOUND_RECORDS, new)
    english, japanese = (as_text(found, "old", "new", language) for language in ("en", "ja"))
    assert "table claims: date: received → paid" in english
    assert "列 claims/sort: type: text → integer" in japanese
    assert "condition claims/exempt" in english
    assert "表 `claims`" in as_markdown(found, "old", "new", "ja")

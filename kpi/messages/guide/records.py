"""Advice on tables of records, and on what formulas count in them."""

from __future__ import annotations

from typing import Final

from kpi.messages.guide.advice import Advice


def _read(meaning: str, wrong: str, right: str) -> Advice:
    return Advice(meaning, wrong, right, "formula")


_DEEP: Final = "count(claims where {} paid is known{})"
_RECORDS: Final = "unit: case, kind: flow, records: count(claims where paid is known)"

RECORDS: Final = {
    "unknown-table": _read(
        "A table that the section `tables` does not hold. Only there does a formula find records.",
        "count(claim)",
        "count(claims)",
    ),
    "table-without-column": _read(
        "A name that no column and no condition of the table has. A text stands in single quotes, a name does not.",
        "count(claims where sort = 傷病手当金)",
        "count(claims where sort = '傷病手当金')",
    ),
    "column-type": _read(
        "The values of the column are of another type than what is done with them. Only whole numbers are summed, and only true or false is a condition by itself.",
        "sum(paid of claims)",
        "sum(amount of claims)",
    ),
    "column-clash": _read(
        "Two sides are of different types, so no record could answer. Dates and numbers stand without quotes.",
        "count(claims where paid >= '2021-04-01')",
        "count(claims where paid >= 2021-04-01)",
    ),
    "boolean-compared": _read(
        "A column of true or false, or a named condition, is a condition already. It is compared with nothing.",
        "count(claims where after_loss = 1)",
        "count(claims where after_loss)",
    ),
    "text-order": _read(
        "Texts are equal or they are not. Which comes first depends on the program that sorts them.",
        "count(claims where sort > '傷病手当金')",
        "count(claims where sort != '傷病手当金')",
    ),
    "condition-too-deep": _read(
        "The condition is nested deeper than anybody reads. Give a part of it a name in the table.",
        _DEEP.format("(after_loss or (voluntary and " * 15, "))" * 15),
        _DEEP.format("after_loss and", ""),
    ),
    "condition-too-long": _read(
        "The condition grows beyond any that an engine should be asked. What a named condition means counts each time it is used.",
        _DEEP.format("countable or " * 300, ""),
        _DEEP.format("countable or", ""),
    ),
    "condition-as-column": _read(
        "A named condition has no values that could be summed or compared. It stands alone, or behind `not`.",
        "count(claims where countable is known)",
        "count(claims where countable)",
    ),
    "constant-test": _read(
        "A test that looks at no column is the same for every record. A name in single quotes is a text.",
        "count(claims where 'sort' = '傷病手当金')",
        "count(claims where sort = '傷病手当金')",
    ),
    "empty-between": _read(
        "Nothing lies between the two values, so no record counts. The lower one comes first.",
        "count(claims where amount between 10,000 and 1,000)",
        "count(claims where amount between 1,000 and 10,000)",
    ),
    "number-not-whole": _read(
        "Numbers in records are whole: money is in yen, and time in whole days. A fraction or a share cannot be meant.",
        "count(claims where business_days(received, paid) <= 10.5)",
        "count(claims where business_days(received, paid) <= 10)",
    ),
    "unknown-date": _read(
        "A date that the calendar does not have, or one outside its era.",
        "count(claims where received < 2021-02-30)",
        "count(claims where received < 2021-03-01)",
    ),
    "circular-condition": Advice(
        "A named condition rests on itself, directly or through others, so nobody can say what it means.",
        "en: claims that do not count, condition: not countable",
        "en: claims that do not count, condition: after_loss or voluntary",
    ),
    "column-unit": Advice(
        "A column holds whole numbers, which a share is not. The share is the formula of a KPI.",
        'ja: 支給額, unit: "%"',
        "ja: 支給額, unit: yen",
    ),
    "records-of-formula": Advice(
        "What counts a variable is one aggregate. What is made of several is the formula of a KPI.",
        "records: count(claims) - count(claims where paid is missing)",
        "records: count(claims where paid is known)",
    ),
    "records-of-flow": Advice(
        "The months of a flow add up to its year, and a mean, a lowest or highest value or a count of distinct values does not. Divide a sum by a count in the KPI, or say `kind: stock`.",
        f"{_RECORDS.replace('count(', 'count(distinct sort of ')}",
        _RECORDS,
    ),
    "records-unit": Advice(
        "The aggregate counts something else than the variable. One of the two is wrong.",
        "records: sum(amount of claims where paid is known)",
        "records: count(claims where paid is known)",
    ),
}
"""The advice by code."""

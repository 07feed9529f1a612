"""Checking aggregates: tables and columns found, types and units agreed, named conditions put in."""

from __future__ import annotations

import pytest
from language import CLAIMS, PLAIN_CLAIMS, VOCABULARY, condition, definition, refuse

from kpi.formulas.aggregate_checker import check_aggregate, check_condition
from kpi.formulas.aggregates import AllOf, Flag, columns
from kpi.formulas.nodes import Aggregate
from kpi.formulas.tables import NamedCondition, Table, TableColumn
from kpi.formulas.vocabulary import Vocabulary
from kpi.source import Span
from kpi.units import UNITS, Dimension, UnitTable, counting_unit


def check(text: str, vocabulary: Vocabulary = VOCABULARY) -> tuple[Aggregate, Dimension | None]:
    """An aggregate as checked, without a problem, and its dimension."""
    found = definition(text).formula
    assert isinstance(found, Aggregate)
    return check_aggregate(found, vocabulary, refuse)


def told(text: str) -> list[tuple[str, str]]:
    """The code of each problem of a condition, and the text that it points at."""
    found: list[tuple[str, str]] = []

    def report(code: str, span: Span, _suggestions: tuple[str, ...] = (), /, **_facts: object) -> None:
        found.append((code, text[span.start : span.end]))

    check_condition(condition(text), CLAIMS, UNITS, report)
    return found


# ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "sum(amount of claims where paid is known and after_loss and days(received, paid) <= 5 and countable)",
        "合計(給付申請の支給額のうち 支払日がある かつ 資格喪失後 かつ 日数(受付日, 支払日)が5以下 かつ 評価対象)",
        "sum(amount of 申請 where 支給日 is known and after_loss and days(受付日, 支給日) <= 5 and 評価対象)",
        "sum(「ａｍｏｕｎｔ」 of ｃｌａｉｍｓ where paid is known and after_loss and days(received, paid) <= 5 and countable)",
    ],
)
def test_every_spelling_is_one_aggregate(text: str) -> None:
    """Labels become identifiers, of whatever width; the canonical text is the name."""
    found, dimension = check(text)
    assert found.name == (
        "sum(amount of claims where paid is known and after_loss and days(received, paid) <= 5 and countable)"
    )
    assert dimension == UNITS["yen"].dimension


def test_named_condition_gets_its_meaning() -> None:
    """What a named condition means is put in, and is looked at."""
    found, _ = check("count(claims where 評価対象 and voluntary)")
    assert found.where == AllOf((Flag("countable", CLAIMS.conditions["countable"].condition), Flag("voluntary")))
    assert columns(found) == ("after_loss", "paid", "voluntary")


def test_meaning_is_part_of_an_aggregate() -> None:
    """Two aggregates of one text differ where a named condition means something else."""
    other = NamedCondition("countable", condition("after_loss"))
    table = Table("claims", CLAIMS.columns, "branch", "received", conditions={"countable": other})
    text = "count(claims where countable)"
    (one, _), (another, _) = check(text), check(text, Vocabulary.of(tables=[table]))
    assert one.name == another.name
    assert one != another


def test_unknown_table() -> None:
    """A table that is not there is told with the nearest, and nothing more about it."""
    found = definition("count(claim where nonsense > 5)").formula
    assert isinstance(found, Aggregate)
    problems: list[tuple[object, ...]] = []
    assert check_aggregate(found, VOCABULARY, lambda *args, **facts: problems.append((*args, facts))) == (found, None)
    assert problems == [("unknown-table", found.table_span, ("claims",), {"name": "claim"})]


# ── what an aggregate counts ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("count(claims)", "case"),
        ("count(distinct member of claims)", "person"),
        ("count(distinct kind of claims)", "case"),
        ("count(distinct days(received, paid) of claims)", "day"),
        ("sum(amount of claims)", "yen"),
        ("max(amount of claims)", "yen"),
        ("mean(days(received, paid) of claims)", "day"),
        ("min(business_days(received, paid) of claims)", "business_day"),
        ("sum(months(received, paid) of claims)", "month"),
    ],
)
def test_dimension(text: str, unit: str) -> None:
    """Counting gives records, or what a distinct value stands for; anything else the unit of what is summed."""
    assert check(text)[1] == UNITS[unit].dimension


def test_column_without_unit() -> None:
    """The sum of a column of which no unit is known agrees with every unit."""
    assert check("sum(corrections of claims)")[1] is None


def test_unit_of_a_table() -> None:
    """A table says what one of its records counts."""
    table = Table.of(
        "visits", [TableColumn("a", "text"), TableColumn("b", "date")], organisation="a", date="b", unit="time"
    )
    assert check("count(visits)", Vocabulary.of(tables=[table]))[1] == UNITS["time"].dimension


# ── types ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "kind = '傷病手当金' and kind != branch and kind in ('a', branch) and kind is known",
        "amount > 5 and amount <= 10,000 yen and amount between corrections and 5 and 5 < amount",
        "paid >= 2021-04-01 and paid > received and paid between received and 2022-03-31 and paid in (received)",
        "days(received, paid) > days(paid, received) or business_days(received, paid) <= 10 business days",
        "after_loss or not voluntary or countable and after_loss is known",
        "days(received, paid) is known",
    ],
)
def test_sound(text: str) -> None:
    """Values of one type and unit are compared."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("pay is known", "table-without-column", "pay"),
        ("pay", "table-without-column", "pay"),
        ("days(pay, paid) = 5", "table-without-column", "pay"),
        ("days(countable, paid) = 5", "condition-as-column", "countable"),
        ("countable is known", "condition-as-column", "countable"),
        ("paid", "column-type", "paid"),
        ("days(received, kind) = 5", "column-type", "kind"),
        ("kind = 5", "column-clash", "5"),
        ("paid = 'x'", "column-clash", "'x'"),
        ("amount in (5, 'x', 6)", "column-clash", "'x'"),
        ("amount between 5 and 2021-04-01", "column-clash", "2021-04-01"),
        ("amount = days(received, paid)", "unit-clash", "amount = days(received, paid)"),
        ("amount > 5 days", "unit-clash", "amount > 5 days"),
        (
            "days(received, paid) = months(received, paid)",
            "unit-clash",
            "days(received, paid) = months(received, paid)",
        ),
        ("amount > 5 yenn", "unknown-unit", "5 yenn"),
        ("amount > 0.5", "number-not-whole", "0.5"),
        ("amount > 5%", "number-not-whole", "5%"),
        ("after_loss = true", "boolean-compared", "after_loss"),
        ("5 = countable", "boolean-compared", "countable"),
        ("kind in (after_loss)", "boolean-compared", "after_loss"),
        ("kind > 'x'", "text-order", "kind > 'x'"),
        ("kind between 'a' and 'b'", "text-order", "kind between 'a' and 'b'"),
        ("5 = 5", "constant-test", "5 = 5"),
        ("'kind' in ('a', 'b')", "constant-test", "'kind' in ('a', 'b')"),
        ("'paid' is missing", "constant-test", "'paid' is missing"),
        ("amount between 6 and 5", "empty-between", "amount between 6 and 5"),
        ("paid not between 2021-04-02 and 2021-04-01", "empty-between", "paid not between 2021-04-02 and 2021-04-01"),
    ],
)
def test_one_problem(text: str, code: str, found: str) -> None:
    """One mistake is one problem, at its place; the conditions around it are checked as well."""
    assert told(text) == [(code, found)]
    for around in (f"voluntary and not ({text})", f"({text}) or 評価対象"):
        assert told(around) == [(code, found)]
    both = f"({text}) and nonsense"
    assert told(both) == [(code, found), ("table-without-column", "nonsense")]


def test_bounds_are_equal() -> None:
    """A range may be a single value."""
    assert told("amount between 5 and 5") == []


def test_own_units() -> None:
    """A unit of the catalogue is known beside numbers, by each of its names."""
    units = UnitTable().extended([counting_unit("tablet", "tablets", "錠")])
    table = Table.of(
        "sales", [TableColumn("n", "integer", units["tablet"]), TableColumn("d", "date"), TableColumn("o", "text")],
        organisation="o", date="d",
    )  # fmt: skip
    found = check_condition(condition("n >= 5錠 and n < 9 tablets"), table, units, refuse)
    assert found == check_condition(condition("n >= 5 tablet and n < 9錠"), table, units, refuse)


# ── bounds ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def chained(length: int) -> Table:
    """A table whose named conditions rest on each other in a chain."""
    table = PLAIN_CLAIMS
    for number in range(length):
        below = check_condition(
            condition(f"c{number - 1} and voluntary" if number else "after_loss"), table, UNITS, refuse
        )
        named = NamedCondition(f"c{number}", below)
        table = Table("claims", table.columns, "branch", "received", conditions={**table.conditions, named.name: named})
    return table


def test_named_conditions_add_to_the_depth() -> None:
    """Named conditions count as the levels that they mean."""
    found: list[str] = []
    check_condition(condition("not c8 or voluntary"), chained(9), UNITS, refuse)
    text = "(not c8 or voluntary) and after_loss"
    check_condition(condition(text), chained(9), UNITS, lambda code, *_, **__: found.append(code))
    assert found == ["condition-too-deep"]


def test_column_of_the_measure_is_told() -> None:
    """What is summed is checked like everything else."""
    found: list[str] = []
    for text in (
        "sum(paid of claims)",
        "sum(pay of claims)",
        "mean(countable of claims)",
        "count(distinct pay of claims)",
    ):
        aggregate = definition(text).formula
        assert isinstance(aggregate, Aggregate)
        check_aggregate(aggregate, VOCABULARY, lambda code, *_, **__: found.append(code))
    assert found == ["column-type", "table-without-column", "condition-as-column", "table-without-column"]


def test_checked_twice() -> None:
    """What has been checked stays as it is."""
    found, dimension = check("count(claims where 評価対象 and 支払日 is known)")
    assert check_aggregate(found, VOCABULARY, refuse) == (found, dimension)

"""`kpi.records.counting`: what KPIs ask of records."""

from __future__ import annotations

import pytest
from attrs import evolve
from claims import CLAIMS, KPIS, TENDERS, formula

import kpi
from kpi.columns.asked import asked
from kpi.errors import FormulaError, RecordsError
from kpi.formulas.nodes import Name, Operation, Operator, Summary
from kpi.formulas.printer import canonical
from kpi.formulas.tables import TableColumn
from kpi.records.counting import counting, is_counted


def variable(name, text, unit="case"):
    """A variable that is counted from records."""
    return kpi.Variable(name, unit, records=formula(text).expression)


def over(text, *variables):
    """A KPI over variables that are counted."""
    return kpi.parse(text, vocabulary=kpi.Vocabulary.of(variables, tables=[CLAIMS, TENDERS]))


def test_every_number_is_counted_once():
    """Whoever asks for it, and whichever variable is called like it."""
    found = counting({"a": formula("count(claims where lost) / count(claims)"), "b": formula("count(claims) >= 5")})
    assert [*found.columns] == ["count(claims where lost)", "count(claims)"]
    assert [*found.tables] == ["claims"]


def test_a_mean_is_a_sum_over_a_count():
    """So that every number is whole; where there is nothing to average, the quotient is not defined."""
    found = counting(formula("mean(amount of claims where lost) >= 5 yen"))
    assert [*found.columns] == ["sum(amount of claims where lost)", "count(claims where lost)"]
    assert [one.name for one in found.columns.values()] == [*found.columns]
    expression = found.asked[0].formula.expression
    assert expression == Operation(Operator.DIVIDE, *map(Name, found.columns))


def test_a_mean_and_its_sum_share_a_column():
    found = counting([formula("mean(amount of claims) / sum(amount of claims)")])
    assert [*found.columns] == ["sum(amount of claims)", "count(claims)"]


def test_a_variable_that_is_counted_keeps_its_name():
    share = over(
        "late / all_claims <= 5%", variable("late", "count(claims where lost)"), variable("all_claims", "count(claims)")
    )
    found = counting(share)
    assert {name: one.name for name, one in found.columns.items()} == {
        "late": "count(claims where lost)",
        "all_claims": "count(claims)",
    }


def test_a_rule_is_counted_as_well():
    """Targets and conditions too."""
    found = counting(
        formula("count(claims) >= count(tenders); count(claims) >= 3 when min(bidders of tenders) = 1 company")
    )
    assert [*found.columns] == ["count(claims)", "count(tenders)", "min(bidders of tenders)"]
    assert [*found.of_table("tenders")] == ["count(tenders)", "min(bidders of tenders)"]


def test_no_column_has_the_name_of_another():
    """Names differ not only in case, and none is that of a key; it is the later one that gives way."""
    found = counting(
        {
            "kind": formula("count(claims where kind = 'x') / count(claims where kind = 'X')"),
            "key": over("fiscal_year >= 1", variable("fiscal_year", "count(claims)")),
            "same": over("late >= 1", variable("late", "count(claims where lost)")),
            "other": over("late >= 1", variable("late", "count(claims where not lost)")),
        }
    )
    assert [*found.columns] == [
        "count(claims where kind = 'x')",
        "count(claims where kind = 'X')_",
        "fiscal_year_",
        "late",
        "late_",
    ]
    assert found.asked[0].formula.expression.right == Name("count(claims where kind = 'X')_")
    assert found.columns["late_"].name == "count(claims where not lost)"


def test_aggregates_of_a_formula_without_a_catalogue_are_checked_against_the_tables_beside_it():
    found = counting(kpi.parse("sum(支給額 of 給付申請 where excluded)"), {"claims": CLAIMS})
    (one,) = found.columns.values()
    assert (one.table, canonical(one)) == ("claims", "sum(amount of claims where excluded)")
    assert one.summary is Summary.SUM
    with pytest.raises(FormulaError, match="table 'claims' has no column"):
        counting(kpi.parse("sum(amounts of claims)"), {"claims": CLAIMS})


def test_everything_that_cannot_be_counted_is_told_at_once():
    kpis = {"a": formula("staff / count(claims)"), "b": formula("claims_paid / staff"), "c": kpi.parse("count(visits)")}
    with pytest.raises(RecordsError) as raised:
        counting(kpis)
    assert str(raised.value).splitlines() == [
        "'staff' (for a, b) is not counted from records; give the variable 'records:' in the catalogue",
        "'claims_paid' (for b) is not counted from records; give the variable 'records:' in the catalogue",
        "nothing is known of table 'visits'; declare its columns under 'tables' in the catalogue, or give tables=",
    ]


def test_a_table_is_declared_once():
    other = evolve(CLAIMS, columns={**CLAIMS.columns, "amount": TableColumn("amount", "text")})
    vocabulary = kpi.Vocabulary.of([], tables=[other])
    kpis = {"a": formula("count(claims)"), "b": kpi.parse("count(claims)", vocabulary=vocabulary)}
    with pytest.raises(RecordsError, match="table 'claims' is declared in two ways; give it once, in tables="):
        counting(kpis)
    assert counting(kpis, {"claims": CLAIMS}).tables == {"claims": CLAIMS}


def test_what_is_counted_in_part_counts_as_counted():
    assert [is_counted(one) for one in asked(KPIS)] == [True] * 4
    for text, expected in (
        ("staff / count(claims)", True),
        ("staff >= 1 person", False),
        ("claims_paid >= count(claims)", True),
    ):
        assert [is_counted(one) for one in asked(formula(text))] == [expected]
    assert is_counted(*asked(over("late >= 1", variable("late", "count(claims)"))))

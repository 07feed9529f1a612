"""A small table of claims for tests: what it holds, KPIs that count it, and records that are drawn at random."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from hypothesis import strategies as st

import kpi
from kpi.formulas.aggregates import (
    AllOf,
    AnyOf,
    Between,
    Column,
    Day,
    Elapsed,
    Flag,
    Known,
    Length,
    Match,
    Negated,
    OneOf,
    Text,
)
from kpi.formulas.nodes import Aggregate, Comparator, Number, Summary
from kpi.formulas.printer import canonical
from kpi.formulas.tables import NamedCondition, Table, TableColumn

EXCLUDED: Final = NamedCondition("excluded", AnyOf((Flag("lost"), Match(Column("kind"), Comparator.EQUAL, Text("x")))))
CLAIMS: Final = Table(
    "claims",
    {
        column.name: column
        for column in (
            TableColumn("branch", "text", ja="支部"),
            TableColumn("received", "date", ja="受付日"),
            TableColumn("paid", "date", ja="支払日"),
            TableColumn("amount", "integer", "yen", ja="支給額"),
            TableColumn("member", "text", "person", ja="被保険者"),
            TableColumn("kind", "text", ja="種別"),
            TableColumn("lost", "boolean", ja="資格喪失後受診"),
        )
    },
    organisation="branch",
    date="received",
    conditions={"excluded": EXCLUDED},
    ja="給付申請",
)
TENDERS: Final = Table.of(
    "tenders",
    [TableColumn("branch", "text"), TableColumn("opened", "date"), TableColumn("bidders", "integer", "company")],
    organisation="branch",
    date="opened",
)
VOCABULARY: Final = kpi.Vocabulary.of(
    [
        kpi.Variable("claims_paid", kpi.units.UNITS["case"], ja="支払件数"),
        kpi.Variable("staff", kpi.units.UNITS["person"], ja="職員数"),
    ],
    tables=[CLAIMS, TENDERS],
)


def formula(text: str) -> kpi.Formula:
    """A KPI over the two tables."""
    return kpi.parse(text, vocabulary=VOCABULARY)


KPIS: Final = {
    "prompt": formula(
        "count(claims where business_days(received, paid) <= 10 and not excluded)"
        " / count(claims where paid is known and not excluded) >= 60%"
    ),
    "lost": formula("count(claims where lost or kind in ('x', '傷病')) / count(claims) <= prior year"),
    "mean": formula(
        "mean(amount of claims where amount is known and months(received, paid) between 1 and 2) <= 400,000 yen;"
        " sum(amount of claims where amount is known) <= 7 yen when count(distinct member of claims) <= 1 person"
    ),
    "longest": formula(
        "max(days(received, paid) of claims where paid >= received and not (kind != 'x' or lost)) <= 70 days"
    ),
}

# ── records ──────────────────────────────────────────────────────────────────────────────────────────────────────────

Record = dict[str, Any]
EDGES: Final = [
    date(2020, 3, 31), date(2020, 4, 1), date(2021, 1, 30), date(2021, 1, 31), date(2021, 2, 28), date(2021, 3, 1),
    date(2021, 4, 28), date(2021, 5, 6), date(2021, 12, 28), date(2022, 1, 4),
]  # fmt: skip
"""Ends of months and fiscal years, and days beside holidays."""
DAYS: Final = st.sampled_from(EDGES) | st.dates(date(2020, 1, 1), date(2022, 6, 30))


@st.composite
def claims(draw: st.DrawFn) -> Record:
    """One claim; anything can be missing, and it may have been paid before it was received."""
    received = draw(st.none() | DAYS) if draw(st.integers(0, 9)) == 0 else draw(DAYS)
    paid = draw(st.none() | DAYS) if received is None else received + timedelta(draw(st.integers(-3, 70)))
    return {
        "branch": draw(st.sampled_from(["iwate", "miyagi", "national", "iwate", None])),
        "received": received,
        "paid": draw(st.sampled_from([paid, paid, paid, None])),
        "amount": draw(st.sampled_from([None, 0, 1, 5000, 10**12, -3])),
        "member": draw(st.sampled_from(["a", "b", "Ａ", None])),
        "kind": draw(st.sampled_from(["x", "y", "傷病", "it's", None])),
        "lost": draw(st.sampled_from([True, False, False, None])),
    }


RECORDS: Final = st.lists(claims(), min_size=1, max_size=12)

# ── aggregates over them ─────────────────────────────────────────────────────────────────────────────────────────────

SPANS: Final = st.builds(
    Elapsed, st.sampled_from(Length), st.sampled_from([Column("received"), Column("paid")]), st.just(Column("paid"))
)
_WHOLE: Final = st.integers(0, 20).map(Number)
_TESTS: Final = st.one_of(
    st.builds(Match, SPANS | st.just(Column("amount")), st.sampled_from(Comparator), _WHOLE),
    st.builds(Match, st.just(Column("paid")), st.sampled_from(Comparator), st.sampled_from(EDGES).map(Day)),
    st.builds(Match, st.just(Column("paid")), st.sampled_from(Comparator), st.just(Column("received"))),
    st.builds(Match, st.just(Column("kind")), st.just(Comparator.EQUAL), st.sampled_from([Text("x"), Text("傷病")])),
    st.builds(OneOf, st.just(Column("kind")), st.just((Text("x"), Text("it's")))),
    st.builds(OneOf, st.just(Column("amount")), st.just((Number(0), Number(5000)))),
    st.builds(Between, SPANS | st.just(Column("amount")), _WHOLE, _WHOLE),
    st.builds(Known, st.sampled_from([Column("paid"), Column("amount"), Column("member")])),
    st.just(Flag("lost")),
    st.just(Flag("excluded", EXCLUDED.condition)),
)
CONDITIONS: Final = st.recursive(
    _TESTS,
    lambda inner: st.one_of(
        st.builds(AllOf, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Negated, inner),
    ),
    max_leaves=5,
)


def _named(aggregate: Aggregate) -> Aggregate:
    return Aggregate(
        canonical(aggregate),
        summary=aggregate.summary, table=aggregate.table, measure=aggregate.measure, where=aggregate.where,
    )  # fmt: skip


AGGREGATES: Final = st.one_of(
    st.builds(lambda where: Aggregate("", table="claims", where=where), st.none() | CONDITIONS),
    st.builds(
        lambda summary, measure, where: Aggregate("", summary=summary, table="claims", measure=measure, where=where),
        st.sampled_from([Summary.SUM, Summary.MIN, Summary.MAX, Summary.MEAN]),
        SPANS | st.just(Column("amount")),
        st.none() | CONDITIONS,
    ),
    st.builds(
        lambda measure, where: Aggregate("", table="claims", measure=measure, where=where),
        SPANS | st.sampled_from([Column("member"), Column("amount"), Column("paid")]),
        st.none() | CONDITIONS,
    ),
).map(_named)
"""Aggregates over claims, as the checker gives them."""

"""Verdicts over frames of every kind."""

from __future__ import annotations

from decimal import Decimal

import pytest
from frames_of import each_frame, each_kind
from hypothesis import given, settings
from hypothesis import strategies as st

import kpi
from kpi.columns import evaluate_frame
from kpi.errors import ColumnsError

PARTS = ("outcome", "value", "target", "margin")

FORMULAS = {
    "threshold": kpi.parse("a / b >= 59.6%"),
    "decimals": kpi.parse("a / b >= 13.45%"),
    "prior": kpi.parse("a / b >= prior year"),
    "gain": kpi.parse("a / b >= prior year + 0.5 points"),
    "most": kpi.parse("a / b <= 70% of prior year"),
    "conditional": kpi.parse("a / b <= 20%; a <= 1 case when b <= 4"),
    "mean": kpi.parse("a / b >= max(prior year, mean of 3 years)"),
    "named": kpi.parse("a / b > fiscal year 2020"),
    "national": kpi.parse("a / b >= national"),
    "count": kpi.parse("a >= 57,000"),
    "fall": kpi.parse("a < prior year"),
    "equal": kpi.parse("a / b = 100%"),
    "sums": kpi.parse("(a + b) / (a - b) > 1.5"),
    "rates": kpi.parse("(a / b) / (b / 3) >= 0.25"),
    "done": kpi.parse("a is done"),
    "both": kpi.parse("a / b >= 20% and b >= 5 and a <= prior year"),
    "shown": kpi.parse("a / b >= 59.6%", decimals=1, compared="shown"),
    "shown_even": kpi.parse("a / b <= prior year", decimals=1, rounding="half_even", compared="shown"),
    "undeclared": kpi.parse("a / b >= 59.6%", compared="shown"),
    "without_rule": kpi.parse("a / b"),
    "monthly": kpi.parse("a is done every month"),
}  # fmt: skip


def keyed(rows):
    """Columns out of rows of organisation, fiscal year, a and b."""
    names = ("organisation", "fiscal_year", "a", "b")
    return {name: [row[index] for row in rows] for index, name in enumerate(names)}


def evaluated(kind, table, kpis, /, **known):
    """The rows of the result, from a *table* of columns."""
    return kind.rows(evaluate_frame(kind.make(table), kpis, **known))


def outcomes(kind, table, formula, /, **known):
    """The outcomes of one formula without a name."""
    return [row["outcome"] for row in evaluated(kind, table, kpi.parse(formula), **known)]


# ── against the evaluator ────────────────────────────────────────────────────────────────────────────────────────────


def expected(formula, row, rows):
    """The result of the evaluator for one row, given all of them."""
    here = {"a": row["a"], "b": row["b"]}
    year, organisation = row["fiscal_year"], row["organisation"]

    def there(place, of_year):
        found = [one for one in rows if (one["organisation"], one["fiscal_year"]) == (place, of_year)]
        return {"a": found[0]["a"], "b": found[0]["b"]} if found and place is not None else None

    others = {f"fiscal year {other}": there(organisation, other) for other in range(2015, 2024) if other != year - 1}
    known = {text: values for text, values in {**others, "national": there("national", year)}.items() if values}
    return formula.evaluate(here, references=known, prior=there(organisation, year - 1), fiscal_year=year)


def assert_as_evaluated(kind, columns):
    """Every formula has, in every row, the verdict of the evaluator and its numbers."""
    frame = kind.make(columns)
    found = kind.rows(evaluate_frame(frame, FORMULAS))
    rows = kind.rows(frame)
    assert repr([{name: row[name] for name in columns} for row in found]) == repr(rows)  # NaN is like NaN
    for row, answers in zip(rows, found, strict=True):
        for key, formula in FORMULAS.items():
            result = expected(formula, row, rows)
            assert answers[f"{key}_outcome"] == result.outcome, (key, row)
            for part in PARTS[1:]:
                exact, shown = getattr(result, part), answers[f"{key}_{part}"]
                assert (shown is None) is (exact is None), (key, part, row)
                assert exact is None or shown == pytest.approx(float(exact), rel=1e-9, abs=1e-6), (key, part, row)


SMALL = st.integers(-3, 12)
HARD = st.sampled_from(
    [0, 1, 4, 5, 149, 148_999, 149_000, 250, 250_000, 596, 1_000, 57_000, 56_999, 10**12, 10**12 + 1, 2**31, 3_037_000_500]
)  # fmt: skip
HUGE = st.sampled_from([sign * (2**bits + by) for sign in (1, -1) for bits in (52, 53, 62) for by in (-1, 0, 1)])
LIMITS = st.sampled_from([2**63 - 1, -(2**63), 2**63 - 2, 9_200_000_000_000_000_000])
WHOLE = st.one_of(SMALL, HARD, HUGE, LIMITS)
FLOATS = st.one_of(
    SMALL.map(float),
    st.sampled_from([0.1, 0.2, 0.3, 59.6, 0.596, 1.005, 95.7, 1e15, 1e16, 2.0**53, 2.0**60, 1e-7, 1e300, 1 / 3, -0.0]),
    st.sampled_from([float("nan"), float("inf"), float("-inf")]),
    st.decimals(0, 10**6, places=2).map(float),
)
AMOUNTS = st.decimals(-(10**15), 10**15, places=4) | st.decimals(0, 100, places=2)
PLACES = st.sampled_from(["a", "b", "national"])


def tables(numbers):
    """Up to eight rows with different keys."""
    rows = st.tuples(PLACES, st.integers(2018, 2022), numbers | st.none(), numbers | st.none())
    return st.lists(rows, min_size=1, max_size=8, unique_by=lambda row: row[:2]).map(keyed)


@each_frame
@settings(max_examples=15)
@given(columns=st.sampled_from([SMALL, SMALL | HARD, WHOLE, FLOATS, AMOUNTS, st.booleans()]).flatmap(tables))
def test_as_evaluated(kind, columns):
    """No row of any frame has another verdict than the evaluator gives."""
    assert_as_evaluated(kind, columns)


# ── what is added ────────────────────────────────────────────────────────────────────────────────────────────────────

TWO_YEARS = keyed([("x", 2021, 149, 250), ("y", 2021, 3, 0), ("x", 2020, 148, 250), ("y", 2020, None, 7)])


@each_kind
def test_added_columns(kind):
    """Four columns are added behind all others, and the rows stay in order."""
    rows = evaluated(kind, {**TWO_YEARS, "note": ["p", "q", None, "s"]}, {"share": FORMULAS["prior"]})
    names = [f"share_{part}" for part in PARTS]
    assert [[*row] for row in rows] == [["organisation", "fiscal_year", "a", "b", "note", *names]] * 4
    assert [row["note"] for row in rows] == ["p", "q", None, "s"]
    assert [row["share_outcome"] for row in rows] == ["achieved", *["not_evaluable"] * 3]
    assert [tuple(rows[0][name] for name in names[1:]), rows[1]["share_value"]] == [
        (59.6, 59.2, pytest.approx(0.4)),
        None,
    ]


@each_kind
def test_same_kind(kind):
    """The result is a frame of the kind that was handed in, which stays as it was."""
    frame = kind.make(TWO_YEARS)
    found = evaluate_frame(frame, FORMULAS["threshold"], only="outcome")
    assert type(found) is type(frame)
    assert kind.rows(frame) == kind.rows(kind.make(TWO_YEARS))


@each_kind
def test_names(kind):
    """Added columns are called as one likes, and only those asked for are added."""
    both = {"share": FORMULAS["threshold"], "count": FORMULAS["count"]}
    names = {"outcome": "{kpi}の判定", "value": "{part} of {kpi}"}
    row = evaluated(kind, TWO_YEARS, both, names=names, only=("value", "outcome"))[0]
    assert [*row][4:] == ["shareの判定", "value of share", "countの判定", "value of count"]
    assert [*evaluated(kind, TWO_YEARS, FORMULAS["threshold"], only="margin")[0]][4:] == ["margin"]


@each_kind
def test_names_that_exist(kind):
    """An added column takes no other's place, whatever its case."""
    columns = {**TWO_YEARS, "Outcome": [1, 2, 3, 4], "value": [1, 2, 3, 4]}
    with pytest.raises(ColumnsError, match="'outcome', 'value', which exist already"):
        evaluated(kind, columns, FORMULAS["threshold"])


@each_kind
def test_no_rows(kind):
    """A frame without rows gets the columns."""
    assert evaluated(kind, dict.fromkeys(TWO_YEARS, ()), FORMULAS["prior"]) == []


# ── where values stand ───────────────────────────────────────────────────────────────────────────────────────────────


@each_kind
def test_columns_named_otherwise(kind):
    """A variable may stand under another name, or under its label in the vocabulary."""
    vocabulary = kpi.Vocabulary.of([kpi.Variable("done", "case", "件数", "cases", labels=("実施件数",))])
    labelled = kpi.parse("done >= 3", vocabulary=vocabulary)
    for known in ({"実施件数": [3]}, {"件数": [3]}):
        assert [row["outcome"] for row in evaluated(kind, known, labelled)] == ["achieved"]
    rows = evaluated(kind, {"n": [3, 2]}, kpi.parse("done >= 3"), columns={"done": "n"})
    assert [row["outcome"] for row in rows] == ["achieved", "missed"]


@each_kind
def test_missing_columns(kind):
    """Every column that is missing is named, with the nearest that is there."""
    columns = {"organisation": ["x"], "fiscal_yaer": [2021], "open_tender": [3]}
    formula = kpi.parse("single_bids / open_tenders <= prior year")
    with pytest.raises(ColumnsError) as caught:
        evaluated(kind, columns, {"bids": formula})
    assert str(caught.value) == (
        "the frame has no column 'single_bids' (for bids); "
        "no column 'open_tenders' (for bids); did you mean 'open_tender'?; "
        "no column 'fiscal_year'; did you mean 'fiscal_yaer'?"
    )


@each_kind
def test_no_keys_needed(kind):
    """Where nothing is looked up in other rows, a frame needs no keys."""
    assert outcomes(kind, {"a": [1, 1], "b": [5, 4]}, "a / b <= 20%") == ["achieved", "missed"]


@each_kind
def test_published_values(kind):
    """A KPI's own value, in its unit, counts where its variables are missing."""
    columns = {"share": [59.6, 59.5, None], "a": [None, 1, None], "b": [None, 2, None]}
    rows = evaluated(kind, columns, {"share": FORMULAS["threshold"]}, names="{kpi} {part}")
    assert [row["share outcome"] for row in rows] == ["achieved", "missed", "not_evaluable"]
    assert [row["share value"] for row in rows] == [59.6, 50.0, None]
    only = evaluated(kind, {"share": [59.6]}, {"share": FORMULAS["threshold"]})
    assert only[0]["share_outcome"] == "achieved"


# ── other years ──────────────────────────────────────────────────────────────────────────────────────────────────────


@each_kind
def test_prior_frame(kind):
    """Last year's rows may stand in a frame of their own, with their year or without."""
    now = keyed([("x", 2021, 3, 10), ("y", 2021, 3, 10), ("z", 2021, 3, 10)])
    before = keyed([("y", 2020, 4, 10), ("x", 2020, 2, 10)])
    for prior in (before, {name: before[name] for name in ("organisation", "a", "b")}):
        found = evaluated(kind, now, FORMULAS["prior"], prior=kind.make(prior))
        assert [row["outcome"] for row in found] == ["achieved", "missed", "not_evaluable"]


@each_kind
def test_years_as_text(kind):
    """Fiscal years may be written as a plan writes them."""
    columns = {"organisation": ["x"] * 3, "fiscal_year": ["R3", "令和2年度", "FY2019"], "a": [3, 2, 2]}
    assert outcomes(kind, columns, "a >= prior year") == ["achieved", "achieved", "not_evaluable"]
    with pytest.raises(Exception, match="'soon' is no fiscal year"):
        outcomes(kind, {**columns, "fiscal_year": ["R3", "soon", "R1"]}, "a >= prior year")


@each_kind
def test_periods(kind):
    """With a period, last year is the row of the same period."""
    columns = {"organisation": ["x"] * 4, "fiscal_year": [2020, 2020, 2021, 2021], "q": ["1", "2", "1", "2"]}
    found = outcomes(kind, {**columns, "a": [5, 1, 4, 2]}, "a >= prior year", period="q")
    assert found == ["not_evaluable", "not_evaluable", "missed", "achieved"]


@each_kind
def test_several_rows_of_a_year(kind):
    """Where two rows could be last year's, nothing is decided by one of them, and no row is doubled."""
    columns = keyed([("x", 2020, 1, 2), ("x", 2020, 3, 4), ("x", 2021, 3, 4)])
    with pytest.raises(
        Exception,
        match=r"look at the row of x 2020, and there are several|the row of x 2021 looks at another, of which there are several|More than one row|several rows",
    ):
        evaluated(kind, columns, FORMULAS["prior"])
    assert len(evaluated(kind, columns, FORMULAS["threshold"])) == 3


@each_kind
def test_missing_keys(kind):
    """A row without organisation or year has no last year, and is nobody's."""
    columns = keyed([(None, 2020, 1, 2), (None, 2021, 3, 4), ("x", None, 3, 4), ("x", 2021, 3, 4)])
    assert {row["outcome"] for row in evaluated(kind, columns, FORMULAS["prior"])} == {"not_evaluable"}


@each_kind
def test_baselines(kind):
    """A stated baseline decides where there is one, whatever the data say: a number, a column, or one for each KPI."""
    columns = {**TWO_YEARS, "stated": [59.7, None, 60, 1.5]}
    assert outcomes(kind, columns, "a / b >= prior year", baseline="stated")[::2] == ["missed", "missed"]
    assert outcomes(kind, columns, "a / b >= prior year", baseline=59.6)[::2] == ["achieved", "missed"]
    assert outcomes(kind, columns, "a / b >= prior year", baseline="59.2%")[::2] == ["achieved", "achieved"]
    both = {"one": FORMULAS["prior"], "other": FORMULAS["prior"]}
    row = evaluated(kind, columns, both, baseline={"one": Decimal("59.7"), "other": "stated"})[2]
    assert (row["one_target"], row["other_target"]) == (59.7, 60)
    with pytest.raises(ColumnsError, match="no column 'statde'; did you mean 'stated'"):
        evaluated(kind, columns, FORMULAS["prior"], baseline="statde")


@each_kind
def test_baseline_without_keys(kind):
    """Where a baseline is stated, rows need no keys: it stands for what cannot be looked up."""
    columns = {"a": [3, 3, 3], "stated": [3, 4, None]}
    assert outcomes(kind, columns, "a >= prior year", baseline="stated") == ["achieved", "missed", "not_evaluable"]


@each_kind
def test_rows_of_other_years_without_year(kind):
    """Rows without a year are last year's, and can be no other's."""
    now, before = keyed([("x", 2021, 3, 10)]), {"organisation": ["x"], "a": [4], "b": [10]}
    with pytest.raises(ColumnsError, match="the frame of other years has no column 'fiscal_year'"):
        evaluated(kind, now, FORMULAS["named"], prior=kind.make(before))


@each_kind
def test_branch_targets(kind):
    """Targets of branches come as a column or a number; without one there is no verdict."""
    columns = {"a": [8, 7], "b": [10, 10], "set": [80.0, None]}
    assert outcomes(kind, columns, "a / b >= branch target", branch_target="set") == ["achieved", "not_evaluable"]
    assert outcomes(kind, columns, "a / b >= branch target", branch_target=75) == ["achieved", "missed"]
    assert outcomes(kind, columns, "a / b >= branch target") == ["not_evaluable"] * 2


# ── plans ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@each_kind
def test_plans(kind):
    """A plan decides the rows of its organisation and year; its entries decide all rows."""
    catalog = kpi.load_catalog()
    bids = {name: catalog.plans[name] for name in ("iwate-r3", "miyagi-r3", "toyama-r7")}
    columns = {
        "organisation": ["iwate", "岩手支部", "miyagi", "toyama", "iwate", None],
        "fiscal_year": [2021, 2020, 2021, 2025, 2022, 2021],
        **dict.fromkeys({name for plan in bids.values() for entry in plan for name in entry.formula.names}, [10] * 6),
        "single_bid_tenders": [1, 1, 2, 2, 1, 2],
        "open_tenders": [4, 4, 10, 10, 4, 4],
    }
    rows = evaluated(kind, columns, bids, only="outcome")
    assert [row["single_bid_share_outcome"] for row in rows] == [
        "achieved", "no_target", "achieved", "missed", "no_target", "no_target",
    ]  # fmt: skip
    entry = catalog.plans["iwate-r3"]["single_bid_share"]
    for asked in (entry, [entry], {"single_bid_share": entry}):
        assert {row["single_bid_share_outcome"] for row in evaluated(kind, columns, asked)} == {"achieved", "missed"}


@each_kind
def test_tidy(kind):
    """One value a row becomes one row for each organisation and year, in the order in which they appear."""
    columns = {
        "organisation": ["x", "x", "y", "x", "x"],
        "fiscal_year": ["R3", "R3", "R3", "R2", "R2"],
        "quantity": ["a", "b", "a", "a", "b"],
        "value": [3, 10, 3, 2, 10],
    }
    rows = evaluated(kind, columns, FORMULAS["prior"], long=True, names="share_{part}")
    found = [(row["organisation"], row["fiscal_year"], row["share_outcome"]) for row in rows]
    wanted = [("x", "R3", "achieved"), ("y", "R3", "not_evaluable"), ("x", "R2", "not_evaluable")]
    assert found == wanted if kind.is_ordered else sorted(found) == sorted(wanted)
    renamed = {{"quantity": "what", "value": "number"}.get(name, name): values for name, values in columns.items()}
    again = evaluated(kind, renamed, FORMULAS["prior"], long=("what", "number"), names="share_{part}")
    assert again == rows
    with pytest.raises(Exception, match="several values; expected one for each organisation, fiscal_year"):
        evaluated(kind, {name: values * 2 for name, values in columns.items()}, FORMULAS["prior"], long=True)

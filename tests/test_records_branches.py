"""`kpi.records.branches`: a plan's rules for every organisation that has records."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import kpi
from kpi.catalogue import load_bytes
from kpi.columns.asked import asked
from kpi.errors import RecordsError, UnknownNameError
from kpi.evaluation.decision import Verdict
from kpi.records import rows
from kpi.records.branches import CountedPlan, in_order, tally, unstated

CATALOG = Path(__file__).parents[1] / "docs" / "records" / "catalog.yaml"
TEXT = CATALOG.read_text("utf-8")
CLAIM = {
    "branch": "iwate", "received": date(2021, 5, 6), "paid": date(2021, 5, 10), "kind": "x", "amount": 1,
    "lost_qualification": False, "voluntary_continuation": False, "returned": False,
}  # fmt: skip


def plan(text=TEXT):
    """The plan of the example, in the catalogue or in another text of it."""
    return load_bytes(text.encode(), "catalog.yaml").plans["example-r3"]


def results(counted, records, by="fiscal_year"):
    """The results of records, by organisation, period and KPI."""
    found = counted.results(rows.count(counted.own, {"claims": records}, by), by)
    return {(one.organisation, one.fiscal_year, one.period, one.kpi): one.result for one in found}


def test_every_entry_or_some_of_them():
    counted = CountedPlan.of(plan())
    assert [one.key for one in counted.own.asked] == ["prompt_payment", "returned_share", "mean_injury_allowance"]
    assert counted.left_out == ()
    some = CountedPlan.of(plan(), ["returned_share"])
    assert [*some.own.columns] == ["returned_claims", "claims_received"]


def test_a_kpi_that_is_not_counted_is_left_out_unless_it_is_asked_for():
    text = TEXT.replace("    records: count(claims where standard)\n", "").replace(
        "    records: count(claims where standard and business_days(received, paid) <= 10)\n", ""
    )
    found = plan(text)
    assert CountedPlan.of(found).left_out == ("prompt_payment",)
    with pytest.raises(RecordsError, match="not counted from records: prompt_payment; give their variables 'records:'"):
        CountedPlan.of(found, ["prompt_payment", "returned_share"])
    with pytest.raises(UnknownNameError, match="did you mean 'prompt_payment'"):
        CountedPlan.of(found, ["prompt_paymnt"])


def test_each_organisation_and_period_has_a_result_of_each_kpi():
    late = {**CLAIM, "branch": "miyagi", "paid": date(2021, 6, 1)}
    found = results(CountedPlan.of(plan(), ["prompt_payment"]), [CLAIM, late], "month")
    assert {key: result.outcome for key, result in found.items()} == {
        ("iwate", 2021, 5, "prompt_payment"): Verdict.ACHIEVED,
        ("miyagi", 2021, 5, "prompt_payment"): Verdict.MISSED,
    }


def test_a_stated_baseline_is_that_of_the_plan_s_own_organisation_and_year():
    """Elsewhere last year is counted."""
    text = TEXT.replace("baseline: 記載なし", 'baseline: "40%"').replace(
        "published: 対前年度以下とする", "published: 対前年度（40％）以下とする"
    )
    text = text.replace('rule: "<= prior year"', 'rule: "<= prior year (40%)"')
    counted = CountedPlan.of(plan(text), ["returned_share"])
    last = {**CLAIM, "received": date(2020, 5, 6)}
    records = [{**claim, "branch": branch} for branch in ("全国", "iwate") for claim in (CLAIM, last)]
    found = results(counted, [*records, {**CLAIM, "branch": "national"}])
    targets = {key[:2]: None if one.target is None else str(one.target) for key, one in found.items()}
    assert targets == {
        ("iwate", 2020): None, ("iwate", 2021): "0.00%",
        ("national", 2021): "40.00%", ("全国", 2020): None, ("全国", 2021): "40.00%",
    }  # fmt: skip


def test_what_a_plan_states_is_taken_away_for_others():
    (one,) = asked({"n": kpi.parse("a / b >= prior year (40%)")})
    assert unstated(one).formula.rule == kpi.parse("a / b >= prior year").rule
    assert unstated(one).baseline is None


def test_organisations_stand_in_the_order_of_the_catalogue():
    counted = CountedPlan.of(plan(), ["prompt_payment"])
    records = [{**CLAIM, "branch": branch} for branch in ("elsewhere", "miyagi", "iwate", None)]
    found = in_order(
        counted.results(rows.count(counted.own, {"claims": records}, "fiscal_year"), "fiscal_year"), ["miyagi", "iwate"]
    )
    assert [one.organisation for one in found] == ["miyagi", "iwate", "elsewhere", None]
    assert tally(found)["prompt_payment"] == dict.fromkeys(Verdict, 0) | {Verdict.ACHIEVED: 4}
    assert found[0].to_dict() | {"result": 0} == {
        "organisation": "miyagi", "fiscal_year": 2021, "period": None, **found[0].result.to_dict(), "kpi": "prompt_payment", "result": 0,
    }  # fmt: skip

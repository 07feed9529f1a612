"""Charts in words."""

from __future__ import annotations

import kpi
from kpi.charts import alternative_text


def test_lines():
    """The first line counts the outcomes, and each KPI has a line of its own, with what is known of it."""
    half = kpi.load_catalog().plans["national-r3"].evaluate(kpi.load_published())
    first, *rest = alternative_text(half).splitlines()
    assert first == "Bullet chart of 20 KPIs, each beside its target: achieved 8, missed 11, not evaluable 1."
    assert len(rest) == 20
    assert rest[4] == (
        "judo therapy claims for three or more sites and fifteen or more days a month: value 0.99%, target <= 1.12%, "
        "attainment 113.1%, called for by now 1.26%, achieved (provisional, as of 2021-08-31)."
    )
    assert (
        rest[7]
        == "workplaces that returned the confirmation of dependants: target >= 92.7%, not evaluable (provisional, as of 2021-09-30)."
    )


def test_japanese():
    """The same in Japanese."""
    card = kpi.load_catalog().plans["iwate-r3"].evaluate(kpi.load_published())
    lines = alternative_text([card["single_bid_share"], card["opinion_submission"]], "ja").splitlines()
    assert lines == [
        "KPI2件の実績を目標と並べた図。達成 2。",
        "一般競争入札に占める一者応札案件の割合: 実績0.0%、目標20%以下、達成（2021-09-30現在の暫定）。",
        "地域医療構想調整会議や医療審議会等の場における医療データ等を活用した効果的な意見発信: 実績2回、目標実施する、達成（2021-09-30現在の暫定）。",
    ]


def test_none():
    """Without results nothing is counted."""
    assert alternative_text([]) == "Bullet chart of 0 KPIs, each beside its target: –."

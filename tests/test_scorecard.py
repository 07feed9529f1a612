"""Scorecards as mappings, records, frames and tables."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import attrs
import pandas as pd
import polars as pl
import pytest

import kpi
from kpi.evaluation.decision import Verdict
from kpi.evaluation.result import Title
from kpi.plans.scorecard import Scorecard

COLUMNS = {
    "kpi": pl.String, "outcome": pl.String, "name": pl.String,
    "value": pl.Float64, "target": pl.Float64, "margin": pl.Float64,
    "unit": pl.String, "provisional": pl.Boolean, "as_of": pl.Date, "clause": pl.String,
    "rounding_sensitive": pl.Boolean,
    "value_exact": pl.String, "target_exact": pl.String, "margin_exact": pl.String,
    "pace_met": pl.Boolean, "called_for": pl.Float64, "called_for_low": pl.Float64, "called_for_high": pl.Float64,
    "needed_per_month": pl.Float64, "pace_reason": pl.String,
    "national": pl.Float64, "national_difference": pl.Float64,
}  # fmt: skip
PANDAS = {pl.String: "string", pl.Float64: "float64", pl.Boolean: "bool", pl.Date: "datetime64[s]"}


@pytest.fixture(scope="module")
def plan():
    return kpi.load_catalog().plans["iwate-r3"]


@pytest.fixture(scope="module")
def card(plan):
    return plan.evaluate(kpi.load_published())


@pytest.fixture(scope="module")
def blank(plan):
    return plan.evaluate(kpi.Observations(()))


def single(text, inputs=None, **known):
    """A scorecard of one result with awkward names."""
    formula = attrs.evolve(kpi.parse(text), title=Title("a<b", '"率" <b>&', "rate & <more>"))
    return Scorecard("p&q", "計画 <R3>", "plan", {"a<b": formula.evaluate(inputs, **known)})


class TestMapping:
    def test_by_key(self, card):
        """A result is found by its KPI."""
        assert card["card_recovery_rate"].outcome is Verdict.MISSED
        assert card["card_recovery_rate"].title.key == "card_recovery_rate"

    def test_unknown(self, card):
        """An unknown KPI is an error that names the nearest and the plan."""
        with pytest.raises(
            kpi.UnknownNameError,
            match=r"^unknown KPI 'card_recovery' in plan iwate-r3; did you mean 'card_recovery_rate'",
        ):
            card["card_recovery"]

    def test_order(self, card, plan):
        """Results come in the order of the plan."""
        assert [result.title.key for result in card] == [entry.kpi.key for entry in plan]
        assert len(card) == 17

    def test_counts(self, card, blank):
        """Outcomes are counted, and the counts stand in the text."""
        assert [card.count(verdict) for verdict in Verdict] == [10, 7, 0, 0, 0]
        assert str(card) == "iwate-r3: achieved 10, missed 7"
        assert repr(card) == "<Scorecard iwate-r3: achieved 10, missed 7>"
        assert str(blank) == "iwate-r3: not evaluable 17; the table has no row of iwate"


class TestRecords:
    FIELDS = (
        "kpi",
        "outcome",
        "value",
        "target",
        "margin",
        "unit",
        "provisional",
        "as_of",
        "clause",
        "rounding_sensitive",
        "pace",
        "national",
    )

    def test_fields(self, card):
        """The scorecard for programs has exactly the fields that were promised, in this order."""
        record = card.to_dict()
        assert tuple(record) == ("plan", "results")
        assert record["plan"] == "iwate-r3"
        assert {tuple(result) for result in record["results"]} == {self.FIELDS}
        assert json.loads(json.dumps(record)) == record

    def test_numbers(self, card):
        """Numbers are exact: a decimal text, or a fraction where none is finite."""
        results = {result["kpi"]: result for result in card.to_dict()["results"]}
        rate = results["card_recovery_rate"]
        assert (rate["value"], rate["target"], rate["unit"]) == ("2939000/31269", "95.7", "%")
        assert Fraction(rate["value"]) - Fraction(rate["target"]) == Fraction(rate["margin"])
        share = {name: results["generic_share"][name] for name in self.FIELDS[:10]}
        assert share == {
            "kpi": "generic_share",
            "outcome": "achieved",
            "value": "85.8",
            "target": "85.5",
            "margin": "0.3",
            "unit": "%",
            "provisional": True,
            "as_of": "2021-05-31",
            "clause": ">= 85.5%",
            "rounding_sensitive": False,
        }

    def test_nothing_known(self, blank):
        """What is not known is null; the clause that would have decided is told."""
        record = blank.to_dict()["results"][1]
        assert [record[name] for name in ("value", "margin", "as_of")] == [None] * 3
        assert (record["outcome"], record["provisional"]) == ("not_evaluable", False)


class TestFrames:
    @pytest.mark.parametrize("name", ["card", "blank"])
    def test_polars(self, name, request):
        """A polars frame has a row a KPI and the same columns and types, whatever is missing."""
        frame = request.getfixturevalue(name).to_polars()
        assert dict(frame.schema) == COLUMNS
        assert frame.height == 17

    @pytest.mark.parametrize("name", ["card", "blank"])
    def test_pandas(self, name, request):
        """A pandas frame has a row a KPI and the same columns and types, whatever is missing."""
        frame = request.getfixturevalue(name).to_pandas()
        expected = {column: PANDAS[kind] for column, kind in COLUMNS.items()} | {"pace_met": "boolean"}
        assert {column: str(kind) for column, kind in frame.dtypes.items()} == expected
        assert len(frame) == 17

    def test_values(self, card):
        """Floats stand beside the exact texts, dates are dates."""
        row = card.to_polars().row(by_predicate=pl.col("kpi") == "single_bid_share", named=True)
        assert (row["value"], row["target"], row["margin"]) == (0.0, 20.0, 20.0)
        assert (row["as_of"], row["value_exact"]) == (date(2021, 9, 30), "0")
        exact = card.to_polars().filter(pl.col("kpi") == "mail_in_rate")["value_exact"].item()
        assert exact == "1537950/16027"
        assert card.to_pandas().set_index("kpi").loc["single_bid_share", "as_of"] == pd.Timestamp(2021, 9, 30)

    def test_context(self, card):
        """Pace and nation have columns; a pace that is not known is missing, and not a pace that was not met."""
        nation = kpi.load_catalog().plans["national-r3"].evaluate(kpi.load_published())
        frame = nation.to_pandas().set_index("kpi")
        assert frame["pace_met"].value_counts(dropna=False).to_dict() == {True: 11, False: 5, pd.NA: 4}
        assert frame.loc["claim_reduction_rate", "called_for"] == 0.301
        assert frame.loc["my_number_rate", "pace_reason"] == "too_little_data"
        row = card.to_polars().row(by_predicate=pl.col("kpi") == "card_recovery_rate", named=True)
        assert (row["pace_met"], row["national"], round(row["national_difference"], 2)) == (None, 84.93, 9.06)

    def test_missing(self, card, blank):
        """What is missing is null in polars and missing in pandas."""
        assert card.to_polars().filter(pl.col("kpi") == "opinion_submission")["target"].to_list() == [None]
        assert blank.to_polars()["value"].null_count() == 17
        assert blank.to_pandas()[["value", "margin", "as_of", "value_exact"]].isna().all(axis=None)

    def test_without_results(self):
        """A plan without KPIs gives a frame without rows that has the columns."""
        empty = Scorecard("p", "", "", {})
        assert dict(empty.to_polars().schema) == COLUMNS
        assert list(empty.to_pandas().columns) == list(COLUMNS)


class _Cells(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.texts = []
        self.feed(html)

    def handle_data(self, data):
        self.texts.append(data)


class TestPlainTable:
    def test_table(self, card):
        """Without great-tables a scorecard is a well-formed table with a caption and a row a KPI."""
        table = ET.fromstring(card._plain_html("ja"))  # noqa: S314  # our own text
        assert table.tag == "table"
        assert table.findtext("caption") == "岩手支部 令和3年度事業計画"
        assert [cell.text for cell in table.iter("th")] == ["KPI", "実績", "目標", "差", "判定"]
        rows = [[cell.text for cell in row.iter("td")] for row in table.find("tbody")]
        assert rows[5] == [
            "日本年金機構回収分も含めた資格喪失後1か月以内の保険証回収率",
            "93.99%",
            "95.7%以上",
            "-1.71ポイント",
            "× 未達成*",
        ]
        assert rows[15][1:] == ["2回", "実施する", None, "○ 達成*"]
        assert len(rows) == 17

    def test_escapes(self):
        """Names with signs of HTML are shown as they are."""
        html = single("a / b <= 20%", {"a": 1, "b": 3})._plain_html("ja")
        assert ET.fromstring(html).tag == "table"  # noqa: S314  # our own text
        assert {"計画 <R3>", '"率" <b>&'} <= set(_Cells(html).texts)
        assert "<b>" not in html

    def test_nothing_known(self, blank):
        """Where nothing is known, the cells are empty and the verdict says so."""
        table = ET.fromstring(blank._plain_html("ja"))  # noqa: S314  # our own text
        rows = [[cell.text for cell in row.iter("td")] for row in table.find("tbody")]
        assert rows[0][1:] == [None, "100%とする", None, "? 判定不能"]


class TestRows:
    @pytest.mark.parametrize(
        ("text", "inputs", "english", "japanese"),
        [
            ("a / b <= 20%", {"a": 1, "b": 3}, ("33.3%", "<= 20%", "-13.3 pp", "× missed"), ("33.3%", "20%以下", "-13.3ポイント", "× 未達成")),
            ("a / b <= 20%", {"a": "該当なし", "b": 3}, ("", "<= 20%", "", "– not applicable"), ("", "20%以下", "", "– 該当なし")),
            ("a / b", {"a": 1, "b": 4}, ("25.0%", "", "", "– no target"), ("25.0%", "", "", "– 目標なし")),
            ("a / b >= prior year", {"a": 1, "b": 4}, ("25.0%", ">= prior year", "", "? not evaluable"), ("25.0%", "対前年度以上", "", "? 判定不能")),
            ("a is done", {"a": 1}, ("1", "is done", "", "○ achieved"), ("1", "実施する", "", "○ 達成")),
            ("a / b <= 20%; a <= 1 case when b <= 4", {"a": 1, "b": 3}, ("1 case", "<= 1 case", "+0 cases", "○ achieved"), ("1件", "1件以下", "+0件", "○ 達成")),
            ("a / b <= 20%; a <= 1 case when b <= 4", {"a": 1}, ("", "<= 20%", "", "? not evaluable"), ("", "20%以下", "", "? 判定不能")),
        ],
    )  # fmt: skip
    def test_cells(self, text, inputs, english, japanese):
        """A row for people has the name, value, target, margin and verdict in their language."""
        card = single(text, inputs)
        assert [*card.rows("en")] == [("rate & <more>", *english)]
        assert [*card.rows("ja")] == [('"率" <b>&', *japanese)]

    def test_provisional(self):
        """A star marks a result that stands before the end of the year."""
        card = single("a <= 1", {"a": 1}, fiscal_year="R3", as_of="2021-09-30")
        assert next(iter(card.rows()))[-1] == "○ achieved*"

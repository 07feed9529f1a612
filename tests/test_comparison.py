"""One KPI over several organisations, beside the nation."""

from __future__ import annotations

import pytest

import kpi
from kpi.characters import columns
from kpi.comparison import compare, differences
from kpi.errors import ComparisonError

FORMULA = kpi.parse("a / b <= 20.0%; a <= 1 case when b <= 4")
COUNTS = {"miyagi": (1, 6), "岩手": (1, 4), "akita": (2, 8), "aomori": (2, None)}
NATION = {"a": 100, "b": 500}


def results(**known):
    """A result for each organisation, and one organisation without."""
    found = {key: FORMULA.evaluate(dict(zip("ab", pair, strict=True)), **known) for key, pair in COUNTS.items()}
    return {**found, "gunma": None}


class TestDifferences:
    @pytest.mark.parametrize("nation", ["20%", 20, FORMULA.evaluate(NATION)])
    def test_positive_is_good(self, nation):
        """Below the nation is good where lower is better; who has no value has no difference."""
        found = differences(results(), nation)
        assert {key: str(number) for key, number in found.items()} == {
            "miyagi": "+3.3 pp", "岩手": "-5.0 pp", "akita": "-5.0 pp",
        }  # fmt: skip
        assert {key: str(number) for key, number in differences(results(), nation, "higher").items()} == {
            "miyagi": "-3.3 pp", "岩手": "+5.0 pp", "akita": "+5.0 pp",
        }  # fmt: skip

    def test_as_observed(self):
        """Without a value the one counts that each result has observed of the nation."""
        found = differences(results(references={"national": NATION}))
        assert found == differences(results(), "20%")
        assert differences(results()) == {}

    def test_other_nation(self):
        """The nation's result is of the same KPI and date."""
        with pytest.raises(ComparisonError, match="the nation has another KPI than miyagi"):
            differences(results(), kpi.parse("a / c <= 20%").evaluate({"a": 1, "c": 2}))
        with pytest.raises(ComparisonError, match="the nation has another date than miyagi"):
            differences(results(), FORMULA.evaluate(NATION, fiscal_year="R3", as_of="2021-09-30"))
        with pytest.raises(kpi.UnitError):
            differences(results(), "20円")

    def test_published(self):
        """Iwate is above the nation in what the documents print of both for one date."""
        plan = kpi.load_catalog().plans["iwate-r3"]
        card = plan.evaluate(kpi.load_published())
        found = {
            key: differences({"iwate": result}, direction=plan[key].kpi.direction)
            for key, result in card.results.items()
        }
        told = {key: str(each["iwate"]) for key, each in found.items() if each}
        assert (told["card_recovery_rate"], told["generic_share"]) == ("+9.06 pp", "+5.2 pp")


class TestTable:
    def test_text(self):
        """The table has a line for each organisation, best first, and tells why some have no place."""
        assert str(compare(results(), nation="20%")).splitlines() == [
            "rank  organisation  value    margin  vs nation  verdict",
            "   1  miyagi        16.7%   +3.3 pp    +3.3 pp  ○ achieved",
            "   2  岩手          25.0%  +0 cases    -5.0 pp  ○ achieved",
            "   2  akita         25.0%   -5.0 pp    -5.0 pp  × missed",
            "   –  aomori                                    ? not evaluable",
            "   –  gunma",
            "aomori: b is missing",
            "gunma: no result",
        ]

    @pytest.mark.parametrize("language", ["en", "ja"])
    def test_columns(self, language):
        """Columns stand below each other, full-width characters counting twice."""
        lines = compare(results(), nation="20%").text(language).splitlines()[:4]
        signs = [line.split("○")[0].split("×")[0] for line in lines[1:]]
        assert len({columns(line) for line in signs}) == 1
        heading = {"en": "verdict", "ja": "判定"}[language]
        assert columns(lines[0].removesuffix(heading)) == columns(signs[0])

    def test_left_out_in_japanese(self):
        """The reasons are told in Japanese as well."""
        assert compare(results()).text("ja").splitlines()[-2:] == ["aomori: bの値がない", "gunma: 結果なし"]
        undone = compare({"iwate": FORMULA.evaluate({"a": "該当なし", "b": "該当なし"})})
        assert undone.text("ja").splitlines()[-1] == "iwate: aは該当なし、bは該当なし"

    def test_for_programs(self):
        """The table is data with exact numbers."""
        data = compare(results(), nation="20%", ties="mean").to_dict()
        assert (data["direction"], data["ties"], data["compared"]) == ("lower", "mean", "exact")
        assert [row["organisation"] for row in data["rows"]] == ["miyagi", "岩手", "akita", "aomori", "gunma"]
        assert data["rows"][2] == {
            "organisation": "akita", "rank": "2.5", "value": "25", "margin": "-5", "difference": "-5", "outcome": "missed",
        }  # fmt: skip
        assert data["rows"][4] == dict.fromkeys(data["rows"][4], None) | {"organisation": "gunma"}
        assert [each["organisation"] for each in data["left_out"]] == ["aomori", "gunma"]

    def test_rows(self):
        """A comparison can be gone through row by row."""
        comparison = compare(results())
        assert len(comparison) == 5
        assert [row.place.rank if row.place else None for row in comparison] == [1, 2, 2, None, None]

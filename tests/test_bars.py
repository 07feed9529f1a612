"""Where the bars of a chart end."""

from __future__ import annotations

import attrs
import pytest

import kpi
from kpi.charts.bars import LIMIT, Bar
from kpi.evaluation.result import Title


def bar(text, inputs=None, **known):
    return Bar.of(kpi.parse(text).evaluate(inputs, **known))


class TestEnd:
    @pytest.mark.parametrize(
        ("text", "inputs", "end", "is_beyond"),
        [
            ("a / b >= 50%", {"a": 1, "b": 4}, 50, False),
            ("a / b >= 50%", {"a": 3, "b": 4}, 150, False),
            ("a / b >= 50%", {"a": 4, "b": 4}, LIMIT, True),
            ("a / b <= 50%", {"a": 2, "b": 4}, 100, False),
            ("a / b <= 20%", {"a": 1, "b": 4}, 80, False),
            ("a / b <= 50%", {"a": 0, "b": 4}, LIMIT, True),
            ("a / b >= 50%", {"a": 0, "b": 4}, 0, False),
            ("a = 4", {"a": 5}, 125, False),
            ("a >= 1", {"a": 10**400}, LIMIT, True),
        ],
    )
    def test_percent_of_target(self, text, inputs, end, is_beyond):
        """More percent is better whichever direction is; what is more than the scale shows goes on beyond its end."""
        found = bar(text, inputs)
        assert (found.end, found.is_beyond, found.has_target) == (end, is_beyond, True)

    @pytest.mark.parametrize(
        ("text", "inputs", "instead", "has_target"),
        [
            ("a / b >= 50%", {"a": 1}, ("no value", "実績なし"), True),
            ("a / b >= 50%", {"a": 1, "b": 0}, ("no value", "実績なし"), True),
            ("a / b", {"a": 1, "b": 4}, ("no target", "目標なし"), False),
            ("a / b >= prior year", {"a": 1, "b": 4}, ("target unknown", "目標値が不明"), False),
            ("a is done", {"a": 2}, ("no number as target", "数値目標ではない"), False),
            ("a <= 0", {"a": 0}, ("no ratio to this target", "目標比を表せない"), False),
            ("a >= 10", {"a": -3}, ("no ratio to this target", "目標比を表せない"), True),
        ],
    )
    def test_without(self, text, inputs, instead, has_target):
        """What has no percentage of its target has no bar, and says why."""
        found = bar(text, inputs)
        assert (found.end, found.has_target) == (None, has_target)
        assert (found.record("en")["instead"], found.record("ja")["instead"]) == instead


class TestPace:
    @pytest.mark.parametrize(
        ("key", "pace"),
        [
            ("lifestyle_checkup_rate", (34.7, 34.7)),
            ("frequent_judo_share", (88.9, 88.9)),
            ("declared_workplaces_count", None),
        ],
    )
    def test_called_for(self, key, pace):
        """What this point of the year called for stands on the same scale, where it is known."""
        half = kpi.load_catalog().plans["national-r3"].evaluate(kpi.load_published())
        found = Bar.of(half[key]).pace
        assert (found and tuple(round(end, 1) for end in found)) == pace


def test_record():
    """The texts of a row are those of tables, in one language."""
    formula = attrs.evolve(kpi.parse("a / b <= 20%"), title=Title("k", "率", "rate"))
    record = Bar.of(formula.evaluate({"a": 1, "b": 4}, fiscal_year="R3", as_of="2021-09-30")).record("ja")
    told = {
        name: record[name] for name in ("name", "value", "target", "attainment", "margin", "verdict", "provisional")
    }
    assert told == {
        "name": "率",
        "value": "25.0%",
        "target": "20%以下",
        "attainment": "80.0%",
        "margin": "-5.0ポイント",
        "verdict": "× 未達成*",
        "provisional": True,
    }

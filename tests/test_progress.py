"""Telling how far long work has come."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from attrs import define, field

import kpi
from kpi.catalogue import shipped_catalog
from kpi.progress import stage, steps, watched


@define
class Log:
    """A watcher that writes down what it is told."""

    told: list[object] = field(factory=list)

    @contextmanager
    def stage(self, work, total, of):
        self.told.append((work, total, of))
        yield self.told.append
        self.told.append(f"{work} over")


class TestUnwatched:
    def test_items(self):
        """Where nobody watches, the items come as they are, one after the other."""
        assert [*steps("abc", "reading")] == ["a", "b", "c"]

    def test_stage(self):
        """Where nobody watches, a stage takes its steps all the same."""
        with stage("counting", 3) as advance:
            assert advance(3) is None


class TestWatched:
    def test_steps(self):
        """An item is a step that is done when the next is asked for."""
        log = Log()
        with watched(log):
            items = steps("ab", "reading", 2, "letters")
            assert (next(items), log.told) == ("a", [("reading", 2, "letters")])
            assert [*items] == ["b"]
        assert log.told == [("reading", 2, "letters"), 1, 1, "reading over"]

    def test_stage(self):
        """A stage may move on by many steps at a time, and stages stand within each other."""
        log = Log()
        with watched(log), stage("checking"), stage("counting", 10) as advance:
            advance(7)
        assert log.told == [("checking", None, ""), ("counting", 10, ""), 7, "counting over", "checking over"]

    def test_only_within(self):
        """Whoever watches is told of nothing before and after."""
        log = Log()
        with pytest.raises(ZeroDivisionError), watched(log):
            raise ZeroDivisionError
        assert [*steps("a", "reading")] == ["a"]
        assert log.told == []

    def test_the_outer_watcher_again(self):
        """Where one watches within another, the other is told of what comes behind."""
        outer, inner = Log(), Log()
        with watched(outer):
            with watched(inner), stage("reading"):
                pass
            with stage("writing"):
                pass
        assert outer.told == [("writing", None, ""), "writing over"]


class TestLongWork:
    def works(self, log):
        return [told for told in log.told if isinstance(told, tuple)]

    def test_check(self):
        """A check tells of the catalogue, its sections, and the checks of the whole."""
        log = Log()
        with watched(log):
            kpi.check()
        name = shipped_catalog().name
        told = self.works(log)
        assert told[:2] == [("checking", None, name), ("reading", None, name)]
        assert {"variables", "kpis", "plans", "entries", "iwate-r3", "examples"} <= {of for _, _, of in told}

    def test_evaluate(self, tmp_path):
        """A table tells of its lines, and a plan of its entries."""
        catalog = kpi.load_catalog()
        path = tmp_path / "data.csv"
        path.write_text("organisation,fiscal_year,quantity,value\niwate,R3,open_tenders,3\n", "utf-8")
        log = Log()
        with watched(log):
            plan = catalog.plans["iwate-r3"]
            plan.evaluate(kpi.load_observations(path))
        assert ("evaluating", len(plan), "iwate-r3") in self.works(log)
        assert ("reading", None, str(path)) in self.works(log)

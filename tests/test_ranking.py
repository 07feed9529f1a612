"""Ranks: ties, direction, who was left out, and what can be checked of the ranks that a document prints."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import kpi
from kpi.comparison import rank
from kpi.errors import ComparisonError
from kpi.observations.observation import YEAR
from kpi.quantities import Quantity
from kpi.units import PERCENT

FORMULA = kpi.parse("a / b <= 20.0%")
VALUES = {"a": "95%", "b": "90%", "c": "90%", "d": "85%"}
NUMBERS = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 9) | st.none(), max_size=12)
TIES = ("competition", "dense", "mean")


def results(**counts):
    """A result for each branch from its counts."""
    return {key: FORMULA.evaluate(dict(zip("ab", pair, strict=True))) for key, pair in counts.items()}


def ranks(ranking):
    return {key: place.rank for key, place in ranking.items()}


class TestTies:
    @pytest.mark.parametrize(
        ("ties", "expected"),
        [("competition", [1, 2, 2, 4]), ("dense", [1, 2, 2, 3]), ("mean", [1, Fraction(5, 2), Fraction(5, 2), 4])],
    )
    def test_rule(self, ties, expected):
        """Equal values share a place, whose number the stated rule gives."""
        ranking = rank(VALUES, direction="higher", ties=ties)
        assert ranks(ranking) == dict(zip("abcd", expected, strict=True))
        assert [place.shared_by for place in ranking.values()] == [1, 2, 2, 1]

    def test_exact_values_are_compared(self):
        """Values that look alike are not alike, unless those shown are asked for."""
        alike = results(iwate=(101, 1000), miyagi=(1014, 10000))
        assert [str(each.value) for each in alike.values()] == ["10.1%", "10.1%"]
        assert ranks(rank(alike)) == {"iwate": 1, "miyagi": 2}
        assert ranks(rank(alike, by="shown")) == {"iwate": 1, "miyagi": 1}

    def test_shown_quantities(self):
        """Quantities tell how they are shown; plain numbers do not."""
        alike = {key: Quantity(Fraction(n, 100), PERCENT, 1) for key, n in (("a", 1011), ("b", 1014))}
        assert ranks(rank(alike, direction="lower", by="shown")) == {"a": 1, "b": 1}
        with pytest.raises(ComparisonError, match="do not tell how they are shown"):
            rank(VALUES, direction="lower", by="shown")

    def test_unknown(self):
        """An unknown rule for ties is told with those there are."""
        with pytest.raises(ComparisonError, match="expected one of competition, dense, mean"):
            rank(VALUES, direction="higher", ties="first")

    def test_unknown_comparison(self):
        """Of what is neither exact nor shown nothing is ranked."""
        with pytest.raises(ComparisonError, match="found 'printed', expected one of exact, shown"):
            rank(VALUES, direction="higher", by="printed")


class TestDirection:
    def test_of_the_rule(self):
        """The rule says which values are better."""
        assert [*rank(results(iwate=(1, 4), miyagi=(1, 5)))] == ["miyagi", "iwate"]
        higher = {key: kpi.parse("a >= 3").evaluate({"a": n}) for key, n in (("iwate", 4), ("miyagi", 5))}
        assert [*rank(higher)] == ["miyagi", "iwate"]
        assert [*rank(higher, direction="lower")] == ["iwate", "miyagi"]

    def test_of_the_kpi(self):
        """What the KPI declares comes before what a rule wants, and tells where the rule is an equality."""
        declared = {
            key: evolve(kpi.parse("x = 3").evaluate({"x": n}), direction="lower") for key, n in (("a", 4), ("b", 3))
        }
        assert [*rank(declared)] == ["b", "a"]

    def test_unknown(self):
        """A direction that is none turns no ranking round."""
        with pytest.raises(ComparisonError, match="unknown direction: found 'up', expected one of higher, lower"):
            rank(results(iwate=(1, 4), miyagi=(1, 5)), direction="up")

    def test_rules_disagree(self):
        """Results whose rules want different directions are not ranked."""
        both = {"a": kpi.parse("x >= 3").evaluate({"x": 1}), "b": kpi.parse("x <= 3").evaluate({"x": 1})}
        with pytest.raises(ComparisonError, match="some rules want a higher value and some a lower"):
            rank(both)

    @pytest.mark.parametrize("text", ["x", "x = 3", "x >= 1 and x <= 3", "x >= 1; y <= 3 when y > 4"])
    def test_no_rule_tells(self, text):
        """Without a bound, or with bounds of both kinds, the direction has to be given; another quantity's is none."""
        one = {"a": kpi.parse(text).evaluate({"x": 1, "y": 1})}
        if "when" in text:
            assert rank(one).direction == "higher"
            return
        with pytest.raises(ComparisonError, match="no rule tells"):
            rank(one)


class TestLeftOut:
    def test_reasons(self):
        """Who has no value is left out with the reason; a missed target, or none known, leaves nobody out."""
        known = {**results(iwate=(1, 4), miyagi=(1, 0), akita=(1, None)), "gunma": None}
        ranking = rank(known)
        assert [*ranking] == ["iwate"]
        told = {key: [(each.lack, each.name) for each in reasons] for key, reasons in ranking.left_out.items()}
        assert told == {
            "miyagi": [("zero_denominator", "b")], "akita": [("missing", "b")], "gunma": [("missing", "gunma")],
        }  # fmt: skip
        no_target = {"iwate": kpi.parse("a / b >= prior year").evaluate({"a": 1, "b": 2})}
        assert ranks(rank(no_target)) == {"iwate": 1}

    def test_own_value_decides_the_place(self):
        """Where a clause on another quantity decided, the KPI's own value is ranked."""
        formula = kpi.parse("a / b <= 20.0%; a <= 1 when b <= 4")
        known = {"iwate": formula.evaluate({"a": 1, "b": 2}), "miyagi": formula.evaluate({"a": 2, "b": 8})}
        assert {key: str(place.value) for key, place in rank(known).items()} == {"miyagi": "25.0%", "iwate": "50.0%"}

    def test_unknown_name(self):
        """Who was not ranked is an error that names the nearest."""
        with pytest.raises(
            kpi.UnknownNameError, match="unknown organisation 'iwete' in the ranking; did you mean 'iwate'"
        ):
            rank(results(iwate=(1, 4)))["iwete"]

    def test_values_that_are_not_there(self):
        """Dashes and words for nothing are missing, or do not apply."""
        ranking = rank({"a": 1, "b": "-", "c": "該当なし", "d": float("nan")}, direction="higher")
        assert {key: reasons[0].lack for key, reasons in ranking.left_out.items()} == {
            "b": "missing", "c": "not_applicable", "d": "missing",
        }  # fmt: skip


class TestRefused:
    def test_other_kpi(self):
        """Results of different formulas or units are not ranked."""
        two = {
            "iwate": FORMULA.evaluate({"a": 1, "b": 2}),
            "miyagi": kpi.parse("a / c <= 20%").evaluate({"a": 1, "c": 2}),
        }
        with pytest.raises(
            ComparisonError, match="miyagi has another KPI than iwate: found a / c in %, expected a / b"
        ):
            rank(two)

    def test_other_date(self):
        """Results as of different dates are not ranked: a rate of half a year is not one of a whole."""
        dates = {"iwate": "2021-09-30", "miyagi": "2022-03-31"}
        two = {key: FORMULA.evaluate({"a": 1, "b": 2}, fiscal_year="R3", as_of=day) for key, day in dates.items()}
        with pytest.raises(ComparisonError, match="miyagi has another date than iwate: found FY2021 2022-03-31"):
            rank(two)

    def test_mixture(self):
        """Plain numbers are not ranked among results, nor shares among counts."""
        with pytest.raises(ComparisonError, match="miyagi is the plain number 3 beside results"):
            rank({**results(iwate=(1, 2)), "miyagi": 3})
        with pytest.raises(ComparisonError, match="b has another unit than a: found none, expected %"):
            rank({"a": "95%", "b": 95}, direction="higher")


class TestProperties:
    @given(NUMBERS, st.sampled_from(TIES), st.randoms())
    def test_order_of_input_does_not_matter(self, numbers, ties, chance):
        """The ranks are the same in whatever order the values are handed in."""
        shuffled = [*numbers.items()]
        chance.shuffle(shuffled)
        one, other = (rank(dict(each), direction="higher", ties=ties) for each in (numbers, shuffled))
        assert ranks(one) == ranks(other)
        assert {*one.left_out} == {key for key, number in numbers.items() if number is None}

    @given(NUMBERS, st.sampled_from(TIES), st.sampled_from(("higher", "lower")))
    def test_better_is_before(self, numbers, ties, direction):
        """A better value has a smaller rank, an equal one the same."""
        ranking = rank(numbers, direction=direction, ties=ties)
        sign = 1 if direction == "higher" else -1
        for one in ranking:
            for other in ranking:
                better = sign * (numbers[one] - numbers[other])
                apart = ranking[other].rank - ranking[one].rank
                assert (better > 0) == (apart > 0)
                assert (better == 0) == (apart == 0)

    @given(NUMBERS)
    def test_sums(self, numbers):
        """Shared means add up to 1 + … + n; places of competition count the better, dense ones the better values."""
        known = [number for number in numbers.values() if number is not None]
        mean = rank(numbers, direction="higher", ties="mean")
        assert sum(ranks(mean).values()) == Fraction(len(known) * (len(known) + 1), 2)
        competition, dense = (ranks(rank(numbers, direction="higher", ties=ties)) for ties in TIES[:2])
        assert sum(competition.values()) == sum(1 + sum(other > each for other in known) for each in known)
        assert sum(dense.values()) == sum(1 + len({other for other in known if other > each}) for each in known)


@pytest.fixture
def printed():
    """Each printed rank of Iwate, with the KPI, year and date."""
    rows = [row for row in kpi.load_published() if row.quantity.endswith("_rank")]
    return [(row.quantity.removesuffix("_rank"), row.fiscal_year, row.as_of, int(row.value)) for row in rows]


class TestPublished:
    """The documents print Iwate's ranks among 47 branches, and the values of no more than two of these."""

    @staticmethod
    def values(quantity, year, as_of):
        """What was published of a quantity for a date, by organisation."""
        rows = [row for row in kpi.load_published() if (row.quantity, row.fiscal_year) == (quantity, year)]
        return {row.organisation: row.written for row in rows if row.as_of == as_of and row.period == YEAR}

    @staticmethod
    def direction(quantity):
        return "lower" if quantity.endswith("_days") or quantity == "frequent_judo_share" else "higher"

    def test_lie_among_the_branches(self, printed):
        """Each is a place among as many branches as there are."""
        branches = kpi.load_catalog().organisations["national"].branches
        assert len(printed) == 22
        assert all(1 <= place <= branches for *_, place in printed)

    def test_agree_with_another_branch(self, printed):
        """Among the branches whose values are known, Iwate has no later place than among all, and leaves room below."""
        compared = []
        for quantity, year, as_of, place in printed:
            known = self.values(quantity, year, as_of)
            known.pop("national", None)
            if len(known) > 1:
                among = rank(known, direction=self.direction(quantity))
                behind = len(among) - among["iwate"].rank
                assert among["iwate"].rank <= place <= 47 - behind
                compared.append((quantity, int(among["iwate"].rank), place))
        assert compared == [
            ("lifestyle_checkup_rate", 2, 24),
            ("employer_data_rate", 1, 9),
            ("dependant_checkup_rate", 2, 31),
            ("health_guidance_rate", 2, 33),
            ("visit_after_recommendation_3m", 2, 27),
        ]

    def test_best_is_above_the_nation(self, printed):
        """The first of all branches is better than the nation, which lies between the best and the worst."""
        firsts = [(quantity, year, as_of) for quantity, year, as_of, place in printed if place == 1]
        for quantity, year, as_of in firsts:
            assert [*rank(self.values(quantity, year, as_of), direction=self.direction(quantity))] == [
                "iwate",
                "national",
            ]
        assert len(firsts) == 4


def test_for_programs_and_people():
    """A ranking is data with exact numbers, and a list that people read."""
    ranking = rank({**results(iwate=(1, 3), miyagi=(1, 8)), "gunma": None})
    assert ranking.to_dict() == {
        "direction": "lower", "ties": "competition", "compared": "exact",
        "places": [
            {"organisation": "miyagi", "rank": "1", "value": "12.5", "shared_by": 1},
            {"organisation": "iwate", "rank": "2", "value": "100/3", "shared_by": 1},
        ],
        "left_out": [{"organisation": "gunma", "lacking": [{"lack": "missing", "name": "gunma"}]}],
    }  # fmt: skip
    assert str(ranking) == "1 miyagi 12.5%\n2 iwate 33.3%\n– gunma"


def test_nobody():
    """Of nobody there is an empty ranking, whichever direction is better."""
    assert len(rank({}, direction="higher")) == 0
    assert len(rank({})) == 0
    assert [*rank({"a": None}, direction="lower").left_out] == ["a"]

"""Definitions: what `kpi.parse` and `kpi.parse_rule` give."""

from __future__ import annotations

import pytest
from attrs import evolve

import kpi
from kpi.evaluation.result import Title
from kpi.formulas.printer import canonical

TENDERS = kpi.Vocabulary.of(
    [
        kpi.Variable("open_tenders", "case", "一般競争入札件数"),
        kpi.Variable("single_bid_tenders", "case", "一者応札件数"),
    ]
)
SYMBOLS = "single_bid_tenders / open_tenders <= 20%; single_bid_tenders <= 1 case when open_tenders <= 4 cases"
PRINTED = "20％以下。一般競争入札件数が4件以下となる場合は一者応札件数を1件以下"


@pytest.mark.parametrize(
    ("text", "above", "below"),
    [("a / (b + c) >= 20%", "a", "b + c"), ("10 * a / b", "10 * a", "b"), ("a + b", "a + b", None)],
)
def test_parts(text, above, below):
    """A formula knows what stands above and below the line."""
    formula = kpi.parse(text)
    assert canonical(formula.numerator) == above
    assert (None if formula.denominator is None else canonical(formula.denominator)) == below


def test_names():
    """A formula knows the variables that it and its rule look at, in order."""
    assert kpi.parse("a / b <= 20%; c <= 1 when d <= 4 and a >= 0").names == ("a", "b", "c", "d")


def test_texts():
    """A formula writes itself in signs, in Japanese and in LaTeX."""
    formula = kpi.parse(SYMBOLS, vocabulary=TENDERS)
    assert str(formula) == SYMBOLS
    assert formula.text("ja").startswith("一者応札件数 / 一般競争入札件数を20%以下。")
    assert "frac" in formula.latex()
    assert formula._repr_latex_() == f"${formula.latex()}$"


def test_japanese_reads_back():
    """The Japanese text means the same as the signs."""
    formula = kpi.parse(SYMBOLS, vocabulary=TENDERS)
    assert kpi.parse(formula.text("ja"), vocabulary=TENDERS) == formula


@pytest.mark.parametrize(
    ("option", "value", "hint"),
    [
        ("unit", "percnt", "'percent'"),
        ("rounding", "halfup", "'half_up'"),
        ("compared", "show", "'shown'"),
    ],
)
def test_unknown_options(option, value, hint):
    """A unit, rounding or comparison that does not exist is refused with the nearest."""
    with pytest.raises(kpi.UnknownNameError, match=f"'{value}'; did you mean {hint}"):
        kpi.parse("a / b >= 20%", **{option: value})


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [("a / b >= 3 cases", "%", "unit-clash"), ("3 yen * a", "case", None), ("open_tenders", "%", "wrong-unit")],
)
def test_declared_unit(text, unit, code):
    """A declared unit has to be that of formula and target, as far as those are known."""
    vocabulary = TENDERS if "open" in text else None
    if code is None:
        assert kpi.parse(text, unit=unit).unit.name == unit
    else:
        with pytest.raises(kpi.FormulaError) as raised:
            kpi.parse(text, unit=unit, vocabulary=vocabulary)
        assert [problem.code for problem in raised.value.problems] == [code]


def test_title():
    """A result bears the name of its formula."""
    named = evolve(kpi.parse("a >= 1"), title=Title("posts", "情報発信", "posts sent"))
    result = named.evaluate({"a": 1})
    assert result.to_dict()["kpi"] == "posts"
    assert (result.explain("ja").split(":")[0], result.explain().split(":")[0]) == ("情報発信", "posts sent")


@pytest.mark.parametrize(
    ("title", "names"),
    [
        (Title("k"), ("k", "k")),
        (Title("k", ja="件"), ("件", "件")),
        (Title("k", en="cases"), ("cases", "cases")),
        (Title("k", "件", "cases"), ("件", "cases")),
    ],
    ids=["key", "ja", "en", "both"],
)
def test_title_in_one_language(title, names):
    """Where there is no name in one language, the other is taken, or the key."""
    assert (title.name("ja"), title.name("en")) == names


# ── rules without a formula ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "value", "known", "outcome"),
    [
        ("対前年度以上", "93.99%", {"baseline": "95.7%"}, "missed"),
        ("対前年度以上", "95.7%", {"baseline": "95.7%"}, "achieved"),
        ("対前年度（95.7％）以上", "95.8%", {}, "achieved"),
        ("対前年度（95.7％）以上", 95.6, {}, "missed"),
        (">= 59.6%", "596‰", {}, "achieved"),
        ("7日以内を維持する", "7", {}, "achieved"),
        ("57,000事業所以上", "5万7千", {}, "achieved"),
        ("対前年度以上", 8196, {"baseline": 8195}, "achieved"),
        ("実施する", "実施", {}, "achieved"),
        (">= national", "60%", {"references": {"national": "61%"}}, "missed"),
        (">= prior year", "60%", {}, "not_evaluable"),
        (">= 59.6%", None, {}, "not_evaluable"),
    ],
)
def test_rules(text, value, known, outcome):
    """A rule is applied to a value; its unit is that written behind value, baseline or target."""
    result = kpi.parse_rule(text).evaluate(value, **known)
    assert result.outcome == outcome


def test_rule_with_a_case():
    """A rule with a case looks at variables by identifier or label, and shows them by label."""
    rule = kpi.parse_rule(PRINTED, vocabulary=TENDERS)
    result = rule.evaluate("50%", inputs={"一般競争入札件数": 4, "single_bid_tenders": 2})
    assert (result.outcome, str(result.value)) == ("missed", "2 cases")
    assert "一者応札件数 = 2件" in result.explain("ja")
    assert rule.evaluate("19%", inputs={"一般競争入札件数": 5}).achieved


def test_rule_texts():
    """A rule writes itself in signs and in Japanese."""
    rule = kpi.parse_rule("対前年度（95.7％）以上")
    assert (str(rule), rule.text("ja")) == (">= prior year (95.7%)", "対前年度(95.7%)以上")


def test_rule_in_another_unit():
    """A rule in percent does not fit a value in cases."""
    with pytest.raises(kpi.FormulaError):
        kpi.parse_rule(">= 59.6%").evaluate("3 cases")


@pytest.mark.parametrize(
    "text", ["a / b", ">= 3 >= 4", ">= a when", ""], ids=["no rule", "twice", "unfinished", "empty"]
)
def test_unreadable_rules(text):
    """A text that is no rule is refused with its problems."""
    with pytest.raises(kpi.FormulaError) as raised:
        kpi.parse_rule(text)
    assert raised.value.problems


@pytest.mark.parametrize(
    ("text", "en", "ja"), [("a / b <= 20%", "<= 20%", "20%以下"), ("a / b", "", "")], ids=["rule", "none"]
)
def test_rule_of_a_formula(text, en, ja):
    """A formula writes its rule alone, or nothing where there is none."""
    formula = kpi.parse(text)
    assert (formula.rule_text(), formula.rule_text("ja")) == (en, ja)


class TestScale:
    """A percentage is never compared with a plain number."""

    def test_name_alone(self):
        """A formula of one name takes bare numbers in the KPI's unit, as `value=` does."""
        formula = kpi.parse("rate >= 59.6%")
        assert [formula.evaluate({"rate": 58}).achieved, formula.evaluate(value=58).achieved] == [False, False]

    @pytest.mark.parametrize(
        "known",
        [{"inputs": {"rate": 58}, "baseline": "59%"}, {"value": 58, "baseline": "59%"}, {"value": "58%", "prior": 59}],
        ids=["input", "value", "prior"],
    )
    def test_mixed(self, known):
        """Where nothing tells the unit, one value with a percent sign and one without are refused."""
        with pytest.raises(kpi.UnitError, match="cannot be compared; write both with their unit"):
            kpi.parse("rate >= prior year").evaluate(**known)

    def test_rule(self):
        """A rule takes its unit from any value that has one written."""
        assert kpi.parse_rule(">= prior year").evaluate(58, prior="59%").achieved is False
        assert kpi.parse_rule(">= national").evaluate(58, references={"national": "57%"}).achieved is True


class TestBranches:
    RULE = "a / b >= branch target every branch"

    @pytest.mark.parametrize(
        ("value", "told"), [("48支部", "more branches than the 47"), ("46.5支部", "no number of branches")]
    )
    def test_impossible(self, value, told):
        """A number of branches is whole, and no more than there are."""
        with pytest.raises(kpi.ValueReadingError, match=told):
            kpi.parse(self.RULE).evaluate(value=value, branches=47)

    def test_other_rules(self):
        """A number of branches decides only a rule that is for every branch."""
        with pytest.raises(kpi.UnitError, match="value is measured in %"):
            kpi.parse("a / b >= 50%").evaluate({"a": 1, "b": 10}, value="47支部", branches=47)

    def test_some_are_missing(self):
        """Where fewer branches are given than there are, only a failure decides."""
        rule = kpi.parse("a >= 5 every branch")
        assert rule.evaluate({"a": {"x": 5}}, branches=47).outcome == "not_evaluable"
        assert rule.evaluate({"a": {"x": 4}}, branches=47).outcome == "missed"


@pytest.mark.parametrize("decimals", [-1, 11, "1"])
def test_decimals(decimals):
    """Decimals are a whole number from 0 to 10."""
    with pytest.raises(kpi.ValueReadingError, match="expected a whole number from 0 to 10"):
        kpi.parse("a / b >= 20%", decimals=decimals)

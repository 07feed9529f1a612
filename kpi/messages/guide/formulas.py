"""Advice on problems in a formula or rule."""

from __future__ import annotations

from typing import Final

from kpi.messages.guide.advice import Advice


def _read(meaning: str, wrong: str, right: str) -> Advice:
    return Advice(meaning, wrong, right, "formula")


_TENDERS: Final = "single_bid_tenders / open_tenders"
_SHARE: Final = f"{_TENDERS} <= 20%"

FORMULAS: Final = {
    "syntax": _read(
        "A word or sign stands where the language has no place for it. The message lists what may stand there.",
        "single_bid_tenders open_tenders <= 20%",
        _SHARE,
    ),
    "misspelt": _read(
        "A sign or a word of the language is misspelt. The nearest that the language knows are named.",
        f"{_TENDERS} =< 20%",
        _SHARE,
    ),
    "unfinished": _read(
        "The text ends before the formula or rule is complete.",
        f"{_TENDERS} <=",
        _SHARE,
    ),
    "hiragana-in-name": _read(
        "A name with hiragana in it cannot be told from the words of a rule. Put it in 「」.",
        "掲示のお知らせ / 掲示物 <= 20%",
        "掲示物 / 掲示物 <= 20%",
    ),
    "unclosed-quote": _read(
        "A quote around a name is opened and never closed.",
        "「一者応札件数 / open_tenders <= 20%",
        "「一者応札件数」 / open_tenders <= 20%",
    ),
    "unreadable-character": _read(
        "A character that the language does not use. It knows names, numbers, units and a few signs.",
        "$ single_bid_tenders / open_tenders <= 20%",
        _SHARE,
    ),
    "too-long": _read(
        "A text of this length is no formula but a mistake in making it. No plan comes near the limit.",
        " + ".join(["single_bid_tenders"] * 1000),
        "single_bid_tenders",
    ),
    "too-deep": _read(
        "The formula is nested deeper than any plan needs. Give long sums a variable of their own.",
        " + ".join(["single_bid_tenders"] * 150),
        "single_bid_tenders",
    ),
    "too-many-digits": _read(
        "A number of this length is a slip of the keyboard.",
        f"{_TENDERS} <= 33.{'3' * 40}%",
        f"{_TENDERS} <= 33.333%",
    ),
    "missing-formula": _read(
        "A rule stands alone where a formula with its rule is read. Write what is compared before the comparison.",
        "<= 20%",
        _SHARE,
    ),
    "missing-rule": Advice(
        "A formula stands where a rule is read. What the value must satisfy is missing.",
        'rule: "posters"',
        'rule: ">= 10 cards"',
    ),
    "no-otherwise": _read(
        "Every clause has a condition, so nothing decides where none of them holds. That KPI would get no verdict.",
        f"{_SHARE} when open_tenders >= 5",
        f"{_SHARE}; single_bid_tenders <= 1 case when open_tenders <= 4",
    ),
    "second-otherwise": _read(
        "Two clauses without a condition, and nothing says which decides. Give one a condition, or join them with `and`.",
        f"{_SHARE}; <= 30%",
        f"{_SHARE}; <= 30% when open_tenders <= 4",
    ),
    "stated-without-reference": _read(
        "A value in brackets tells what a reference is worth, and there is no reference before it.",
        f"{_TENDERS}を20%以下（21.5%）",
        f"{_TENDERS}を対前年度以下（21.5%）",
    ),
    "two-stated-values": _read(
        "One reference has two values in brackets. One of them is not its value.",
        f"{_TENDERS}を対前年度（21.5％）以下（21.6％）",
        f"{_TENDERS}を対前年度（21.5％）以下",
    ),
    "unknown-year": _read(
        "A fiscal year that does not exist, such as the year 0, or one after the end of its era.",
        f"{_TENDERS} <= fiscal year 0000",
        f"{_TENDERS} <= fiscal year 2020",
    ),
    "too-many-years": _read(
        "A mean over more years than the language takes, or over none.",
        f"{_TENDERS} <= mean of 99 years",
        f"{_TENDERS} <= mean of 3 years",
    ),
    "unknown-variable": _read(
        "A name that no variable and no label has. The nearest known names are told.",
        "single_bid_tender / open_tenders <= 20%",
        _SHARE,
    ),
    "unknown-unit": _read(
        "A word behind a number that is no unit. Units of one's own stand in the section `units`.",
        "cost <= 500 yenn",
        "cost <= 500 yen",
    ),
    "unit-clash": _read(
        "Things of different kinds are added or compared. Whatever came out would mean nothing.",
        "cost + open_tenders <= 500 yen",
        "cost <= 500 yen",
    ),
    "bare-target": _read(
        "A plain number beside a share means its hundredfold in percent. Write the unit, so that nobody has to guess.",
        f"{_TENDERS} <= 20",
        _SHARE,
    ),
    "wrong-unit": Advice(
        "The formula gives another unit than the KPI is stated in. One of the two is wrong. A rate per 100,000 persons is `100,000 persons * …`.",
        'formula: cost / open_tenders\n    unit: "%"',
        "formula: cost / open_tenders\n    unit: yen",
    ),
    "reference-in-formula": _read(
        "`prior year` and its like mean the compared value at another time. They have a meaning in a target only.",
        "single_bid_tenders / prior year <= 20%",
        f"{_TENDERS} <= prior year",
    ),
    "rule-of-another": Advice(
        "The first comparison of a rule is about the KPI itself. Another quantity may follow in a `when`.",
        'rule: "open_tenders >= 10 cases"',
        'rule: ">= 10 cards"',
    ),
    "division-by-zero": _read(
        "A division by the number 0 has no value, whatever is counted.",
        "cost / 0 <= 500 yen",
        "cost / open_tenders <= 500 yen",
    ),
}
"""The advice by code."""

"""What roll-ups say, in English and Japanese; `{…}` are the names and numbers of one of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kpi.evaluation.wording import WORDS as REASONS
from kpi.formulas.evaluator import Reason
from kpi.problems import Language

WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "rate": "{name}: a rate is not added up or averaged: give its numerator and denominator, {parts}",
        "share": "{name}: a share is not added up or averaged: give the counts it was divided from",
        "mean": "{name}: a mean per thing is not added up or averaged: give the sum and the number of things",
        "duration": "{name}: how long something took is not added up or averaged: give the sum of days and the number of things",
        "rank": "{name}: a rank is not added up or averaged",
        "unknown": "{name} is no variable: only variables are rolled up, and rates are divided again from theirs",
        "and": " and ",
        "comma": ", ",
        "headline": "{quantity}, {organisation}, {span}: {value}",
        "part": "  {name}: {value}",
        "none": "no value: {why}",
        "lacking": "missing {names}",
        "partial": "{value} (partial, without {names})",
        "reconciled": "{quantity}, {as_of}: branches {total}, published {published}, residual {residual}: {finding}",
        "agrees": "agrees",
        "about": "agrees, within what the published figure stands for",
        "differs": "differs",
        "cannot_tell": "cannot be told without {names}",
        "half_up": "rounded half up",
        "floor": "rounded down",
        "ceil": "rounded up",
        "or": " or ",
        "unrounded": "without rounding",
        "some": "{printed} is given by {count} of the {tried} spans of months that have all counts:",
        "none_of": "{printed} is given by none of the {tried} spans of months that have all counts",
        "attempt": "  {span}, {roundings}: {calculation}",
        "otherwise": "  not {span}: {calculation}",
        "settled": "as of {as_of}, only one of them: {span}, {roundings}",
        "not_settled": "as of {as_of} there is none",
        "undefined": "  {count} further span has its counts, but the denominator is 0",
        "undefined_spans": "  {count} further spans have their counts, but the denominator is 0",
    },
    "ja": {
        "rate": "{name}: 率は合計も平均もできない。分子と分母（{parts}）を使う",
        "share": "{name}: 割合は合計も平均もできない。割る前の数を使う",
        "mean": "{name}: 一件当たりなどの平均値は合計も平均もできない。合計と件数を使う",
        "duration": "{name}: 所要日数などは合計も平均もできない。日数の合計と件数を使う",
        "rank": "{name}: 順位は合計も平均もできない",
        "unknown": "{name}は変数ではない。合算できるのは変数だけで、率は合算した変数から割り直す",
        "and": "、",
        "comma": "、",
        "headline": "{quantity}、{organisation}、{span}: {value}",
        "part": "  {name}: {value}",
        "none": "値なし: {why}",
        "lacking": "{names}が不足",
        "partial": "{value}（{names}を除く部分合計）",
        "reconciled": "{quantity}、{as_of}: 支部計{total}、公表値{published}、差{residual}: {finding}",
        "agrees": "一致",
        "about": "公表値の端数処理の範囲で一致",
        "differs": "不一致",
        "cannot_tell": "{names}がないため分からない",
        "half_up": "四捨五入",
        "floor": "切り捨て",
        "ceil": "切り上げ",
        "or": "または",
        "unrounded": "端数なし",
        "some": "{printed}になるのは、件数のそろう期間{tried}通りのうち{count}通り:",
        "none_of": "{printed}になる期間は、件数のそろう{tried}通りのうちにない",
        "attempt": "  {span}、{roundings}: {calculation}",
        "otherwise": "  {span}ではない: {calculation}",
        "settled": "{as_of}現在では1通りだけ: {span}、{roundings}",
        "not_settled": "{as_of}現在では該当する期間がない",
        "undefined": "  ほかに、件数はそろうが分母が0の期間が{count}通り",
        "undefined_spans": "  ほかに、件数はそろうが分母が0の期間が{count}通り",
    },
}


def lacks(reasons: Iterable[Reason], language: Language) -> str:
    """Why there is no number, in words."""
    words = REASONS[language]
    told = {"not_applicable": "not_applicable_value"}
    return (
        words["list"]
        .format()
        .join(words[told.get(reason.lack, reason.lack)].format(name=reason.name) for reason in reasons)
    )

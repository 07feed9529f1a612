"""Problems in reading and checking a formula."""

from __future__ import annotations

from typing import Final

FORMULAS: Final[dict[str, dict[str, str]]] = {
    # ── reading a formula ────────────────────────────────────────────────────────────────────────────────────────────
    "syntax": {
        "en": "found {found}, expected {expected}",
        "ja": "{found} がありますが、ここには {expected_ja} が必要です",
    },
    "misspelt": {
        "en": "found {found}",
        "ja": "{found} は読めません",
    },
    "unfinished": {
        "en": "found the end of the text, expected {expected}",
        "ja": "途中で終わっています。続けて {expected_ja} が必要です",
    },
    "hiragana-in-name": {
        "en": "found {found}; a name that contains hiragana stands in 「」, as in 「健診の案内」",
        "ja": "{found} は読めません。ひらがなを含む名前は「健診の案内」のように「」で囲んでください",
    },
    "unclosed-quote": {
        "en": "found {opening}, expected {what} behind it and {closing} on the same line",
        "ja": "{opening} の後に、{what_ja}と、それを閉じる {closing} が同じ行に必要です",
    },
    "unreadable-character": {
        "en": "found {found}, which begins no word, number or sign; expected {expected}",
        "ja": "{found} は式に使えません。ここには {expected_ja} が必要です",
    },
    "too-long": {
        "en": "the text has {length} characters; at most {limit} are read",
        "ja": "{length} 文字あります。読めるのは {limit} 文字までです",
    },
    "too-deep": {
        "en": "the formula is nested {depth} deep; at most {limit} levels are read, and each further term of a sum or product is one",
        "ja": "式の入れ子が {depth} 段あります。読めるのは {limit} 段までで、和や積の項が増えるたびに 1 段増えます",
    },
    "too-many-digits": {
        "en": "the number has {digits} digits; at most {limit} are read",
        "ja": "数値が {digits} 桁あります。読めるのは {limit} 桁までです",
    },
    "missing-formula": {
        "en": "found a rule without a formula; expected the formula before the comparison, as in 'a / b >= 20%'",
        "ja": "式がありません。「a / b >= 20%」のように、比較の前に式を書いてください",
    },
    "missing-rule": {
        "en": "found a formula without a rule; expected a comparison, as in '>= 20%' or '20%以上'",
        "ja": "規則がありません。「>= 20%」「20%以上」のように比較を書いてください",
    },
    "no-otherwise": {
        "en": "every clause has a condition; add one without 'when', which decides where no condition holds",
        "ja": "すべての節に条件があります。どの条件にも当てはまらない場合の、条件のない節を一つ書いてください",
    },
    "second-otherwise": {
        "en": "found a second clause without a condition; add 'when …', or join the two with 'and'",
        "ja": "条件のない節が二つあります。「when …」を付けるか「and」でつないでください",
    },
    "stated-without-reference": {
        "en": "found a value in brackets behind a target that is no reference; expected it behind 'prior year' or another reference",
        "ja": "括弧内の値は「対前年度」などの参照に添えるものですが、この目標は参照ではありません",
    },
    "two-stated-values": {
        "en": "found a second value in brackets for the same reference; expected one, behind the reference or behind the comparison",
        "ja": "同じ参照に括弧内の値が二つあります。一つだけ書いてください",
    },
    "unknown-year": {
        "en": "{found} is no fiscal year; expected one such as FY2021, R3年度 or 令和3年度",
        "ja": "{found} という年度はありません。「FY2021」「R3年度」「令和3年度」のように書いてください",
    },
    "too-many-years": {
        "en": "found a mean of {years} years; expected 1 to {limit}",
        "ja": "{years} 年の平均は使えません。1 年から {limit} 年までです",
    },
    # ── checking a formula ───────────────────────────────────────────────────────────────────────────────────────────
    "unknown-variable": {
        "en": "unknown variable '{name}'",
        "ja": "変数「{name}」は定義されていません",
    },
    "unknown-unit": {
        "en": "unknown unit '{name}'",
        "ja": "単位「{name}」は定義されていません",
    },
    "unit-clash": {
        "en": "{left} and {right} cannot be {joined}",
        "ja": "{left_ja} と {right_ja} は{joined_ja}できません",
    },
    "bare-target": {
        "en": "found the plain number {number} beside a share; a share of {number} is {percent}, so write the unit: {number}% or {percent}",
        "ja": "割合に単位のない数値 {number} が添えられています。{number} は {percent} を意味します。「{number}%」か「{percent}」と書いてください",
    },
    "wrong-unit": {
        "en": "the formula gives {found}, but the KPI is stated in {expected}",
        "ja": "式の単位は {found_ja} ですが、KPIの単位は {expected_ja} です",
    },
    "reference-in-formula": {
        "en": "found '{found}' in the formula; a reference stands in a target, where it means the compared quantity at another time or place",
        "ja": "式の中に「{found}」があります。参照は目標の中でのみ使えます",
    },
    "rule-of-another": {
        "en": "the rule begins with '{found}'; expected its first comparison to be of the KPI itself, as in '>= 20%'",
        "ja": "規則が「{found}」で始まっています。最初の比較は「>= 20%」のようにKPIそのものについて書いてください",
    },
    "division-by-zero": {
        "en": "found a division by the number 0",
        "ja": "0 で割っています",
    },
}

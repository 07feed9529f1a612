"""Problems in a catalogue."""

from __future__ import annotations

from typing import Final

CATALOGUE: Final[dict[str, dict[str, str]]] = {
    "missing-key": {
        "en": "missing key '{key}' in {what}",
        "ja": "{what_ja} にキー「{key}」がありません",
    },
    "unknown-key": {
        "en": "unknown key '{key}' in {what}",
        "ja": "{what_ja} のキー「{key}」は定義されていません",
    },
    "wrong-kind": {
        "en": "found {found} for '{key}', expected {expected}",
        "ja": "「{key}」は {expected_ja} ですが、{found_ja} が書かれています",
    },
    "not-a-text": {
        "en": "found {found} for '{key}', expected a text; if it is one, put it in quotes: \"{text}\"",
        "ja": '「{key}」は文字列ですが、{found_ja} が書かれています。文字列なら "{text}" のように引用符で囲んでください',
    },
    "empty-text": {
        "en": "found nothing for '{key}', expected a text",
        "ja": "「{key}」が空です。文字列を書いてください",
    },
    "not-a-catalogue": {
        "en": "found {found}, expected a catalogue: the sections documents, organisations, variables, kpis and plans",
        "ja": "カタログではなく、{found_ja} が書かれています。documents、organisations、variables、kpis、plans の区分が必要です",
    },
    "unknown-choice": {
        "en": "found '{found}' for '{key}', expected one of {expected}",
        "ja": "「{key}」の「{found}」は使えません。{expected} のどれかを書いてください",
    },
    "unknown-document": {
        "en": "unknown document '{name}'",
        "ja": "文書「{name}」は定義されていません",
    },
    "unknown-organisation": {
        "en": "unknown organisation '{name}'",
        "ja": "組織「{name}」は定義されていません",
    },
    "unknown-kpi": {
        "en": "unknown KPI '{name}'",
        "ja": "KPI「{name}」は定義されていません",
    },
    "not-a-year": {
        "en": "'{found}' is no fiscal year; expected one such as R3, 令和3年度 or FY2021",
        "ja": "「{found}」は年度ではありません。R3、令和3年度、FY2021 のように書いてください",
    },
    "unit-again": {
        "en": "the word '{name}' is taken: it means the unit {unit}",
        "ja": "「{name}」はすでに単位 {unit} を表します",
    },
    "name-again": {
        "en": "the name '{name}' is taken: it means the variable {variable}",
        "ja": "「{name}」はすでに変数 {variable} を表します",
    },
    "kpi-again": {
        "en": "the plan sets '{name}' already; expected each KPI once",
        "ja": "「{name}」はこの計画にすでにあります",
    },
    "rule-in-formula": {
        "en": "found a rule in the formula of a KPI; expected it in the entries of the plans",
        "ja": "KPIの計算式に規則があります。規則は計画の項目に書いてください",
    },
    "direction-clash": {
        "en": "found the comparator {comparator}, but {direction} is better for this KPI",
        "ja": "比較が {comparator} ですが、このKPIは{direction_ja}ほど良いと定義されています",
    },
    "impossible-target": {
        "en": "found the target {target}; a share lies between 0% and 100%",
        "ja": "目標が {target} ですが、割合は 0% から 100% までです",
    },
    "never-holds": {
        "en": "the condition '{condition}' can never hold",
        "ja": "条件「{condition}」が成り立つことはありません",
    },
    "shadowed": {
        "en": "the clause is never reached: where '{condition}' holds, an earlier clause applies",
        "ja": "条件「{condition}」が成り立つときは前の節が先に適用されるため、この節は使われません",
    },
    "gap": {
        "en": "the conditions leave out exactly {point}, for which the clause without a condition applies",
        "ja": "条件がちょうど {point} の場合だけを外しており、その場合は条件のない節が適用されます",
    },
    "expected-contradicts": {
        "en": "the target is {target}, but the expected counts give {gives}",
        "ja": "目標は {target} ですが、見込みの件数からは {gives} になります",
    },
    "no-baseline": {
        "en": "the rule looks at '{reference}', but the entry has no baseline; add it, or 'baseline: 記載なし' where the document prints none",
        "ja": "規則が「{reference}」を参照していますが、基準値がありません。文書に記載がなければ「baseline: 記載なし」と書いてください",
    },
    "same-parts": {
        "en": "found '{part}' both above and below the line",
        "ja": "分子と分母がどちらも「{part}」です",
    },
    "name-of-another": {
        "en": "the KPI has the same name as '{other}'",
        "ja": "「{other}」と同じ名称のKPIです",
    },
    "unused-variable": {
        "en": "no formula, rule or observation uses the variable '{name}'",
        "ja": "変数「{name}」はどの式・規則・実績にも使われていません",
    },
    "baseline-contradicts": {
        "en": "the baseline is {found}, but last year's published result is {published}",
        "ja": "基準値は {found} ですが、前年度の公表値は {published} です",
    },
    "published-differs": {
        "en": "the published phrase says '{found}', but the rule says '{expected}'",
        "ja": "公表の文言は「{found}」ですが、規則は「{expected}」です",
    },
    "unreadable-count": {
        "en": "found '{found}', expected a count such as 106,744",
        "ja": "「{found}」は件数として読めません。106,744 のように書いてください",
    },
    "unreadable-baseline": {
        "en": "found '{found}' for 'baseline', expected a number{unit}",
        "ja": "「baseline」は数値{unit_ja}ですが、「{found}」が書かれています",
    },
    "baseline-differs": {
        "en": "found the baseline {found}, but the rule states {expected} in brackets",
        "ja": "基準値は {found} ですが、規則の括弧内は {expected} です",
    },
}

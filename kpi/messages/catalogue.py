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
    "comparable-too-late": {
        "en": "values are comparable from {found} on, after the plan's own year; expected {year} or a year before",
        "ja": "比較できるのが計画の年度より後の{found_ja}からになっています。{year_ja}かそれより前の年度を書いてください",
    },
    "unknown-former": {
        "en": "unknown organisation '{name}'; expected one that stands above this one, or this one itself",
        "ja": "組織「{name}」は定義されていません。この組織より上に書いた組織か、この組織自身を書いてください",
    },
    "formerly-and-split": {
        "en": "found both 'formerly' and 'split_from'; expected one of them",
        "ja": "「formerly」と「split_from」の両方が書かれています。どちらか一方を書いてください",
    },
    "since-alone": {
        "en": "found 'since' without what it dates; expected 'formerly' or 'split_from' beside it",
        "ja": "「since」だけが書かれています。「formerly」か「split_from」と一緒に書いてください",
    },
    "nation-key": {
        "en": "the nation has the key '{name}'; expected '{expected}', where rules look for its values",
        "ja": "全国の組織のキーが「{name}」です。目標が全国の値を探すキー「{expected}」にしてください",
    },
    "unit-again": {
        "en": "the word '{name}' is taken: it means the unit {unit}",
        "ja": "「{name}」はすでに単位 {unit} を表します",
    },
    "name-again": {
        "en": "the name '{name}' is taken: it means the {kind} {owner}",
        "ja": "「{name}」はすでに{kind_ja} {owner} を表します",
    },
    "kpi-again": {
        "en": "the plan sets '{name}' already; expected each KPI once",
        "ja": "「{name}」はこの計画にすでにあります",
    },
    "plan-again": {
        "en": "the plan has the same organisation, fiscal year and document as '{other}'",
        "ja": "「{other}」と組織・年度・文書が同じ計画です",
    },
    "year-of-another": {
        "en": "the fiscal year is {year}, but the name of the plan says {found}",
        "ja": "年度は {year_ja} ですが、計画の名称には {found_ja} とあります",
    },
    "organisation-of-another": {
        "en": "the organisation is {organisation}, but the name of the plan says {found}",
        "ja": "組織は {organisation_ja} ですが、計画の名称には {found_ja} とあります",
    },
    "rule-in-formula": {
        "en": "found a rule in the formula of a KPI; expected it in the entries of the plans",
        "ja": "KPIの計算式に規則があります。規則は計画の項目に書いてください",
    },
    "direction-clash": {
        "en": "found the comparator {comparator}, but {direction} is better for this KPI",
        "ja": "比較が {comparator} ですが、このKPIは{direction_ja}ほど良いと定義されています",
    },
    "direction-of-none": {
        "en": "{direction} is said to be better for the KPI, but every plan sets it a target with {comparator}",
        "ja": "このKPIは{direction_ja}ほど良いと定義されていますが、どの計画の目標も {comparator} です",
    },
    "impossible-target": {
        "en": "found '{found}', but the value is always {range}",
        "ja": "「{found}」とありますが、値は必ず {range_ja} です",
    },
    "always-met": {
        "en": "'{found}' says nothing: the value is always {range}",
        "ja": "「{found}」は必ず満たされます。値は必ず {range_ja} です",
    },
    "never-holds": {
        "en": "the condition '{condition}' can never hold{why}",
        "ja": "条件「{condition}」が成り立つことはありません{why_ja}",
    },
    "always-holds": {
        "en": "the condition '{condition}' always holds, so nothing behind it and no clause without a condition ever applies",
        "ja": "条件「{condition}」は必ず成り立つため、後の節も条件のない節も使われません",
    },
    "shadowed": {
        "en": "the clause is never reached: where '{condition}' holds, an earlier clause applies",
        "ja": "条件「{condition}」が成り立つときは前の節が先に適用されるため、この節は使われません",
    },
    "otherwise-shadowed": {
        "en": "the clause without a condition is never reached: the conditions cover everything; leave the last of them out, or correct one",
        "ja": "条件がすべての場合を尽くしているため、条件のない節は使われません。最後の条件を省くか、条件を見直してください",
    },
    "gap": {
        "en": "the conditions leave out exactly {point}, for which the clause without a condition applies; include it in one of them, or give it a clause of its own",
        "ja": "条件がちょうど {point} の場合だけを外しており、その場合は条件のない節が適用されます。どれかの条件に含めるか、専用の節を設けてください",
    },
    "done-of-share": {
        "en": "found 'is done', but the KPI is a share in {unit}; expected a target such as '>= 20%'",
        "ja": "「実施する」とありますが、このKPIは {unit} の割合です。「20%以上」のような目標を書いてください",
    },
    "branches-of-branch": {
        "en": "found '{found}' in the plan of a branch; expected it in the plan of the nation",
        "ja": "支部の計画に「{found}」とあります。支部ごとの規則は全国の計画に書いてください",
    },
    "expected-contradicts": {
        "en": "the target is {target}, but the expected counts give {gives}",
        "ja": "目標は {target} ですが、見込みの件数からは {gives} になります",
    },
    "expected-of-nothing": {
        "en": "the target is {target}, but the expected denominator is 0, and nothing can be a share of it",
        "ja": "目標は {target} ですが、見込みの分母が 0 のため割合になりません",
    },
    "no-baseline": {
        "en": "the rule looks at '{reference}', but the entry has no baseline; add it, or 'baseline: 記載なし' where the document prints none",
        "ja": "規則が「{reference}」を参照していますが、基準値がありません。文書に記載がなければ「baseline: 記載なし」と書いてください",
    },
    "unused-baseline": {
        "en": "found the baseline {found}, but the rule does not compare the KPI with last year; leave it out, or correct the rule",
        "ja": "基準値 {found} がありますが、規則はこのKPIを前年度と比べていません。基準値を省くか、規則を見直してください",
    },
    "unknown-entry": {
        "en": "'{name}' is no entry of a plan; expected plan/KPI",
        "ja": "「{name}」は計画の項目ではありません。計画/KPI の形で書いてください",
    },
    "unused-area": {
        "en": "no section of this plan begins with '{mark}'; found {sections}",
        "ja": "この計画に「{mark}」で始まる章はありません。あるのは {sections} です",
    },
    "ambiguous-baseline": {
        "en": "the baseline {found} may be that of '{first}' or of '{second}'; write it in brackets behind the one it belongs to",
        "ja": "基準値 {found} は「{first}」と「{second}」のどちらの値か分かりません。該当する方の後に括弧で書いてください",
    },
    "impossible-baseline": {
        "en": "found the baseline {found}, but the value is always {range}",
        "ja": "基準値が {found} ですが、値は必ず {range_ja} です",
    },
    "another-scale": {
        "en": "found {found}; other plans have {others} for this KPI, so expected about {meant}",
        "ja": "{found} とありますが、このKPIは他の計画では {others_ja} です。{meant} ではありませんか",
    },
    "impossible-value": {
        "en": "what was observed of '{organisation}' in {year} gives {value}, but the value is always {range}; is the formula upside down?",
        "ja": "「{organisation}」の {year_ja} の実績からは {value} になりますが、値は必ず {range_ja} です。分子と分母が逆ではありませんか",
    },
    "same-parts": {
        "en": "'{above}' over '{below}' is {value} whatever is counted",
        "ja": "「{above}」を「{below}」で割った値は、件数によらず {value} です",
    },
    "constant-formula": {
        "en": "the formula is {value} whatever is counted",
        "ja": "式の値は、件数によらず {value} です",
    },
    "zero-denominator": {
        "en": "the denominator '{below}' is 0 whatever is counted",
        "ja": "分母「{below}」は、件数によらず 0 です",
    },
    "percent-twice": {
        "en": "found the factor {number} in the formula of a KPI in {unit}; leave it out, for {unit} says it already",
        "ja": "単位が {unit} のKPIの式に {number} が掛かって（割って）います。{unit} と重なるので省いてください",
    },
    "term-again": {
        "en": "found '{term}' a second time in one sum; if that is meant, write '2 * {term}'",
        "ja": "一つの和に「{term}」が二度あります。意図したものなら「2 * {term}」と書いてください",
    },
    "same-definition": {
        "en": "the KPI has the same formula, unit and direction as '{other}'; if both are meant, add 'same_as: {other}'",
        "ja": "「{other}」と式・単位・向きが同じKPIです。両方必要なら「same_as: {other}」と書いてください",
    },
    "not-the-same": {
        "en": "found 'same_as: {other}', but formula, unit or direction differ from it",
        "ja": "「same_as: {other}」とありますが、式・単位・向きのどれかが異なります",
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
    "example-outcome": {
        "en": "the example comes out as {found}, expected {expected}: {why}",
        "ja": "この例の判定は「{found_ja}」です（{why_ja}）。「{expected_ja}」とあります",
    },
    "example-value": {
        "en": "the example gives {found}, expected {expected}",
        "ja": "この例の値は {found_ja} ですが、{expected} とあります",
    },
    "unknown-input": {
        "en": "found '{name}', at which neither the formula nor the rule looks",
        "ja": "「{name}」は式にも規則にも使われていません",
    },
    "unreadable-input": {
        "en": "found '{found}' for '{name}', expected a number{unit}",
        "ja": "「{name}」は数値{unit_ja}ですが、「{found}」が書かれています",
    },
    "clause-without-example": {
        "en": "no example reaches the clause '{clause}'",
        "ja": "節「{clause}」に至る例がありません",
    },
    "outcome-without-example": {
        "en": "no example comes out as {outcome}",
        "ja": "判定が「{outcome_ja}」になる例がありません",
    },
    "boundary-without-example": {
        "en": "no example stands at the boundary of '{requirement}'; add one exactly at the target{beside}",
        "ja": "「{requirement}」の境界の例がありません。ちょうど目標の値の例{beside_ja}を加えてください",
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

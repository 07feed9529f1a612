"""What each kind of problem says, in English and Japanese.

A code is stable: tools select and silence problems by it. `{…}` are the facts of one problem.
"""

from __future__ import annotations

from typing import Final

MESSAGES: Final[dict[str, dict[str, str]]] = {
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
        "en": "found '{opening}', expected a name behind it and '{closing}' on the same line",
        "ja": "'{opening}' の後に、名前と、それを閉じる '{closing}' が同じ行に必要です",
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
    # ── reading observations ─────────────────────────────────────────────────────────────────────────────────────────
    "not-utf8": {
        "en": "found the byte {byte}, which is no UTF-8 here; expected a file saved as UTF-8",
        "ja": "バイト {byte} は UTF-8 として読めません。ファイルを UTF-8 で保存してください",
    },
    "csv-syntax": {
        "en": "the row cannot be read as CSV: {said}",
        "ja": "CSV として読めない行です: {said}",
    },
    "missing-column": {
        "en": "missing column {names}; the first line names the columns",
        "ja": "列 {names} がありません。1 行目に列名を書いてください",
    },
    "unknown-column": {
        "en": "unknown column '{name}'",
        "ja": "列「{name}」は定義されていません",
    },
    "duplicate-column": {
        "en": "found the column '{name}' again; expected it once",
        "ja": "列「{name}」が重複しています",
    },
    "ragged-row": {
        "en": "found {found} cells in the row, expected {expected}",
        "ja": "この行のセルは {found} 個ですが、{expected} 個必要です",
    },
    "empty-cell": {
        "en": "found an empty cell in column '{name}', which every row fills",
        "ja": "列「{name}」は必須ですが、空のセルがあります",
    },
    "unknown-quantity": {
        "en": "'{name}' is no variable and no KPI of the catalogue",
        "ja": "「{name}」という変数もKPIもカタログにありません",
    },
    "unreadable-cell": {
        "en": "{said}",
        "ja": "値を読めません: {said}",
    },
    "unknown-period": {
        "en": "found the period '{found}', expected 'year' or a month from {first} to {last}",
        "ja": "期間「{found}」は使えません。「year」か {first} から {last} までの月を書いてください",
    },
    "early-date": {
        "en": "the as-of date {found} lies before {year}, which begins on {first}",
        "ja": "時点 {found} は{year_ja}の始まり（{first}）より前です",
    },
    "duplicate-observation": {
        "en": "line {line} has a value of this quantity for the same organisation and period already",
        "ja": "同じ項目・組織・期間の値が {line} 行目にすでにあります",
    },
    # ── reading a catalogue ──────────────────────────────────────────────────────────────────────────────────────────
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

"""Problems in tables of records, and in what is counted in them."""

from __future__ import annotations

from typing import Final

RECORDS: Final[dict[str, dict[str, str]]] = {
    # ── checking an aggregate ────────────────────────────────────────────────────────────────────────────────────────
    "unknown-table": {
        "en": "unknown table '{name}'; tables of records stand under 'tables' in the catalogue",
        "ja": "表「{name}」がありません。記録の表はカタログの「tables」に書きます",
    },
    "table-without-column": {
        "en": "table '{table}' has no {what} '{name}'{hint}",
        "ja": "表「{table}」に{what_ja}「{name}」がありません{hint_ja}",
    },
    "column-type": {
        "en": "column '{name}' holds {found}, expected {expected}",
        "ja": "列「{name}」の値は{found_ja}ですが、ここには{expected_ja}の列が必要です",
    },
    "column-clash": {
        "en": "{left} and {right} cannot be compared{hint}",
        "ja": "{left_ja}と{right_ja}は比較できません{hint_ja}",
    },
    "boolean-compared": {
        "en": "'{name}' is true or false already; write it alone, or 'not {name}'",
        "ja": "「{name}」は真偽値です。比較せずにそのまま、または「not {name}」と書いてください",
    },
    "text-order": {
        "en": "texts have no order that '{comparator}' could ask for; compare them with =, != or in (…)",
        "ja": "文字列には「{comparator}」で比べる順序がありません。=、!=、in (…) で比較してください",
    },
    "condition-too-deep": {
        "en": "the condition is nested too deep; at most {limit} levels of and, or, not and named conditions are read",
        "ja": "条件の入れ子が深すぎます。and、or、not と名前のある条件を合わせて {limit} 段まで読めます",
    },
    "condition-too-long": {
        "en": "the condition has more than {limit} parts, with those of the named conditions; no more are read",
        "ja": "名前のある条件の中身も含めて、条件が {limit} 個を超えています",
    },
    "condition-as-column": {
        "en": "'{name}' is a condition of the table, expected a column",
        "ja": "「{name}」は表の条件です。ここには列が必要です",
    },
    "constant-test": {
        "en": "the test looks at no column, so it is the same for every record; a name stands without quotes or in 「」, a text in ''",
        "ja": "列を見ない条件なので、どの記録でも同じ結果になります。列名は引用符なしか「」で、文字列は '' で書いてください",
    },
    "empty-between": {
        "en": "nothing lies between {low} and {high}; expected the lower one first",
        "ja": "{low} から {high} までの値はありません。小さい方を先に書いてください",
    },
    "number-not-whole": {
        "en": "found {found}, expected a whole number, as records hold no others",
        "ja": "{found} とありますが、記録の数値は整数だけです。整数を書いてください",
    },
    "unknown-date": {
        "en": "{found} is no day of the calendar; expected year-month-day, as in 2021-04-01",
        "ja": "{found} は暦にない日付です。2021-04-01 のように書いてください",
    },
    # ── the tables of a catalogue ────────────────────────────────────────────────────────────────────────────────────
    "circular-condition": {
        "en": "the condition '{name}' rests on itself: {circle}",
        "ja": "条件「{name}」が自分自身に基づいています: {circle}",
    },
    "column-unit": {
        "en": "column '{name}' is in {unit}; expected a unit that whole numbers count, such as yen or person",
        "ja": "列「{name}」の単位が {unit} です。円や人のように、整数で数える単位を書いてください",
    },
    "records-of-formula": {
        "en": "found '{found}', expected one aggregate, such as 'count(claims where paid is known)'",
        "ja": "「{found}」とありますが、「件数(給付申請のうち 支払日がある)」のような集計を一つだけ書いてください",
    },
    "records-unit": {
        "en": "the aggregate counts in {found}, but the variable in {expected}",
        "ja": "集計の単位は {found_ja} ですが、変数の単位は {expected_ja} です",
    },
    "records-of-flow": {
        "en": "the months of '{found}' do not add up to a year; expected a count or sum for a flow, or 'kind: stock'",
        "ja": "「{found}」は月ごとの値を足しても年の値になりません。フローには件数か合計を書くか、「kind: stock」としてください",
    },
}

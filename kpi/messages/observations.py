"""Problems in a table of observations."""

from __future__ import annotations

from typing import Final

OBSERVATIONS: Final[dict[str, dict[str, str]]] = {
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
        "en": "found the period '{found}', expected 'year', or a month, quarter or half of {year}, from {first} to {last}",
        "ja": "期間「{found}」は{year_ja}のものではありません。「year」か {first} から {last} までの月、四半期、半期を書いてください",
    },
    "early-date": {
        "en": "the as-of date {found} lies before {period}, which begins on {first}",
        "ja": "時点 {found} は{period_ja}の始まり（{first}）より前です",
    },
    "late-date": {
        "en": "the as-of date {found} lies more than two years after {year}; expected {last} or earlier",
        "ja": "時点 {found} は{year_ja}の終わりから 2 年を超えています。{last} 以前の日付を書いてください",
    },
    "duplicate-observation": {
        "en": "line {line} has a value of this quantity for the same organisation and period already",
        "ja": "同じ項目・組織・期間の値が {line} 行目にすでにあります",
    },
}

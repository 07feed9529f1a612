"""Problems in a table of observations."""

from __future__ import annotations

from typing import Final

OBSERVATIONS: Final[dict[str, dict[str, str]]] = {
    "not-utf8": {
        "en": "found the byte {byte}, which is no UTF-8 here; expected a file saved as UTF-8",
        "ja": "バイト {byte} は UTF-8 として読めません。ファイルを UTF-8 で保存してください",
    },
    "unknown-encoding": {
        "en": "found the byte {byte}, which is neither UTF-8 nor Shift_JIS here; expected a file saved in one of them",
        "ja": "バイト {byte} は UTF-8 としても Shift_JIS としても読めません。どちらかで保存してください",
    },
    "broken-workbook": {
        "en": "the workbook cannot be read: {said}",
        "ja": "ブックを読めません: {said}",
    },
    "old-workbook": {
        "en": "found a workbook of the old kind, or one with a password; expected one saved as .xlsx without a password",
        "ja": "旧形式のブック、またはパスワード付きのブックです。パスワードなしの .xlsx で保存してください",
    },
    "broken-parquet": {
        "en": "the file cannot be read as Parquet: {said}",
        "ja": "Parquet として読めません: {said}",
    },
    "csv-syntax": {
        "en": "the row cannot be read as CSV: {said}",
        "ja": "CSV として読めない行です: {said}",
    },
    "no-headings": {
        "en": "found no headings in the first {rows} rows; expected a row such as {names}, or ※ before the title of a sheet that is no table",
        "ja": "最初の {rows} 行に見出しがありません。{names} などの見出しの行が必要です。表でないシートの名前は ※ で始めてください",
    },
    "missing-column": {
        "en": "missing column {names}; expected a line with the names of the columns",
        "ja": "列 {names} がありません。列名を書いた行が必要です",
    },
    "unknown-column": {
        "en": "unknown column '{name}'{hint}",
        "ja": "列「{name}」は定義されていません{hint_ja}",
    },
    "duplicate-column": {
        "en": "found the column '{name}' again; expected it once",
        "ja": "列「{name}」が重複しています",
    },
    "misplaced-column": {
        "en": "the column '{name}' has no meaning in a table with {lie}",
        "ja": "列「{name}」は、{lie_ja}を書く表では意味がありません",
    },
    "unnamed-column": {
        "en": "found '{found}' in a column without a heading",
        "ja": "見出しのない列に「{found}」があります",
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
    "several-meanings": {
        "en": "'{name}' may mean any of {meant}; expected one of them",
        "ja": "「{name}」は {meant} のどれとも読めます。どれか 1 つを書いてください",
    },
    "error-cell": {
        "en": "found {found}, an error of the spreadsheet; expected a value",
        "ja": "表計算ソフトのエラー {found} です。値が必要です",
    },
    "uncomputed-formula": {
        "en": "found the formula {found} without its value; expected a workbook saved by a program that computes it",
        "ja": "式 {found} の値がありません。計算できるソフトで保存し直してください",
    },
    "two-units": {
        "en": "found '{found}' in a place for '{expected}'",
        "ja": "「{expected}」の欄に「{found}」とあります",
    },
    "unreadable-cell": {
        "en": "{said}",
        "ja": "値を読めません: {said}",
    },
    "unknown-period": {
        "en": "found the period '{found}', expected 'year', or a month, quarter or half of {year}, from {first} to {last}",
        "ja": "期間「{found}」は{year_ja}のものではありません。「year」か {first} から {last} までの月、四半期、半期を書いてください",
    },
    "missing-date": {
        "en": "found no date, up to which the value under '{name}' counts",
        "ja": "「{name}」の値がいつまでのものか、日付がありません",
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
        "en": "{place} has this value of the same quantity, organisation and period already",
        "ja": "同じ項目・組織・期間の同じ値が {place_ja} にすでにあります",
    },
    "contradicting-observation": {
        "en": "found '{found}', but {place} says '{other}' of the same quantity, organisation and period",
        "ja": "「{found}」とありますが、同じ項目・組織・期間の値が {place_ja} では「{other}」です",
    },
}

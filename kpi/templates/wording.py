"""The words of the forms."""

from __future__ import annotations

from typing import Final

from kpi.problems import Language

WORDS: Final[dict[Language, dict[str, str]]] = {
    "ja": {
        "title": "{plan}　実績記入表",
        "how": "黄色の欄に実績を記入してください。白い欄は、わかるものだけで構いません。空欄と「-」は値なしとして扱います。",
        "then": "保存したら: kpi evaluate {plan} --data このファイル.xlsx",
        "organisation": "支部",
        "quantity": "項目",
        "other_name": "※英語名",
        "unit": "単位",
        "kind": "※種別",
        "to_date": "{year} 時点まで",
        "final": "{year}",
        "as_of": "時点",
        "source": "出典",
        "note": "備考",
        "flow": "期間の合計",
        "stock": "時点の値",
        "own": "公表値",
        "group": "※ {section} {name}　目標: {rule}",
        "baseline": "（計画の基準 {baseline}）",
        "elsewhere": "　{names} は上の欄に記入",
        "notes": "※記入要領",
        "day": "この日までの値です。例: {day}",
        "day_title": "時点",
        "number": "{unit}の数。全角数字や「1,380{unit}」「▲604」と書いても読み取ります。",
        "share": "割合。「95.7%」または「95.7％」と書いてください。",
        "done": "「実施」または「未実施」を選んでください。",
        "check": "値を確かめてください",
    },
    "en": {
        "title": "{plan}: figures to fill in",
        "how": "Fill in the yellow cells. The white ones help where they are known. A blank and “-” mean that there is no value.",
        "then": "When it is saved: kpi evaluate {plan} --data THIS_FILE.xlsx",
        "organisation": "Organisation",
        "quantity": "Quantity",
        "other_name": "# Japanese name",
        "unit": "Unit",
        "kind": "# Kind",
        "to_date": "{year} to date",
        "final": "{year}",
        "as_of": "As of",
        "source": "Source",
        "note": "Note",
        "flow": "adds up",
        "stock": "last value",
        "own": "as published",
        "group": "# {section} {name} — target: {rule}",
        "baseline": " (the plan states {baseline})",
        "elsewhere": "; {names}: filled in above",
        "notes": "# How to fill it in",
        "day": "The values count up to this day, for example {day}",
        "day_title": "As of",
        "number": "A number of {unit}. Full-width digits, 1,380{unit} and ▲604 are read as well.",
        "share": "A share: write 95.7%.",
        "done": "Choose 実施 (done) or 未実施 (not done).",
        "check": "Please check the value",
    },
}

NOTES: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "ja": (
        ("黄色の欄", "判定に必要な値"),
        ("白い欄", "あれば、進捗（前年の同時点と年度末）や、件数のわからない KPI の判定に使う値"),
        (
            "時点",
            "その行の「{to_date}」の値が数える最後の日（年度が終わっていれば 3月31日）。前年度の「時点まで」は 1 年前の同じ日の値",
        ),
        ("期間の合計", "4月から時点までの合計（延べ件数など）"),
        ("時点の値", "時点での値（加入者数など）"),
        ("公表値", "計算済みの率など。件数がわかれば記入は不要"),
        ("読み取る書き方", "1380　1,380　１，３８０　1,380事業所　95.7%　95.7％　256万枚　-604　▲604　△604"),
        ("値なし", "空欄　-　―　—（0 とは違います）"),
        ("該当しない", "該当なし　対象外"),
        ("日付", "2021/8/31　令和3年8月31日　R3.8.31"),
        ("メモの列や行", "見出しや行の先頭が「※」なら読み飛ばします。表題が「※」で始まるシートも同じです"),
        ("行の追加", "シートの保護を解除して（パスワードなし）、項目名を書いた行を足せます"),
    ),
    "en": (
        ("Yellow cells", "values that a verdict needs"),
        ("White cells", "values that tell more: the pace of the year, or a KPI whose counts are not known"),
        (
            "As of",
            "the last day that the values under “{to_date}” count, the end of the year when it is over. Those of last year “to date” are of the same day a year before",
        ),
        ("adds up", "the total from April up to that day"),
        ("last value", "the value on that day"),
        ("as published", "a rate as it was published; not needed where the counts are known"),
        ("Numbers", "1380, 1,380, １，３８０, 1,380件, 95.7%, 256万枚, -604, ▲604, △604"),
        ("No value", "a blank, -, ― or — (which is not 0)"),
        ("Not applicable", "not applicable, n/a, 該当なし, 対象外"),
        ("Dates", "2021-08-31, 2021/8/31, 令和3年8月31日, R3.8.31"),
        (
            "Columns and rows of your own",
            "are left aside where their heading, or the row, begins with # or ※; so are sheets with such a title",
        ),
        ("Further rows", "can be added when the protection of the sheet is lifted; it has no password"),
    ),
}
"""What the second sheet tells: a word, and what it means."""

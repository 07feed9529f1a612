"""The words of charts, in both languages."""

from __future__ import annotations

from typing import Final

from kpi.problems import Language

WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "value": "value",
        "target": "target",
        "verdict": "verdict",
        "name": "KPI",
        "attainment": "attainment",
        "margin": "margin",
        "called_for": "called for by now",
        "axis": "Attainment: value ÷ target; target ÷ value where lower is better",
        "key": "filled: achieved · outlined: missed · thick line: target",
        "key_pace": "◆ called for by now",
        "key_beyond": "▶ goes on",
        "key_provisional": "* provisional",
        "gap": " · ",
        "no_value": "no value",
        "no_target": "no target",
        "no_number": "no number as target",
        "target_unknown": "target unknown",
        "no_ratio": "no ratio to this target",
        "chart": "Bullet chart of {count} KPIs, each beside its target: {counts}.",
        "one": "{name}: {facts}.",
        "fact": "{word} {text}",
        "list": ", ",
    },
    "ja": {
        "value": "実績",
        "target": "目標",
        "verdict": "判定",
        "name": "KPI",
        "attainment": "達成率",
        "margin": "差",
        "called_for": "この時点の目安",
        "axis": "達成率: 実績÷目標。低い方がよいKPIは目標÷実績",
        "key": "塗りつぶし: 達成　白抜き: 未達成　太線: 目標",
        "key_pace": "◆ この時点の目安",
        "key_beyond": "▶ 目盛りの外へ続く",
        "key_provisional": "* 暫定",
        "gap": "　",
        "no_value": "実績なし",
        "no_target": "目標なし",
        "no_number": "数値目標ではない",
        "target_unknown": "目標値が不明",
        "no_ratio": "目標比を表せない",
        "chart": "KPI{count}件の実績を目標と並べた図。{counts}。",
        "one": "{name}: {facts}。",
        "fact": "{word}{text}",
        "list": "、",
    },
}

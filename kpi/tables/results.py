"""Results as a table: value, target, a small bar against it, margin, verdict and pace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final
from zlib import crc32

from kpi import frames
from kpi.charts.bars import Bar
from kpi.charts.style import FONTS
from kpi.evaluation.decision import Verdict
from kpi.evaluation.labels import attainment_text, target_text, verdict_text
from kpi.evaluation.result import Result
from kpi.evaluation.wording import WORDS as OUTCOMES
from kpi.markup import element, html
from kpi.problems import Language
from kpi.tables.door import great_tables
from kpi.tables.small_bars import small_bar

if TYPE_CHECKING:
    from great_tables import GT

_NUMBERS: Final = ("value", "target", "attainment", "margin")
_MARKUP: Final = ("name", "bar")
"""The columns whose cells are HTML that is escaped already."""
_WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "name": "KPI",
        "value": "value",
        "target": "target",
        "bar": "bar",
        "attainment": "attainment",
        "margin": "margin",
        "verdict": "verdict",
        "context": "pace; nation",
        "list": ", ",
        "bars": "Bars: filled achieved, outlined missed; line: target; ◆ called for by now; ▶ goes on.",
        "provisional": "* provisional: before the end of the fiscal year.",
    },
    "ja": {
        "name": "KPI",
        "value": "実績",
        "target": "目標",
        "bar": "図",
        "attainment": "達成率",
        "margin": "差",
        "verdict": "判定",
        "context": "進捗、全国",
        "list": "、",
        "bars": "棒: 塗りつぶしは達成、白抜きは未達成。縦線: 目標。◆: この時点の目安。▶: 目盛りの外へ続く。",
        "provisional": "* 暫定: 年度末より前の時点の判定。",
    },
}


def results_table(
    results: Iterable[Result], language: Language = "en", *, title: str = "", notes: Sequence[str] = ()
) -> GT:
    """The *results* as a table of great-tables, with a small bar against each target.

    Verdicts read without colour, by sign and by filled or outlined bars. *notes* stand below the title.

    Raises:
        MissingExtraError: great-tables or polars is not installed.
    """
    words, shown = _WORDS[language], list(results)
    columns = _columns(shown, language)
    frame = frames.polars_frame(columns, dict.fromkeys(columns, str))
    library = great_tables()
    table: GT = library.GT(frame, id=f"results-{crc32(repr(columns).encode()):08x}")  # the same for the same table
    table = table.tab_header(title or words["name"], words["list"].join((*_counts(shown, language), *notes)))
    table = table.cols_label({name: words[name] for name in columns})
    table = table.cols_align("left").cols_align("right", columns=list(_NUMBERS))
    in_one_line = [name for name in columns if name not in ("name", "context")]
    table = table.tab_style(library.style.css("white-space: nowrap"), library.loc.body(columns=in_one_line))
    table = table.fmt(str, columns=list(_MARKUP)).tab_source_note(words["bars"])
    if any(result.provisional for result in shown):
        table = table.tab_source_note(words["provisional"])
    return table.tab_options(
        table_font_names=FONTS.split(", "), table_font_size="13px", heading_align="left", data_row_padding="5px"
    )


def _columns(results: Sequence[Result], language: Language) -> dict[str, list[str]]:
    """The cells by column; a column of pace and nation only where anything is known of them."""
    columns = {
        "name": [_name(result, language) for result in results],
        "value": ["" if result.value is None else result.value.text(language) for result in results],
        "target": [target_text(result, language) for result in results],
        "bar": [_bar(result, language) for result in results],
        "attainment": [attainment_text(result, language) for result in results],
        "margin": ["" if result.margin is None else result.margin.text(language) for result in results],
        "verdict": [verdict_text(result, language) for result in results],
    }
    context = [result.why.context(language) for result in results]
    return {**columns, "context": context} if any(context) else columns


def _name(result: Result, language: Language) -> str:
    """The name and, where there is no verdict, why."""
    why = [element("br"), element("small", result.why.summary(language))] if result.reasons else []
    return html(element("span", result.title.name(language), *why))


def _bar(result: Result, language: Language) -> str:
    bar = Bar.of(result)
    if bar.end is None and not bar.has_target:
        return ""
    attainment = attainment_text(result, language)
    return small_bar(bar, f"{_WORDS[language]['attainment']} {attainment or '–'}")


def _counts(results: Sequence[Result], language: Language) -> list[str]:
    found = Counter(result.outcome for result in results)
    return [f"{OUTCOMES[language][verdict]} {found[verdict]}" for verdict in Verdict if found[verdict]]

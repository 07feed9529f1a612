"""What `kpi records` prints for people: a table for each KPI with a row for each organisation and period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rich.text import Text

from kpi.cli.tables import STYLES, headed_table, terminal
from kpi.evaluation.decision import Verdict
from kpi.evaluation.labels import verdict_text
from kpi.evaluation.wording import WORDS
from kpi.plans.organisation import Organisation
from kpi.plans.scorecard import HEADINGS
from kpi.problems import Language
from kpi.quantities import Quantity
from kpi.records.branches import BranchResult, CountedPlan, tally

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "organisation": "organisation",
        "fiscal_year": "fiscal year",
        "half_year": "half",
        "quarter": "quarter",
        "month": "month",
        "left_out": "not counted from records: {}",
        "joined": ", ",
    },
    "ja": {
        "organisation": "組織",
        "fiscal_year": "年度",
        "half_year": "半期",
        "quarter": "四半期",
        "month": "月",
        "left_out": "記録から数えないKPI: {}",
        "joined": "、",
    },
}


def branches(
    counted: CountedPlan,
    results: Sequence[BranchResult],
    organisations: Mapping[str, Organisation],
    by: str,
    language: Language,
) -> None:
    """Prints the results of each KPI, and how many organisations and periods reached it."""
    out, words = terminal(), _WORDS[language]
    found = tally(results)
    _, *numbers, verdict = HEADINGS[language]
    periods = [words[by]] if by != "fiscal_year" else []
    heads = (words["organisation"], words["fiscal_year"], *periods, *numbers, verdict)
    for key, verdicts in found.items():
        entry = counted.plan[key]
        printed = headed_table(f"{entry.kpi.name(language)}  {key}: {entry.formula.rule_text(language)}", heads)
        for column in printed.columns[1:-1]:
            column.justify = "right"
        for one in results:
            if one.kpi == key:
                known = organisations.get(one.organisation or "")
                name = (known.ja if language == "ja" else known.en) if known else one.organisation or "–"
                printed.add_row(name, *_cells(one, with_period=bool(periods), language=language))
        out.print(printed)
        counts = [f"{WORDS[language][each]} {number}" for each, number in verdicts.items() if number]
        out.print(words["joined"].join(counts))
    if counted.left_out:
        out.print(words["left_out"].format(words["joined"].join(counted.left_out)), style="dim")


def _cells(one: BranchResult, *, with_period: bool, language: Language) -> list[str | Text]:
    result = one.result
    periods = [_shown(one.period)] if with_period else []
    numbers = [_text(number, language) for number in (result.value, result.target, result.margin)]
    style = STYLES.get(Verdict(result.outcome), "")
    verdict = Text(verdict_text(result, language), style=style)
    return [_shown(one.fiscal_year), *periods, *numbers, verdict]


def _shown(number: int | None) -> str:
    return "–" if number is None else str(number)


def _text(quantity: Quantity | None, language: Language) -> str:
    return "" if quantity is None else quantity.text(language)

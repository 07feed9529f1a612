"""Advice on problems in the YAML of a catalogue."""

from __future__ import annotations

from typing import Final

from kpi.messages.guide.advice import Advice

_EMPTY: Final = "documents: {}\norganisations: {}\nvariables: {}\nkpis: {}\nplans: {}\n"
_REPORT: Final = "  report: {ja: 令和3年度 事業報告, en: Report for FY2021}\n"
_IWATE: Final = "  iwate: {ja: 岩手支部, en: Iwate branch, kind: branch}\n"


def _file(meaning: str, wrong: str) -> Advice:
    return Advice(meaning, wrong, _EMPTY, "file")


YAML: Final = {
    "not-text": _file(
        "A control character, which no text has. The file may be damaged, or no text file at all.",
        _EMPTY.replace("plans", "pl\x00ans"),
    ),
    "yaml-syntax": Advice(
        "What stands here is no YAML. It is left out, and the rest of the file is checked all the same. Most often a "
        "quote is missing around a value that begins with a sign.",
        "rule: >= 81.0%\n",
        'rule: ">= 81.0%"\n',
    ),
    "several-documents": _file(
        "A file holds one catalogue. What stands behind `---` would be ignored.",
        _EMPTY + "---\nplans: {}\n",
    ),
    "duplicate-key": Advice(
        "A key stands twice in one mapping. YAML would silently drop one of the two entries.",
        _IWATE + _IWATE.replace("岩手支部", "青森支部").replace("Iwate", "Aomori"),
        _IWATE,
    ),
    "key-not-text": Advice(
        "A key that YAML takes for a number, a date or a truth value. Put it in quotes.",
        "  2021: {ja",
        '  "2021": {ja',
    ),
    "merge-key": Advice(
        "A merge key hides what an entry says. Write every key out where it belongs.",
        "{<<: {}, ja: 岩手支部, en: Iwate branch, kind: branch}",
        "{ja: 岩手支部, en: Iwate branch, kind: branch}",
    ),
    "yaml-tag": Advice(
        "A tag asks YAML to make something else of a value. Nothing is converted here.",
        'page: !!str "30"',
        'page: "30"',
    ),
    "unknown-alias": Advice(
        "An alias without the value that it repeats. Aliases look back: mark the value above with `&`.",
        "labels: *tender_labels",
        "labels: [入札件数]",
    ),
    "too-deep-yaml": _file(
        "Lists and mappings are nested deeper than any catalogue.",
        "documents: " + "[" * 40 + "]" * 40 + "\n",
    ),
    "too-many-aliases": _file(
        "More aliases than a catalogue needs. Written out, an entry says itself what it means.",
        f"documents: &d {{}}\norganisations: [{', '.join(['*d'] * 101)}]\n",
    ),
    "too-many-nodes": _file(
        "Aliases repeat more values than any catalogue holds, mostly through aliases of aliases.",
        "a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n"
        + "".join(
            f"{name}: &{name} [{', '.join([f'*{former}'] * 12)}]\n"
            for former, name in zip("abcde", "bcdef", strict=True)
        ),
    ),
    "not-utf8": Advice(
        "The file is saved in another encoding, such as Shift_JIS. Save it as UTF-8.",
        _REPORT.replace("令和3年度 事業報告", "\udc8e\udc96\udc8b\udcc6\udc95\udcf1\udc8d\udc90"),
        _REPORT,
    ),
}
"""The advice by code."""

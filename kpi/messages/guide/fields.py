"""Advice on problems in the fields of a catalogue: keys, kinds of values, names and references."""

from __future__ import annotations

from typing import Final

from kpi.messages.guide.advice import Advice

_ENTRY: Final = 'published: 82.0％以上\n        expected: {numerator: "820", denominator: "1,000"}\n'
_NEXT: Final = "    fiscal_year: R4\n    document: next_report"

FIELDS: Final = {
    "missing-key": Advice(
        "An entry lacks a field that it needs. Names stand in both languages, and every plan entry names its place.",
        "next_report: {ja: 令和4年度 事業報告}",
        "next_report: {ja: 令和4年度 事業報告, en: Report for FY2022}",
    ),
    "unknown-key": Advice(
        "A key that nothing reads. If it is a misspelt one, what it says would be lost.",
        "lables: [入札件数]",
        "labels: [入札件数]",
    ),
    "wrong-kind": Advice(
        "A text stands where a list is read, a list where a text is, and the like.",
        "labels: 入札件数",
        "labels: [入札件数]",
    ),
    "not-a-text": Advice(
        "YAML makes something else of this text: a number, a date, true or false. Put it in quotes.",
        "page: 8",
        'page: "8"',
    ),
    "empty-text": Advice(
        "A text is empty that says something everywhere else.",
        'en: ""',
        "en: posters put up",
    ),
    "not-a-catalogue": Advice(
        "The file is no catalogue. It may be another file, or an empty one.",
        "- single_bid_share\n",
        "documents: {}\norganisations: {}\nvariables: {}\nkpis: {}\nplans: {}\n",
        "file",
    ),
    "unknown-choice": Advice(
        "A word that is none of the few that may stand here.",
        "kind: branche, formerly",
        "kind: branch, formerly",
    ),
    "unknown-document": Advice(
        "A document that the section `documents` does not hold.",
        "document: next_reports",
        "document: next_report",
    ),
    "unknown-organisation": Advice(
        "An organisation that the section `organisations` does not hold.",
        "organisation: toyma",
        "organisation: toyama",
    ),
    "unknown-kpi": Advice(
        "A KPI that the section `kpis` does not hold.",
        "kpi: posters_put",
        "kpi: posters_put_up",
    ),
    "unknown-entry": Advice(
        "An erratum names an entry that no plan has. It is called by its plan and its KPI.",
        "touches: [iwate-r3/single_bids]",
        "touches: [iwate-r3/single_bid_share]",
    ),
    "not-a-year": Advice(
        "A text that names no fiscal year. It is written R3, 令和3年度 or FY2021.",
        "fiscal_year: next",
        "fiscal_year: R4",
    ),
    "comparable-too-late": Advice(
        "Values of the plan's own year are always comparable with it, so this year comes too late.",
        "comparable_from: R5",
        "comparable_from: R3",
    ),
    "unknown-former": Advice(
        "An organisation was made of others that stand above it in the file, or of itself with another area.",
        "formerly: [toyma]",
        "formerly: [toyama]",
    ),
    "formerly-and-split": Advice(
        "An organisation was either merged from others or split off from one.",
        "formerly: [toyama], split_from: iwate, since: R6",
        "formerly: [toyama], since: R6",
    ),
    "since-alone": Advice(
        "A year says since when, and nothing says what. The values before that year would be compared as if nothing had happened.",
        "kind: branch, since: R6",
        "kind: branch, formerly: [toyama], since: R6",
    ),
    "nation-key": Advice(
        "The nation's values are looked up under the key `national`. Under another a rule such as `>= national` would find nothing.",
        "nation: {ja: 全国",
        "national: {ja: 全国",
    ),
    "unit-again": Advice(
        "A word already means a unit. A second meaning would change what the catalogue says.",
        "tablet: {ja: 件, en: tablets}",
        "tablet: {ja: 錠, en: tablets}",
    ),
    "name-again": Advice(
        "Two variables are called by one name. A formula that uses it would be about one of them by chance.",
        "labels: [一者応札件数]",
        "labels: [入札件数]",
    ),
    "plan-again": Advice(
        "Two plans have the same organisation, year and document. One of these fields is wrong, or one of the plans should not be there.",
        "    fiscal_year: R3\n    document: report",
        _NEXT,
    ),
    "year-of-another": Advice(
        "The name of a plan tells another year than its field. Its results would be compared with those of the wrong year.",
        "organisation: toyama\n    fiscal_year: R4",
        "organisation: toyama\n    fiscal_year: R3",
    ),
    "organisation-of-another": Advice(
        "The name of a plan tells another branch than its field. It would be judged by the figures of that other one.",
        "organisation: hokuriku\n    fiscal_year: R3",
        "organisation: toyama\n    fiscal_year: R3",
    ),
    "unused-variable": Advice(
        "Nothing uses the variable, so no verdict depends on it. It may be left over, or be missing in a formula.",
        "variables:\n  postcards: {ja: はがき枚数, en: postcards, unit: card, kind: flow}\n  single_bid_tenders:",
        "variables:\n  single_bid_tenders:",
    ),
}
"""The advice by code."""

"""Entries of a plan that are planted in the sound catalogue, and what is told about them."""

from __future__ import annotations

from pathlib import Path

from kpi.catalogue.loader import read_catalog

SOUND = (Path(__file__).parent / "data" / "catalogues" / "sound.yaml").read_text("utf-8")
SHARE_ENTRY = SOUND[SOUND.index("      - kpi: single_bid_share\n") : SOUND.index("      - kpi: cost_per_tender\n")]
COST_ENTRY = SOUND[SOUND.index("      - kpi: cost_per_tender\n") :]
HIGHER = ('    unit: "%"\n    direction: lower', '    unit: "%"\n    direction: higher')
RATIO = ("    decimals: 1\n", "    decimals: 1\n    kind: ratio\n")
FORMULA = "    formula: single_bid_tenders / open_tenders\n"
UNPRINTED = '        section: x\n        page: "1"\n'


def entry(kpi, rule, more=""):
    """An entry whose published phrase is the rule itself."""
    return f'      - kpi: {kpi}\n        rule: "{rule}"\n        published: "{rule}"\n{more}{UNPRINTED}'


def problems(*replacements):
    """The problems of the sound catalogue with texts replaced."""
    text = SOUND
    for old, new in replacements:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return read_catalog(text, "catalog.yaml")[1]


def told(*replacements):
    """The codes of these problems."""
    return [problem.code for problem in problems(*replacements)]


def of_share(rule, more="", *others):
    """The codes of an entry of the share, for which lower is better."""
    codes = told((SHARE_ENTRY, entry("single_bid_share", rule, more)), *others)
    assert "published-differs" not in codes
    return codes


def of_cost(rule, more="", *others):
    """The codes of an entry of the cost of a tender."""
    return told((COST_ENTRY, entry("cost_per_tender", rule, more)), *others)


def places(*replacements):
    """Where the problems point: each code with the text of the catalogue from there to the end of its line."""
    found = problems(*replacements)
    text = SOUND
    for old, new in replacements:
        text = text.replace(old, new)
    lines = text.split("\n")
    return [(problem.code, lines[problem.line - 1][problem.column - 1 :]) for problem in found]


def share_places(rule, more="", *others):
    """The same for an entry of the share."""
    return places((SHARE_ENTRY, entry("single_bid_share", rule, more)), *others)

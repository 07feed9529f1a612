"""The corpus of broken catalogues: every code that a catalogue can have, each planted and told once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import kpi
from kpi.catalogue import check_bytes
from kpi.messages import MESSAGES
from kpi.messages.observations import OBSERVATIONS

CORPUS = Path(__file__).parent / "data" / "catalogues" / "broken"
FILES = sorted(CORPUS.glob("*.yaml"))
OF_TABLES = {*OBSERVATIONS} - {"not-utf8"}
"""Codes of tables of observations, which no catalogue has."""
SEVERAL = {
    "baseline_contradicts_beside_another_mistake",
    "erratum_without_evidence",
    "five_mistakes",
    "misread_label_is_used",
    "several_syntax_mistakes",
    "unreadable_kpi_is_used",
    "unreadable_unit_is_used",
    "unused_variable_beside_another_mistake",
}
"""Catalogues in which several mistakes are planted, to show that none hides another."""

BROKEN_OFF = {
    "not-text", "not-utf8", "too-deep-yaml", "too-many-aliases", "too-many-nodes",
}  # fmt: skip
"""Codes after which nothing more can be read."""
MAY_BE_USED = {name: Counter(["unused-variable"]) for name in ("missing_section", "second_document")}
"""Catalogues in which what is missing may use any variable."""


@pytest.fixture(scope="module")
def found():
    """The problems of each catalogue of the corpus."""
    return {file.stem: kpi.check(file) for file in FILES}


def test_every_code_is_covered(found):
    """The corpus has every code of the message table but those of tables."""
    assert {problem.code for problems in found.values() for problem in problems} == set(MESSAGES) - OF_TABLES


def test_size():
    """The corpus is no handful."""
    assert len(FILES) >= 60


def test_each_mistake_is_told_once(found):
    """One mistake is one problem: nothing that follows from it is told as well."""
    assert {name for name, problems in found.items() if len(problems) != 1} == SEVERAL


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_none_hides_another(file, found):
    """Three mistakes planted beside those of the file are told as well, and those of the file stay what they were.

    Only where a text is no YAML at all, or may have lost what stands behind, nothing more is told.
    """
    known = Counter(problem.code for problem in found[file.stem])
    planted, more = with_mistakes(file.read_bytes())
    if planted is None or known.keys() & BROKEN_OFF:
        assert known.keys() <= BROKEN_OFF | {"not-a-catalogue", "unknown-key"}
    else:
        more -= MAY_BE_USED.get(file.stem, Counter())
        assert Counter(problem.code for problem in check_bytes(planted, "catalog.yaml")[1]) == known + more


def with_mistakes(data):
    """The catalogue with a document that lacks its English name, a unit whose word is taken and a variable nobody uses."""
    text = data.decode("utf-8", "surrogateescape")
    places = {
        "documents:\n": "  planted_document: {ja: 文書}\n",
        "units:\n": "  planted_unit: {ja: 社, en: planted}\n",
        "variables:\n": "  planted: {ja: 植込数, en: planted, unit: card, kind: flow}\n",
    }
    if not all(place in text for place in places):
        return None, Counter()
    for place, mistake in places.items():
        text = text.replace(place, place + mistake, 1)
    return text.encode("utf-8", "surrogateescape"), Counter(["missing-key", "unit-again", "unused-variable"])

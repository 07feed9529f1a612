"""The errata of a catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi.catalogue.loader import read_catalog

SOUND = (Path(__file__).parent / "data" / "catalogues" / "sound.yaml").read_text("utf-8")
ERRATUM = """
errata:
  copied:
    document: report
    section: Ⅲ（6）
    page: "30"
    kind: figure
    what: 一般競争入札件数
    printed: 4件
    gives: 1件
    evidence:
      ja: 合計は1件になる。
      en: The total is 1.
    cause: {ja: 写し誤り。, en: Copied from above.}
"""


def read(*replacements):
    """The sound catalogue with an erratum with texts replaced, and its messages."""
    text = SOUND + ERRATUM
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    catalog, problems = read_catalog(text, "catalog.yaml")
    return catalog, [problem.message for problem in problems]


class TestReading:
    def test_reads(self):
        """An erratum has a place, a kind, what is printed, what that gives, and its evidence in two languages."""
        catalog, messages = read()
        found = catalog.errata["copied"]
        assert messages == []
        assert (found.key, found.kind, found.document.key) == ("copied", "figure", "report")
        assert (found.section, found.page) == ("Ⅲ（6）", "30")
        assert (found.what, found.printed, found.gives) == ("一般競争入札件数", "4件", "1件")
        assert found.evidence("ja") == "合計は1件になる。 写し誤り。"
        assert found.evidence("en") == "The total is 1. Copied from above."

    def test_without_cause(self):
        """The cause may be left out where the document does not show it."""
        catalog, messages = read(("    cause: {ja: 写し誤り。, en: Copied from above.}\n", ""))
        assert messages == []
        assert catalog.errata["copied"].evidence("en") == "The total is 1."

    def test_section_may_be_missing(self):
        """A catalogue without errata has none."""
        catalog, messages = read((ERRATUM, ""))
        assert messages == []
        assert catalog.errata == {}

    def test_touches(self):
        """An erratum names the entries whose figures it concerns; it may concern none."""
        catalog, messages = read(("    gives: 1件\n", "    gives: 1件\n    touches: [iwate-r3/single_bid_share]\n"))
        assert messages == []
        assert catalog.errata["copied"].touches == (("iwate-r3", "single_bid_share"),)
        assert read()[0].errata["copied"].touches == ()

    @pytest.mark.parametrize("kind", ["figure", "undefined", "label", "contradiction"])
    def test_kinds(self, kind):
        """There are four kinds of errata."""
        catalog, messages = read(("kind: figure", f"kind: {kind}"))
        assert messages == []
        assert catalog.errata["copied"].kind == kind


class TestMistakes:
    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("kind: figure", "kind: swap", "found 'swap' for 'kind', expected one of"),
            (
                "    document: report\n    section: Ⅲ（6）",
                "    document: reprt\n    section: Ⅲ（6）",
                "unknown document",
            ),
            ("    gives: 1件\n", "", "missing key 'gives'"),
            ("      en: The total is 1.\n", "", "missing key 'en' in evidence"),
            ("{ja: 写し誤り。, en: Copied from above.}", "写し誤り", "found '写し誤り' for 'cause'"),
            ("    cause:", "    reason:", "unknown key 'reason'"),
            (
                "    gives: 1件\n",
                "    gives: 1件\n    touches: [iwate-r3/single_bid_shar]\n",
                "'iwate-r3/single_bid_shar' is no entry of a plan; expected plan/KPI; did you mean 'iwate-r3/single_bid_share'?",
            ),
            ("    gives: 1件\n", "    gives: 1件\n    touches: [iwate-r4]\n", "'iwate-r4' is no entry of a plan"),
            (
                "    gives: 1件\n",
                "    gives: 1件\n    touches: iwate-r3\n",
                "found 'iwate-r3' for 'touches', expected a list",
            ),
        ],
    )
    def test_is_told(self, old, new, message):
        """Each mistake of an erratum is a problem, and the erratum is read nevertheless."""
        catalog, messages = read((old, new))
        assert [told for told in messages if told.startswith(message)] == messages != []
        assert "copied" in catalog.errata

    def test_entry_that_could_not_be_read(self):
        """Where plan or KPI have a problem, the entry may be among what could not be read; nothing more is told."""
        touched = ("    gives: 1件\n", "    gives: 1件\n    touches: [iwate-r3/single_bid_share]\n")
        _, messages = read(touched, ("- kpi: single_bid_share", "- kpi: single_bid_shar"))
        assert [message.partition(" '")[0] for message in messages] == ["unknown KPI"]
        _, messages = read(touched, ("formula: single_bid_tenders / open_tenders", "formula: single_bid_tenders /"))
        assert [message.partition(" ")[0] for message in messages] == ["found"]

    def test_entry_of_a_plan_without_its_organisation(self):
        """A plan whose organisation could not be read is not read either, and nothing more is told of it."""
        touched = ("    gives: 1件\n", "    gives: 1件\n    touches: [iwate-r3/single_bid_share]\n")
        catalog, messages = read(touched, ("  iwate:\n", "  iwate\n"))
        assert "iwate-r3" not in catalog.plans
        assert messages == ["the text cannot be read as YAML: a ': ' is missing behind the key"]

"""What a place in a catalogue refers to."""

from __future__ import annotations

import pytest
from cursors import at, on
from records import SOUND_RECORDS

from kpi.editor.outline import Outline
from kpi.editor.references import is_formula, referred, section_of
from kpi.units import UNITS

EXAMPLE = "    decimals: 0\n    examples:\n      - value: 1 yen\n        inputs: "


def target(text, offset):
    """The section and key of what is referred to, or the unit, and the text that says so."""
    outline = Outline.of(text)
    found = referred(outline, outline.at(offset), offset)
    if found is None:
        return None
    said = text[found.span.start : found.span.end]
    return (getattr(found.target, "section", "unit"), getattr(found.target, "key", found.target), said)


class TestReferred:
    @pytest.mark.parametrize(
        ("place", "section", "key", "said"),
        [
            (on("formula: single_bid‸_tenders /"), "variables", "single_bid_tenders", "single_bid_tenders"),
            (on("when open_tenders‸ <= 4"), "variables", "open_tenders", "open_tenders"),
            (on("場合は‸一者応札件数を"), "variables", "single_bid_tenders", "一者応札件数"),
            (on("- kpi: cost‸_per_tender"), "kpis", "cost_per_tender", "cost_per_tender"),
            (on("organisation: iwate‸"), "organisations", "iwate", "iwate"),
            (on("    document: ‸report"), "documents", "report", "report"),
            (on("  ‸iwate:"), "organisations", "iwate", "iwate"),
            (at('unit: "%"\n', "unit: tab‸let\n"), "units", "tablet", "tablet"),
            (at("4 cases", "4 錠‸"), "units", "tablet", "錠"),
            (at("4 cases", "4 tablets‸"), "units", "tablet", "tablets"),
            (at("cost / open_tenders", "「経費‸」 / open_tenders"), "variables", "cost", "「経費」"),
            (
                at("<= prior year (7,445 yen)", "「入札1件当たりの経費‸」 <= 7,445 yen"),
                "kpis",
                "cost_per_tender",
                "「入札1件当たりの経費」",
            ),
            (
                at("    decimals: 0", "    decimals: 0\n    same_as: single‸_bid_share"),
                "kpis",
                "single_bid_share",
                "single_bid_share",
            ),
        ],
    )
    def test_entries(self, place, section, key, said):
        """Formulas, rules, phrases and fields refer to entries by any of their names."""
        found = target(*place)
        assert (found[0], found[1].text, found[2]) == (section, key, said)

    @pytest.mark.parametrize(
        ("place", "section", "key", "said"),
        [
            (on("count(‸claims where business", SOUND_RECORDS), "tables", "claims", "claims"),
            (on("business_days(rec‸eived", SOUND_RECORDS), "columns", "received", "received"),
            (on("10 and countable‸)", SOUND_RECORDS), "conditions", "countable", "countable"),
            (on("件数（給付申‸請のうち", SOUND_RECORDS), "tables", "claims", "給付申請"),
            (on("のうち資格喪失‸後", SOUND_RECORDS), "columns", "after_loss", "資格喪失後"),
            (on("condition: not exe‸mpt", SOUND_RECORDS), "conditions", "exempt", "exempt"),
            (on("condition: after_loss or volun‸tary", SOUND_RECORDS), "columns", "voluntary", "voluntary"),
            (on("records: count(claims where pa‸id", SOUND_RECORDS), "columns", "paid", "paid"),
            (on("organisation: off‸ice", SOUND_RECORDS), "columns", "office", "office"),
            (on("  clai‸ms:\n", SOUND_RECORDS), "tables", "claims", "claims"),
            (on("      count‸able: {", SOUND_RECORDS), "conditions", "countable", "countable"),
            (on("/ claims_pa‸id\n", SOUND_RECORDS), "variables", "claims_paid", "claims_paid"),
            (on("when claims_‸paid <=", SOUND_RECORDS), "variables", "claims_paid", "claims_paid"),
        ],
    )
    def test_records(self, place, section, key, said):
        """Where records are counted, names mean tables, columns and conditions; elsewhere variables."""
        found = target(*place)
        assert (found[0], found[1].text, found[2]) == (section, key, said)

    def test_unit_of_a_column(self):
        """The unit of a column is one."""
        assert target(*on("支給額, unit: y‸en", SOUND_RECORDS))[2] == "yen"

    @pytest.mark.parametrize(
        "marked",
        ["{type: da‸te, ja: 受付日", "    c‸olumns:\n", "count‸(claims where business", "<= 1‸0 and countable"],
    )
    def test_nothing_of_records(self, marked):
        """Types, fields, words and numbers refer to nothing."""
        assert target(*on(marked, SOUND_RECORDS)) is None

    @pytest.mark.parametrize(
        ("place", "unit"),
        [
            (on("unit: ye‸n\n    kind"), "yen"),
            (on("4 cases‸"), "case"),
            (at("7,445 yen)", "7 yen/point‸)"), "yen/point"),
        ],
    )
    def test_standard_units(self, place, unit):
        """A unit that the catalogue does not define is one that every catalogue has."""
        assert target(*place)[1] == UNITS[unit]

    @pytest.mark.parametrize(
        "place",
        [
            on("formula: cost ‸/"),
            on("    dire‸ction: lower\n    decimals: 1"),
            on("en: Iwate‸ branch\n"),
            at("    organisation: iwate", "    organisation: aomori‸"),
            at("cost / open_tenders", "costs‸ / open_tenders"),
            at("formula: cost / open_tenders", 'formula: "co‸st \\x2F open_tenders"'),
        ],
    )
    def test_nothing(self, place):
        """Signs, keys of fields, plain texts and unknown names refer to nothing, nor does a text with escapes."""
        assert target(*place) is None


def test_sections():
    """Each field that names an entry of another section is known, and so are those that hold formulas."""
    assert section_of(("errata", "x", "document")) == "documents"
    assert section_of(("organisations", "x", "formerly", "-")) == "organisations"
    assert section_of(("kpis", "x", "formula")) is None
    assert is_formula(("plans", "p", "entries", "-", "published"))
    assert not is_formula(("plans", "p", "entries", "-", "kpi"))

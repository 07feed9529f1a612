"""The names that formulas may use."""

from __future__ import annotations

import pytest
from language import CLAIMS, VOCABULARY

import kpi
from kpi.formulas.vocabulary import Variable, Vocabulary
from kpi.units import UNITS


@pytest.mark.parametrize("name", ["checkups", "健診受診者数", "受診者数"], ids=["identifier", "label", "further label"])
def test_variable_is_found_by_every_name(name: str) -> None:
    """A variable is called by its identifier, its Japanese label, or another name that documents print."""
    found = VOCABULARY.find(name)
    assert found is not None
    assert found.name == "checkups"


def test_unknown_name_finds_nothing() -> None:
    """What no variable is called is not found."""
    assert VOCABULARY.find("") is None
    assert Vocabulary().find("checkups") is None


def test_known_names() -> None:
    """Identifiers and labels are known, and so can be suggested."""
    assert {"checkups", "健診受診者数", "受診者数", "members", "加入者数"} <= set(VOCABULARY.known_names())


def test_identifier_goes_before_a_label() -> None:
    """Where one variable's label is another's identifier, the identifier decides."""
    vocabulary = Vocabulary.of([Variable("a", UNITS["件"]), Variable("b", UNITS["人"], ja="a")])
    assert vocabulary.find("a") == Variable("a", UNITS["件"])


@pytest.mark.parametrize(("language", "label"), [("en", "check-ups"), ("ja", "健診受診者数")])
def test_variable_is_shown_by_its_label(language: str, label: str) -> None:
    """A variable is shown in the language of the reader."""
    assert VOCABULARY.label("checkups", language) == label


@pytest.mark.parametrize("language", ["en", "ja"])
def test_variable_without_label_is_shown_by_its_identifier(language: str) -> None:
    """Where there is no label, or no such variable, the name itself is shown."""
    vocabulary = Vocabulary.of([Variable("a", UNITS["件"])])
    assert [vocabulary.label(name, language) for name in ("a", "b")] == ["a", "b"]


@pytest.mark.parametrize("name", ["ＧＥ（件）", "GE(件)", "ＧＥ(件）"])
def test_width_makes_no_difference(name: str) -> None:
    """A label is found whatever the width of its letters and signs, here and in formulas."""
    vocabulary = Vocabulary.of([Variable("generics", UNITS["件"], ja="ＧＥ（件）")])
    assert vocabulary.find(name) == vocabulary.variables["generics"]
    assert kpi.parse(f"「{name}」 / ｇｅｎｅｒｉｃｓ", vocabulary=vocabulary).names == ("generics",)


def test_table() -> None:
    """A table is found by its identifier and its labels, and its names can be suggested."""
    assert VOCABULARY.table("claims") is VOCABULARY.table("給付申請") is VOCABULARY.table("申請") is CLAIMS
    assert VOCABULARY.table("checkups") is None
    assert VOCABULARY.known_tables() == ("給付申請", "申請", "claims")

"""Colours for the language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.token import Error, Name, Whitespace
from strategies import DEFINITIONS, PHRASES

from kpi.characters import fold_width
from kpi.editor.lexer import COLOURS, KpiLexer
from kpi.formulas import aggregates, nodes
from kpi.formulas.japanese import japanese
from kpi.formulas.parser import _grammar, parse_definition, read_words
from kpi.formulas.printer import canonical
from kpi.source import Source


def coloured(text):
    """Each stretch of *text* that is no blank, with its colour."""
    return [
        (str(kind)[6:], part) for _, kind, part in KpiLexer().get_tokens_unprocessed(text) if kind is not Whitespace
    ]


class TestColours:
    def test_every_terminal_has_one(self):
        """The grammar has no word without a colour, and there is no colour for a word that it does not have."""
        terminals = {terminal.name for terminal in _grammar().terminals}
        assert {name for name in terminals if not name.startswith("__")} == set(COLOURS)

    def test_symbols(self):
        """Names, operators, numbers, units and the words between them are told apart."""
        assert coloured("a / b >= 70% of prior year; a <= 1 case when b <= 4") == [
            ("Name.Variable", "a"),
            ("Operator", "/"),
            ("Name.Variable", "b"),
            ("Operator", ">="),
            ("Literal.Number", "70"),
            ("Keyword.Type", "%"),
            ("Keyword", "of"),
            ("Name.Constant", "prior year"),
            ("Punctuation", ";"),
            ("Name.Variable", "a"),
            ("Operator", "<="),
            ("Literal.Number", "1"),
            ("Keyword.Type", "case"),
            ("Keyword", "when"),
            ("Name.Variable", "b"),
            ("Operator", "<="),
            ("Literal.Number", "4"),
        ]

    def test_japanese(self):
        """A phrase as a plan prints it is coloured like the symbols, full-width signs as they stand."""
        assert coloured("２０％以下。入札件数が4件以下の場合は") == [
            ("Literal.Number", "２０"),
            ("Keyword.Type", "％"),
            ("Operator.Word", "以下"),
            ("Punctuation", "。"),
            ("Name.Variable", "入札件数"),
            ("Keyword.Pseudo", "が"),
            ("Literal.Number", "4"),
            ("Keyword.Type", "件"),
            ("Operator.Word", "以下"),
            ("Keyword", "の場合は"),
        ]

    def test_aggregate(self):
        """Of an aggregate, texts and dates have colours of their own, and the words of conditions are keywords."""
        assert coloured("件数(申請のうち 種別 = '傷病' and not a and b >= 2021-04-01 and days(c, d)がある)") == [
            ("Name.Function", "件数"),
            ("Punctuation", "("),
            ("Name.Variable", "申請"),
            ("Keyword", "のうち"),
            ("Name.Variable", "種別"),
            ("Operator", "="),
            ("Literal.String", "'傷病'"),
            ("Keyword", "and"),
            ("Keyword", "not"),
            ("Name.Variable", "a"),
            ("Keyword", "and"),
            ("Name.Variable", "b"),
            ("Operator", ">="),
            ("Literal.Date", "2021-04-01"),
            ("Keyword", "and"),
            ("Name.Function", "days"),
            ("Punctuation", "("),
            ("Name.Variable", "c"),
            ("Punctuation", ","),
            ("Name.Variable", "d"),
            ("Punctuation", ")"),
            ("Operator.Word", "がある"),
            ("Punctuation", ")"),
        ]

    def test_part_of_a_rule(self):
        """A clause that stands alone, as in an explanation, is coloured as well."""
        assert coloured("when a_b <= 4 cases") == [
            ("Keyword", "when"),
            ("Name.Variable", "a_b"),
            ("Operator", "<="),
            ("Literal.Number", "4"),
            ("Keyword.Type", "cases"),
        ]

    def test_errors(self):
        """What is no word is an error, and the words around it keep their colours."""
        assert coloured("a @ b // c") == [
            ("Name.Variable", "a"),
            ("Error", "@"),
            ("Name.Variable", "b"),
            ("Operator", "/"),
            ("Operator", "/"),
            ("Name.Variable", "c"),
        ]

    @given(PHRASES | st.text(max_size=40))
    def test_nothing_is_lost(self, text):
        """Whatever the text, its coloured parts make it up again."""
        found = [*KpiLexer().get_tokens_unprocessed(text)]
        assert "".join(part for _, _, part in found) == text
        assert all(text[start : start + len(part)] == part for start, _, part in found)

    @given(DEFINITIONS, st.sampled_from([canonical, japanese]))
    def test_coloured_as_understood(self, definition, spell):
        """Every formula is free of errors, and what is coloured as a name is one."""
        text = spell(definition)
        found = [*KpiLexer().get_tokens_unprocessed(text)]
        assert Error not in {kind for _, kind, _ in found}
        tree, _ = parse_definition(Source(text))
        coloured_names = {part.strip("「」") for _, kind, part in found if kind is Name.Variable}
        assert coloured_names == {name.strip("「」") for name in written_names(tree)}


def written_names(tree):
    """The variables of a formula, and the tables, columns and conditions of its aggregates."""
    for node in nodes.walk(tree):
        if isinstance(node, nodes.Aggregate):
            yield node.table
            yield from aggregates.columns(node)
        elif isinstance(node, nodes.Name):
            yield node.name


class TestReadWords:
    @pytest.mark.parametrize(
        ("text", "kinds"),
        [
            ("", []),
            (" \n@", []),
            ("「a", ["NAME"]),
            ("a >= 20 %", ["NAME", "COMPARATOR", "NUMBER", "UNIT"]),
            ("prior yaer", ["NAME", "NAME"]),
            (") when", ["RPAR", "NAME"]),
        ],
    )
    def test_kinds(self, text, kinds):
        """Each word has its terminal; behind a word that cannot stand where it does, reading begins anew."""
        assert [word.kind for word in read_words(text)] == kinds

    @given(PHRASES)
    def test_places(self, text):
        """Words come in order, none overlaps another, and each stands where it says."""
        end = 0
        for word in read_words(text):
            assert end <= word.span.start < word.span.end
            assert fold_width(text)[word.span.start : word.span.end] == word.text
            end = word.span.end


class TestPygments:
    def test_by_name(self):
        """Pygments finds the lexer by its name."""
        assert isinstance(get_lexer_by_name("kpi"), KpiLexer)

    def test_html(self):
        """Formatters take it like any other lexer."""
        assert '<span class="nv">a</span>' in highlight("a >= 20%", KpiLexer(), HtmlFormatter())

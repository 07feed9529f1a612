"""From text to tree. The only file, beside `terminals.py`, that knows the parsing library; none of its names leave it.

A text of any length and content is answered with a tree or with problems, never with a foreign exception:
the text is bounded in length, the tree in depth, and nothing here recurses.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import lark
from attrs import evolve

from kpi.characters import fold_width
from kpi.formulas.builder import Builder, Clauses, Word
from kpi.formulas.nodes import Case, Comparison, Definition, Expression, Node, Requirement, Rule, children
from kpi.formulas.terminals import Lexer
from kpi.formulas.words import expected, is_hiragana, slip
from kpi.problems import Problem
from kpi.source import Source, Span

if TYPE_CHECKING:
    from kpi.formulas.aggregates import Condition

MAX_LENGTH: Final = 4000
"""Characters of one formula with its rule; the longest published rule has 120."""
MAX_DEPTH: Final = 100
"""Levels of the tree, such as nearly 100 terms of a sum. Walkers recurse, and Python allows 1000 frames."""
MAX_PROBLEMS: Final = 50
"""Syntax problems of one text: reading on behind each of them costs time, and nobody reads more."""

MAX_REMEMBERED: Final = 1000
"""Texts whose tree is remembered: those of a nation's plans."""

_READ: Final[dict[str, Definition | Clauses]] = {}
_BREAK = re.compile("[;。]")
_QUOTES: Final = {"「": "」", '"': '"', "'": "'"}
_Grammatical = Definition | Clauses
_T = TypeVar("_T", Definition, Rule)


def parse_definition(source: Source) -> tuple[Definition | None, list[Problem]]:
    """Reads a formula, with or without a rule: `a / b`, `a / b >= 20%`, `aを20%以上とする`."""
    found, builder = _parse(source)
    return _finished(_definition(found, builder) if isinstance(found, Clauses) else found, builder)


def parse_rule(source: Source) -> tuple[Rule | None, list[Problem]]:
    """Reads a rule without the formula that it compares: `>= 20%`, `対前年度以上`."""
    found, builder = _parse(source)
    if isinstance(found, Definition):
        builder.report("missing-rule", found.span)
        return None, builder.problems
    rule = _rule(found.clauses, found.span, builder) if found else None
    return _finished(rule, builder)


def parse_condition(source: Source) -> tuple[Condition | None, list[Problem]]:
    """Reads a condition over the columns of a table, as it stands behind `where`: `paid is known and amount > 0`."""
    builder = Builder(source)
    tree = _bounded(source, builder) and _tree(fold_width(source.text), builder, "condition")
    condition: Condition = _built(tree, builder) if tree else None  # type: ignore[assignment]  # what the grammar gives
    return (None if builder.problems else condition), builder.problems


def read_words(text: str) -> Iterator[Word]:
    """The words of *text*, each with its terminal of the grammar, as the parser reads them, whatever is wrong with it.

    Behind a word that cannot stand where it does, reading begins anew; what is no word of the grammar is left out.
    """
    text, start = fold_width(text), 0
    while start < len(text):
        read = start
        try:
            for token in _grammar().parse_interactive(text[start:], "start").iter_parse():
                word = _word(token, start)
                read = word.span.end
                yield word
            start = len(text)
        except lark.UnexpectedToken as unexpected:
            word = _word(unexpected.token, start)
            if word.span.start >= read:  # a unit stands behind a number, and what stands elsewhere is a name
                yield evolve(word, kind="NAME") if word.kind == "UNIT" else word
            start = max(read, word.span.end)
        except lark.UnexpectedCharacters as unexpected:
            start += (unexpected.pos_in_stream or 0) + 1


# ── what the clauses mean ────────────────────────────────────────────────────────────────────────────────────────────


def _definition(found: Clauses, builder: Builder) -> Definition | None:
    """The left side of the very first comparison is the formula; where it is repeated later, it is left out."""
    first = found.clauses[0].requirements[0]
    formula = first.left
    if formula is None:
        builder.report("missing-formula", Span(first.span.start, first.span.start + 1))
        return None
    clauses = tuple(_without_formula(clause, formula) for clause in found.clauses)
    rule = _rule(clauses, found.span, builder)
    return Definition(formula, rule, span=found.span) if rule else None


def _without_formula(clause: Case, formula: Expression) -> Case:
    requirements = tuple(_own(requirement, formula) for requirement in clause.requirements)
    conditions = tuple(_own(condition, formula) for condition in clause.conditions)
    return Case(requirements, conditions, span=clause.span)


def _own(requirement: Requirement, formula: Expression) -> Requirement:
    if requirement.left != formula:
        return requirement
    if isinstance(requirement, Comparison):
        return Comparison(None, requirement.comparator, requirement.right, requirement.every, span=requirement.span)
    return type(requirement)(None, requirement.every, span=requirement.span)


def _rule(clauses: tuple[Case, ...], span: Span, builder: Builder) -> Rule | None:
    cases = tuple(clause for clause in clauses if clause.conditions)
    otherwise = [clause for clause in clauses if not clause.conditions]
    if not otherwise:
        builder.report("no-otherwise", clauses[-1].span)
        return None
    for second in otherwise[1:]:
        builder.report("second-otherwise", second.span)
    return Rule(otherwise[0].requirements, cases, span=span)


def _finished(found: _T | None, builder: Builder) -> tuple[_T | None, list[Problem]]:
    return (None if builder.problems else found), builder.problems


def _depth(node: Node) -> int:
    deepest, waiting = 0, [(node, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in children(node))
    return deepest


# ── the façade over the parsing library ──────────────────────────────────────────────────────────────────────────────


@cache
def _grammar() -> lark.Lark:
    """The parser of the language; its tables are kept beside the byte code, and made anew when the grammar changes."""
    file = Path(__file__).parents[1] / "grammar.lark"
    tables = False if sys.dont_write_bytecode else str(Path(cache_from_source(str(file))).with_suffix(".tables"))
    return lark.Lark(
        file.read_text("utf-8"),
        start=["start", "condition"],
        parser="lalr",
        lexer="contextual",
        propagate_positions=True,
        maybe_placeholders=True,
        cache=tables,
        _plugins={"ContextualLexer": Lexer},
    )


def _parse(source: Source) -> tuple[_Grammatical | None, Builder]:
    builder = Builder(source)
    if not _bounded(source, builder):
        return None, builder
    text = fold_width(source.text)
    # plans repeat their phrases; a tree that was read without a problem is read again as it was
    known = _READ.get(source.text)
    if known is not None:
        return known, builder
    tree = _tree(text, builder)
    found = _shallow(_build(tree, builder) if tree else None, builder)
    if found is not None and not builder.problems and len(_READ) < MAX_REMEMBERED:
        _READ[source.text] = found
    return found, builder


def _bounded(source: Source, builder: Builder) -> bool:
    """Whether a text is no longer than any that is read; a longer one is told."""
    if len(source.text) <= MAX_LENGTH:
        return True
    builder.report("too-long", Span(MAX_LENGTH, MAX_LENGTH + 1), length=len(source.text), limit=MAX_LENGTH)
    return False


def _shallow(found: _Grammatical | None, builder: Builder) -> _Grammatical | None:
    """*found*, unless it is nested deeper than a walker may recurse; asked before any two trees are compared."""
    parts: tuple[Node, ...] = found.clauses if isinstance(found, Clauses) else (found,) if found else ()
    depth = max(map(_depth, parts), default=0)
    if depth <= MAX_DEPTH:
        return found
    builder.report("too-deep", parts[0].span, depth=depth, limit=MAX_DEPTH)
    return None


def _tree(text: str, builder: Builder, start_rule: str = "start") -> lark.Tree[lark.Token] | None:
    """The library's tree, or nothing and the syntax problems: after one, reading goes on behind the next `;`."""
    start: int | None = 0
    tree = None
    while start is not None and len(builder.problems) < MAX_PROBLEMS:
        try:
            tree = _grammar().parse(" " * start + text[start:], start_rule)
            break
        except lark.UnexpectedInput as unexpected:
            position = _report(unexpected, text, builder)
            following = _BREAK.search(text, position)
            start = following.end() if following and text[following.end() :].strip() else None
    return None if builder.problems else tree


def _report(unexpected: lark.UnexpectedInput, text: str, builder: Builder) -> int:
    """Turns the library's exception into a problem; gives the position behind which to go on reading."""
    parser = getattr(unexpected, "interactive_parser", None)
    accepted = parser.accepts() if parser else ()
    english, japanese = expected(accepted)
    facts = {"expected": english, "expected_ja": japanese}
    match unexpected:
        case lark.UnexpectedToken(token=lark.Token(type="$END")):
            end = len(text.rstrip())
            builder.report("unfinished", Span(end, end + 1), **facts)
            return len(text)
        case lark.UnexpectedToken(token=token):
            here, terminal, code = Span(token.start_pos or 0, token.end_pos or 0), token.type, "syntax"
        case _:
            start = unexpected.pos_in_stream or 0
            here, terminal, code = Span(start, start + 1), "", "unreadable-character"
    quote = text[here.start] if not terminal else ""
    if quote in _QUOTES:
        what, what_ja = ("a text", "文字列") if quote == "'" else ("a name", "名前")
        facts = {"opening": repr(quote), "closing": repr(_QUOTES[quote]), "what": what, "what_ja": what_ja}
        builder.report("unclosed-quote", here, **facts)
        return here.end
    if is_hiragana(text, here.start, terminal):
        builder.report("hiragana-in-name", here, found=repr(text[here.start : here.end]))
        return here.end
    span, suggestions = slip(text, here, terminal, accepted)
    found = repr(builder.source.text[span.start : span.end])
    builder.report("misspelt" if span != here else code, span, suggestions, found=found, **facts)
    return span.start if terminal else here.end


def _build(tree: lark.Tree[lark.Token], builder: Builder) -> _Grammatical | None:
    whole = _built(tree, builder)
    return whole if isinstance(whole, Definition | Clauses) else None


def _built(tree: lark.Tree[lark.Token], builder: Builder) -> object:
    """Builds nodes from the leaves up, without recursion: `iter_subtrees` gives each tree after its children."""
    built: dict[int, object] = {}
    for subtree in tree.iter_subtrees():
        parts = [_part(child, built) for child in subtree.children]
        method: Callable[..., object] = getattr(builder, subtree.data)
        meta = subtree.meta
        span = Span(meta.start_pos, meta.end_pos) if not meta.empty else Span(0, 1)
        built[id(subtree)] = method(span, *parts)
    return built[id(tree)]


def _part(child: lark.Tree[lark.Token] | lark.Token | None, built: dict[int, object]) -> object:
    match child:
        case lark.Tree():
            return built[id(child)]
        case lark.Token():
            return _word(child)
        case _:
            return None


def _word(token: lark.Token, start: int = 0) -> Word:
    """A token of a text that begins at *start*."""
    return Word(token.type, str(token), Span(start + (token.start_pos or 0), start + (token.end_pos or 0)))

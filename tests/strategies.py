"""Random trees of the language."""

from __future__ import annotations

import json
from fractions import Fraction
from unicodedata import normalize

from attrs import evolve
from hypothesis import strategies as st

from kpi.characters import fold_width
from kpi.formulas.aggregates import (
    AllOf,
    AnyOf,
    Between,
    Column,
    Condition,
    Day,
    Elapsed,
    Flag,
    Known,
    Length,
    Match,
    Negated,
    OneOf,
    Text,
)
from kpi.formulas.nodes import (
    Aggregate,
    Call,
    Case,
    Comparator,
    Comparison,
    Definition,
    Done,
    Function,
    Name,
    Number,
    Operation,
    Operator,
    Period,
    Reference,
    Rule,
    Scope,
    Summary,
    walk,
)
from kpi.formulas.printer import canonical
from kpi.periods import FIRST_YEAR, LAST_YEAR
from kpi.units import STANDARD_UNITS

# ── leaves ───────────────────────────────────────────────────────────────────────────────────────────────────────────

ODD_NAMES = (
    "a", "open_tenders", "一者応札件数", "サービススタンダード達成率", "3か月以内の受診者数", "when", "national", "対前年度",
    "毎月発信数", "全国", "全国超過", "一件", "R3年度", "過去3年平均", "naïve", "число", "संख्या", "แต้ม", "x以上", "max", "支部目標",
    "a b", "FY2021", "実施", "実施者数", "40歳以上の被保険者数", "健診・保健指導", "超過勤務", "第一四半期", "is", "and超",
    "where", "distinct", "not", "in", "or", "between", "count", "sum", "mean", "days", "件数", "合計", "営業日数", "異なる", "のうち",
    "令和3年4月1日", "R3年4月1日時点", "2021-04-01", "支払日がある", "任意継続者を除く", "it's", "a or b",
    "of\u0301", "of\u093e",
)  # fmt: skip
"""Names that hold, or look like, words of the language."""

NAMES = st.one_of(
    st.sampled_from(ODD_NAMES),
    st.from_regex(r"[a-z_][a-z0-9_]{0,8}", fullmatch=True),
    st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=6).map(
        lambda t: normalize("NFC", fold_width(t))
    ),
)
UNIT_NAMES = st.sampled_from([None, *(unit.name for unit in STANDARD_UNITS), "yen/point", "yen/person", "tablet"])


@st.composite
def numbers(draw: st.DrawFn, units: st.SearchStrategy[str | None] = UNIT_NAMES) -> Number:
    """Numbers with up to four decimals."""
    decimals = draw(st.integers(0, 4))
    return Number(Fraction(draw(st.integers(0, 10**9)), 10**decimals), draw(units), decimals=decimals)


PLAIN_PERIODS = sorted(set(Period) - {Period.MEAN_OF_YEARS, Period.FISCAL_YEAR})
STATED = st.none() | numbers()
REFERENCES = st.one_of(
    st.builds(Reference, st.sampled_from(PLAIN_PERIODS), st.none(), STATED),
    st.builds(Reference, st.just(Period.MEAN_OF_YEARS), st.integers(1, 10), STATED),
    st.builds(Reference, st.just(Period.FISCAL_YEAR), st.integers(FIRST_YEAR, LAST_YEAR), STATED),
)
NAME_NODES = st.builds(Name, NAMES)

# ── aggregates ───────────────────────────────────────────────────────────────────────────────────────────────────────

COLUMNS = st.builds(Column, NAMES)
ELAPSED = st.builds(Elapsed, st.sampled_from(Length), COLUMNS, COLUMNS)
LINES = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=6)
TEXTS = LINES | st.sampled_from(["'", "''", "＇", "'＇", "ＡＢＣ", "a' or b = 'c", "「x」", "\\"])
OPERANDS = st.one_of(COLUMNS, numbers(), ELAPSED, st.builds(Text, TEXTS), st.builds(Day, st.dates()))
TESTS = st.one_of(
    st.builds(Flag, NAMES),
    st.builds(Match, OPERANDS, st.sampled_from(Comparator), OPERANDS),
    st.builds(OneOf, OPERANDS, st.lists(OPERANDS, min_size=1, max_size=3).map(tuple)),
    st.builds(Between, OPERANDS, OPERANDS, OPERANDS),
    st.builds(Known, OPERANDS),
)


def joined(parts: list[Condition], kind: type[AllOf | AnyOf]) -> Condition:
    """Conditions joined as the builder joins them: what is joined alike is joined once."""
    flat = tuple(inner for one in parts for inner in (one.parts if isinstance(one, kind) else (one,)))
    return kind(flat)


def negated(condition: Condition) -> Condition:
    """The opposite of a condition, as the builder has it."""
    return condition.part if isinstance(condition, Negated) else Negated(condition)


CONDITIONS = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        st.builds(joined, st.lists(inner, min_size=2, max_size=3), st.sampled_from([AllOf, AnyOf])),
        st.builds(negated, inner),
    ),
    max_leaves=6,
)


def named(aggregate: Aggregate) -> Aggregate:
    """An aggregate under its canonical text."""
    return evolve(aggregate, name=canonical(aggregate))


AGGREGATES = st.one_of(
    st.builds(Aggregate, st.just(""), table=NAMES, where=st.none() | CONDITIONS),
    st.builds(
        Aggregate,
        st.just(""),
        summary=st.sampled_from(Summary),
        table=NAMES,
        measure=COLUMNS | ELAPSED,
        where=st.none() | CONDITIONS,
    ),
).map(named)

# ── expressions, requirements, rules ─────────────────────────────────────────────────────────────────────────────────


def expressions(leaves: st.SearchStrategy) -> st.SearchStrategy:
    """Trees over *leaves*."""
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(Operation, st.sampled_from(Operator), inner, inner),
            st.builds(Call, st.sampled_from(Function), st.lists(inner, min_size=2, max_size=3).map(tuple)),
        ),
        max_leaves=8,
    )


FORMULAS = expressions(NAME_NODES | numbers() | AGGREGATES)
TARGETS = expressions(NAME_NODES | numbers() | AGGREGATES | REFERENCES)
SCOPES = st.none() | st.sampled_from(Scope)


def requirements(lefts: st.SearchStrategy) -> st.SearchStrategy:
    """Comparisons and things to be done whose left side is one of *lefts*."""
    return st.builds(Comparison, lefts, st.sampled_from(Comparator), TARGETS, SCOPES) | st.builds(Done, lefts, SCOPES)


OWN = requirements(st.none())
ANY = requirements(st.none() | FORMULAS | REFERENCES)
SEVERAL = st.lists(ANY, min_size=1, max_size=2).map(tuple)
RULES = st.builds(
    lambda first, others, cases: Rule((first, *others), tuple(cases)),
    OWN,
    st.lists(ANY, max_size=2),
    st.lists(st.builds(Case, SEVERAL, SEVERAL), max_size=2),
)


def _leaves_formula_out(definition: Definition) -> bool:
    """Whether no requirement repeats the formula: where a text repeats it, the tree has it once."""
    requirements = (node for node in walk(definition) if isinstance(node, Comparison | Done))
    return all(requirement.left != definition.formula for requirement in requirements)


DEFINITIONS = st.builds(Definition, FORMULAS, st.none() | RULES).filter(_leaves_formula_out)

# ── texts that are nearly formulas ───────────────────────────────────────────────────────────────────────────────────

WORDS = (
    "a", "受診者数", "加入者", "「x y」", '"z', "「", "」", "(", ")", "（", "）", "+", "-", "×", "/", ">=", "≦", "=>", "＝", "=", ";", "。",
    "。ただし、", ",", "、", "\n", " ", "　", "20", "1,380", "２０", "0.5", "5万7千", "一", "%", "％", "‰", "件", "人", "か月", "ポイント", "yen",
    "business days", "以上", "以下", "以内", "超", "未満", "を超える", "とする", "を維持する", "を", "が", "は", "については", "の", "の場合は",
    "の支部は", "毎月", "全支部で", "年度末時点で", "実施する", "実施", "行う", "is done", "every month", "when", "and", "かつ", "of", "max",
    "min(", "prior", "year", "prior year", "prior year end", "national", "対前年度", "前年度末", "全国平均", "支部目標", "過去3年平均",
    "count(", "件数(", "sum(", "合計(", "distinct", "異なる", "where", "のうち", "or", "または", "not", "in (", "between", "is known",
    "is missing", "がある", "がない", "に限る", "を除く", "days(", "営業日数(", "'x'", "'", "''", "2021-04-01", "令和3年4月1日", "!=", "<>",
    "mean of 3 years", "令和3年度", "H99年度", "FY2021", "fiscal year 0000", "ひ", "@", "\x00", "\u0301", "🙂", "١", "²",
)  # fmt: skip
"""Words and signs of the language, whole and in pieces, and some that it does not have."""
PHRASES = st.lists(st.sampled_from(WORDS), max_size=14).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda j: j.join(words))
)

# ── texts as YAML ────────────────────────────────────────────────────────────────────────────────────────────────────


def _block(sign):
    return lambda text, indent: f"{sign}\n{' ' * indent}{text}"


def _double_quoted(text, _indent):
    return json.dumps(text, ensure_ascii=False)


def _single_quoted(text, _indent):
    return "'" + text.replace("'", "''") + "'" if text.isprintable() else _double_quoted(text, 0)


YAML_WRITERS = st.sampled_from([_double_quoted, _single_quoted, _block("|"), _block("|-  # why"), _block(">-")])
"""Functions that write a text of one line as a YAML value that is indented by some columns."""

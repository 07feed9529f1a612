"""Random trees of the language."""

from __future__ import annotations

from fractions import Fraction
from unicodedata import normalize

from hypothesis import strategies as st

from kpi.formulas.nodes import (
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
)
from kpi.units import STANDARD_UNITS

NAMES = st.one_of(
    st.sampled_from(
        ["a", "open_tenders", "一者応札件数", "サービススタンダード達成率", "3か月以内の受診者数", "when", "national", "対前年度",
         "毎月発信数", "全国", "全国超過", "一件", "R3年度", "過去3年平均", "naïve", "число", "संख्या", "แต้ม", "x以上", "max", "支部目標",
         "a b", "FY2021", "実施", "実施者数", "40歳以上の被保険者数", "健診・保健指導", "超過勤務", "第一四半期", "is", "and超"]
    ),
    st.from_regex(r"[a-z_][a-z0-9_]{0,8}", fullmatch=True),
    st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=6).map(lambda name: normalize("NFC", name)),
)  # fmt: skip
UNIT_NAMES = st.sampled_from([None, *(unit.name for unit in STANDARD_UNITS), "yen/point", "yen/person", "tablet"])


@st.composite
def numbers(draw: st.DrawFn) -> Number:
    decimals = draw(st.integers(0, 4))
    digits = draw(st.integers(0, 10**9))
    return Number(Fraction(digits, 10**decimals), draw(UNIT_NAMES), decimals=decimals)


PLAIN_PERIODS = [p for p in Period if p not in (Period.MEAN_OF_YEARS, Period.FISCAL_YEAR)]
STATED = st.none() | numbers()
REFERENCES = st.one_of(
    st.builds(Reference, st.sampled_from(PLAIN_PERIODS), st.none(), STATED),
    st.builds(Reference, st.just(Period.MEAN_OF_YEARS), st.integers(1, 10), STATED),
    st.builds(Reference, st.just(Period.FISCAL_YEAR), st.integers(1990, 2060), STATED),
)
NAME_NODES = st.builds(Name, NAMES)


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


FORMULAS = expressions(NAME_NODES | numbers())
TARGETS = expressions(NAME_NODES | numbers() | REFERENCES)
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


def _without_formula(definition: Definition) -> Definition:
    """Trees in which the formula is repeated as a left side are read with the repetition left out."""
    from kpi.formulas.parser import _own

    rule = definition.rule
    if rule is None:
        return definition
    formula = definition.formula
    return Definition(
        formula,
        Rule(
            tuple(_own(r, formula) for r in rule.requirements),
            tuple(
                Case(tuple(_own(r, formula) for r in c.requirements), tuple(_own(r, formula) for r in c.conditions))
                for c in rule.cases
            ),
        ),
    )


DEFINITIONS = st.builds(Definition, FORMULAS, st.none() | RULES).map(_without_formula)

"""Random whole-number expressions and conditions over three inputs, and rows for them."""

from __future__ import annotations

from hypothesis import strategies as st

from kpi.compilation.integers import All, Any, Choice, Compared, Difference, Input, Not, Present, Product, Sum, Whole
from kpi.formulas.nodes import Comparator

INPUTS = tuple(Input(name) for name in "xyz")
LEAVES = st.sampled_from(INPUTS) | st.builds(Whole, st.integers(-2, 3))
ARITHMETIC = st.recursive(
    LEAVES,
    lambda inner: st.one_of(*(st.builds(node, inner, inner) for node in (Sum, Difference, Product))),
    max_leaves=5,
)
COMPARISONS = st.builds(Compared, ARITHMETIC, st.sampled_from(Comparator), ARITHMETIC)
CONDITIONS = st.recursive(
    COMPARISONS | st.builds(Present, st.sampled_from(INPUTS)),
    lambda inner: st.one_of(
        st.builds(Not, inner), *(st.builds(node, st.lists(inner, max_size=3).map(tuple)) for node in (All, Any))
    ),
    max_leaves=6,
)
INTEGERS = ARITHMETIC | st.builds(Choice, CONDITIONS, ARITHMETIC, ARITHMETIC)
ROWS = st.fixed_dictionaries({one: st.integers(-3, 3) for one in INPUTS})
"""Values for every input."""

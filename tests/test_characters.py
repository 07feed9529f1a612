"""Full-width and half-width forms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.characters import fold_width


@pytest.mark.parametrize(
    ("wide", "plain"),
    [
        pytest.param("２０．５％", "20.5%", id="number"),
        pytest.param("（Ａ＋ｂ）／＿", "(A+b)/_", id="letters and signs"),
        pytest.param("＞＝ ≧ ≦ ＜", ">= ≥ ≤ <", id="comparators"),
        pytest.param("×÷−‐", "*/--", id="operators"),
        pytest.param("　", " ", id="space"),
        pytest.param("，；", ",;", id="separators"),
        pytest.param("一者応札・ｱ「」、。", "一者応札・ｱ「」、。", id="japanese stays"),
    ],
)
def test_wide_forms_become_plain(wide: str, plain: str) -> None:
    """Full-width letters, digits and signs are read as their plain form."""
    assert fold_width(wide) == plain


@settings(deadline=None)
@given(st.text())
def test_folding_moves_no_place(text: str) -> None:
    """Each character becomes one character, so every column stays what it was."""
    folded = fold_width(text)
    assert len(folded) == len(text)
    assert fold_width(folded) == folded

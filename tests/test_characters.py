"""Full-width and half-width forms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.characters import columns, fold_width, plain_name, wrapped


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


class TestWrapped:
    @pytest.mark.parametrize(
        ("text", "width", "lines"),
        [
            ("", 10, [""]),
            ("short", 10, ["short"]),
            ("one two three four", 10, ["one two", "three four"]),
            ("supercalifragilistic", 10, ["supercalif", "ragilistic"]),
            ("資格喪失後の回収率", 10, ["資格喪失後", "の回収率"]),
            ("資格喪失後の回収", 10, ["資格喪失", "後の回収"]),
        ],
    )
    def test_lines(self, text, width, lines):
        """Lines end at spaces where they have one, are about equally long, and a full-width character takes two columns."""
        assert wrapped(text, width) == lines

    @given(st.text(alphabet="ab 率、", max_size=60), st.integers(min_value=2, max_value=20))
    def test_keeps(self, text, width):
        """Nothing but spaces is lost, and no line is too long."""
        lines = wrapped(text, width)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(columns(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("name", "plain"),
    [("paid", "paid"), ("ＧＥ（件）", "GE(件)"), ("か\u3099ん検診", "がん検診"), ("支払　日", "支払 日"), ("", "")],
)
def test_plain_name(name: str, plain: str) -> None:
    """Names are compared in one width, and with composed letters."""
    assert plain_name(name) == plain

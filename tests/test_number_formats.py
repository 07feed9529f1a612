"""What number formats show beside a number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.sheets.number_formats import number_format, shows_day


def shown(code, number):
    """A number as its format shows it, with all of its digits."""
    return number_format(code, Decimal(number)).text(Decimal(number))


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("General", "5", "5"),
        ("@", "5", "5"),
        ("#,##0", "1234567", "1234567"),
        ("0.0", "95.68", "95.68"),  # what is rounded for show alone stays
        ("0.0%", "0.957", "95.7%"),
        ("0％", "0.9", "90%"),
        ('0.0"%"', "95.7", "95.7%"),
        ("0\\%", "5", "5%"),
        ('#,##0"事業所"', "1380", "1380事業所"),
        ("0件", "7", "7件"),
        ('General"件"', "4", "4件"),
        ('#,##0"件";"▲"#,##0"件"', "-604", "-604件"),
        ("#,##0;[Red]▲#,##0", "-12", "-12"),
        ("#,##0_);[Red](#,##0)", "-12", "-12"),
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0", "0"),
        ('0"件";-0"件";"なし"', "0", "0"),
        ('"令和"0"年度"', "3", "令和3年度"),
        ('"約"0', "5", "約5"),
        ("¥#,##0", "5939", "5939円"),
        ("[$¥-411]#,##0;[$¥-411]-#,##0", "-5", "-5円"),
        ('[$-411]0"円"', "5", "5円"),
        ('#,##0,"千円"', "1234000", "1234千円"),
        ('#,##0.0,,"百万円"', "1234567890", "1234.56789百万円"),
        ("#,##0,", "1234000", "1234 (×1,000)"),
        ("0.00E+00", "12345", "12345"),
        ("# ?/?", "0.5", "0.5"),
        (".00", "0.5", "0.5"),
        (";;;", "5", "5"),
    ],
)
def test_text(code, number, text):
    """Percent signs, units, eras and currencies are shown behind the number; signs and colours are the number's own."""
    assert shown(code, number) == text


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("yyyy/m/d", True),
        ('yyyy"年"m"月"', False),
        ('[$-411]ggge"年"m"月"d"日"', True),
        ("mmm-yy", False),
        ('m"days"', False),
    ],
)
def test_shows_day(code, day):
    """A format shows the day, or only its month; words in quotes are none of it."""
    assert shows_day(code) is day


@given(
    st.text('0#?.,%;"\\_*[]$¥General件/E+- ', max_size=20) | st.text(max_size=10),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9),
)
def test_any_format(code, number):
    """Every text is a format that shows some text."""
    assert isinstance(shown(code, number), str)


@given(st.integers(-(10**29), 10**29))
def test_digits(number):
    """No digit is lost, however many there are."""
    assert shown("#,##0", number) == f"{number}"

"""`kpi.records.frames`: what frames of polars, pandas and pyarrow hold is counted as declared, or told."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import polars as pl
import pytest
from claims import CLAIMS, formula
from records_engines import polars_frame

from kpi.errors import RecordsError
from kpi.records import frames
from kpi.records.counting import counting

CLAIM = {"branch": "iwate", "received": date(2021, 5, 6), "paid": date(2021, 5, 10), "amount": 100, "lost": False}
FRAME = polars_frame(CLAIMS, [CLAIM, {**CLAIM, "kind": "x"}])
ASKED = counting(
    {
        "sum": formula("sum(amount of claims) >= 1 yen"),
        "count": formula("count(claims where paid >= 2021-05-10 and not lost) >= 1"),
        "kinds": formula("count(distinct kind of claims where kind is known) >= 1"),
    }
)
KINDS = {
    "polars": lambda frame: frame,
    "pandas": lambda frame: frame.to_pandas(),
    "pandas-arrow": lambda frame: frame.to_pandas(use_pyarrow_extension_array=True),
    "pyarrow": lambda frame: frame.to_arrow(),
}
every_kind = pytest.mark.parametrize("make", [pytest.param(make, id=name) for name, make in KINDS.items()])


def counted(frame, asked=ASKED):
    """What is counted, as plain rows."""
    found = frames.count(asked, {"claims": frame}, "fiscal_year")
    return found.to_dict("records") if isinstance(found, pd.DataFrame) else pl.DataFrame(found).to_dicts()


def numbers(row):
    """The numbers of a row, whatever a missing one is called."""
    return [None if pd.isna(value) else value for name, value in row.items() if name != "organisation"]


@every_kind
@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("amount", pl.Int8),
        ("amount", pl.UInt64),
        ("amount", pl.Decimal(20, 0)),
        ("received", pl.Datetime("ms")),
        ("received", pl.Datetime("ns")),
        ("kind", pl.Categorical),
        ("branch", pl.Enum(["iwate"])),
    ],
)
def test_columns_of_similar_types_count_as_declared(make, column, kind):
    (row,) = counted(make(FRAME.with_columns(pl.col(column).cast(kind))))
    assert numbers(row) == [2021, 200, 2, 1]


@every_kind
def test_columns_in_which_nothing_is_known_have_no_type(make):
    empty = [pl.lit(None).alias(name) for name in ("paid", "amount", "kind", "lost")]
    (row,) = counted(make(FRAME.with_columns(empty)))
    assert numbers(row) == [2021, None, 0, 0]


@every_kind
@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("amount", 1.5, "'amount' holds Float64, expected whole numbers of at most 64 bits"),
        ("amount", "1", "'amount' holds String, expected whole numbers of at most 64 bits"),
        ("amount", True, "'amount' holds Boolean, expected whole numbers of at most 64 bits"),
        ("received", "2021-05-06", "'received' holds String, expected dates"),
        ("lost", 0, "'lost' holds Int32, expected true and false"),
        ("kind", b"x", "'kind' holds "),
    ],
)
def test_another_type_is_told(make, column, value, told):
    with pytest.raises(RecordsError) as raised:
        counted(make(FRAME.with_columns(pl.lit(value).alias(column))))
    assert f"table 'claims': column {told}" in str(raised.value)


@every_kind
def test_moments_of_a_time_zone_have_no_day_of_their_own(make):
    moments = pl.lit(datetime(2021, 5, 6)).dt.replace_time_zone("Asia/Tokyo").alias("received")  # noqa: DTZ001  # it is told next
    with pytest.raises(RecordsError, match="'received' holds moments in the time zone Asia/Tokyo, expected dates"):
        counted(make(FRAME.with_columns(moments)))


@every_kind
@pytest.mark.parametrize("kind", [pl.UInt64, pl.Decimal(20, 0)])
def test_what_64_bits_do_not_hold_is_told(make, kind):
    with pytest.raises(
        RecordsError, match=r"'amount' holds (9223372036854775808|objects of Python: Decimal), expected"
    ):
        counted(make(FRAME.with_columns(pl.lit(2**63, kind).alias("amount"))))


def test_a_sum_that_64_bits_do_not_hold_is_told():
    """polars adds in 128 bits; a lazy frame tells of it when it is collected."""
    frame = FRAME.with_columns(pl.lit(2**62).alias("amount"))
    with pytest.raises(RecordsError, match=r"sum\(amount of claims\): found 9,223,372,036,854,775,808, which 64 bits"):
        counted(frame)
    lazy = frames.count(ASKED, {"claims": frame.lazy()}, "fiscal_year")
    with pytest.raises(pl.exceptions.InvalidOperationError, match=r"sum\(amount of claims\).*\[9223372036854775808\]"):
        lazy.collect()


@every_kind
def test_the_least_number_and_the_first_and_last_day_are_counted(make):
    """The first day of all lies in the fiscal year 0, and the last often stands for no end."""
    asked = counting(
        {
            "months": formula("max(months(received, paid) of claims) >= 1"),
            "least": formula("min(amount of claims) >= 1"),
        }
    )
    frame = polars_frame(CLAIMS, [{**CLAIM, "received": date.min, "paid": date.max, "amount": -(2**63)}])
    (row,) = counted(make(frame), asked)
    assert numbers(row) == [0, 119988, -(2**63)]


def test_what_is_no_frame_is_told():
    with pytest.raises(RecordsError, match="table 'claims': expected a frame, found Series"):
        counted(pl.Series([1]))
    doubled = pd.DataFrame([["a", "b"]], columns=["branch", "branch"])
    with pytest.raises(RecordsError, match="table 'claims': "):
        counted(doubled)

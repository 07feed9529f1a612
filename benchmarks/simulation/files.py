"""Writes simulated claims as Parquet, and the true answers as CSV.

Names, metadata and the README of what is written say that it is simulated, for files travel alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.drawing import FIRST_MEMBER, KINDS, UNKNOWN, YES, Claims

NOTICE: Final = "simulated data, of no real person or branch / 模擬データ。実在の個人・支部のものではない"
SCHEMA: Final = pa.schema(
    [
        pa.field("claim_id", pa.int64(), nullable=False),
        pa.field("branch", pa.string(), nullable=False),
        pa.field("received", pa.date32(), nullable=False),
        pa.field("paid", pa.date32()),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("amount", pa.int64()),
        pa.field("member", pa.int64(), nullable=False),
        pa.field("lost_qualification", pa.bool_()),
        pa.field("voluntary_continuation", pa.bool_()),
        pa.field("returned", pa.bool_(), nullable=False),
    ],
    metadata={"simulated": "true", "notice": NOTICE},
)
REPEATED: Final = ["branch", "received", "paid", "kind"]
"""Columns of few values, which Parquet writes as codes."""


def write_parquet(path: Path, parts: Iterable[tuple[str, int, Claims]]) -> None:
    """Writes *parts*, each a branch, the number of its first claim, and its claims, as one row group each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(path, SCHEMA, compression="zstd", use_dictionary=REPEATED) as writer:
        for branch, first, claims in parts:
            writer.write_table(_table(branch, first, claims))


def write_answers(path: Path, answers: Iterable[Mapping[str, int | str]]) -> None:
    """Writes *answers* that all have the same names."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = list(answers)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _table(branch: str, first: int, claims: Claims) -> pa.Table:
    number = len(claims.received)
    return pa.table(
        [
            np.arange(first, first + number),
            _words(np.zeros(number, dtype=np.uint8), [branch]),
            claims.received,
            claims.paid,
            _words(claims.kind, KINDS),
            pa.array(claims.amount, mask=claims.amount < 0),
            claims.member + FIRST_MEMBER,
            *(pa.array(flag == YES, mask=flag == UNKNOWN) for flag in (claims.lost, claims.voluntary)),
            claims.returned,
        ],
        schema=SCHEMA,
    )


def _words(codes: np.ndarray, words: Iterable[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(codes.astype(np.int8), list(words)).cast(pa.string())

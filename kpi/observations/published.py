"""The published results that ship with the library.

Their table is written in one form, so it is read without the search for another and without the checks that a user's
table gets. A test reads it with both, and finds the same.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from kpi.errors import KpiError
from kpi.observations.observation import YEAR, Observation, Observations
from kpi.periods import fiscal_year, read_period

PUBLISHED: Final = Path(__file__).parents[1] / "data" / "published.csv"
_fiscal_year = lru_cache(maxsize=None)(fiscal_year)
_period = lru_cache(maxsize=None)(read_period)


def load_published() -> Observations:
    """The results that the source documents print."""
    try:
        with PUBLISHED.open(encoding="utf-8", newline="") as lines:
            return Observations(tuple(map(_observation, csv.DictReader(lines))))
    except (KpiError, KeyError, ValueError):
        from kpi.observations.reading import load_observations

        return load_observations(PUBLISHED)  # which says what is wrong, and where


def _observation(row: Mapping[str, str]) -> Observation:
    year, name = _fiscal_year(row["fiscal_year"]), row["period"]
    period = year if name == YEAR else _period(name)
    as_of = date.fromisoformat(row["as_of"]) if row["as_of"] else period.end
    details = (row[key] for key in ("unit", "source", "section", "page", "note"))
    return Observation(row["organisation"], year, name, row["quantity"], row["value"], as_of, *details)

"""Expressions over whole numbers: what a rule becomes once every fraction is cleared.

An engine that adds, multiplies and compares integers without overflow decides a rule as exactly as fractions do.
"""

from __future__ import annotations

from attrs import frozen

from kpi.formulas.nodes import Comparator, Period


@frozen(cache_hash=True)
class Whole:
    """An integer constant."""

    value: int


@frozen(cache_hash=True)
class Input:
    """One number that a program looks at, as a whole number.

    *name* is a variable; empty for the KPI's own value, where only its rate was published.
    *period* and *years* say at which other time or place, None: here and now. *years* is the fiscal year of
    `Period.FISCAL_YEAR`; of a mean each year is an input of its own, and *years* says how many years back it lies.
    (One year back is `Period.PRIOR_YEAR`, without *years*, in a mean as well.)
    *is_stated* marks last year's value as the plan states it; there is one, without name and period.
    """

    name: str
    period: Period | None = None
    years: int | None = None
    is_stated: bool = False


@frozen(cache_hash=True)
class Sum:
    """One number added to another."""

    left: Integer
    right: Integer


@frozen(cache_hash=True)
class Difference:
    """One number less another."""

    left: Integer
    right: Integer


@frozen(cache_hash=True)
class Product:
    """One number times another."""

    left: Integer
    right: Integer


@frozen(cache_hash=True)
class Quotient:
    """The largest whole number that is not above *left* / *right*; *right* is positive."""

    left: Integer
    right: Integer


@frozen(cache_hash=True)
class Choice:
    """One number where a condition holds, else another."""

    condition: Condition
    then: Integer
    otherwise: Integer


Integer = Whole | Input | Sum | Difference | Product | Quotient | Choice


@frozen(cache_hash=True)
class Present:
    """An input has a value."""

    input: Input


@frozen(cache_hash=True)
class Compared:
    """One number stands to another as the comparator says; both are defined wherever this is asked."""

    left: Integer
    comparator: Comparator
    right: Integer


@frozen(cache_hash=True)
class All:
    """Every part holds; true of none."""

    parts: tuple[Condition, ...]


@frozen(cache_hash=True)
class Any:
    """Some part holds; false of none."""

    parts: tuple[Condition, ...]


@frozen(cache_hash=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = Present | Compared | All | Any | Not

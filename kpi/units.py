"""Units of measure: what a number counts, and which numbers may be added or compared.

A unit has a *dimension*, a product of base counts: `yen/point` is yen to the power 1 times points to the power -1.
Shares (`%`, `‰`, percentage points) have the empty dimension and differ from a plain number by a factor alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from attrs import field, frozen

Dimension = tuple[tuple[str, int], ...]
"""Base units and their powers, sorted by name; empty for a plain number or a share."""

PURE: Dimension = ()


def multiply(left: Dimension, right: Dimension) -> Dimension:
    """The dimension of a product."""
    return _combine(left, right, 1)


def divide(left: Dimension, right: Dimension) -> Dimension:
    """The dimension of a quotient."""
    return _combine(left, right, -1)


def agree(left: Dimension, right: Dimension) -> bool:
    """Whether two quantities may be compared.

    A mean per thing may be compared with a number of what is averaged: 8,196 yen for each case with 7,445 yen.
    """
    return left == right or PURE != left == _above(right) or PURE != right == _above(left)


def _above(dimension: Dimension) -> Dimension:
    return tuple((base, power) for base, power in dimension if power > 0)


@lru_cache(maxsize=1024)  # every rule of a KPI combines the same few
def _combine(left: Dimension, right: Dimension, sign: int) -> Dimension:
    powers = Counter(dict(left))
    for base, power in right:
        powers[base] += sign * power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


@frozen
class Unit:
    """A unit with its names.

    Attributes:
        name: the canonical word: `case`.
        en: how a number of them is shown in English: `cases`.
        ja: how a number of them is shown in Japanese: `件`.
        aliases: further spellings that are read.
        dimension: the kinds of things that it counts, each with its power.
        per: how many of this unit make one plain number: 100 for `%`, 1 for a count.
    """

    name: str
    en: str
    ja: str
    aliases: tuple[str, ...] = ()
    dimension: Dimension = field(default=PURE, kw_only=True)
    per: int = field(default=1, kw_only=True)

    @property
    def is_share(self) -> bool:
        """Whether numbers of this unit are shares of a whole, such as percentages."""
        return self.dimension == PURE and self.per != 1

    def symbols(self) -> Iterator[str]:
        """Every spelling of the unit."""
        yield from dict.fromkeys((self.name, self.en, self.ja, *self.aliases))


def counting_unit(name: str, en: str, ja: str, *aliases: str) -> Unit:
    """A unit that counts things of its own kind and converts into no other."""
    return Unit(name, en, ja, aliases, dimension=((name, 1),))


NUMBER = Unit("", "", "")
PERCENT = Unit("%", "%", "%", ("percent", "パーセント"), per=100)
PERMILLE = Unit("‰", "‰", "‰", ("permille", "パーミル"), per=1000)
PERCENTAGE_POINT = Unit("pp", "pp", "パーセントポイント", ("percentage point", "percentage points"), per=100)
POINT = counting_unit("point", "points", "点", "ポイント")

BRANCH = counting_unit("branch", "branches", "支部")

STANDARD_UNITS = (
    PERCENT,
    PERMILLE,
    PERCENTAGE_POINT,
    POINT,
    counting_unit("person", "persons", "人", "people", "名"),
    counting_unit("case", "cases", "件"),
    counting_unit("workplace", "workplaces", "事業所"),
    counting_unit("yen", "yen", "円", "JPY"),
    counting_unit("day", "days", "日"),
    counting_unit("business_day", "business days", "営業日", "business day", "business_days"),
    counting_unit("month", "months", "か月", "ヶ月", "ケ月", "カ月", "ヵ月", "箇月"),
    counting_unit("year", "years", "年"),
    counting_unit("hour", "hours", "時間"),
    counting_unit("minute", "minutes", "分"),
    BRANCH,
    counting_unit("time", "times", "回"),
    counting_unit("card", "cards", "枚"),
    counting_unit("company", "companies", "社", "者"),
    counting_unit("institution", "institutions", "機関"),
    counting_unit("municipality", "municipalities", "市町村"),
    counting_unit("rank", "rank", "位"),
)


class UnitTable(Mapping[str, Unit]):
    """Units by every spelling; `yen/point` is found through its two parts."""

    def __init__(self, units: Iterable[Unit] = STANDARD_UNITS) -> None:
        self._by_symbol = {symbol: unit for unit in units for symbol in unit.symbols()}

    def __getitem__(self, symbol: str) -> Unit:
        found = self._by_symbol.get(symbol)
        if found is None:
            upper, slash, lower = symbol.partition("/")
            if not slash:
                raise KeyError(symbol)
            found = _quotient(self._by_symbol[upper], self._by_symbol[lower])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_symbol)

    def __len__(self) -> int:
        return len(self._by_symbol)

    def extended(self, units: Iterable[Unit]) -> UnitTable:
        """A table that holds *units* as well."""
        return UnitTable((*dict.fromkeys(self._by_symbol.values()), *units))

    def of_dimension(self, dimension: Dimension) -> Unit:
        """The unit in which a quantity of *dimension* is shown."""
        if dimension == PURE:
            return NUMBER
        above = [base for base, power in dimension for _ in range(power)]
        below = [base for base, power in dimension for _ in range(-power)]
        upper = "*".join(above) or "1"
        units = [self._by_symbol.get(base) for base in (*above, *below)]
        if len(above) == 1 and len(below) <= 1 and None not in units:
            return self["/".join((*above, *below))]
        name = "/".join((upper, *below))
        return Unit(name, name, name, dimension=dimension)


def _quotient(upper: Unit, lower: Unit) -> Unit:
    return Unit(
        f"{upper.name}/{lower.name}",
        f"{upper.en}/{lower.name}",
        f"{upper.ja}/{lower.ja}",
        dimension=divide(upper.dimension, lower.dimension),
        per=upper.per,
    )


SHARES = (PERCENT, PERMILLE)
"""The units of a share of a whole."""

UNITS = UnitTable()
"""The units that every catalogue starts with."""

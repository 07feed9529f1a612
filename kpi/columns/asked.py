"""Which KPIs are asked about, and for which rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, frozen

from kpi.catalogue.catalog import Catalog
from kpi.definitions import Formula
from kpi.errors import ColumnsError
from kpi.periods import FiscalYear
from kpi.plans.plan import Entry, Kpi, Plan


@frozen
class Place:
    """The rows that a plan speaks of: those of one organisation, under any of its *names*, in one fiscal year."""

    names: tuple[str, ...]
    fiscal_year: FiscalYear


@frozen(eq=False)
class Asked:
    """One formula with its rule, and the rows that it decides.

    *key* names the KPI; empty for a formula without a name, which is alone then.
    *baseline* is last year's value as a plan states it.
    *places* are the rows that it decides; None: every row.
    Values of years before *comparable_from* are taken as missing: the KPI was defined otherwise.
    """

    key: str
    formula: Formula
    baseline: str | None = None
    places: tuple[Place, ...] | None = None
    comparable_from: FiscalYear | None = None

    @property
    def question(self) -> tuple[object, ...]:
        """What decides, whichever plan asks it."""
        formula = self.formula
        meaning = (formula.expression, formula.rule, formula.unit, formula.style)
        return (self.key, *meaning, self.baseline, self.comparable_from)


Definition = Formula | Kpi | Entry | Plan | Catalog | Asked
"""What can be asked about."""
Kpis = Definition | Mapping[str, Definition] | Iterable[Definition]
"""One of them, or several, with or without names."""


def asked(kpis: Kpis) -> tuple[Asked, ...]:
    """What *kpis* ask, those of one key beside each other; what several plans ask alike is asked once.

    Raises:
        ColumnsError: nothing is asked; several formulas have no name; or two rules of one name decide the same rows.
    """
    found = [*_each("", kpis)]
    if not found:
        raise ColumnsError("no KPI was given")
    if len(found) > 1 and not all(one.key for one in found):
        raise ColumnsError("several formulas need names: give them as a mapping, {'single_bids': formula}")
    keys = dict.fromkeys(one.key for one in found)
    by_key = {key: [one for one in found if one.key == key] for key in keys}
    for key, ones in by_key.items():
        _check_once(key, ones)
    return tuple(one for ones in by_key.values() for one in _merged(ones))


def _each(key: str, kpis: object) -> Iterator[Asked]:
    match kpis:
        case Asked():
            yield evolve(kpis, key=key or kpis.key)
        case Formula():
            yield Asked(key or kpis.title.key, kpis)
        case Kpi():
            yield Asked(key or kpis.key, kpis.formula)
        case Entry():
            yield Asked(key or kpis.kpi.key, kpis.formula, kpis.baseline, None, kpis.comparable_from)
        case Plan():
            names = (kpis.organisation.key, kpis.organisation.ja, kpis.organisation.en)
            place = Place(tuple(dict.fromkeys(name for name in names if name)), kpis.fiscal_year)
            yield from (evolve(one, places=(place,)) for entry in kpis for one in _each("", entry))
        case Catalog(plans=several) | (Mapping() as several):
            for name, one in several.items():
                yield from _each(str(name), one)
        case Iterable() if not isinstance(kpis, str):
            for one in kpis:
                yield from _each(key, one)
        case _:
            found = f"{kpis!r}; read the text with kpi.parse first" if isinstance(kpis, str) else type(kpis).__name__
            raise ColumnsError(f"expected formulas, KPIs, entries, plans or a catalogue; found {found}")


def _merged(ones: list[Asked]) -> Iterator[Asked]:
    """Those of one key, equal ones for several places as one."""
    alike: dict[tuple[object, ...], list[Asked]] = {}
    for one in ones:
        alike.setdefault(one.question, []).append(one)
    for same in alike.values():
        places = tuple(place for one in same for place in one.places or ())
        yield evolve(same[0], places=places or None)


def _check_once(key: str, ones: list[Asked]) -> None:
    """No row may be decided by two rules."""
    places = [place for one in ones for place in one.places or (None,)]
    if len(places) > 1 and (None in places or len({*places}) < len(places)):
        raise ColumnsError(f"two rules named {key!r} decide the same rows; give them different names in a mapping")

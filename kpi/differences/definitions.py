"""Changed definitions: each field of what both catalogues hold, and what only one of them does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from attrs import frozen

from kpi.catalogue.catalog import Catalog
from kpi.differences.difference import Change, How, Kind
from kpi.differences.pairs import Names, Pairs, same_formula
from kpi.differences.written import Written
from kpi.errors import KpiError
from kpi.evaluation.observed import plain_value
from kpi.formulas.replacing import renamed
from kpi.formulas.vocabulary import Variable
from kpi.plans.organisation import Organisation
from kpi.plans.plan import Entry, Kpi, Plan

_T = TypeVar("_T")


@frozen
class _Field:
    """A field before and after, and whether it means the same."""

    name: str
    old: object
    new: object
    same_meaning: bool = False


def definition_changes(
    old: Catalog, new: Catalog, pairs: Pairs, old_written: Written, new_written: Written
) -> Iterator[Change]:
    """Every change of organisations, variables, KPIs, plans and entries, in the order of the new catalogue."""
    yield from _section("organisation", old.organisations, new.organisations, pairs.organisations)
    for organisation, after in _both(old.organisations, new.organisations, pairs.organisations):
        yield from _fields("organisation", after.key, _of_organisation(organisation, after, pairs))
    variables = old.vocabulary.variables, new.vocabulary.variables
    yield from _section("variable", *variables, pairs.variables)
    for variable, other in _both(*variables, pairs.variables):
        yield from _fields("variable", other.name, _of_variable(variable, other))
    yield from _section("kpi", old.kpis, new.kpis, pairs.kpis)
    for kpi, now in _both(old.kpis, new.kpis, pairs.kpis):
        texts = old_written.formulas.get(kpi.key, ""), new_written.formulas.get(now.key, "")
        yield from _fields("kpi", now.key, _of_kpi(kpi, now, pairs, texts))
    yield from _section("plan", old.plans, new.plans, pairs.plans)
    for plan, later in _both(old.plans, new.plans, pairs.plans):
        yield from _fields("plan", later.key, _of_plan(plan, later, pairs))
        yield from _entries(plan, later, pairs, old_written, new_written)


def _section(kind: Kind, old: Mapping[str, object], new: Mapping[str, object], pairs: Names) -> Iterator[Change]:
    """What was removed, added or renamed of a section."""
    yield from (Change(kind, key, "removed") for key in old if key not in pairs)
    former = {after: before for before, after in pairs.items()}
    for key in new:
        if key not in former:
            yield Change(kind, key, "added")
        elif former[key] != key:
            yield Change(kind, key, "renamed", "", former[key], key)


def _both(old: Mapping[str, _T], new: Mapping[str, _T], pairs: Names) -> Iterator[tuple[_T, _T]]:
    former = {after: before for before, after in pairs.items()}
    return ((old[former[key]], definition) for key, definition in new.items() if key in former)


def _fields(kind: Kind, key: str, fields: Iterable[_Field]) -> Iterator[Change]:
    for found in fields:
        if found.old != found.new:
            how: How = "text" if found.same_meaning else "meaning"
            yield Change(kind, key, how, found.name, _shown(found.old), _shown(found.new))


def _of_organisation(old: Organisation, new: Organisation, pairs: Pairs) -> Iterator[_Field]:
    def named(organisation: Organisation | None) -> str:
        return "" if organisation is None else pairs.organisations.get(organisation.key, organisation.key)

    yield from _names(old, new)
    yield _Field("kind", old.kind, new.kind)
    yield _Field("branches", old.branches, new.branches)
    yield _Field("formerly", [named(each) for each in old.formerly], [each.key for each in new.formerly])
    yield _Field("split_from", named(old.split_from), new.split_from.key if new.split_from else "")
    yield _Field("since", old.since, new.since)


def _of_variable(old: Variable, new: Variable) -> Iterator[_Field]:
    yield from _names(old, new)
    yield _Field("labels", old.labels, new.labels, same_meaning=True)
    yield _Field("unit", old.unit.name, new.unit.name)
    yield _Field("kind", old.kind, new.kind)


def _of_kpi(old: Kpi, new: Kpi, pairs: Pairs, texts: tuple[str, str]) -> Iterator[_Field]:
    yield from _names(old, new)
    if renamed(old.formula.expression, pairs.variables) != new.formula.expression:
        shown = old.formula.text(), new.formula.text()
        yield _Field("formula", *shown, same_meaning=same_formula(old.formula, new.formula, pairs.variables))
    elif not pairs.renames(old.formula.names):
        yield _Field("formula", *texts, same_meaning=True)
    yield _Field("unit", old.formula.unit.name, new.formula.unit.name)
    yield _Field("direction", old.direction, new.direction)
    for name in ("decimals", "rounding", "compared"):
        yield _Field(name, getattr(old.formula.style, name), getattr(new.formula.style, name))
    yield _Field("kind", _kind(old), _kind(new))
    yield _Field("labels", old.labels, new.labels, same_meaning=True)
    yield _Field("examples", old.examples, new.examples, same_meaning=True)


def _of_plan(old: Plan, new: Plan, pairs: Pairs) -> Iterator[_Field]:
    yield from _names(old, new)
    organisation = pairs.organisations.get(old.organisation.key, old.organisation.key)
    yield _Field("organisation", organisation, new.organisation.key)
    yield _Field("fiscal_year", old.fiscal_year, new.fiscal_year)
    yield _Field("areas", _areas(old), _areas(new), same_meaning=True)


def _entries(old: Plan, new: Plan, pairs: Pairs, old_written: Written, new_written: Written) -> Iterator[Change]:
    known = {key: pairs.kpis.get(key, key) for key in old.entries}
    kept = {key: name for key, name in known.items() if name in new.entries}
    yield from (Change("entry", f"{new.key}/{key}", "removed") for key in old.entries if key not in kept)
    yield from (Change("entry", f"{new.key}/{key}", "added") for key in new.entries if key not in kept.values())
    for key, name in kept.items():
        texts = old_written.rules.get((old.key, key), ""), new_written.rules.get((new.key, name), "")
        yield from _fields("entry", f"{new.key}/{name}", _of_entry(old[key], new[name], pairs, texts))


def _of_entry(old: Entry, new: Entry, pairs: Pairs, texts: tuple[str, str]) -> Iterator[_Field]:
    before, after = old.formula.rule, new.formula.rule
    if before is None or after is None or renamed(before, pairs.variables) != after:
        yield _Field("rule", old.formula.rule_text(), new.formula.rule_text())
    elif not pairs.renames(old.formula.names):
        yield _Field("rule", *texts, same_meaning=True)
    yield _Field("baseline", old.baseline, new.baseline, same_meaning=_baseline(old) == _baseline(new))
    yield _Field("expected", _counts(old), _counts(new))
    yield _Field("comparable_from", old.comparable_from, new.comparable_from)
    for name in ("published", "source", "examples"):
        yield _Field(name, getattr(old, name), getattr(new, name), same_meaning=True)


def _names(old: Organisation | Variable | Kpi | Plan, new: Organisation | Variable | Kpi | Plan) -> Iterator[_Field]:
    yield _Field("ja", old.ja, new.ja, same_meaning=True)
    yield _Field("en", old.en, new.en, same_meaning=True)


def _kind(kpi: Kpi) -> str:
    return "ratio" if kpi.is_ratio else "share"


def _areas(plan: Plan) -> list[str]:
    return [f"{area.name('ja')} / {area.en}" for area in plan.areas.values()]


def _baseline(entry: Entry) -> object:
    if entry.baseline is None:
        return None
    try:
        return plain_value("baseline", entry.baseline, entry.formula.unit, entry.formula.vocabulary)
    except KpiError:
        return entry.baseline


def _counts(entry: Entry) -> str:
    return "" if entry.expected is None else f"{entry.expected.numerator}/{entry.expected.denominator}"


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case list() | tuple():
            return ", ".join(map(str, value))
        case str():
            return value
        case _ if hasattr(value, "__len__"):
            return str(len(value))
        case _:
            return str(value)

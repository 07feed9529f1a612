"""Changed definitions: each field of what both catalogues hold, and what only one of them does."""

from __future__ import annotations

from collections.abc import Iterator

from kpi.catalogue.catalog import Catalog
from kpi.differences.difference import Change
from kpi.differences.fields import Field, both, fields, names, section
from kpi.differences.pairs import Pairs, same_formula
from kpi.differences.written import Written
from kpi.errors import KpiError
from kpi.evaluation.observed import plain_value
from kpi.formulas.replacing import renamed
from kpi.formulas.vocabulary import Variable
from kpi.plans.organisation import Organisation
from kpi.plans.plan import Entry, Kpi, Plan


def definition_changes(
    old: Catalog, new: Catalog, pairs: Pairs, old_written: Written, new_written: Written
) -> Iterator[Change]:
    """Every change of organisations, variables, tables, KPIs, plans and entries, in the order of the new catalogue."""
    yield from section("organisation", old.organisations, new.organisations, pairs.organisations)
    for organisation, after in both(old.organisations, new.organisations, pairs.organisations):
        yield from fields("organisation", after.key, _of_organisation(organisation, after, pairs))
    variables = old.vocabulary.variables, new.vocabulary.variables
    yield from section("variable", *variables, pairs.variables)
    for variable, other in both(*variables, pairs.variables):
        counted = old_written.records.get(variable.name, ""), new_written.records.get(other.name, "")
        yield from fields("variable", other.name, _of_variable(variable, other, counted))
    if old.tables or new.tables:
        from kpi.differences.tables import table_changes

        yield from table_changes(old.tables, new.tables, old_written.conditions, new_written.conditions)
    yield from section("kpi", old.kpis, new.kpis, pairs.kpis)
    for kpi, now in both(old.kpis, new.kpis, pairs.kpis):
        texts = old_written.formulas.get(kpi.key, ""), new_written.formulas.get(now.key, "")
        yield from fields("kpi", now.key, _of_kpi(kpi, now, pairs, texts))
    yield from section("plan", old.plans, new.plans, pairs.plans)
    for plan, later in both(old.plans, new.plans, pairs.plans):
        yield from fields("plan", later.key, _of_plan(plan, later, pairs))
        yield from _entries(plan, later, pairs, old_written, new_written)


def _of_organisation(old: Organisation, new: Organisation, pairs: Pairs) -> Iterator[Field]:
    def named(organisation: Organisation | None) -> str:
        return "" if organisation is None else pairs.organisations.get(organisation.key, organisation.key)

    yield from names(old, new)
    yield Field("kind", old.kind, new.kind)
    yield Field("branches", old.branches, new.branches)
    yield Field("formerly", [named(each) for each in old.formerly], [each.key for each in new.formerly])
    yield Field("split_from", named(old.split_from), new.split_from.key if new.split_from else "")
    yield Field("since", old.since, new.since)


def _of_variable(old: Variable, new: Variable, counted: tuple[str, str]) -> Iterator[Field]:
    yield from names(old, new)
    yield Field("labels", old.labels, new.labels, same_meaning=True)
    yield Field("unit", old.unit.name, new.unit.name)
    yield Field("kind", old.kind, new.kind)
    before, after = (one.records.name if one.records else "" for one in (old, new))
    yield Field("records", counted[0] or before, counted[1] or after, same_meaning=before == after)


def _of_kpi(old: Kpi, new: Kpi, pairs: Pairs, texts: tuple[str, str]) -> Iterator[Field]:
    yield from names(old, new)
    if renamed(old.formula.expression, pairs.variables) != new.formula.expression:
        shown = old.formula.text(), new.formula.text()
        yield Field("formula", *shown, same_meaning=same_formula(old.formula, new.formula, pairs.variables))
    elif not pairs.renames(old.formula.names):
        yield Field("formula", *texts, same_meaning=True)
    yield Field("unit", old.formula.unit.name, new.formula.unit.name)
    yield Field("direction", old.direction, new.direction)
    for name in ("decimals", "rounding", "compared"):
        yield Field(name, getattr(old.formula.style, name), getattr(new.formula.style, name))
    yield Field("kind", _kind(old), _kind(new))
    yield Field("labels", old.labels, new.labels, same_meaning=True)
    yield Field("examples", old.examples, new.examples, same_meaning=True)


def _of_plan(old: Plan, new: Plan, pairs: Pairs) -> Iterator[Field]:
    yield from names(old, new)
    organisation = pairs.organisations.get(old.organisation.key, old.organisation.key)
    yield Field("organisation", organisation, new.organisation.key)
    yield Field("fiscal_year", old.fiscal_year, new.fiscal_year)
    yield Field("areas", _areas(old), _areas(new), same_meaning=True)


def _entries(old: Plan, new: Plan, pairs: Pairs, old_written: Written, new_written: Written) -> Iterator[Change]:
    known = {key: pairs.kpis.get(key, key) for key in old.entries}
    kept = {key: name for key, name in known.items() if name in new.entries}
    yield from (Change("entry", f"{new.key}/{key}", "removed") for key in old.entries if key not in kept)
    yield from (Change("entry", f"{new.key}/{key}", "added") for key in new.entries if key not in kept.values())
    for key, name in kept.items():
        texts = old_written.rules.get((old.key, key), ""), new_written.rules.get((new.key, name), "")
        yield from fields("entry", f"{new.key}/{name}", _of_entry(old[key], new[name], pairs, texts))


def _of_entry(old: Entry, new: Entry, pairs: Pairs, texts: tuple[str, str]) -> Iterator[Field]:
    before, after = old.formula.rule, new.formula.rule
    if before is None or after is None or renamed(before, pairs.variables) != after:
        yield Field("rule", old.formula.rule_text(), new.formula.rule_text())
    elif not pairs.renames(old.formula.names):
        yield Field("rule", *texts, same_meaning=True)
    yield Field("baseline", old.baseline, new.baseline, same_meaning=_baseline(old) == _baseline(new))
    yield Field("expected", _counts(old), _counts(new))
    yield Field("comparable_from", old.comparable_from, new.comparable_from)
    for name in ("published", "source", "examples"):
        yield Field(name, getattr(old, name), getattr(new, name), same_meaning=True)


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

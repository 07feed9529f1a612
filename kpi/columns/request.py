"""What `evaluate_frame` was asked, checked: which KPIs, under which columns their values stand, which columns to add.

An engine reads a `Request`; it never looks at what the user wrote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from kpi.columns.asked import Asked, Kpis, asked
from kpi.errors import ColumnsError, KpiError
from kpi.evaluation.observed import plain_value
from kpi.problems import nearest
from kpi.quantities import Value

PARTS: Final = ("outcome", "value", "target", "margin")
"""What is added for each KPI."""

Given = Value | Mapping[str, Value]
"""A number for every row or the name of a column that holds it; for all KPIs, or by KPI."""


@frozen
class Keys:
    """The columns that say which organisation, fiscal year and period a row is about."""

    organisation: str
    fiscal_year: str
    period: str | None = None

    def __iter__(self) -> Iterator[str]:
        yield from (self.organisation, self.fiscal_year, *((self.period,) if self.period else ()))


@frozen
class Tidy:
    """The columns of a long table that name the quantity and hold its value."""

    quantity: str
    value: str


@frozen
class Request:
    """A checked request.

    *columns* says under which column a variable or KPI stands where that is not its own name.
    *baselines* and *branch_targets* are, by KPI, last year's stated value and the target set for the branch.
    *names* are the templates by which added columns are called, in the order in which they are added.
    """

    kpis: tuple[Asked, ...]
    keys: Keys
    columns: Mapping[str, str]
    baselines: Mapping[str, Value]
    branch_targets: Mapping[str, Value]
    names: Mapping[str, str]
    tidy: Tidy | None = None

    @property
    def kpi_keys(self) -> tuple[str, ...]:
        """Each KPI once, in order."""
        return tuple(dict.fromkeys(one.key for one in self.kpis))

    def added(self) -> dict[tuple[str, str], str]:
        """The columns to add, by KPI and part, in order."""
        return {(key, part): self._name(key, part) for key in self.kpi_keys for part in self.names}

    def _name(self, key: str, part: str) -> str:
        template = self.names[part]
        return template.format(kpi=key, part=part) if key else template.removeprefix("{kpi}_").format(kpi="", part=part)

    def check_added(self, present: Iterable[str]) -> None:
        """No added column may take the name of another, whatever its case: SQL engines would take one for the other.

        Raises:
            ColumnsError: naming every one that does.
        """
        added = Counter(name.casefold() for name in self.added().values())
        taken = {name.casefold() for name in present}
        clashes = [name for name in self.added().values() if name.casefold() in taken or added[name.casefold()] > 1]
        if clashes:
            named = ", ".join(map(repr, dict.fromkeys(clashes)))
            raise ColumnsError(f"added columns would be called {named}, which exist already; choose others with names=")

    def column_of(self, asked: Asked, name: str, present: Collection[str]) -> str | None:
        """The column that holds variable *name*, or the KPI's own published value (*name* empty); None: there is none.

        A variable may stand under its identifier or one of its labels.
        """
        if not name:
            known = self.columns.get(asked.key, asked.key) if asked.key else ""
            return known if known in present else None
        variable = asked.formula.vocabulary.find(name) if asked.formula.vocabulary else None
        labels = (variable.ja, *variable.labels) if variable else ()
        candidates = (self.columns.get(name, name), *labels)
        return next((candidate for candidate in candidates if candidate and candidate in present), None)

    def quantities(self) -> dict[str, tuple[str, ...]]:
        """The columns that a tidy table is pivoted into, each with the names that its quantity may have there."""
        found: dict[str, tuple[str, ...]] = {}
        for one in self.kpis:
            vocabulary = one.formula.vocabulary
            for name in one.formula.names:
                variable = vocabulary.find(name) if vocabulary else None
                labels = (variable.ja, *variable.labels) if variable else ()
                found[name] = tuple(dict.fromkeys(filter(None, (self.columns.get(name, name), *labels))))
            if one.key:
                found.setdefault(one.key, (self.columns.get(one.key, one.key),))
        return found

    def stated(self, asked: Asked, given: Mapping[str, Value], present: Collection[str]) -> Value:
        """The number or column given for one KPI.

        Raises:
            ColumnsError: it is a text that is neither a column nor a value.
        """
        found = given.get(asked.key, given.get(""))
        if isinstance(found, str) and found not in present:
            check_value(asked, found, present)
        return found


def request(  # noqa: PLR0913  # the keywords of evaluate_frame, as they are
    kpis: Kpis,
    *,
    organisation: str = "organisation",
    fiscal_year: str = "fiscal_year",
    period: str | None = None,
    columns: Mapping[str, str] | None = None,
    baseline: Given = None,
    branch_target: Given = None,
    names: str | Mapping[str, str] = "{kpi}_{part}",
    only: Iterable[str] = PARTS,
    tidy: Tidy | None = None,
) -> Request:
    """Checks what can be checked before a frame is seen.

    Raises:
        ColumnsError: a KPI or part is not known, or names do not tell the added columns apart.
    """
    found = asked(kpis)
    keys = tuple(dict.fromkeys(one.key for one in found))
    parts = ({only} if isinstance(only, str) else {*only}) or {*PARTS}
    _check_known("part", parts, PARTS)
    variables = [name for one in found for name in _names(one)]
    _check_known("variable or KPI", columns or (), (*variables, *keys))
    return Request(
        found,
        Keys(organisation, fiscal_year, period),
        columns or {},
        _by_kpi(baseline, keys),
        _by_kpi(branch_target, keys),
        {part: _template(names, part) for part in PARTS if part in parts},
        tidy,
    )


def check_value(asked: Asked, text: str, present: Collection[str]) -> None:
    """Raises where a *text* given for a KPI is neither a column nor a number in its unit."""
    try:
        plain_value(asked.key or "value", text, asked.formula.unit, asked.formula.vocabulary)
    except KpiError as error:
        raise ColumnsError(f"no column {text!r}{_hint(text, present)}, and no value: {error}") from None


def missing_columns(missing: Mapping[str, Sequence[str]], present: Collection[str], where: str = "the frame") -> str:
    """The message about columns that *where* lacks: each with what needs it, and the nearest that is there."""
    needed = {name: f" (for {', '.join(users)})" if users else "" for name, users in missing.items()}
    return f"{where} has " + "; ".join(f"no column {name!r}{by}{_hint(name, present)}" for name, by in needed.items())


def _names(one: Asked) -> tuple[str, ...]:
    variables = one.formula.vocabulary.variables if one.formula.vocabulary else {}
    return (*one.formula.names, *(variables[name].ja for name in one.formula.names if name in variables))


def _by_kpi(given: Given, keys: Collection[str]) -> dict[str, Value]:
    if not isinstance(given, Mapping):
        return {} if given is None else {"": given}
    _check_known("KPI", given, keys)
    return {**given}


def _template(names: str | Mapping[str, str], part: str) -> str:
    if not isinstance(names, str):
        _check_known("part", names, PARTS)
        names = names.get(part, "{kpi}_{part}")
    try:
        names.format(kpi="", part="")
    except (KeyError, IndexError, ValueError):
        raise ColumnsError(f"names: {names!r} names no column; expected {{kpi}} and {{part}} in braces") from None
    return names


def _check_known(kind: str, given: Iterable[str], known: Collection[str]) -> None:
    unknown = [name for name in given if name not in known]
    if unknown:
        raise ColumnsError("; ".join(f"unknown {kind} {name!r}{_hint(name, known)}" for name in unknown))


def _hint(name: str, known: Iterable[str]) -> str:
    found = nearest(name, known)
    return f"; did you mean {' or '.join(map(repr, found))}?" if found else ""

"""The conditions of a table that have a name: each may rest on the others, but none on itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from attrs import define, evolve, field, frozen

from kpi.catalogue.fields import Fields, Problems
from kpi.catalogue.names import Names
from kpi.characters import plain_name
from kpi.formulas.aggregate_checker import check_condition
from kpi.formulas.aggregates import Condition, Flag, conditions
from kpi.formulas.parser import parse_condition
from kpi.formulas.tables import NamedCondition, Table
from kpi.problems import Problem
from kpi.source import Source, Span
from kpi.units import UnitTable
from kpi.yaml_nodes import ScalarNode


@frozen
class _Written:
    """A condition as it is written, and the places where it speaks of others, by their names."""

    named: NamedCondition
    source: Source
    uses: Mapping[str, Span]


@define
class ConditionReader:
    """Reads the named conditions of one table.

    *excuses* tells of which unknown names nothing more is to be said; *unread* are the conditions that make no sense.
    """

    problems: Problems
    units: UnitTable
    names: Names
    excuses: Callable[[str], bool]
    unread: set[str] = field(factory=set)
    _written: dict[str, _Written] = field(factory=dict)

    def read(self, key: ScalarNode, fields: Fields) -> None:
        """One condition, which is checked once all are read."""
        ja, en = fields.scalar("ja"), fields.text("en")
        text = fields.scalar("condition")
        fields.finish()
        free = self.names.take("condition", key, ja)
        if text is None:
            return
        found, problems = parse_condition(text.source)
        self.problems.found += problems
        if found is not None and key.text in free:
            named = NamedCondition(key.text, found, ja.text if ja and ja.text in free else "", en or "")
            self._written[key.text] = _Written(named, text.source, _uses(found))

    def checked(self, table: Table) -> Table:
        """The *table* with its conditions, in the order in which they rest on each other."""
        keys = {plain_name(name): key for key, one in self._written.items() for name in (one.named.ja, key) if name}
        waiting = {
            key: {keys[use]: span for use, span in one.uses.items() if use in keys}
            for key, one in self._written.items()
        }
        while ready := [key for key, uses in waiting.items() if not uses.keys() & waiting.keys()]:
            for key in ready:
                del waiting[key]
                table = self._with(table, self._written[key])
        self._report_circles(waiting)
        for key in waiting:
            self._put_aside(self._written[key].named)
        order = (key for key in self._written if key in table.conditions)
        return evolve(table, conditions={key: table.conditions[key] for key in order})

    def _with(self, table: Table, written: _Written) -> Table:
        found: list[Problem] = []
        report = partial(_note, found, written.source)
        condition = check_condition(written.named.condition, table, self.units, report)
        if found:
            self._put_aside(written.named)
            self.problems.found += (problem for problem in found if not self._follows(problem))
            return table
        named = evolve(written.named, condition=condition)
        return evolve(table, conditions={**table.conditions, named.name: named})

    def _put_aside(self, named: NamedCondition) -> None:
        self.unread |= {plain_name(named.name), plain_name(named.ja)}

    def _follows(self, problem: Problem) -> bool:
        name = str(problem.facts.get("name"))
        return problem.code == "table-without-column" and (name in self.unread or self.excuses(name))

    def _report_circles(self, waiting: Mapping[str, Mapping[str, Span]]) -> None:
        """Tells each circle once, at the first of its conditions."""
        order = [*waiting]
        told: set[str] = set()
        for key in order:
            path: list[str] = []
            while key not in told:
                told.add(key)
                path.append(key)
                key = next(use for use in waiting[key] if use in waiting)  # noqa: PLW2901  # one step along the path
            circle = path[path.index(key) :] if key in path else []
            if circle:
                first = min(map(order.index, circle))
                start = circle.index(order[first])
                self._report_circle([*circle[start:], *circle[:start]], waiting)

    def _report_circle(self, circle: list[str], waiting: Mapping[str, Mapping[str, Span]]) -> None:
        first, following = circle[0], [*circle, circle[0]][1]
        facts = {"name": first, "circle": " → ".join((*circle, first))}
        source = self._written[first].source
        self.problems.found.append(Problem("circular-condition", source, waiting[first][following], facts))


def _note(
    found: list[Problem], source: Source, code: str, span: Span, suggestions: tuple[str, ...] = (), /, **facts: object
) -> None:
    found.append(Problem(code, source, span, facts, suggestions))


def _uses(condition: Condition) -> dict[str, Span]:
    """The flags of a condition, each where it is first."""
    found: dict[str, Span] = {}
    for one in conditions(condition):
        if isinstance(one, Flag):
            found.setdefault(one.name, one.span)
    return found

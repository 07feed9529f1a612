"""Reading the examples of a KPI or of an entry: strict keys, known names, readable numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from kpi.catalogue.fields import Fields, Problems
from kpi.definitions import Formula
from kpi.errors import KpiError
from kpi.evaluation.decision import Verdict
from kpi.evaluation.observed import Values, plain_value
from kpi.examples.example import Example, Examples, Given
from kpi.formulas.nodes import Period, Reference, references
from kpi.formulas.printer import canonical
from kpi.problems import nearest
from kpi.source import Span
from kpi.units import Unit
from kpi.yaml_nodes import ListNode, MappingNode, Node, ScalarNode

_NUMBERS: Final = ("integer", "decimal")
"""The kinds of YAML values that are numbers as they stand: 4 and 4.5; others are texts, such as 4 cases."""
_OF_RULE: Final = (Verdict.ACHIEVED, Verdict.MISSED, Verdict.NOT_EVALUABLE, Verdict.NOT_APPLICABLE)
_OF_FORMULA: Final = (Verdict.NO_TARGET, Verdict.NOT_EVALUABLE, Verdict.NOT_APPLICABLE)


def read_examples(fields: Fields, formula: Formula | None, *, with_rule: bool) -> Examples:
    """The examples that stand under `examples`, of an entry *with_rule* or of a KPI.

    Without *formula*, which could not be read, nothing is said of names and units.
    """
    node = fields.entries.get("examples")
    if node is None or fields.is_broken:
        return Examples()
    if not isinstance(node, ListNode):
        fields.wrong_kind("examples", node, "a list, each example behind a '-'", "「-」で始まる例のリスト")
        return Examples()
    reader = _Reader(fields.problems, formula, with_rule)
    found = [reader.read(item) for item in node.items]
    at = next(place for name, place in fields.named if name == "examples")
    return Examples(tuple(example for example in found if example), at=at, host=fields.node.span)


@frozen(eq=False, repr=False)
class _Reader:
    problems: Problems
    formula: Formula | None
    with_rule: bool

    def read(self, node: Node) -> Example | None:
        """One example, unless something in it could not be read."""
        fields = Fields(self.problems, "the example", node, "例")
        if not isinstance(node, MappingNode):
            fields.wrong_kind(
                "examples", node, "keys with values, such as 'inputs: …'", "「inputs: …」のようなキーと値"
            )
            return None
        before = len(self.problems.found)
        inputs = self.given(fields, "inputs", required=True)
        choices = _OF_RULE if self.with_rule else _OF_FORMULA
        has_outcome = self.with_rule or "outcome" in fields.entries
        outcome = fields.choice("outcome", choices) if has_outcome else None
        value = self.number(fields, "value", required=not has_outcome)
        baseline = self.number(fields, "baseline", self._unit) if self.with_rule else None
        prior = self.given_or_value(fields, "prior", self._unit) if self.with_rule else None
        others = self.references(fields) if self.with_rule else {}
        note = fields.text("note", required=False) or ""
        fields.finish()
        if len(self.problems.found) > before:
            return None
        places = {name: node.span for name, node in fields.entries.items()}
        outcome_at, value_at = (places.get(key, fields.start) for key in ("outcome", "value"))
        return Example(inputs, outcome, value, baseline, prior, others, note, outcome_at=outcome_at, value_at=value_at)

    def given(self, fields: Fields, key: str, *, required: bool = False) -> Given:
        """Values by variable."""
        node = fields.value(key, required=required)
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            fields.wrong_kind(key, node, "numbers by variable", "変数ごとの数値")
            return {}
        return dict(self._variables(node))

    def given_or_value(self, fields: Fields, key: str, unit: Unit | None) -> Given | str | None:
        """Values by variable, or the KPI's own value."""
        if isinstance(fields.entries.get(key), MappingNode):
            return self.given(fields, key)
        return self.number(fields, key, unit)

    def references(self, fields: Fields) -> dict[str, Given | str]:
        """What was observed at other times and places, each named as the rule names it."""
        node = fields.value("references", required=False)
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            fields.wrong_kind("references", node, "values by reference", "参照ごとの値")
            return {}
        inner = Fields(self.problems, "references", node)
        found = {}
        for name, place in inner.named:
            given = self.given_or_value(inner, name, self._unit)
            if name == Period.PRIOR_YEAR.value:
                self.problems.report("unknown-key", place, ("prior",), key=name, what=inner.what, what_ja=inner.what)
            elif self._knows(name, self._references, place) and given is not None:
                found[name] = given
        return found

    def number(self, fields: Fields, key: str, unit: Unit | None = None, *, required: bool = False) -> str | None:
        """A number as written, with or without its unit."""
        node = fields.value(key, required=required)
        written = None if node is None else self._written(fields, key, node)
        return None if written is None else self._readable(key, written, unit)

    def _variables(self, node: MappingNode) -> Iterator[tuple[str, Values]]:
        fields = Fields(self.problems, "inputs", node)
        formula = self.formula
        for name, place in fields.named:
            variable = formula.vocabulary.find(name) if formula and formula.vocabulary else None
            known = variable.name if variable else name
            value = fields.entries[name]
            items = value.items if isinstance(value, ListNode) else (value,)
            written = [self._written(fields, name, item) for item in items]
            if not self._knows(known, formula.names if formula else (), place):
                continue
            unit = variable.unit if variable else None
            numbers = [self._readable(name, number, unit) for number in written if number]
            yield known, numbers if isinstance(value, ListNode) else next(iter(numbers), None)

    def _knows(self, name: str, known: tuple[str, ...], place: Span) -> bool:
        if self.formula is not None and name not in known:
            self.problems.report("unknown-input", place, nearest(name, known), name=name)
            return False
        return True

    def _written(self, fields: Fields, key: str, node: Node) -> ScalarNode | None:
        """A number as it stands, with or without quotes."""
        if isinstance(node, ScalarNode) and node.kind in _NUMBERS:
            return node
        return fields.as_text(key, node)

    def _readable(self, key: str, node: ScalarNode, unit: Unit | None) -> str | None:
        """The text of a number, if it is one in *unit*."""
        if self.formula is None:
            return node.text
        try:
            plain_value(key, node.text, unit, self.formula.vocabulary)
        except KpiError:
            english, japanese = (f" in {unit.en}", f"（単位は {unit.ja}）") if unit and unit.en else ("", "")
            facts = {"found": node.text, "name": key, "unit": english, "unit_ja": japanese}
            self.problems.report("unreadable-input", node.span, **facts)
            return None
        return node.text

    @property
    def _unit(self) -> Unit | None:
        return self.formula.unit if self.formula else None

    @property
    def _references(self) -> tuple[str, ...]:
        """The references of the rule, as it writes them, without the baselines in brackets."""
        rule = self.formula.rule if self.formula else None
        found = references(rule) if rule else ()
        return tuple(canonical(Reference(reference.period, reference.years)) for reference in found)

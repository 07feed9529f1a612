"""How formulas, rules and conditions are written in a catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from kpi.yaml_nodes import ListNode, MappingNode, Node, ScalarNode
from kpi.yaml_reader import read_yaml


@frozen
class Written:
    """The texts of the formulas by KPI, and of the rules by plan and KPI.

    *records* are those of the aggregates by variable, *conditions* those of the conditions by table and name.
    """

    formulas: Mapping[str, str] = field(factory=dict)
    rules: Mapping[tuple[str, str], str] = field(factory=dict)
    records: Mapping[str, str] = field(factory=dict)
    conditions: Mapping[tuple[str, str], str] = field(factory=dict)

    @classmethod
    def of(cls, text: str) -> Written:
        """The texts of a catalogue that reads well."""
        root, _, _ = read_yaml(text, "")
        formulas = {key: _text(kpi, "formula") for key, kpi in _entries(root, "kpis")}
        rules = {
            (plan, _text(entry, "kpi")): _text(entry, "rule")
            for plan, node in _entries(root, "plans")
            for entry in _items(node, "entries")
        }
        records = {key: _text(variable, "records") for key, variable in _entries(root, "variables")}
        conditions = {
            (table, key): _text(condition, "condition")
            for table, node in _entries(root, "tables")
            for key, condition in _entries(node, "conditions")
        }
        return cls(formulas, rules, records, conditions)


def _entries(node: Node | None, key: str) -> tuple[tuple[str, Node], ...]:
    section = node.get(key) if isinstance(node, MappingNode) else None
    return tuple((name.text, value) for name, value in section.entries) if isinstance(section, MappingNode) else ()


def _items(node: Node, key: str) -> tuple[Node, ...]:
    found = node.get(key) if isinstance(node, MappingNode) else None
    return found.items if isinstance(found, ListNode) else ()


def _text(node: Node, key: str) -> str:
    found = node.get(key) if isinstance(node, MappingNode) else None
    return found.text.strip() if isinstance(found, ScalarNode) else ""

"""What is shown about the thing under the pointer: its names, its formula and rule, and where they are from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from kpi.editor.counting import within
from kpi.editor.outline import Item, Outline, Spot, text_of
from kpi.editor.references import Referred, is_formula, referred
from kpi.formulas.japanese import japanese
from kpi.formulas.nodes import Aggregate, Definition, Rule, aggregates
from kpi.formulas.parser import parse_condition, parse_definition, parse_rule
from kpi.formulas.printer import canonical
from kpi.plans.plan import page_text
from kpi.source import Source, Span
from kpi.units import Unit
from kpi.yaml_nodes import MappingNode

_FACTS: Final = {
    "variables": ("unit", "kind"),
    "kpis": ("unit", "direction"),
    "organisations": ("kind",),
    "documents": ("publisher",),
    "plans": ("organisation", "fiscal_year"),
    "tables": ("organisation", "date", "unit"),
    "columns": ("type", "unit"),
}
"""The fields that tell the most about an entry of a section."""


@frozen
class Hover:
    """Markdown to show, and the stretch of text that it is about."""

    markdown: str
    span: Span


def hover(text: str, offset: int) -> Hover | None:
    """What there is to show at *offset* of a catalogue; names in Japanese and English, formulas in both spellings.

    A word of a rule that names nothing tells of the entry that the rule stands in.
    """
    outline = Outline.of(text)
    spot = outline.at(offset) if outline else None
    if outline is None or spot is None:
        return None
    found = referred(outline, spot, offset) or _of_formula(outline, spot)
    if found is None:
        return None
    if isinstance(found.target, Unit):
        return Hover(_title(found.target.ja, found.target.en, found.target.name), found.span)
    return Hover("\n\n".join(_told(outline, found.target, _entry(spot))), found.span)


def _of_formula(outline: Outline, spot: Spot) -> Referred | None:
    """What the formula, rule, aggregate or condition at *spot* belongs to: the KPI, the variable, the named condition."""
    if spot.is_key or not is_formula(spot.path):
        return None
    match spot.path:
        case ("tables", key, "conditions", name, _):
            table = outline.items["tables"].get(key)
            item = table.inner("conditions").get(name) if table else None
        case (section, key, *_):
            entry = _entry(spot)
            item = (
                outline.items[section].get(key) if entry is None else outline.items["kpis"].get(text_of(entry, "kpi"))
            )
    return Referred(item, spot.node.span) if item else None


def _entry(spot: Spot) -> MappingNode | None:
    """The entry of a plan in which *spot* stands."""
    match spot.path:
        case ("plans", _, "entries", "-", *_):
            return spot.above[3]  # behind the catalogue, its plans and the plan
        case _:
            return None


def _told(outline: Outline, item: Item, entry: MappingNode | None) -> Iterator[str]:
    yield _title(item.text("ja"), item.text("en"), item.key.text)
    facts = ", ".join(filter(None, map(item.text, _FACTS.get(item.section, ()))))
    if facts:
        yield facts
    if item.section == "kpis":
        yield from _formula(outline, item.text("formula"))
        for plan, other in outline.plan_entries():
            if text_of(other, "kpi") == item.key.text and entry in (None, other):
                yield from _rule(outline, plan, other)
    if item.section in ("variables", "tables", "columns") and item.texts("labels"):
        yield "、".join(item.texts("labels"))
    if item.section == "variables":
        yield from _formula(outline, item.text("records"))
    if item.section == "conditions":
        yield from _condition(item.text("condition"))


def _title(ja: str, en: str, key: str) -> str:
    return " / ".join(filter(None, (f"**{ja}**" if ja else "", en, f"`{key}`")))


def _formula(outline: Outline, text: str) -> Iterator[str]:
    tree, _ = parse_definition(Source(text))
    if tree is not None:
        yield _code(canonical(tree), _japanese(outline, tree))


def _condition(text: str) -> Iterator[str]:
    from kpi.formulas.aggregate_printer import condition_text

    tree, _ = parse_condition(Source(text))
    if tree is not None:
        yield _code(condition_text(tree))


def _rule(outline: Outline, plan: Item, entry: MappingNode) -> Iterator[str]:
    """The rule of an entry, its baseline, and the document it is from."""
    tree, _ = parse_rule(Source(text_of(entry, "rule")))
    if tree is not None:
        yield _code(canonical(tree), _japanese(outline, tree))
    document = outline.items["documents"].get(text_of(entry, "document") or plan.text("document"))
    parts = (document.text("ja") if document else "", text_of(entry, "section"), page_text(text_of(entry, "page")))
    yield f"{plan.text('ja')}: {', '.join(filter(None, parts))}"
    if baseline := text_of(entry, "baseline"):
        yield f"基準 / baseline: {baseline}"


def _code(*lines: str) -> str:
    return "\n".join(("```kpi", *dict.fromkeys(lines), "```"))


def _japanese(outline: Outline, tree: Definition | Rule) -> str:
    """The Japanese text with the labels of variables, tables, columns and conditions."""
    counted = {one.name: _counted(outline, one) for one in aggregates(tree)}
    return japanese(tree, lambda name: counted.get(name) or _label(outline.variable(name), name))


def _counted(outline: Outline, aggregate: Aggregate) -> str:
    from kpi.formulas.aggregate_printer import JAPANESE, AggregatePrinter

    table = outline.table(aggregate.table)

    def label(_: str, name: str) -> str:
        return _label(within(table, name) if table and name else table, name or aggregate.table)

    return AggregatePrinter(JAPANESE, japanese, label).aggregate(aggregate)


def _label(item: Item | None, name: str) -> str:
    return (item.text("ja") if item else "") or name

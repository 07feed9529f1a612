"""What is shown about the thing under the pointer: its names, its formula and rule, and where they are from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from kpi.editor.outline import Item, Outline, Spot, text_of
from kpi.editor.references import Referred, is_formula, referred
from kpi.formulas.japanese import japanese
from kpi.formulas.parser import parse_definition, parse_rule
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
    """The KPI whose formula or rule stands at *spot*."""
    if spot.is_key or not is_formula(spot.path):
        return None
    entry = _entry(spot)
    key = spot.path[1] if entry is None else text_of(entry, "kpi")
    item = outline.items["kpis"].get(key)
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
    if item.section == "variables" and item.texts("labels"):
        yield "、".join(item.texts("labels"))


def _title(ja: str, en: str, key: str) -> str:
    return " / ".join(filter(None, (f"**{ja}**" if ja else "", en, f"`{key}`")))


def _formula(outline: Outline, text: str) -> Iterator[str]:
    tree, _ = parse_definition(Source(text))
    if tree is not None:
        yield _code(canonical(tree), japanese(tree, lambda name: _label(outline, name)))


def _rule(outline: Outline, plan: Item, entry: MappingNode) -> Iterator[str]:
    """The rule of an entry, its baseline, and the document it is from."""
    tree, _ = parse_rule(Source(text_of(entry, "rule")))
    if tree is not None:
        yield _code(canonical(tree), japanese(tree, lambda name: _label(outline, name)))
    document = outline.items["documents"].get(text_of(entry, "document") or plan.text("document"))
    parts = (document.text("ja") if document else "", text_of(entry, "section"), page_text(text_of(entry, "page")))
    yield f"{plan.text('ja')}: {', '.join(filter(None, parts))}"
    if baseline := text_of(entry, "baseline"):
        yield f"基準 / baseline: {baseline}"


def _code(*lines: str) -> str:
    return "\n".join(("```kpi", *dict.fromkeys(lines), "```"))


def _label(outline: Outline, name: str) -> str:
    variable = outline.variable(name)
    return (variable.text("ja") if variable else "") or name

"""The areas of a plan, as a catalogue names them."""

from __future__ import annotations

from typing import Final

from kpi.catalogue.fields import Fields, Section
from kpi.plans.area import Area, area_of
from kpi.yaml_nodes import ListNode, MappingNode, ScalarNode

_FEW: Final = 5


def read_areas(plan: Fields) -> dict[str, Area]:
    """The areas of a plan by their marks; one in which no entry stands is a problem, as its mark may be misspelt."""
    found: dict[str, Area] = {}
    marks: dict[str, ScalarNode] = {}
    for mark, fields in plan.each("areas", Section(), required=False):
        found[mark.text] = Area(mark.text, fields.text("ja") or "", fields.text("en") or "")
        marks[mark.text] = mark
        fields.finish()
    sections = _sections(plan)
    used = {area_of(section, found) for section in sections or ()}
    for text, area in found.items():
        if sections is not None and area not in used:
            plan.problems.report("unused-area", marks[text].span, mark=text, sections=_listed(sections))
    return found


def _listed(sections: list[str]) -> str:
    """The sections, each once; of many the first few."""
    each = [*dict.fromkeys(f"'{section}'" for section in sections)]
    return ", ".join((*each[:_FEW], *(["…"] if len(each) > _FEW else [])))


def _sections(plan: Fields) -> list[str] | None:
    """The sections of all entries; None where one of them cannot be read, which is told elsewhere."""
    entries = plan.entries.get("entries")
    if not isinstance(entries, ListNode):
        return None
    nodes = [item.get("section") if isinstance(item, MappingNode) else None for item in entries.items]
    texts = [node.text for node in nodes if isinstance(node, ScalarNode) and node.kind == "text"]
    return texts if len(texts) == len(nodes) else None

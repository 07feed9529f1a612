"""The errata of a catalogue."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from kpi.catalogue.fields import Fields, Section
from kpi.plans.erratum import Erratum, Kind
from kpi.plans.plan import Document, Kpi, Plan
from kpi.problems import nearest
from kpi.yaml_nodes import MappingNode, ScalarNode

_KINDS: Final[tuple[Kind, ...]] = ("figure", "undefined", "label", "contradiction")


@frozen(eq=False, repr=False)
class ErratumReader:
    """Reads errata, which refer to documents and to entries of plans."""

    documents: Section[Document]
    plans: Section[Plan]
    kpis: Section[Kpi]

    def read(self, key: ScalarNode, fields: Fields) -> Erratum:
        """One erratum; a text that is missing is a problem and empty here."""
        kind = fields.choice("kind", _KINDS)
        document = fields.reference("document", self.documents, "document")
        section, page, what, printed, gives = (
            fields.text(name) or "" for name in ("section", "page", "what", "printed", "gives")
        )
        evidence = _in_both(fields, "evidence", required=True)
        cause = _in_both(fields, "cause", required=False)
        touches = tuple(found for name in fields.texts("touches") if (found := self.entry(name, fields)))
        fields.finish()
        return Erratum(
            key.text, kind or "figure", document, section, page, what, printed, gives, *evidence, *cause, touches
        )

    def entry(self, name: ScalarNode, fields: Fields) -> tuple[str, str] | None:
        """The entry that is called by its plan and KPI: `iwate-r3/mail_in_rate`."""
        plan, _, kpi = name.text.partition("/")
        known = self.plans.entries.get(plan)
        if known is not None and kpi in known.entries:
            return plan, kpi
        if not self.plans.excuses(plan) and not self.kpis.excuses(kpi):
            entries = [f"{key}/{each}" for key, found in self.plans.entries.items() for each in found.entries]
            fields.problems.report("unknown-entry", name.span, nearest(name.text, entries), name=name.text)
        return None


def _in_both(fields: Fields, key: str, *, required: bool) -> tuple[str, str]:
    """A text in Japanese and English."""
    node = fields.value(key, required=required)
    if node is None:
        return "", ""
    if not isinstance(node, MappingNode):
        fields.wrong_kind(key, node, "texts for ja and en", "ja と en の文")
        return "", ""
    texts = Fields(fields.problems, key, node)
    found = texts.text("ja") or "", texts.text("en") or ""
    texts.finish()
    return found

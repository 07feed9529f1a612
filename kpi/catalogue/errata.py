"""The errata of a catalogue."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from kpi.catalogue.fields import Fields, Section
from kpi.plans.erratum import Erratum, Kind
from kpi.plans.plan import Document
from kpi.yaml_nodes import MappingNode, ScalarNode

_KINDS: Final[tuple[Kind, ...]] = ("figure", "undefined", "label", "contradiction")


@frozen(eq=False, repr=False)
class ErratumReader:
    """Reads errata, which refer to documents."""

    documents: Section[Document]

    def read(self, key: ScalarNode, fields: Fields) -> Erratum:
        """One erratum; a text that is missing is a problem and empty here."""
        kind = fields.choice("kind", _KINDS)
        document = fields.reference("document", self.documents, "document")
        section, page, what, printed, gives = (
            fields.text(name) or "" for name in ("section", "page", "what", "printed", "gives")
        )
        evidence = _in_both(fields, "evidence", required=True)
        cause = _in_both(fields, "cause", required=False)
        fields.finish()
        return Erratum(key.text, kind or "figure", document, section, page, what, printed, gives, *evidence, *cause)


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

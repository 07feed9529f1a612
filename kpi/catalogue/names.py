"""What each name of a catalogue means, so that none means two things."""

from __future__ import annotations

from typing import Final, Literal

from attrs import define, field

from kpi.catalogue.fields import Problems
from kpi.characters import plain_name
from kpi.yaml_nodes import ScalarNode

Owner = Literal["variable", "table", "column", "condition"]
_JAPANESE: Final[dict[Owner, str]] = {"variable": "変数", "table": "表", "column": "列", "condition": "条件"}


@define
class Names:
    """Identifiers and labels that must differ from each other."""

    problems: Problems
    _owners: dict[str, tuple[Owner, str]] = field(factory=dict, init=False)

    def take(self, kind: Owner, key: ScalarNode, *more: ScalarNode | None) -> frozenset[str]:
        """The names that are free to mean the entry *key*; each of the others is told."""
        free = set()
        for name in (key, *filter(None, more)):
            taken = self._owners.get(plain_name(name.text))
            if taken is None:
                free.add(name.text)
            else:
                owner, owned = taken
                facts = {"kind": owner, "kind_ja": _JAPANESE[owner], "owner": owned}
                self.problems.report("name-again", name.span, name=name.text, **facts)
        self._owners.update({plain_name(name): (kind, key.text) for name in free})
        return frozenset(free)

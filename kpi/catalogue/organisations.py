"""The organisations of a catalogue: branches and the nation, and of which others they were made."""

from __future__ import annotations

from typing import Final, Literal

from attrs import frozen

from kpi.catalogue.fields import Fields, Section
from kpi.catalogue.years import read_year
from kpi.observations.observation import NATION
from kpi.plans.organisation import Organisation
from kpi.problems import nearest
from kpi.yaml_nodes import ScalarNode

MAX_BRANCHES: Final = 9999
"""Branches of an organisation: Japan has 47 prefectures and some 1,700 municipalities."""

_KINDS: Final[tuple[Literal["branch", "nation"], ...]] = ("branch", "nation")


@frozen(eq=False, repr=False)
class OrganisationReader:
    """Reads organisations, each of which may name those that stand above it."""

    known: Section[Organisation]

    def read(self, key: ScalarNode, fields: Fields) -> Organisation:
        """One organisation."""
        ja, en = fields.text("ja"), fields.text("en")
        kind = fields.choice("kind", _KINDS)
        if kind == "nation" and key.text != NATION:
            fields.problems.report("nation-key", key.span, name=key.text, expected=NATION)
            self.known.leave_out(NATION)  # a plan that names it means this one
        branches = fields.number("branches", MAX_BRANCHES)
        names, split = fields.texts("formerly"), fields.scalar("split_from", required=False)
        since = read_year(fields, "since", required=bool(names or split))
        formerly = tuple(found for name in names if (found := self.former(name, key, fields)))
        split_from = self.former(split, key, fields) if split else None
        if names and split:
            fields.problems.report("formerly-and-split", split.span)
        if since and not names and not split:
            fields.problems.report("since-alone", fields.entries["since"].span)
        fields.finish()
        return Organisation(
            key.text, ja or "", en or "", kind or "branch", branches,
            formerly=formerly, split_from=split_from, since=since,
        )  # fmt: skip

    def former(self, name: ScalarNode, key: ScalarNode, fields: Fields) -> Organisation | None:
        """The organisation of this *name*, or this one itself as it was before."""
        if name.text == key.text:
            return Organisation(key.text)
        found = self.known.entries.get(name.text)
        if found is None and not self.known.excuses(name.text):
            fields.problems.report("unknown-former", name.span, nearest(name.text, self.known.entries), name=name.text)
        return found

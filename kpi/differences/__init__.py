"""The semantic difference of two catalogues: what changed in meaning, what only in text, and which verdicts it turns."""

from __future__ import annotations

from kpi.catalogue.catalog import Catalog
from kpi.differences.definitions import definition_changes
from kpi.differences.difference import Change, Difference, VerdictChange
from kpi.differences.pairs import Pairs
from kpi.differences.verdicts import verdict_changes
from kpi.differences.written import Written
from kpi.observations.observation import Observations

__all__ = ["Change", "Difference", "VerdictChange", "compare"]


def compare(
    old: Catalog,
    new: Catalog,
    observations: Observations,
    old_written: Written = Written(),
    new_written: Written = Written(),
) -> Difference:
    """What changed from the *old* catalogue to the *new* one, and what that does to the verdicts on *observations*.

    What both were *written* like tells a formula that was only spelt anew; without it such a change goes unseen.
    """
    pairs = Pairs.of(old, new)
    changes = definition_changes(old, new, pairs, old_written, new_written)
    return Difference(tuple(changes), tuple(verdict_changes(old, new, pairs, observations)))

"""Proposed examples written down: as YAML to paste into a catalogue, and for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from kpi.examples.proposals import Proposal
from kpi.problems import Language

_DIGITS: Final = re.compile(r"0|[1-9][0-9]*(\.[0-9]+)?")


def to_dict(proposal: Proposal, language: Language = "en") -> dict[str, Any]:
    """An example with the keys that it has in a catalogue; what it does not have is left out."""
    example = proposal.example
    record = {
        "inputs": dict(example.inputs),
        "outcome": None if example.outcome is None else str(example.outcome),
        "value": example.value,
        "baseline": example.baseline,
        "references": dict(example.references),
        "note": proposal.note(language),
    }
    return {key: value for key, value in record.items() if value or key == "inputs"}


def to_yaml(proposals: Iterable[Proposal], indent: int, language: Language = "en") -> str:
    """The key `examples` with its list, *indent* blanks from the margin: 4 in a KPI, 8 in the entry of a plan."""
    lines = ["examples:"]
    for proposal in proposals:
        for number, (key, value) in enumerate(to_dict(proposal, language).items()):
            lines.append(f"  {'  ' if number else '- '}{key}: {value if key == 'outcome' else _yaml(value)}")
    return "".join(f"{' ' * indent}{line}\n" for line in lines)


def _yaml(value: object) -> str:
    """A value in flow style: digits as they are, other texts in quotes."""
    match value:
        case str():
            return value if _DIGITS.fullmatch(value) else json.dumps(value, ensure_ascii=False)
        case Mapping():
            return "{" + ", ".join(f"{_key(key)}: {_yaml(each)}" for key, each in value.items()) + "}"
        case list() | tuple():
            return f"[{', '.join(map(_yaml, value))}]"
        case _:
            return json.dumps(value)


def _key(key: str) -> str:
    return key if key.replace(" ", "_").isidentifier() else json.dumps(key, ensure_ascii=False)

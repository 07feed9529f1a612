"""The JSON Schema of a catalogue, beside the loader that it must not drift from."""

from __future__ import annotations

import copy
import json
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from entries import SOUND
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from kpi.catalogue import shipped_catalog
from kpi.catalogue.fields import Fields
from kpi.catalogue.loader import read_catalog
from kpi.catalogue.organisations import MAX_BRANCHES
from kpi.catalogue.schema import schema_text
from kpi.definitions.formula import MAX_DECIMALS
from kpi.messages.yaml import YAML
from kpi.yaml_nodes import ListNode, MappingNode
from kpi.yaml_reader import read_yaml

SCHEMA = json.loads(schema_text())
VALIDATOR = Draft7Validator(SCHEMA)
BROKEN = sorted((Path(__file__).parent / "data" / "catalogues" / "broken").glob("*.yaml"))
SHAPE = {
    "empty-text", "formerly-and-split", "missing-key", "not-a-catalogue", "not-a-text", "since-alone", "unknown-choice",
    "unknown-key", "wrong-kind",
}  # fmt: skip
"""The problems that a schema can know: keys, kinds of value, choices."""


def data(node):
    """What a YAML tree holds, as JSON has it; what JSON has no value for becomes one that is no text either."""
    match node:
        case MappingNode():
            return {key.text: data(value) for key, value in reversed(node.entries)}
        case ListNode():
            return [data(item) for item in node.items]
        case None:
            return None
        case _:
            kinds = {"text": str, "integer": int, "decimal": float, "null": lambda _: None, "boolean": bool}
            return kinds.get(node.kind, lambda _: date.min)(node.text)


def loaded(text):
    """What a catalogue holds, and the codes of its problems."""
    root, _, _ = read_yaml(text, "catalog.yaml")
    return data(root), {problem.code for problem in read_catalog(text, "catalog.yaml")[1]}


FULL = loaded(SOUND)[0]
FULL["documents"]["report"]["publisher"] = "岩手支部"
FULL["organisations"]["iwate"] |= {"branches": 1, "formerly": ["iwate"], "since": "R2"}
FULL["organisations"]["half"] = {"ja": "半", "en": "Half", "kind": "branch", "split_from": "iwate", "since": "R2"}
FULL["units"]["tablet"]["aliases"] = ["錠剤"]
FULL["tables"] = {
    "claims": {
        "ja": "給付申請", "en": "Claims", "labels": ["申請"], "unit": "case", "organisation": "office", "date": "received",
        "columns": {
            "office": {"type": "text", "ja": "支部"},
            "received": {"type": "date", "ja": "受付日", "en": "received", "labels": ["受理日"], "unit": "day"},
        },
        "conditions": {"early": {"ja": "早期", "en": "early", "condition": "received < 2021-04-10"}},
    },
}  # fmt: skip
FULL["variables"]["open_tenders"] |= {"records": "count(claims where early)"}
FULL["kpis"]["single_bid_share"] |= {"rounding": "floor", "compared": "shown", "labels": ["割合"], "kind": "share"}
FULL["kpis"]["share_again"] = {
    **FULL["kpis"]["single_bid_share"], "ja": "再", "en": "Again", "labels": [], "same_as": "single_bid_share",
}  # fmt: skip
FULL["plans"]["iwate-r3"]["areas"] = {"Ⅲ": {"ja": "組織", "en": "Organisation"}}
FULL["plans"]["iwate-r3"]["entries"][0] |= {
    "document": "report", "comparable_from": "R2", "expected": {"numerator": "1", "denominator": "5"},
    "examples": [
        {
            "inputs": {"single_bid_tenders": 1, "open_tenders": "5"}, "outcome": "achieved", "value": "20%",
            "baseline": "21%", "prior": {"open_tenders": 6}, "references": {}, "note": "x",
        },
    ],
}  # fmt: skip
FULL["kpis"]["single_bid_share"]["examples"] = [
    {"inputs": {"single_bid_tenders": 1, "open_tenders": 4.0}, "outcome": "no_target", "value": "25%", "note": "x"},
]
FULL["errata"] = {
    "slip": {
        "document": "report", "section": "1", "page": "2", "kind": "label", "what": "x", "printed": "y", "gives": "z",
        "evidence": {"ja": "一", "en": "one"}, "cause": {"ja": "二", "en": "two"}, "touches": ["iwate-r3/single_bid_share"],
    }
}  # fmt: skip
"""A catalogue without problems in which every key of every section stands somewhere."""


def codes(catalogue):
    """The codes of the problems of *catalogue*; JSON is YAML."""
    return {problem.code for problem in read_catalog(json.dumps(catalogue, ensure_ascii=False), "catalog.yaml")[1]}


def places(value, path=()):
    """Every place in *value*, as the keys that lead to it."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


def at(value, path):
    """What stands at *path*."""
    for key in path:
        value = value[key]
    return value


MAPPINGS = [path for path in places(FULL) if isinstance(at(FULL, path), dict)]


class TestSchema:
    def test_is_a_schema(self):
        """The schema is one."""
        Draft7Validator.check_schema(SCHEMA)

    @pytest.mark.parametrize("text", [SOUND, shipped_catalog().read_text("utf-8")], ids=["sound", "shipped"])
    def test_takes_catalogues(self, text):
        """Catalogues without problems fit the schema."""
        found, problems = loaded(text)
        assert problems == set()
        assert [error.message for error in VALIDATOR.iter_errors(found)] == []

    @pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
    def test_broken_catalogues(self, path):
        """Of the broken catalogues the schema refuses those whose shape is broken, and no other."""
        found, problems = loaded(path.read_bytes().decode(errors="replace"))
        if not problems & set(YAML):
            assert VALIDATOR.is_valid(found) == (not problems & SHAPE)

    def test_everything_is_described(self):
        """Every key tells in English and Japanese what it is for."""
        described = [{"properties": SCHEMA["properties"]}, *SCHEMA["definitions"].values()]
        for definition in described:
            for key, value in definition.get("properties", {}).items():
                words = value["description"]
                assert words.isascii() is False, key
                assert words[0].isascii(), key


class TestDrift:
    def test_keys(self, monkeypatch):
        """In each section the schema has the keys that the loader asks for, and no other."""
        asked = defaultdict(set)
        finish = Fields.finish

        def recorded(fields):
            asked[frozenset(fields.entries)] |= set(fields.asked)
            finish(fields)

        monkeypatch.setattr(Fields, "finish", recorded)
        assert codes(FULL) == set()
        for path in MAPPINGS:
            properties = definition(path).get("properties")
            if properties is not None:
                assert asked[frozenset(at(FULL, path))] == set(properties), path

    @pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: ".".join(map(str, path)) or "catalogue")
    def test_missing_keys(self, path):
        """Where the loader misses a key, the schema requires it, and the reverse."""
        for key in at(FULL, path):
            without = copy.deepcopy(FULL)
            del at(without, path)[key]
            assert VALIDATOR.is_valid(without) == (not codes(without) & SHAPE), key

    @pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: ".".join(map(str, path)) or "catalogue")
    def test_unknown_keys(self, path):
        """A key that nobody knows is refused by both; where keys are names, an entry that is none is."""
        more = copy.deepcopy(FULL)
        at(more, path)["nonsense"] = "x"
        found = codes(more)
        assert found & {"unknown-key", "wrong-kind", "unknown-input"}
        assert VALIDATOR.is_valid(more) == ("unknown-input" in found)  # the schema knows no variables

    def test_choices(self):
        """The choices of the schema are those that the loader offers."""
        compared = 0
        for path in places(FULL):
            choices = definition(path).get("enum")
            if choices is not None:
                other = copy.deepcopy(FULL)
                at(other, path[:-1])[path[-1]] = "nonsense"
                found = read_catalog(json.dumps(other, ensure_ascii=False), "catalog.yaml")[1]
                assert next(p.facts["expected"] for p in found if p.code == "unknown-choice") == ", ".join(choices)
                compared += 1
        assert compared >= 8

    def test_bounds(self):
        """The numbers of the schema have the loader's bounds."""
        definitions = SCHEMA["definitions"]
        assert definitions["kpi"]["properties"]["decimals"]["maximum"] == MAX_DECIMALS
        assert definitions["organisation"]["properties"]["branches"]["maximum"] == MAX_BRANCHES

    @given(st.data())
    def test_any_change(self, draw):
        """Whatever is put in the place of a value, schema and loader agree on whether the shape is right."""
        changed = copy.deepcopy(FULL)
        for _ in range(draw.draw(st.integers(1, 3))):
            path = draw.draw(st.sampled_from([path for path in places(changed) if path]))
            value = draw.draw(VALUES)
            at(changed, path[:-1])[path[-1]] = value
        found = codes(changed)
        assert VALIDATOR.is_valid(changed) == (not found & SHAPE), found


WORDS = st.sampled_from(["", " ", "x", "R3", "iwate", "report", "case", "%", "branch", "flow", "lower", "no", "012"])
LEAVES = WORDS | st.none() | st.booleans() | st.integers(-2, 12) | st.just(2.5)
VALUES = LEAVES | st.lists(WORDS, max_size=2) | st.dictionaries(WORDS, LEAVES, max_size=2)


def definition(path):
    """What the schema says of the place *path*."""
    found = SCHEMA
    for key in path:
        found = next((kind for kind in found.get("anyOf", ()) if "$ref" in kind), found)
        found = {**SCHEMA["definitions"][found["$ref"].rpartition("/")[2]], **found} if "$ref" in found else found
        inner = found.get("properties", {}).get(key) or found.get("additionalProperties") or found["items"]
        found = {**SCHEMA["definitions"][inner["$ref"].rpartition("/")[2]], **inner} if "$ref" in inner else inner
    return found

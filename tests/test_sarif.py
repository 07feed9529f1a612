"""SARIF: valid by the schema of OASIS, with rules, regions and relative paths."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from reports import BROKEN, FIVE, SOUND, UNUSED, report, report_of, unknown

from kpi.cli.forms import written
from kpi.messages.guide import GUIDE

SCHEMA = json.loads((Path(__file__).parent / "data" / "sarif" / "sarif-schema-2.1.0.json").read_text("utf-8"))
VALIDATOR = Draft4Validator(SCHEMA)


def run_of(found):
    """The only run of a report that is valid."""
    text = written(found, "sarif")
    log = json.loads(text)
    assert text.isascii()
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    assert (log["$schema"], log["version"]) == (SCHEMA["id"], "2.1.0")
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len({*rules})
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    return run


def places(run):
    """Each result with its region."""
    regions = (result["locations"][0]["physicalLocation"]["region"] for result in run["results"])
    return [tuple(region[name] for name in ("startLine", "startColumn", "endLine", "endColumn")) for region in regions]


def test_schema_is_one():
    """The schema is a schema, and refuses what is no SARIF."""
    Draft4Validator.check_schema(SCHEMA)
    assert not VALIDATOR.is_valid({"version": "2.1.0"})
    assert not VALIDATOR.is_valid({"version": "2.1.0", "runs": [{"results": []}]})


def test_results():
    """Each problem is a result with its rule, level, message and region, columns counted in characters."""
    run = run_of(report(FIVE))
    assert run["columnKind"] == "unicodeCodePoints"
    assert places(run)[1] == (28, 5, 28, 11)
    result = run["results"][1]
    assert (result["ruleId"], result["level"]) == ("unknown-key", "error")
    assert result["message"]["text"] == "unknown key 'lables' in open_tenders; did you mean 'labels'?"
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "catalog.yaml"}


def test_rules():
    """Each code that was found is a rule with the help of the guide."""
    rules = run_of(report(FIVE))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [
        "unknown-choice", "unknown-key", "unknown-variable", "bare-target", "missing-key",
    ]  # fmt: skip
    rule = rules[1]
    assert rule["shortDescription"]["text"] == GUIDE["unknown-key"].summary
    assert rule["fullDescription"]["text"] == GUIDE["unknown-key"].meaning
    assert "Wrong:\nopen_tenders: {ja: " in rule["help"]["text"]
    assert rule["help"]["markdown"].count("```") == 4


def test_warning():
    """A warning has its level in the result, and in the rule as well."""
    run = run_of(report(UNUSED))
    assert run["results"][0]["level"] == "warning"
    assert run["tool"]["driver"]["rules"][0]["defaultConfiguration"] == {"level": "warning"}
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 0}]
    assert run_of(report(UNUSED, strict=True))["invocations"][0]["exitCode"] == 1


def test_clean():
    """A clean check is a run without results, which closes the alerts of earlier ones."""
    run = run_of(report(SOUND))
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
    assert run["artifacts"] == [{"location": {"uri": "catalog.yaml"}, "sourceLanguage": "yaml"}]


def test_language():
    """The messages are told in the language asked for."""
    assert run_of(report(FIVE, language="ja"))["results"][1]["message"]["text"].startswith("open_tenders のキー")


def test_braces():
    """A brace in a message is doubled, as SARIF wants it."""
    (result,) = run_of(report_of(unknown("{x}", 0, 3)))["results"]
    assert result["message"]["text"] == "unknown variable '{{x}}'"


def test_several_lines():
    """A region ends on its own line."""
    assert places(run_of(report_of(unknown("ab\ncd\n", 0, 6)))) == [(1, 1, 2, 3)]


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_corpus(file):
    """Every broken catalogue gives valid SARIF, with regions that stand in the text."""
    text = file.read_bytes().decode(errors="replace")
    run = run_of(report(text))
    lines = text.split("\n")
    for start_line, start, end_line, end in places(run):
        assert (start_line, start) <= (end_line, end)
        assert end <= len(lines[end_line - 1]) + 1


@given(st.text(min_size=1, max_size=30))
def test_any_text(text):
    """Whatever stands in a catalogue, or in the name of its file, the SARIF is valid."""
    assert run_of(report_of(unknown(text, 0, len(text), "ca\udce9 <&>.yaml"), name="ca\udce9 <&>.yaml"))["results"]

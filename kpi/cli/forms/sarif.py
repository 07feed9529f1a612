"""SARIF 2.1.0, which code scanning services and editors read.

Source: OASIS Standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", with errata 01.
The text is ASCII, with escapes for all other characters, so that no encoding on its way harms it.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any, Final

from kpi.cli.forms.paths import uri
from kpi.cli.forms.report import Report
from kpi.messages.guide import GUIDE, snippets
from kpi.messages.severities import severity_of
from kpi.problems import Language, Problem

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ESCAPES: Final = str.maketrans({"{": "{{", "}": "}}"})


def written(report: Report) -> str:
    """One run, with a rule for each code that was found and a result for each problem."""
    codes = [*dict.fromkeys(problem.code for problem in report.problems)]
    run = {
        "tool": {"driver": {"name": "kpi", "version": version("kpi"), "rules": [_rule(code) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "exitCode": int(report.fails)}],
        "artifacts": [{"location": {"uri": uri(name)}, "sourceLanguage": "yaml"} for name in report.catalogs],
        "results": [_result(problem, codes.index(problem.code), report.language) for problem in report.problems],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(code: str) -> dict[str, Any]:
    advice = GUIDE[code]
    wrong, right = snippets(advice)
    return {
        "id": code,
        "shortDescription": {"text": advice.summary},
        "fullDescription": {"text": advice.meaning},
        "help": {
            "text": f"{advice.meaning}\n\nWrong:\n{wrong}\n\nRight:\n{right}",
            "markdown": f"{advice.meaning}\n\nWrong:\n\n```\n{wrong}\n```\n\nRight:\n\n```\n{right}\n```",
        },
        "defaultConfiguration": {"level": severity_of(code)},
    }


def _result(problem: Problem, rule: int, language: Language) -> dict[str, Any]:
    region = {
        "startLine": problem.line,
        "startColumn": problem.column,
        "endLine": problem.end.line,
        "endColumn": problem.end.column,
    }
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": problem.message_in(language).translate(_ESCAPES)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(problem.file)}, "region": region}}],
    }

"""JSON for programs: an array with a record of each problem."""

from __future__ import annotations

import json
import sys
from typing import Any

from kpi.cli.forms.report import Report
from kpi.problems import Problem


def written(report: Report) -> str:
    """The problems in the order of the files, with Japanese as it is wherever the output can hold it."""
    is_unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    return json.dumps([_record(problem) for problem in report.problems], ensure_ascii=not is_unicode, indent=2)


def _record(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "end_line": problem.end.line,
        "end_column": problem.end.column,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "message_ja": problem.message_in("ja"),
        "suggestions": list(problem.suggestions),
    }

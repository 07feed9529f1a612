"""JUnit XML, which GitLab, Jenkins and most other CI servers show as test results.

There is no standard; this is the common ground of what they read: suites of cases, each with a failure or without.
The text is ASCII, with references for all other characters, so that no encoding on its way harms it.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kpi.cli.forms.paths import in_repository
from kpi.cli.forms.report import Report
from kpi.problems import Problem

_FORBIDDEN: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(report: Report) -> str:
    """A suite a catalogue, with a case a problem, or one case that passes.

    A case fails where the check fails for its problem; any other warning passes, with the problem as its output.
    """
    failures = sum(map(report.is_failure, report.problems))
    tests = sum(len(report.of(name)) or 1 for name in report.catalogs)
    suites = Element("testsuites", name="kpi check", tests=str(tests), failures=str(failures), errors="0")
    for name in report.catalogs:
        _suite(suites, name, report)
    indent(suites)
    text: bytes = tostring(suites, encoding="us-ascii", xml_declaration=True)
    return text.decode("ascii")


def _suite(suites: Element, name: str, report: Report) -> None:
    problems = report.of(name)
    failures = sum(map(report.is_failure, problems))
    counts = {"tests": str(len(problems) or 1), "failures": str(failures), "errors": "0", "skipped": "0"}
    shown = _printable(name)
    suite = SubElement(suites, "testsuite", {"name": shown, **counts})
    place = {"classname": shown, "file": _printable(in_repository(name))}
    if not problems:
        SubElement(suite, "testcase", {"name": "no problems", **place})
    for problem in problems:
        at = f"{problem.code} at {problem.line}:{problem.column}"
        case = SubElement(suite, "testcase", {"name": at, **place, "line": str(problem.line)})
        _tell(case, problem, report)


def _tell(case: Element, problem: Problem, report: Report) -> None:
    said = problem.render(report.language)
    if report.is_failure(problem):
        message = problem.message_in(report.language)
        SubElement(case, "failure", type=problem.code, message=message).text = _printable(said)
    else:
        SubElement(case, "system-out").text = _printable(said)


def _printable(text: str) -> str:
    """*text* without what XML cannot hold, such as half a character in the name of a file."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)

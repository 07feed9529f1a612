"""JUnit XML: suites of cases, each with a failure or without."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import BROKEN, FIVE, SOUND, UNUSED, report, report_of, unknown

from kpi.cli.forms import written

CHILDREN = {"testsuites": {"testsuite"}, "testsuite": {"testcase"}, "testcase": {"failure", "system-out"}}


def read(found):
    """The XML of a report, as a CI server reads it: of the known elements, with counts that add up."""
    text = written(found, "junit")
    root = ET.fromstring(text)  # noqa: S314  # our own text
    assert text.isascii()
    assert root.tag == "testsuites"
    for element in root.iter():
        assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
    for element in (root, *root.iter("testsuite")):
        assert int(element.get("tests")) == len([*element.iter("testcase")]) > 0
        assert int(element.get("failures")) == len([*element.iter("failure")])
        assert element.get("errors") == "0"
    assert all(case.get("name") and case.get("classname") and case.get("file") for case in root.iter("testcase"))
    assert all(failure.get("type") and failure.get("message") for failure in root.iter("failure"))
    return root


def test_failures():
    """Each problem is a case that fails, with its message, its code as the type, and its line of the file."""
    root = read(report(FIVE))
    assert (root.get("tests"), root.get("failures")) == ("5", "5")
    case = [*root.iter("testcase")][1]
    assert (case.get("classname"), case.get("name"), case.get("file"), case.get("line")) == (
        "catalog.yaml", "unknown-key at 28:5", "catalog.yaml", "28",
    )  # fmt: skip
    failure = case.find("failure")
    assert failure.get("type") == "unknown-key"
    assert failure.get("message") == "unknown key 'lables' in open_tenders; did you mean 'labels'?"
    assert failure.text.split("\n")[1:] == ["   28 |     lables: [一般競争入札数]", "      |     ^^^^^^"]


def test_clean():
    """A catalogue without problems is one case that passes."""
    (case,) = read(report(SOUND)).iter("testcase")
    assert (case.get("name"), [*case]) == ("no problems", [])


def test_suites():
    """Each catalogue is a suite of its own."""
    suites = [*read(report(FIVE, SOUND)).iter("testsuite")]
    assert [(suite.get("name"), suite.get("failures")) for suite in suites] == [
        ("catalog.yaml", "5"),
        ("other.yaml", "0"),
    ]


def test_warning():
    """A warning passes with the problem as its output, unless warnings fail the check."""
    (case,) = read(report(UNUSED)).iter("testcase")
    assert case.find("failure") is None
    assert "warning: no formula" in case.find("system-out").text
    (case,) = read(report(UNUSED, strict=True)).iter("testcase")
    assert case.find("failure").get("type") == "unused-variable"


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_corpus(file):
    """Every broken catalogue gives XML with all its problems."""
    found = report(file.read_bytes().decode(errors="replace"), strict=True)
    assert [failure.get("message") for failure in read(found).iter("failure")] == [
        problem.message for problem in found.problems
    ]


@given(st.text(min_size=1, max_size=30))
def test_any_text(text):
    """Whatever stands in a catalogue, or in the name of its file, the XML is well formed."""
    assert read(report_of(unknown(text, 0, len(text), "ca\udce9 <&>.yaml"), name="ca\udce9 <&>.yaml"))

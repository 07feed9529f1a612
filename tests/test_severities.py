"""Errors and warnings."""

from __future__ import annotations

import pytest

import kpi
from kpi.messages import MESSAGES
from kpi.messages.guide import GUIDE
from kpi.messages.severities import WARNINGS, severity_of
from kpi.pages.examples import whole


def test_every_code_has_a_severity():
    """Every code is an error or a warning, and every warning is a code."""
    assert {severity_of(code) for code in MESSAGES} == {"error", "warning"}
    assert set(MESSAGES) >= WARNINGS


def test_severities_are_stable():
    """The severity of a code is part of its meaning: whoever changes this list changes what fails in other people's CI."""
    assert {code for code in MESSAGES if severity_of(code) == "warning"} == {
        "unused-variable", "clause-without-example", "outcome-without-example", "boundary-without-example",
    }  # fmt: skip


@pytest.mark.parametrize("code", sorted(WARNINGS))
def test_a_warning_keeps_no_catalogue_away(code, tmp_path):
    """A catalogue with no more than a warning is loaded, and its verdicts are those of the one without."""
    file = tmp_path / "catalog.yaml"
    file.write_text(whole(GUIDE[code], GUIDE[code].wrong), "utf-8")
    assert [problem.severity for problem in kpi.check(file)] == ["warning"]
    assert len(kpi.load_catalog(file).plans) == 4

"""The forms of a report, and the endings that ask for them."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from kpi.errors import KpiError
from kpi.reports.forms import ENDINGS, Form, form_of


def test_every_form_has_an_ending():
    """Each form can be asked for by a file's ending."""
    assert {*ENDINGS.values()} == {*get_args(Form)}


@pytest.mark.parametrize(("name", "form"), [("a.html", "html"), ("a.b.MD", "markdown"), ("令和3年度.xlsx", "xlsx")])
def test_ending(name, form):
    """The last ending counts, in letters of either case."""
    assert form_of(Path(name)) == form


@pytest.mark.parametrize("name", ["report", "report.pdf", ".html", "report.html.gz"])
def test_no_form(name):
    """What has no such ending is refused, and the endings are told."""
    with pytest.raises(KpiError, match=r"the ending tells no form; expected \.html, .*\.json, or --format"):
        form_of(Path(name))

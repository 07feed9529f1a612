"""The forms that `kpi check` writes: what they have in common, text and JSON."""

from __future__ import annotations

import json
import sys
from subprocess import run

import pytest
from reports import BROKEN, FIVE, SOUND, UNUSED, report, report_of, unknown

from kpi.cli.forms import FORMS, written


def test_names():
    """These are the forms."""
    assert FORMS == ("text", "json", "sarif", "github", "junit")


@pytest.mark.parametrize("form", FORMS)
def test_deterministic(form):
    """The same problems give the same text, with no line end behind it."""
    text = written(report(FIVE, SOUND), form)
    assert text == written(report(FIVE, SOUND), form)
    assert not text.endswith("\n")


@pytest.mark.parametrize("form", FORMS)
def test_every_problem_is_told(form):
    """No form leaves a problem of the corpus out."""
    for file in BROKEN:
        found = report(file.read_bytes().decode(errors="replace"))
        text = written(found, form)
        if form == "text":
            assert all(problem.line_in("en") in text for problem in found.problems)
        else:
            assert all(problem.code in text for problem in found.problems)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_loaded_when_it_is_asked_for(form):
    """A check in one form loads none of the others."""
    program = (
        "import sys; from kpi.cli.forms import written; from kpi.cli.forms.report import Report\n"
        f"written(Report({{}}, ()), {form!r})\n"
        "print(*(name for name in ('xml', 'kpi.messages.guide') if name in sys.modules))"
    )
    done = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    loaded = {"sarif": ["kpi.messages.guide"], "junit": ["xml"]}.get(form, [])
    assert done.stdout.split() == loaded


class TestText:
    def test_warning(self):
        """A warning is marked as such in both languages, and counted apart."""
        lines = written(report(UNUSED), "text").split("\n")
        assert lines[0].startswith("catalog.yaml:18:3: warning: no formula, rule or observation uses")
        assert lines[-1] == "1 problem: 0 errors, 1 warning"
        lines = written(report(UNUSED, language="ja"), "text").split("\n")
        assert lines[0].startswith("catalog.yaml:18:3: 警告: 変数「cards」は")
        assert lines[-1] == "1 件の問題（エラー 0 件、警告 1 件）"

    def test_error(self):
        """An error needs no mark."""
        text = written(report(FIVE), "text")
        assert "catalog.yaml:28:5: unknown key 'lables'" in text
        assert text.endswith("\n5 problems")
        assert written(report(FIVE, language="ja"), "text").endswith("\n5 件の問題")

    def test_several_catalogues(self):
        """The problems of all stand first, then what the sound ones hold."""
        lines = written(report(FIVE, SOUND), "text").split("\n")
        assert lines[-2:] == ["5 problems", "other.yaml: no problems; plans: 1, entries: 2, KPIs: 2, variables: 3"]

    def test_left_out(self):
        """What the user's options keep out is counted, so that nobody takes a silenced check for a clean one."""
        assert written(report(SOUND, left_out=1), "text").endswith("\n1 problem left out by --select or --ignore")
        assert written(report(SOUND, left_out=2, language="ja"), "text").endswith(
            "\n--select と --ignore により 2 件を省略"
        )


class TestJson:
    def test_records(self):
        """Each problem is a record with its place, code, severity and message."""
        (record,) = json.loads(written(report(UNUSED), "json"))
        assert record == {
            "file": "catalog.yaml",
            "line": 18,
            "column": 3,
            "end_line": 18,
            "end_column": 8,
            "code": "unused-variable",
            "severity": "warning",
            "message": "no formula, rule or observation uses the variable 'cards'",
            "message_ja": "変数「cards」はどの式・規則・実績にも使われていません",
            "suggestions": [],
        }

    def test_clean(self):
        """Nothing is an empty array."""
        assert written(report(SOUND), "json") == "[]"

    def test_end_on_another_line(self):
        """A stretch ends where it ends, blanks behind it not counted."""
        (record,) = json.loads(written(report_of(unknown("a:\n  b\n  c\n\n", 0, 11)), "json"))
        assert (record["end_line"], record["end_column"]) == (3, 4)

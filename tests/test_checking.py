"""The command `kpi check`: forms, selection, severities and exit codes."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import CATALOGUES, SOUND, UNUSED
from slips import EDITS, edited

from kpi.catalogue import shipped_catalog
from kpi.cli.commands import kpi
from kpi.cli.forms import FORMS

BROKEN = CATALOGUES / "broken" / "five_mistakes.yaml"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Checks catalogues in a folder of their own; gives exit code, answer and errors."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sound.yaml").write_text(SOUND, "utf-8")
    (tmp_path / "unused.yaml").write_text(UNUSED, "utf-8")
    (tmp_path / "broken.yaml").write_bytes(BROKEN.read_bytes())

    def run(*arguments):
        return checked(*arguments)

    return run


def checked(*arguments):
    """What `kpi check` says in English, and its exit code; never a traceback."""
    found = CliRunner(env={"LANG": "C.UTF-8"}).invoke(kpi, ["check", *map(str, arguments)])
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found.exit_code, found.stdout, found.stderr


class TestExitCodes:
    @pytest.mark.parametrize("form", FORMS)
    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["sound.yaml"], 0),
            (["broken.yaml"], 1),
            (["unused.yaml"], 0),
            (["unused.yaml", "--strict"], 1),
            (["sound.yaml", "--strict"], 0),
            (["sound.yaml", "broken.yaml"], 1),
            (["broken.yaml", "--select", "unused-variable"], 0),
            (["unused.yaml", "--strict", "--ignore", "unused-variable"], 0),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else None,
    )
    def test_findings(self, run, form, arguments, code):
        """Errors fail the check, warnings only where asked to; the form changes nothing about it."""
        found, _, errors = run(*arguments, "--format", form)
        assert (found, errors) == (code, "")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["sound.yaml", "--ignore", "unused-varable"], "unknown code 'unused-varable'; did you mean 'unused-variable'"),
            (["sound.yaml", "--select", "syntx"], "unknown code 'syntx'; did you mean 'syntax'"),
            (["sound.yaml", "--select", ""], "unknown code ''"),
            (["sound.yaml", "none.yaml"], "kpi: cannot read none.yaml: No such file or directory"),
            (["sound.yaml", "--catalog", "broken.yaml"], "the catalogue is named twice"),
            (["sound.yaml", "--format", "xml"], "'xml' is not one of"),
            (["sound.yaml", "--output", "none/report.xml"], "kpi: cannot write none/report.xml: No such file or directory"),
        ],
    )  # fmt: skip
    def test_usage(self, run, arguments, said):
        """What the caller has to mend is told among the errors, with nothing in the answer."""
        code, text, errors = run(*arguments)
        assert (code, text) == (2, "")
        assert said in errors

    @pytest.mark.parametrize("option", ["-q", "--quiet"])
    def test_quiet(self, run, option):
        """Where all is well nothing is said; problems and other forms are what they always are."""
        assert run("sound.yaml", option) == (0, "", "")
        assert run("broken.yaml", option) == run("broken.yaml")
        assert run("sound.yaml", option, "--format", "json") == run("sound.yaml", "--format", "json")


class TestSelection:
    def test_select(self, run):
        """Only what is selected is told, and that something was left out."""
        _, text, _ = run("broken.yaml", "--select", "unknown-key,missing")
        assert text.startswith("broken.yaml:28:5: ")
        assert text.endswith("\n2 problems\n3 problems left out by --select or --ignore\n")

    def test_ignore(self, run):
        """What is ignored is told in no form."""
        _, text, _ = run("broken.yaml", "--ignore", "unknown", "--ignore", "bare-target", "--format", "json")
        assert [record["code"] for record in json.loads(text)] == ["missing-key"]


class TestSeveral:
    def test_files(self, run):
        """Several catalogues are checked in one go, each once."""
        _, text, _ = run("sound.yaml", "broken.yaml", "sound.yaml")
        assert text.count("sound.yaml: no problems") == 1
        assert "broken.yaml:28:5: " in text

    def test_a_missing_one(self, run):
        """One that cannot be read keeps no half an answer."""
        assert run("broken.yaml", "none.yaml")[1] == ""


class TestOutput:
    def test_file(self, run, tmp_path):
        """With a file the form goes there, and the terminal has the text."""
        code, text, _ = run("broken.yaml", "--format", "junit", "--output", "report.xml")
        assert (code, text) == (1, run("broken.yaml")[1])
        written = (tmp_path / "report.xml").read_bytes()
        assert written.decode() == run("broken.yaml", "--format", "junit")[1]
        assert b"\r" not in written

    def test_nothing_to_say(self, run, tmp_path):
        """A form that has nothing to say leaves an empty file."""
        assert run("sound.yaml", "--format", "github", "--output", "commands")[0] == 0
        assert (tmp_path / "commands").read_bytes() == b""

    def test_github(self, run):
        """Without problems there is no command at all, not even an empty line."""
        assert run("sound.yaml", "--format", "github") == (0, "", "")

    def test_shipped(self, run):
        """Without a name the shipped catalogue is checked, whatever stands in the working directory."""
        (suite,) = ET.fromstring(run("--format", "junit")[1])  # noqa: S314  # our own text
        assert suite.get("name") == "catalog.yaml"


def well_formed(text, form):
    """Whether *text* is of the form that it should be."""
    match form:
        case "json" | "sarif":
            return json.loads(text) is not None
        case "junit":
            return ET.fromstring(text).tag == "testsuites"  # noqa: S314  # our own text
        case "github":
            return all(line.startswith(("::error file=", "::warning file=")) for line in text.splitlines())
        case _:
            return bool(text)


def assert_checked(data, form, path):
    """A file of any bytes is clean, or has problems: in this form, with this exit code."""
    path.write_bytes(data)
    code, answer, errors = checked(path, "--format", form)
    assert errors == ""
    assert well_formed(answer, form)
    _, problems, _ = checked(path, "--format", "json")
    assert code == any(record["severity"] == "error" for record in json.loads(problems))


class TestSlips:
    @settings(max_examples=60)
    @given(st.lists(EDITS, min_size=1, max_size=4), st.sampled_from(FORMS))
    def test_in_a_small_catalogue(self, tmp_path_factory, edits, form):
        """Whatever slips make of a catalogue is checked, never with a traceback, and told in a form that is whole."""
        text = UNUSED
        for edit in edits:
            text = edited(text, edit) or " "
        assert_checked(text.encode("utf-8", "surrogatepass"), form, tmp_path_factory.getbasetemp() / "slip.yaml")

    @settings(max_examples=6)
    @given(EDITS, st.sampled_from(FORMS))
    def test_in_the_shipped_catalogue(self, tmp_path_factory, edit, form):
        """So is what one slip makes of the shipped catalogue."""
        text = edited(shipped_catalog().read_text("utf-8"), edit)
        assert_checked(text.encode("utf-8", "surrogatepass"), form, tmp_path_factory.getbasetemp() / "slip.yaml")

    @settings(max_examples=30)
    @given(st.binary(max_size=200), st.sampled_from(FORMS))
    def test_in_any_file(self, tmp_path_factory, data, form):
        """So is any file at all."""
        assert_checked(data, form, tmp_path_factory.getbasetemp() / "slip.yaml")

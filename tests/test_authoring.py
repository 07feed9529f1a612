"""The commands for those who write a catalogue."""

from __future__ import annotations

import json
import sys

import pytest
from click.testing import CliRunner
from entries import FORMULA, SOUND

from kpi.catalogue.schema import schema_text
from kpi.cli.commands import kpi

UNTIDY = SOUND.replace(FORMULA, "    formula: single_bid_tenders÷open_tenders\n")


@pytest.fixture
def run(monkeypatch):
    """Runs a command in English; gives its exit code, answer and errors."""
    monkeypatch.setenv("LANG", "C.UTF-8")

    def run(*arguments):
        found = CliRunner().invoke(kpi, [*map(str, arguments)])
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found.exit_code, found.stdout, found.stderr

    return run


@pytest.fixture
def file(tmp_path):
    """A file with a catalogue that is to be formatted."""
    path = tmp_path / "catalog.yaml"
    path.write_text(UNTIDY, encoding="utf-8")
    return path


class TestFmt:
    CHANGE = "39:14: single_bid_tenders÷open_tenders → single_bid_tenders / open_tenders\n"

    def test_check(self, run, file):
        """With --check it names what would change, changes nothing and exits 1."""
        assert run("fmt", file, "--check") == (1, f"{file}:{self.CHANGE}formulas and rules to change: 1\n", "")
        assert file.read_text("utf-8") == UNTIDY

    def test_writes(self, run, file):
        """Without it the file is written; then nothing is left to change."""
        assert run("fmt", "--catalog", file) == (0, f"{file}:{self.CHANGE}formulas and rules changed: 1\n", "")
        assert file.read_text("utf-8") == SOUND
        assert run("fmt", file, "--check", "--lang", "ja") == (0, "書き換えが必要な式と規則: 0 件\n", "")

    def test_quiet(self, run, file):
        """With --quiet only the changes are told."""
        assert run("fmt", file, "--quiet") == (0, f"{file}:{self.CHANGE}", "")
        assert run("fmt", file, "--quiet") == (0, "", "")

    def test_json(self, run, file):
        """Programs get the changes as JSON."""
        code, text, _ = run("fmt", file, "--check", "--format", "json")
        assert code == 1
        assert json.loads(text) == [
            {
                "file": str(file),
                "line": 39,
                "column": 14,
                "found": "single_bid_tenders÷open_tenders",
                "canonical": "single_bid_tenders / open_tenders",
            }
        ]

    def test_refuses(self, run, file):
        """A catalogue with a formula that cannot be read is refused with its problems, and exit 2."""
        file.write_text(UNTIDY.replace("cost / open", "cost // open"), encoding="utf-8")
        code, text, errors = run("fmt", file)
        assert (code, text) == (2, "")
        assert f"{file}:46:20: " in errors

    def test_shipped(self, run):
        """The shipped catalogue is formatted."""
        assert run("fmt", "--check") == (0, "formulas and rules to change: 0\n", "")

    def test_named_twice(self, run, file):
        """One catalogue is named once."""
        code, _, errors = run("fmt", file, "--catalog", file)
        assert code == 2
        assert "named twice" in errors

    def test_missing(self, run, tmp_path):
        """A file that is not there is told in one line."""
        code, _, errors = run("fmt", tmp_path / "none.yaml")
        assert code == 2
        assert errors.startswith("kpi: cannot read ")


def test_schema(run):
    """The JSON Schema of a catalogue is printed as it is shipped."""
    assert run("schema") == (0, schema_text(), "")


def test_lsp_without_its_library(run, monkeypatch):
    """Without pygls the language server says in one line what to install."""
    monkeypatch.delitem(sys.modules, "kpi.editor.server", raising=False)
    monkeypatch.setitem(sys.modules, "pygls.lsp.server", None)
    code, text, errors = run("lsp")
    assert (code, text) == (2, "")
    assert errors == "kpi: the language server needs pygls: pip install 'kpi[editor]'\n"

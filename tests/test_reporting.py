"""The command `kpi report`: forms, files, and what is said where something cannot be written."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

import kpi
from kpi.cli.commands import kpi as command

SUMMARY = (
    "Of 17 KPIs: achieved 10, missed 7. All results are provisional: they stand before the end of the fiscal year."
)


def run(*arguments):
    return CliRunner().invoke(command, ["report", *map(str, arguments), "--lang", "en"])


class TestPrinted:
    def test_text(self):
        """Without a file the report is printed as Markdown, which reads as text."""
        done = run("iwate-r3")
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.output.startswith("# Iwate branch, business plan for FY2021: results\n")
        assert done.output == run("iwate-r3", "--format", "markdown").output

    def test_json(self):
        """For programs the results are those of `kpi evaluate`, by area, with reasons and sources."""
        found = json.loads(run("iwate-r3", "--format", "json").output)
        evaluated = json.loads(CliRunner().invoke(command, ["evaluate", "iwate-r3", "--format", "json"]).output)
        results = [result for area in found["areas"] for result in area["results"]]
        assert [{key: each[key] for key in evaluated["results"][0]} for each in results] == evaluated["results"]
        assert found["counts"]["missed"] == 7

    def test_html(self):
        """A page may be printed, for a pipe."""
        done = run("toyama-r7", "--format", "html")
        assert done.exit_code == 0
        assert done.output.startswith('<!doctype html>\n<html lang="en">')

    def test_workbook_needs_a_file(self):
        """A workbook is no text."""
        done = run("iwate-r3", "--format", "xlsx")
        assert done.exit_code == 2
        assert "a workbook needs a file: -o FILE.xlsx" in done.stderr


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "begins"),
        [
            ("r.html", b"<!doctype html>"),
            ("r.md", b"# Iwate"),
            ("r.xlsx", b"PK"),
            ("r.JSON", b"{"),
            ("r.txt", b"# Iwate"),
        ],
    )
    def test_form_follows_the_ending(self, tmp_path, name, begins):
        """The ending of the file tells the form; the terminal gets the summary."""
        file = tmp_path / name
        done = run("iwate-r3", "-o", file)
        assert (done.exit_code, done.output) == (0, f"{file}: {SUMMARY}\n")
        assert file.read_bytes().startswith(begins)

    def test_format_goes_before_the_ending(self, tmp_path):
        """A form that is asked for is written, whatever the file is called."""
        file = tmp_path / "report"
        assert run("iwate-r3", "-o", file, "--format", "json").exit_code == 0
        assert json.loads(file.read_text("utf-8"))["plan"] == "iwate-r3"

    def test_quiet(self, tmp_path):
        """With --quiet nothing is said where all is well."""
        assert run("iwate-r3", "-o", tmp_path / "r.md", "--quiet").output == ""

    def test_language(self, tmp_path):
        """A workbook is in the language asked for."""
        file = tmp_path / "r.xlsx"
        CliRunner().invoke(command, ["report", "iwate-r3", "-o", str(file), "--lang", "ja"])
        assert load_workbook(file).sheetnames[0] == "判定"

    def test_own_data(self, tmp_path):
        """The report is of data of one's own where they are given, as that of `kpi evaluate` is."""
        table = tmp_path / "counts.csv"
        rows = ("organisation,fiscal_year,period,as_of,quantity,value,source,section,page",)
        counts = {"single_bid_tenders": 1, "open_tenders": 3}
        rows += tuple(f"iwate,R3,year,2022-03-31,{name},{value},ledger,2,7" for name, value in counts.items())
        table.write_text("\n".join(rows), encoding="utf-8")
        found = json.loads(run("iwate-r3", "--data", table, "--format", "json").output)
        result = found["areas"][-1]["results"][0]
        assert (result["outcome"], result["value"], result["provisional"]) == ("achieved", "1", False)
        assert result["sources"]["figures"] == [{"document": "ledger", "section": "2", "page": "7"}]
        assert {"key": "ledger"} in found["documents"]

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("iwate-r3", "-o", "r.pdf"), "r.pdf: the ending tells no form; expected .html, .htm, .md"),
            (("iwat-r3",), "unknown plan 'iwat-r3'; did you mean 'iwate-r3'"),
            (("iwate-r3", "-o", "nowhere/r.md"), "cannot write nowhere/r.md: No such file or directory"),
        ],
    )
    def test_mistakes(self, arguments, message, tmp_path, monkeypatch):
        """What the caller can mend is one line, and exit code 2."""
        monkeypatch.chdir(tmp_path)
        done = run(*arguments)
        assert done.exit_code == 2
        assert done.stderr.startswith(f"kpi: {message}")


def test_missing_extras(monkeypatch):
    """Where a library is missing, the extra that installs it is named."""
    for module, form in (("jinja2", "html"), ("xlsxwriter", "xlsx")):
        monkeypatch.setitem(__import__("sys").modules, module, None)
        done = run("toyama-r7", "-o", "never.html", "--format", form)
        assert done.exit_code == 2
        assert "pip install 'kpi[report]'" in done.stderr


def test_without_extras():
    """What needs no extra asks for none: text and data."""
    code = (
        "import sys; sys.modules.update(dict.fromkeys(('jinja2', 'xlsxwriter', 'altair', 'vl_convert')));"
        "from kpi.cli.commands import kpi; kpi(['report', 'iwate-r3', '--format', 'json'])"
    )
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert json.loads(done.stdout)["plan"] == "iwate-r3"
    assert kpi.Verdict.MISSED in json.loads(done.stdout)["counts"]

"""The installed command `kpi`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from kpi import cli

DATA = Path(__file__).parent / "data"
SOUND = DATA / "catalogues" / "sound.yaml"
COUNTS = DATA / "cli" / "counts.csv"
COMMAND = Path(sysconfig.get_path("scripts")) / ("kpi.exe" if os.name == "nt" else "kpi")


def run(*arguments, **environment):
    """Runs the installed command, its output piped."""
    known = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LANG"}}
    return subprocess.run(  # noqa: S603  # our own command
        [COMMAND, *map(str, arguments)], capture_output=True, encoding="utf-8", env=known | {"LANG": "C.UTF-8"} | environment, check=False
    )  # fmt: skip


def test_exit_codes():
    """Zero is well, one is a finding, two is something for the caller to mend."""
    broken = DATA / "catalogues" / "broken" / "unknown_key.yaml"
    small = ("--catalog", SOUND, "--data", COUNTS)
    assert run("check").returncode == 0
    assert run("check", broken).returncode == 1
    assert run("list", "--catalog", broken).returncode == 2
    assert run("evaluate", "iwate-r3", *small, "--fail-on", "missed").returncode == 1


def test_missing_file():
    """A file that is not there is one line among the errors."""
    done = run("check", "none.yaml")
    assert (done.stdout, done.stderr) == ("", "kpi: cannot read none.yaml: No such file or directory\n")


def test_json():
    """JSON goes to the output alone and is read back by a program."""
    done = run("evaluate", "iwate-r3", "--catalog", SOUND, "--data", COUNTS, "--format", "json")
    assert done.stderr == ""
    assert json.loads(done.stdout)["plan"] == "iwate-r3"


def test_piped_output():
    """Piped output has no colour codes, and Japanese."""
    done = run("evaluate", "iwate-r3", "--lang", "ja")
    assert "\x1b" not in done.stdout
    assert "岩手支部 令和3年度事業計画" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="pipes break differently there")
@pytest.mark.parametrize("arguments", [["evaluate", "iwate-r3"], ["list", "--format", "json"]], ids=" ".join)
def test_broken_pipe(arguments):
    """A reader that stops reading gets its lines, and nobody a traceback."""
    with subprocess.Popen([COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603
        process.stdout.read(1)
        process.stdout.close()
        errors = process.stderr.read()
    assert errors == b""


@pytest.mark.skipif(os.name == "nt", reason="pipes break differently there")
def test_pipe_that_is_closed_at_once():
    """Not even where nobody reads at all."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        done = subprocess.run([COMMAND, "evaluate", "iwate-r3"], stdout=nobody, stderr=subprocess.PIPE, check=False)  # noqa: S603
    assert done.stderr == b""


def test_output_without_japanese():
    """Where the output cannot hold a character, its number stands for it."""
    done = run("list", "--catalog", SOUND, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()
    assert "\\u2162" in done.stdout


def test_module_without_extras(monkeypatch):
    """Without the packages of the command line one line says how to install them."""
    monkeypatch.setitem(sys.modules, "kpi.cli.commands", None)
    monkeypatch.setattr(cli, "_NEEDED", ("kpi",))
    with pytest.raises(SystemExit, match=r"^kpi: the command line needs kpi: pip install 'kpi\[cli\]'$"):
        cli.main()


def test_other_missing_modules(monkeypatch):
    """A module that is missing for another reason is no matter of extras."""
    monkeypatch.setitem(sys.modules, "kpi.cli.commands", None)
    with pytest.raises(ModuleNotFoundError, match="commands"):
        cli.main()


def test_main(monkeypatch, capsys):
    """The entry point runs the commands under the name `kpi`."""
    monkeypatch.setattr(sys, "argv", ["anything", "--version"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("kpi ")

"""The sessions in the documentation, run as they stand: every command in a scratch folder, with what it prints."""

from __future__ import annotations

import doctest
import os
import re
import sys
from pathlib import Path
from shutil import which
from subprocess import PIPE, STDOUT, run

import pytest
import yaml

DOCS = Path(__file__).parents[1] / "docs"
FENCED = re.compile(r"```(console|yaml)\n(.*?)```", re.DOTALL)
SCRIPTS = Path(sys.executable).parent
TUTORIALS = ("tutorial.md", "tutorial.ja.md")
PAGES = (*TUTORIALS, "commands.md", "commands.ja.md", "reading.md", "reading.ja.md")

pytestmark = pytest.mark.skipif(
    not (which("bash") and which("git") and (SCRIPTS / "kpi").exists()), reason="needs bash, git and the kpi command"
)


def blocks(page, kind):
    """The fenced texts of one kind."""
    return [text for found, text in FENCED.findall((DOCS / page).read_text("utf-8")) if found == kind]


def session(page):
    """Each command of a page with what it prints."""
    for block in blocks(page, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            yield command, printed


def shell(script, folder):
    """What a script prints in *folder*, both streams together, with the exit code where it is not 0."""
    environment = {
        "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONIOENCODING": "utf-8",
    }
    done = run(["bash", "-c", script], cwd=folder, env=environment, stdout=PIPE, stderr=STDOUT, check=False)  # noqa: S603, S607
    return done.stdout.decode() + (f"[exit {done.returncode}]\n" if done.returncode else "")


@pytest.mark.parametrize("page", PAGES)
def test_session(page, tmp_path):
    """Every command prints what its page shows, where `...` stands for what it leaves out."""
    folder = tmp_path
    checker = doctest.OutputChecker()
    for command, expected in session(page):
        printed = shell(command, folder)
        assert checker.check_output(expected, printed, doctest.ELLIPSIS), f"$ {command}\n{printed}"
        if "cd " in command:
            folder /= command.rpartition("cd ")[2]


@pytest.mark.parametrize("page", TUTORIALS)
def test_job(page, tmp_path):
    """The commands of the job pass on the catalogue that the tutorial starts from."""
    (workflow,) = (yaml.safe_load(text) for text in blocks(page, "yaml"))
    commands = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    assert commands[0].startswith("pip install")
    assert shell("kpi init", tmp_path)
    for command in commands[1:]:
        assert "[exit" not in shell(command, tmp_path), command

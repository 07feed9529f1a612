"""The use of the check from a CI: hook, action, and what docs/ci.md shows, each run for real."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest
import yaml
from reports import CATALOGUES, SOUND, UNUSED

TOP = Path(__file__).parents[1]
PAGE = (TOP / "docs" / "ci.md").read_text("utf-8")
SCRIPTS = sysconfig.get_path("scripts")
ACTION = yaml.safe_load((TOP / "action.yml").read_text("utf-8"))
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text("utf-8"))}
BROKEN = (CATALOGUES / "broken" / "five_mistakes.yaml").read_text("utf-8")


def blocks(language):
    """The blocks of the page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def in_folder(folder, command, **environment):
    """Runs a command in a folder, as a CI does."""
    known = {**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}", "LANG": "C.UTF-8", **environment}
    return subprocess.run(command, cwd=folder, env=known, capture_output=True, encoding="utf-8", check=False)  # noqa: S603


@pytest.fixture
def repository(tmp_path):
    """A repository with a sound catalogue and a broken one."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "catalog.yaml").write_text(SOUND, "utf-8")
    (tmp_path / "broken.yaml").write_text(BROKEN, "utf-8")
    return tmp_path


class TestHooks:
    @pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
    def test_installs_the_command_line(self, hook):
        """The packages that a hook installs are those of the extra `cli`, at the same versions."""
        project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
        assert hook["additional_dependencies"] == project["optional-dependencies"]["cli"]

    @pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
    def test_files(self, hook):
        """Files called catalog.yaml are looked at, in every folder."""
        found = [
            name
            for name in ("catalog.yaml", "a/b/catalog.yml", "mycatalog.yaml", "catalog.yaml.orig")
            if re.search(hook["files"], name)
        ]
        assert found == ["catalog.yaml", "a/b/catalog.yml"]

    def test_check(self, repository):
        """The hook is called with all the files at once, and fails where one has an error."""
        command = shlex.split(HOOKS["kpi-check"]["entry"])
        assert in_folder(repository, [*command, "catalog.yaml"]).returncode == 0
        done = in_folder(repository, [*command, "catalog.yaml", "broken.yaml"])
        assert done.returncode == 1
        assert "broken.yaml:28:5: unknown key 'lables'" in done.stdout

    def test_fmt(self, repository):
        """The hook changes the files that are not canonical, by which the commit fails, and then leaves them alone."""
        command = [*shlex.split(HOOKS["kpi-fmt"]["entry"]), "catalog.yaml"]
        file = repository / "catalog.yaml"
        file.write_text(SOUND.replace("single_bid_tenders / open_tenders", "single_bid_tenders/open_tenders"), "utf-8")
        for _ in range(2):
            assert in_folder(repository, command).returncode == 0
            assert file.read_text("utf-8") == SOUND


@pytest.mark.skipif(os.name == "nt", reason="the action's shell is bash")
class TestAction:
    @pytest.fixture
    def act(self, repository):
        """Runs the step that checks, with the inputs of a workflow; those it does not name have their defaults."""
        step = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "check")
        (repository / "runner").mkdir()

        def act(**inputs):
            given = {name: about["default"] for name, about in ACTION["inputs"].items()} | inputs
            values = {
                name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: given[found[1]], value)
                for name, value in step["env"].items()
            }
            values |= {"BIN": SCRIPTS, "RUNNER_TEMP": str(repository / "runner")}
            shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            return in_folder(repository, shell, **values)

        return act

    def test_every_input_is_used(self):
        """Inputs reach the steps through the environment alone, where no text of theirs is run."""
        used = {name for step in ACTION["runs"]["steps"] for name in re.findall(r"inputs\.(\w+)", str(step.get("env")))}
        assert used == set(ACTION["inputs"])
        assert not [step for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")]

    def test_sound(self, act):
        """A sound catalogue passes."""
        done = act()
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("catalog.yaml: no problems")

    def test_broken(self, act):
        """A broken one fails, with the text in the log and an annotation a problem."""
        done = act(catalog="catalog.yaml\nbroken.yaml\n")
        assert done.returncode == 1
        assert "broken.yaml:28:5: unknown key" in done.stdout
        assert done.stdout.count("::error file=broken.yaml,") == 5

    def test_options(self, act, repository):
        """Its inputs are the options of the command."""
        (repository / "catalog.yaml").write_text(UNUSED, "utf-8")
        assert act().returncode == 0
        assert "::warning file=catalog.yaml," in act().stdout
        assert act(strict="true").returncode == 1
        assert act(strict="true", ignore="unused-variable").returncode == 0
        assert act(strict="true", select="syntax,unknown").returncode == 0
        assert "警告: " in act(lang="ja").stdout

    def test_reports(self, act, repository):
        """It writes the reports it is asked for, and fails all the same."""
        done = act(catalog="broken.yaml", sarif="a report.sarif", junit="report.xml")
        assert done.returncode == 1
        assert json.loads((repository / "a report.sarif").read_text("utf-8"))["version"] == "2.1.0"
        assert "<failure" in (repository / "report.xml").read_text("utf-8")

    @pytest.mark.parametrize(
        "inputs",
        [
            {"catalog": "none.yaml"},
            {"ignore": "unused-varable"},
            {"sarif": "none/a.sarif"},
            {"catalog": "$(touch ran)"},
        ],
    )
    def test_usage(self, act, repository, inputs):
        """What the workflow has to mend fails the step, and no text of an input is run."""
        done = act(**inputs)
        assert done.returncode not in {0, None}
        assert done.stderr.startswith("kpi: ")
        assert not (repository / "ran").exists()


class TestPage:
    def test_commands(self, repository):
        """Every command of the page runs, on a sound catalogue, without a finding."""
        commands = [shlex.split(line, comments=True) for block in blocks("sh") for line in block.splitlines()]
        assert len(commands) == 6
        assert {command[0] for command in commands} == {"kpi"}
        for command in commands:
            done = in_folder(repository, command)
            assert (done.returncode, done.stderr) == (0, ""), command

    def test_outputs(self, repository):
        """What GitLab and Jenkins are told to read is what the commands beside it write."""
        gitlab = next(
            job["catalogue"]
            for text in blocks("yaml")
            if "script" in (job := yaml.safe_load(text)).get("catalogue", {})
        )
        command = gitlab["script"][-1]
        assert f"sh '{command}'" in blocks("groovy")[0]
        assert in_folder(repository, shlex.split(command)).returncode == 0
        assert (repository / gitlab["artifacts"]["reports"]["junit"]).exists()
        assert f"junit '{gitlab['artifacts']['reports']['junit']}'" in blocks("groovy")[0]

    def test_inputs_and_hooks(self):
        """The page uses hooks and inputs that there are."""
        texts = [yaml.safe_load(text) for text in blocks("yaml")]
        hooks = [hook["id"] for text in texts for repo in text.get("repos", ()) for hook in repo["hooks"]]
        jobs = [job for text in texts for job in text.get("jobs", {}).values()]
        used = {
            name
            for job in jobs
            for step in job["steps"]
            if step.get("uses", "").startswith("OWNER/")
            for name in step["with"]
        }
        assert sorted(hooks) == sorted(HOOKS)
        assert used <= set(ACTION["inputs"])
        assert all(f"`{name}`" in PAGE for name in ACTION["inputs"])

    def test_pytest(self, repository):
        """The test files of the page pass on a sound catalogue, and the first fails once for each problem of a broken one."""
        problems, verdicts = [block for block in blocks("python") if "def test_" in block]
        (repository / "test_catalogue.py").write_text(problems, "utf-8")
        (repository / "test_verdicts.py").write_text(verdicts, "utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        assert in_folder(repository, command).stdout.splitlines()[-1].startswith("2 passed")
        (repository / "catalog.yaml").write_text(BROKEN, "utf-8")
        done = in_folder(repository, command)
        assert done.stdout.splitlines()[-1].startswith("5 failed, 1 passed")
        assert "catalog.yaml:28:5: unknown key 'lables' in open_tenders; did you mean 'labels'?\n   28 |" in done.stdout

"""The catalogue to start from."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

import kpi
from kpi.catalogue import check_bytes
from kpi.cli.commands import kpi as command
from kpi.errors import KpiError
from kpi.starter import FILES, starter, write_starter

JAPANESE = re.compile("[ぁ-ゟ゠-ヿ一-鿿]")


def comments(text):
    """The comments of a YAML text."""
    return [line for line in text.splitlines() if line.lstrip().startswith("#")]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_passes_the_check(language):
    """The starter has no problem, not even a warning."""
    assert check_bytes(starter("catalog.yaml", language).encode(), "catalog.yaml")[1] == []


def test_comments_are_in_one_language():
    """The comments are in the language asked for, and nothing else differs."""
    english, japanese = (starter("catalog.yaml", language) for language in ("en", "ja"))
    assert not any(map(JAPANESE.search, comments(english)))
    assert all(map(JAPANESE.search, [line for line in comments(japanese) if "--data" not in line]))
    left = [[line for line in text.splitlines() if line not in comments(text)] for text in (english, japanese)]
    assert left[0] == left[1]


def test_gives_verdicts(tmp_path):
    """Its observations give one verdict of each kind."""
    catalog, data = write_starter(tmp_path / "new" / "folder")
    card = kpi.load_catalog(catalog).plans["office-r7"].evaluate(kpi.load_observations(data))
    assert [str(result.outcome) for result in card] == ["achieved", "missed"]


@pytest.mark.parametrize("name", FILES)
def test_overwrites_nothing(tmp_path, name):
    """Where one of the files is there already, none is written."""
    (tmp_path / name).write_text("mine", "utf-8")
    with pytest.raises(KpiError, match=f"nothing written: .*{name} exists already"):
        write_starter(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text("utf-8") == "mine"


def test_command(tmp_path):
    """`kpi init` tells what it wrote and what to do next; again, it refuses."""
    run = CliRunner().invoke
    first = run(command, ["init", str(tmp_path), "--lang", "ja"])
    assert first.exit_code == 0
    assert first.output.splitlines()[:2] == [str(tmp_path / name) for name in FILES]
    assert first.output.splitlines()[2].startswith("次に: kpi check")
    assert run(command, ["check", str(tmp_path / "catalog.yaml")]).exit_code == 0
    again = run(command, ["init", str(tmp_path)])
    assert again.exit_code == 2
    assert "nothing written" in again.output


def test_quiet_command(tmp_path):
    """With --quiet the files are written without a word."""
    found = CliRunner().invoke(command, ["init", str(tmp_path), "--quiet"])
    assert (found.exit_code, found.output) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)


def test_command_where_nothing_can_be_written(tmp_path):
    """A folder that cannot be made is told in one line."""
    (tmp_path / "file").write_text("", "utf-8")
    result = CliRunner().invoke(command, ["init", str(tmp_path / "file" / "folder")])
    assert result.exit_code == 2
    assert result.output.startswith("kpi: cannot write")

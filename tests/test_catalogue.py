"""Reading catalogues: the shipped one, and every mistake of others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slips import EDITS, edited

import kpi
from kpi.catalogue import shipped_catalog
from kpi.catalogue.loader import read_catalog

CATALOGUES = Path(__file__).parent / "data" / "catalogues"
BROKEN = sorted(path.stem for path in (CATALOGUES / "broken").glob("*.yaml"))
SHIPPED = shipped_catalog().read_text("utf-8")
SOUND = (CATALOGUES / "sound.yaml").read_text("utf-8")


class TestBroken:
    @pytest.mark.parametrize("name", BROKEN)
    def test_every_problem_as_printed(self, name, monkeypatch):
        """The problems of a broken catalogue are those written beside it, in the order of the file."""
        monkeypatch.chdir(CATALOGUES / "broken")
        problems = kpi.check(f"{name}.yaml")
        assert [line for problem in problems for line in problem.render().split("\n")] == (
            Path(f"{name}.out").read_text("utf-8").splitlines()
        )

    @pytest.mark.parametrize("name", BROKEN)
    def test_in_japanese(self, name):
        """Each problem is told in Japanese as well, in one line and without an unfilled place."""
        messages = [problem.message_in("ja") for problem in kpi.check(CATALOGUES / "broken" / f"{name}.yaml")]
        assert messages
        assert all(message and "\n" not in message and not re.search(r"\{\w+\}", message) for message in messages)

    def test_each_has_its_problems(self):
        """Every broken catalogue has its problems written beside it, and no list of problems stands alone."""
        assert sorted(path.stem for path in (CATALOGUES / "broken").glob("*.out")) == BROKEN
        assert len(BROKEN) >= 30

    def test_sound(self):
        """The catalogue that the broken ones were made from has no problem."""
        assert kpi.check(CATALOGUES / "sound.yaml") == []

    def test_load_raises_all(self):
        """Loading a broken catalogue raises one error that carries and prints every problem."""
        path = CATALOGUES / "broken" / "five_mistakes.yaml"
        with pytest.raises(kpi.CatalogError) as caught:
            kpi.load_catalog(path)
        assert list(caught.value.problems) == kpi.check(path)
        assert all(problem.line_in("en") in str(caught.value) for problem in caught.value.problems)


class TestShipped:
    def test_is_sound(self):
        """The shipped catalogue has no problem, and is what is loaded where no other is named."""
        assert kpi.check() == []
        assert kpi.load_catalog().kpis == kpi.load_catalog(shipped_catalog()).kpis

    def test_stands_at_the_top(self):
        """The shipped catalogue is the file at the top of the repository or of the installed package."""
        assert shipped_catalog().name == "catalog.yaml"
        assert shipped_catalog().is_file()

    def test_installed_copy_goes_first(self, tmp_path, monkeypatch):
        """In an installed package the catalogue inside the package is the shipped one."""
        package = tmp_path / "kpi" / "catalogue"
        package.mkdir(parents=True)
        inside = tmp_path / "kpi" / "catalog.yaml"
        monkeypatch.setattr("kpi.catalogue.__file__", str(package / "__init__.py"))
        assert shipped_catalog() == tmp_path / "catalog.yaml"
        inside.write_text("{}", encoding="utf-8")
        assert shipped_catalog() == inside


class TestFiles:
    def test_missing_file(self, tmp_path):
        """A file that cannot be opened is an error of the file system, not a problem of a catalogue."""
        with pytest.raises(FileNotFoundError):
            kpi.check(tmp_path / "none.yaml")

    def test_byte_order_mark_and_crlf(self, tmp_path):
        """A byte order mark and Windows line ends change nothing, not even a place."""
        text = (CATALOGUES / "broken" / "five_mistakes.yaml").read_text("utf-8")
        path = tmp_path / "catalog.yaml"
        path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
        problems = kpi.check(path)
        expected = kpi.check(CATALOGUES / "broken" / "five_mistakes.yaml")
        assert [(p.code, p.line, p.column, p.message) for p in problems] == [
            (p.code, p.line, p.column, p.message) for p in expected
        ]

    def test_text_that_is_no_utf8(self, tmp_path):
        """The first byte that is no UTF-8 is reported at its line and column, a byte order mark not counted."""
        path = tmp_path / "catalog.yaml"
        path.write_bytes("\ufeff# 岩手\n# 支".encode() + b"\x8a" + b"\n")
        (problem,) = kpi.check(path)
        assert (problem.code, problem.line, problem.column) == ("not-utf8", 2, 4)
        with pytest.raises(kpi.CatalogError, match="0x8A"):
            kpi.load_catalog(path)


def assert_read(text):
    """Reading *text* gives a catalogue and problems that stand in it, in order; gives the problems."""
    catalog, problems = read_catalog(text, "catalog.yaml")
    assert isinstance(catalog, kpi.Catalog)
    lines = text.split("\n")
    for problem in problems:
        assert problem.render()
        assert problem.render("ja")
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    assert problems == sorted(problems, key=lambda problem: (problem.line, problem.column))
    return problems


class TestSlips:
    @settings(max_examples=12, deadline=None)
    @given(EDITS)
    def test_in_the_shipped_catalogue(self, edit):
        """Whatever one slip makes of the shipped catalogue is read without failing."""
        text = edited(SHIPPED, edit)
        assert assert_read(text) is not None

    @settings(max_examples=100, deadline=None)
    @given(st.lists(EDITS, min_size=1, max_size=4))
    def test_in_a_small_catalogue(self, edits):
        """So is what several slips make of a small one."""
        text = SOUND
        for edit in edits:
            text = edited(text, edit) or " "
        assert assert_read(text) is not None

    @settings(max_examples=30, deadline=None)
    @given(st.text(max_size=200) | st.lists(st.sampled_from(SOUND.splitlines(keepends=True)), max_size=30).map("".join))
    def test_in_any_text(self, text):
        """No text at all makes reading fail, and nothing less than a catalogue is taken for one."""
        assert assert_read(text)

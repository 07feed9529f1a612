"""Formatting catalogues where they stand in files."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from entries import FORMULA, SOUND

from kpi.catalogue.files import format_files
from kpi.errors import CatalogError, KpiError

UNTIDY = SOUND.replace(FORMULA, "    formula: single_bid_tenders÷open_tenders\n")


@pytest.fixture
def file(tmp_path):
    """A file with a catalogue that is to be formatted."""
    path = tmp_path / "catalog.yaml"
    path.write_text(UNTIDY, encoding="utf-8")
    return path


class TestFormatFiles:
    def test_writes(self, file):
        """The file holds the canonical text, and the answer says what was changed; a second time nothing is."""
        (change,) = format_files([file])
        assert (change.found, change.canonical) == (
            "single_bid_tenders÷open_tenders",
            "single_bid_tenders / open_tenders",
        )
        assert file.read_text("utf-8") == SOUND
        assert format_files([file]) == []

    def test_only_tells(self, file):
        """Where nothing is to be written the answer is the same, and the file stays."""
        assert len(format_files([file], write=False)) == 1
        assert file.read_text("utf-8") == UNTIDY

    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
    @pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
    def test_bytes_stay(self, file, mark, end):
        """Byte order mark and line ends stay."""
        file.write_bytes(mark + UNTIDY.encode().replace(b"\n", end))
        format_files([file])
        assert file.read_bytes() == mark + SOUND.encode().replace(b"\n", end)

    def test_permissions_and_links_stay(self, file, tmp_path):
        """A file keeps its permissions, and a link to it stays a link."""
        file.chmod(0o640)
        link = tmp_path / "link.yaml"
        link.symlink_to(file)
        format_files([link])
        assert link.is_symlink()
        assert stat.S_IMODE(file.stat().st_mode) == 0o640
        assert file.read_text("utf-8") == SOUND

    def test_old_or_new(self, file, monkeypatch):
        """Where writing fails, the old text is still there, and nothing else is left behind."""

        def fail(_self, _target):
            raise PermissionError(13, "Permission denied", str(file))

        monkeypatch.setattr(Path, "replace", fail)
        with pytest.raises(KpiError, match=rf"cannot write {re.escape(str(file))}: Permission denied"):
            format_files([file])
        assert file.read_text("utf-8") == UNTIDY
        assert [path.name for path in file.parent.iterdir()] == ["catalog.yaml"]

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (UNTIDY.replace("cost / open", "cost // open").encode(), "syntax"),
            (UNTIDY.encode() + b"# \xff\n", "not-utf8"),
            (UNTIDY.encode() + b"plans: {}\n", "duplicate-key"),
        ],
    )
    def test_refuses(self, file, data, code):
        """A file that cannot be read as a whole is not changed at all."""
        file.write_bytes(data)
        with pytest.raises(CatalogError) as error:
            format_files([file])
        assert [problem.code for problem in error.value.problems] == [code]
        assert file.read_bytes() == data

    def test_all_or_none(self, file, tmp_path):
        """Where one of several files is refused, none is changed, and the problems of all are told."""
        others = [tmp_path / "other.yaml", tmp_path / "third.yaml"]
        for other in others:
            other.write_text(UNTIDY.replace("cost / open", "cost // open"), encoding="utf-8")
        with pytest.raises(CatalogError) as error:
            format_files([file, *others])
        assert [problem.file for problem in error.value.problems] == [str(other) for other in others]
        assert file.read_text("utf-8") == UNTIDY

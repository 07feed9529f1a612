"""What the commands print: tables that fit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from kpi.cli import output
from kpi.cli.commands import kpi

SOUND = Path(__file__).parent / "data" / "catalogues" / "sound.yaml"
EDGES = "┌├└│"


def lines(arguments, columns=None):
    """What a command prints at a width."""
    environment = {"LANG": "C.UTF-8", "COLUMNS": columns and str(columns)}
    found = CliRunner().invoke(kpi, arguments, env=environment)
    assert found.exit_code == 0
    return found.output.splitlines()


class TestTables:
    @pytest.mark.parametrize("columns", [60, 110, 200])
    @pytest.mark.parametrize("language", ["en", "ja"])
    @pytest.mark.parametrize(
        "command", [["evaluate", "iwate-r3"], ["list", "--plan", "iwate-r3"]], ids=["evaluate", "list"]
    )
    def test_widths(self, command, language, columns):
        """Every line of a table is equally wide and fits the terminal, full-width characters counted as two."""
        table = [line for line in lines([*command, "--lang", language], columns) if line[:1] and line[0] in EDGES]
        widths = {cell_len(line) for line in table}
        assert len(table) > 17
        assert len(widths) == 1
        assert widths.pop() <= columns

    def test_piped(self):
        """Without a terminal a table has 120 columns, and no line of the output more."""
        printed = lines(["evaluate", "iwate-r3"])
        assert {cell_len(line) for line in printed if line[:1] and line[0] in EDGES} == {120}
        assert max(map(cell_len, printed)) <= 120

    @pytest.mark.parametrize("language", ["en", "ja"])
    @pytest.mark.parametrize("columns", [60, 120])
    def test_numbers_are_whole(self, language, columns):
        """Values, targets, margins and verdicts are never broken into two lines."""
        text = "\n".join(lines(["evaluate", "iwate-r3", "--lang", language], columns))
        wholes = {
            "en": [" 93.99% ", " >= 1,300 workplaces ", " -37.37 pp ", " × missed* "],
            "ja": [" 93.99% ", " 1,300事業所以上 ", " -37.37ポイント ", " × 未達成* "],
        }
        assert [whole for whole in wholes[language] if whole not in text] == []

    @pytest.mark.parametrize(
        ("language", "told"),
        [
            ("en", ["pace ○ 94.9% called for", "pace × 94.14% called for", "pace: ○ met, × not met"]),
            ("ja", ["進捗○ 目安94.9%", "進捗× 目安94.14%", "進捗: ○ 到達"]),
        ],
    )
    def test_pace(self, language, told):
        """The pace stands beside the reasons, with marks that read without colour, and fits 80 columns."""
        printed = lines(["evaluate", "national-r3", "--lang", language], 80)
        assert [words for words in told if words not in "\n".join(printed)] == []
        assert max(map(cell_len, printed)) <= 80

    def test_nation(self):
        """The nation stands beside a branch, with the difference; a scorecard without any pace explains no marks."""
        text = "\n".join(lines(["evaluate", "iwate-r3"], 200))
        assert "nation 84.93% (+9.06 pp)" in text
        assert "nation 26.1% or 17.5%" in text
        assert "pace: " not in text

    def test_narrow(self):
        """Where the columns do not fit side by side, value, target and margin stand under each other."""
        wide, narrow = (lines(["evaluate", "iwate-r3", "--catalog", str(SOUND)], columns) for columns in (110, 80))
        assert any("value" in line and "target" in line and "margin" in line for line in wide)
        assert not any("value" in line and "target" in line for line in narrow)

    def test_markup_is_text(self, tmp_path):
        """Brackets in names and numbers in reasons are shown as they are."""
        path = tmp_path / "catalog.yaml"
        path.write_text(
            SOUND.read_text("utf-8").replace("en: cost of a tender", 'en: "[red]cost[/red] :smile:"'), "utf-8"
        )
        text = "\n".join(lines(["list", "--catalog", str(path)], 200))
        assert "[red]cost[/red] :smile:" in text
        assert "\x1b" not in text


class TestJson:
    def test_japanese_stays(self, capsys):
        """Japanese stands in JSON as it is."""
        output.json({"ja": "岩手"})
        assert capsys.readouterr().out == '{\n  "ja": "岩手"\n}\n'

    @pytest.mark.parametrize("charset", ["ascii", "cp932"])
    def test_other_encodings(self, charset):
        """Where the output is no Unicode, JSON is written with escapes, and reads to the same."""
        found = CliRunner(charset=charset).invoke(
            kpi, ["show", "cost_per_tender", "--format", "json", "--catalog", str(SOUND)]
        )
        assert found.stdout_bytes.isascii()
        assert json.loads(found.stdout_bytes)["ja"] == "入札1件当たりの経費"

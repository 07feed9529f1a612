"""The progress bar of the command line."""

from __future__ import annotations

import os
import re
import sys
import sysconfig
import time
from io import StringIO
from pathlib import Path

import pytest

from kpi.cli.progress_bar import ProgressBar, watching
from kpi.progress import stage, steps, watched

COMMAND = Path(sysconfig.get_path("scripts")) / ("kpi.exe" if os.name == "nt" else "kpi")
COUNTS = Path(__file__).parent / "data" / "cli" / "counts.csv"
SOUND = Path(__file__).parent / "data" / "catalogues" / "sound.yaml"


class Terminal(StringIO):
    """A terminal that keeps what is written."""

    def isatty(self):
        return True

    @property
    def text(self):
        """What was written, without the codes that move the cursor and set colours."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.getvalue())


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    return Terminal()


def shown_until(terminal, word):
    """Waits until the terminal shows *word*; the bar is drawn by a thread of its own."""
    for _ in range(2000):
        if word in terminal.text:
            return terminal.text
        time.sleep(0.01)
    pytest.fail(f"{word!r} never shows in {terminal.text!r}")


class TestBar:
    def test_steps(self, terminal):
        """What is done shows with its steps, as long as it is done."""
        with watched(ProgressBar("en", 0, terminal)):
            for number in steps(range(1500), "reading", 1500, "rows"):
                if number == 1200:
                    shown_until(terminal, "reading rows")
                    shown_until(terminal, "1,200/1,500")
        assert terminal.getvalue().endswith("\x1b[2K")  # the line is wiped

    def test_within(self, terminal):
        """The work as a whole stands before the step that is under way; of the same thing it names it once."""
        with watched(ProgressBar("ja", 0, terminal)), stage("checking", of="catalog.yaml"):
            with stage("reading", of="catalog.yaml"):
                shown_until(terminal, "確認中 catalog.yaml: 読み込み中 ")
            with stage("reading", 7, "kpis") as advance:
                advance(3)
                text = shown_until(terminal, "確認中 catalog.yaml: 読み込み中 kpis")
                assert "0 秒" in text
                shown_until(terminal, "3/7")

    def test_error(self, terminal):
        """An error wipes the bar as well."""
        with pytest.raises(ZeroDivisionError), watched(ProgressBar("en", 0, terminal)), stage("reading"):
            assert len(shown_until(terminal, "reading")) / 0
        assert terminal.getvalue().endswith("\x1b[2K")

    def test_short_work(self, terminal):
        """What is over before its time shows nothing."""
        with watched(ProgressBar("en", 3600, terminal)):
            assert sum(steps(range(100), "reading", 100)) == 4950
        assert terminal.getvalue() == ""

    def test_stale_timer(self, terminal):
        """A timer that goes off when the work is just over shows nothing."""
        bar = ProgressBar("en", 3600, terminal)
        bar._show()
        assert terminal.getvalue() == ""


class TestWatching:
    @pytest.mark.parametrize(("is_terminal", "quiet"), [(False, False), (True, True)])
    def test_nobody_watches(self, monkeypatch, is_terminal, quiet):
        """Where the errors go to a file, or silence was asked for, nobody is told."""
        monkeypatch.setattr(sys, "stderr", Terminal() if is_terminal else StringIO())
        with watching("en", quiet=quiet):
            assert type(steps([], "reading")) is type(iter([]))

    def test_terminal(self, monkeypatch):
        """On a terminal work is watched."""
        monkeypatch.setattr(sys, "stderr", Terminal())
        with watching("en"):
            assert type(steps([], "reading")) is not type(iter([]))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pseudo terminals and named pipes are not on this system")
@pytest.mark.parametrize("quiet", [False, True])
def test_command(tmp_path, quiet):
    """A command that waits for its data shows what it does; its answer and exit code stay what they are."""
    import pty
    import subprocess
    import threading

    pipe = tmp_path / "data.csv"
    os.mkfifo(pipe)
    main, terminal = pty.openpty()
    shown, is_shown = [], threading.Event()

    def read():
        while True:
            try:
                data = os.read(main, 65536)
            except OSError:  # the other end is closed
                return
            shown.append(data)
            if b"reading" in b"".join(shown):
                is_shown.set()

    arguments = ["evaluate", "iwate-r3", "--catalog", SOUND, "--data", pipe, "--lang", "en", "--format", "json"]
    with subprocess.Popen(  # noqa: S603  # our own command
        [COMMAND, *map(str, arguments), *(["--quiet"] if quiet else [])],
        stdout=subprocess.PIPE,
        stderr=terminal,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
    ) as command:
        os.close(terminal)
        reader = threading.Thread(target=read)
        reader.start()
        if not quiet:
            assert is_shown.wait(60)
        pipe.write_bytes(COUNTS.read_bytes())
        answer, _ = command.communicate(timeout=60)
        reader.join()
    os.close(main)
    assert command.returncode == 0
    assert b'"plan": "iwate-r3"' in answer
    assert quiet == (b"".join(shown) == b"")

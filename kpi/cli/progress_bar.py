"""The progress bar of the command line: on a terminal alone, for what takes longer than a second.

It is written to the standard error and wiped away before anything else is printed, so that it is no part of an answer.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock, Timer
from time import monotonic
from typing import TYPE_CHECKING, Final, TextIO

from attrs import define, field

from kpi.problems import Language
from kpi.progress import Advance, Work, watched

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live

_WORDS: Final[dict[Language, dict[Work, str]]] = {
    "en": {
        "reading": "reading",
        "checking": "checking",
        "evaluating": "evaluating",
        "counting": "counting",
        "writing": "writing",
    },
    "ja": {
        "reading": "読み込み中",
        "checking": "確認中",
        "evaluating": "評価中",
        "counting": "集計中",
        "writing": "書き込み中",
    },
}
_SECONDS: Final[dict[Language, str]] = {"en": "s", "ja": "秒"}
_WIDTH: Final = 30
_DELAY: Final = 1.0
"""Seconds for which a command may work before a bar shows."""
_STAGE_DELAY: Final = 0.2
"""Seconds for which a later stage may: a bar that is gone at once only flickers."""


def watching(language: Language, *, quiet: bool = False) -> AbstractContextManager[None]:
    """Shows the progress of all work that is done within, unless *quiet* or where the errors go to no terminal."""
    return nullcontext() if quiet or not sys.stderr.isatty() else watched(ProgressBar(language))


@define
class _Stage:
    """A stage of work, and how many of its steps are *done*."""

    verb: str
    of: str
    total: int | None
    done: int = 0

    def words(self, within: _Stage | None = None) -> str:
        """What is done, and of what unless it is done *within* work on the same."""
        is_same = within is not None and within is not self and within.of == self.of
        return self.verb if is_same or not self.of else f"{self.verb} {self.of}"

    def advance(self, count: int) -> None:
        self.done += count


@define
class ProgressBar:
    """Watches work, and shows in one line what is done and how far it has come.

    The work only counts its steps; the line is drawn ten times a second, in a thread of its own.
    """

    language: Language
    delay: float = _DELAY
    file: TextIO | None = None
    _since: float = field(init=False, factory=monotonic)
    _stages: list[_Stage] = field(init=False, factory=list)
    _lock: Lock = field(init=False, factory=Lock)
    _timer: Timer | None = field(init=False, default=None)
    _live: Live | None = field(init=False, default=None)

    @contextmanager
    def stage(self, work: Work, total: int | None, of: str) -> Iterator[Advance]:
        """Shows a stage of work until it is over."""
        found = _Stage(_WORDS[self.language][work], of, total)
        self._stages.append(found)
        if len(self._stages) == 1:
            self._show_later()
        try:
            yield found.advance
        finally:
            self._stages.remove(found)
            if not self._stages:
                self._wipe()

    def _show_later(self) -> None:
        left = self._since + self.delay - monotonic()
        self._timer = Timer(max(left, min(self.delay, _STAGE_DELAY)), self._show)
        self._timer.daemon = True
        self._timer.start()

    def _show(self) -> None:
        from rich.console import Console
        from rich.live import Live

        with self._lock:
            if self._timer is None or self._live is not None:  # the work was over before the timer was stopped
                return
            self._live = Live(
                get_renderable=self._line,
                console=Console(file=self.file, stderr=self.file is None),
                refresh_per_second=10,
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._live.start(refresh=True)

    def _wipe(self) -> None:
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            if self._live is not None:
                self._live.stop()
            self._timer = self._live = None

    def _line(self) -> RenderableType:
        """The first stage and the last within it, and the steps of the last whose number is known."""
        from rich.progress_bar import ProgressBar as Bar
        from rich.table import Table
        from rich.text import Text

        line = Table.grid(padding=(0, 1))
        stages = [*self._stages]  # the work goes on meanwhile
        if not stages:
            return line
        counted = next((stage for stage in reversed(stages) if stage.total), None)
        words = ": ".join(dict.fromkeys((stages[0].words(), stages[-1].words(within=stages[0]))))
        steps = f"{counted.done:,}/{counted.total:,}" if counted else ""
        bar = Bar(counted.total, counted.done, width=_WIDTH) if counted else Bar(None, width=_WIDTH, pulse=True)
        seconds = f"{monotonic() - self._since:.0f} {_SECONDS[self.language]}"
        line.add_row(Text(words, overflow="ellipsis", no_wrap=True), bar, steps, seconds)
        return line

"""How far long work has come, told to whoever watches.

Work that may take longer than a second tells of its steps, wherever it is done:

    for row in steps(rows, "reading", total=len(rows)):
        ...

or, where it moves on by many at a time:

    with stage("counting", total=size) as advance:
        advance(1000)

Nobody watches unless somebody asked to, and then telling costs next to nothing. The command line watches every
command on a terminal (`kpi.cli.progress_bar`), so a new command has nothing to do but to tell, and to print its
answer when the work is over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Literal, Protocol, TypeVar

Work = Literal["reading", "checking", "evaluating", "counting", "writing"]
"""What is being done; the watcher knows the words for it."""
Advance = Callable[[int], None]
"""Tells that so many further steps are done."""
_T = TypeVar("_T")


class Watcher(Protocol):
    """Whoever is told of stages of work; stages stand within each other."""

    def stage(self, work: Work, total: int | None, of: str) -> AbstractContextManager[Advance]:
        """A stage of work with *total* steps, None where nobody knows how many; *of* names what is worked on."""


_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Tells *watcher* of all work that is done within."""
    before = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(before)


def stage(work: Work, total: int | None = None, of: str = "") -> AbstractContextManager[Advance]:
    """A stage of work; what it gives is called with how many steps were done since."""
    watcher = _watcher.get()
    return nullcontext(_nobody) if watcher is None else watcher.stage(work, total, of)


def steps(items: Iterable[_T], work: Work, total: int | None = None, of: str = "") -> Iterator[_T]:
    """The *items*, each of which is a step of a stage of work: it is done when the next is asked for."""
    return iter(items) if _watcher.get() is None else _told(items, work, total, of)


def _told(items: Iterable[_T], work: Work, total: int | None, of: str) -> Iterator[_T]:
    with stage(work, total, of) as advance:
        for item in items:
            yield item
            advance(1)


def _nobody(count: int) -> None:
    """What a stage calls that nobody watches."""

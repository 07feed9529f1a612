"""What is said of a kind of problem beyond its message: why it is one, and how the same is written well."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

Host = Literal["slip", "formula", "file", "table"]


@frozen
class Advice:
    """Why something is a problem, with a text that has it and one that has not.

    *meaning* begins with a sentence that stands alone.
    *host* says what the two texts are: a part of the sound catalogue, where *wrong* takes the place of *right*
    (`slip`), a formula with its rule (`formula`), a whole catalogue (`file`), or a table of observations (`table`).
    A byte that is no UTF-8 stands in them as the half character that Python escapes it with.
    """

    meaning: str
    wrong: str
    right: str
    host: Host = "slip"

    @property
    def summary(self) -> str:
        """The first sentence of the meaning."""
        return self.meaning.partition(". ")[0].removesuffix(".") + "."

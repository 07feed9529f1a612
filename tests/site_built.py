"""The documentation site as it is built, read page by page."""

from __future__ import annotations

import subprocess
import sys
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from attrs import field, frozen

ROOT: Final = Path(__file__).parents[1]
DOCS: Final = ROOT / "docs"
_VOID: Final = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Page(HTMLParser):
    """What one page holds: its anchors, its links, what it loads, and the text of its elements by tag."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.languages: list[str] = []
        self.headings: list[str] = []
        self.rows: list[list[str]] = []
        self._cell = False
        self.text = path.read_text(encoding="utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes up an element."""
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
            if tag in {"h1", "h2", "h3"}:
                self.headings.append(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        self.loads += [found[name] for name in ("src", "srcset", "data") if name in found and tag != "input"]
        if tag == "link" and found.get("rel") in {"stylesheet", "icon", "preload", "prefetch", "preconnect"}:
            self.loads.append(found["href"])
        if "lang" in found:
            self.languages.append(found["lang"])
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")
            self._cell = True

    def handle_endtag(self, tag: str) -> None:
        """Leaves a cell."""
        if tag in {"td", "th"}:
            self._cell = False

    def handle_data(self, data: str) -> None:
        """Takes up the text of a cell."""
        if self._cell:
            self.rows[-1][-1] += data.strip()


@frozen(slots=False)
class Site:
    """All pages of a built site."""

    folder: Path
    log: str = field(default="", repr=False)

    @cached_property
    def pages(self) -> dict[str, Page]:
        """The pages by their path."""
        return {
            path.relative_to(self.folder).as_posix(): Page(path)
            for path in sorted(self.folder.rglob("*.html"))
            if path.name != "404.html"
        }

    def broken(self, name: str) -> list[str]:
        """The links of one page that lead to no file or to no anchor of it."""
        return [link for link in self.pages[name].links if not self._leads(name, link)]

    def _leads(self, name: str, link: str) -> bool:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            return True  # what stands elsewhere is not looked at
        target = (self.folder / name).parent / unquote(parts.path) if parts.path else self.folder / name
        page = self.pages.get(target.resolve().relative_to(self.folder.resolve()).as_posix())
        if not parts.fragment:
            return target.is_file()
        return page is not None and unquote(parts.fragment) in {*page.ids, "__skip"}


def build(folder: Path) -> Site:
    """Builds the site into *folder*, where any warning is an error."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return Site(folder, done.stderr)

"""The language server, asked by a real client over standard input and output."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager

import pytest
from entries import FORMULA, SOUND
from lsprotocol import types
from pygls.lsp.client import LanguageClient

import kpi as library
from kpi.catalogue import shipped_catalog

URI = "file:///catalogues/catalog.yaml"
DOCUMENT = types.TextDocumentIdentifier(URI)
COMMAND = "from kpi.cli import main; main()"


class Client(LanguageClient):
    """A client that keeps what the server told of each version of a text."""

    def __init__(self):
        super().__init__("tests", "1")
        self.told = asyncio.Queue()

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def told(params):
            self.told.put_nowait(params)

    def opens(self, text, uri=URI):
        """Opens *text* in the editor."""
        item = types.TextDocumentItem(uri, "yaml", 1, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def types(self, text, version):
        """Makes *text* of the open text."""
        document = types.VersionedTextDocumentIdentifier(version, URI)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def diagnostics(self):
        """What the server tells next."""
        return await asyncio.wait_for(self.told.get(), 60)


@asynccontextmanager
async def editor(*options, encodings=None):
    """An editor that has started `kpi lsp`, and hangs up in the end."""
    client = Client()
    await client.start_io(sys.executable, "-c", COMMAND, "lsp", *options)
    general = types.GeneralClientCapabilities(position_encodings=encodings)
    capabilities = types.ClientCapabilities(general=general)
    client.server = await client.initialize_async(types.InitializeParams(capabilities=capabilities))
    client.initialized(types.InitializedParams())
    yield client
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()


def position(text, offset, encoding="utf-16-le", width=2):
    """The line and column of *offset* in the units of an encoding."""
    before = text[:offset]
    line = before[before.rfind("\n") + 1 :]
    return types.Position(before.count("\n"), len(line.encode(encoding)) // width)


def behind(text, what):
    """The position behind the first *what* of *text*."""
    return position(text, text.index(what) + len(what))


def applied(text, edits):
    """*text* with the edits of one answer made, last first."""
    lines = text.split("\n")
    for edit in sorted(edits, key=lambda edit: (edit.range.start.line, edit.range.start.character), reverse=True):
        start, end = edit.range.start, edit.range.end
        assert start.line == end.line
        line = lines[start.line].encode("utf-16-le")
        new = line[: 2 * start.character] + edit.new_text.encode("utf-16-le") + line[2 * end.character :]
        lines[start.line] = new.decode("utf-16-le")
    return "\n".join(lines)


def told(problems):
    """Problems as the server tells them."""
    return [(problem.code, problem.message, problem.line - 1) for problem in problems]


def test_problems_as_one_types(tmp_path):
    """The server tells what `kpi check` finds, at the same places, again whenever the text changes, and then nothing."""
    broken = SOUND.replace("cost / open_tenders", "costs / open_tenders").replace("kind: branch", "kind: office")
    path = tmp_path / "catalog.yaml"
    path.write_text(broken, encoding="utf-8")
    expected = library.check(path)

    async def ask():
        async with editor("--lang", "en") as client:
            client.opens(broken)
            first = await client.diagnostics()
            client.types(broken + "#", 2)
            client.types(SOUND, 3)
            second = await client.diagnostics()
            client.text_document_did_close(types.DidCloseTextDocumentParams(DOCUMENT))
            return first, second, await client.diagnostics()

    first, second, last = asyncio.run(ask())
    assert [(found.code, found.message, found.range.start.line) for found in first.diagnostics] == told(expected)
    assert [found.range.start.character + 1 for found in first.diagnostics] == [found.column for found in expected]
    assert {found.source for found in first.diagnostics} == {"kpi"}
    assert [str(found.severity.name).lower() for found in first.diagnostics] == [found.severity for found in expected]
    assert (first.version, second.version) == (1, 3)
    assert not second.diagnostics
    assert not last.diagnostics


def test_japanese():
    """Messages come in the language that was asked for."""

    async def ask():
        async with editor("--lang", "ja") as client:
            client.opens(SOUND.replace("cost / open_tenders", "costs / open_tenders"))
            return (await client.diagnostics()).diagnostics

    (found,) = asyncio.run(ask())
    assert found.message.endswith("もしかして 「cost」")


@pytest.mark.parametrize(
    ("encodings", "width"), [(None, 2), ([types.PositionEncodingKind.Utf32], 1), ([types.PositionEncodingKind.Utf8], 4)]
)
def test_columns(encodings, width):
    """Columns count in UTF-16, in which 𠮷 takes two, or in the units that the client asks for."""
    text = SOUND.replace(FORMULA, "    formula: 「𠮷」 / open_tender\n")

    async def ask():
        async with editor(encodings=encodings) as client:
            client.opens(text)
            return (await client.diagnostics()).diagnostics

    *_, unknown = asyncio.run(ask())
    brackets = 2 if width < 4 else 6
    start = len("    formula: ") + brackets + width + len(" / ")
    assert (unknown.range.start.character, unknown.range.end.character) == (start, start + len("open_tender"))


def test_answers():
    """Completion, hover, definition and formatting answer at places of the text as it is being written."""
    untidy = SOUND.replace(FORMULA, "    formula: single_bid_tenders÷open_ten\n")

    async def ask():
        async with editor() as client:
            client.opens(untidy)
            at = behind(untidy, "÷open_ten")
            completion = await client.text_document_completion_async(types.CompletionParams(DOCUMENT, at))
            at = behind(untidy, "organisation: iw")
            hover = await client.text_document_hover_async(types.HoverParams(DOCUMENT, at))
            definition = await client.text_document_definition_async(types.DefinitionParams(DOCUMENT, at))
            nothing = await client.text_document_hover_async(types.HoverParams(DOCUMENT, types.Position(999, 9)))
            nowhere = await client.text_document_definition_async(
                types.DefinitionParams(DOCUMENT, types.Position(0, 0))
            )
            options = types.FormattingOptions(2, insert_spaces=True)
            edits = await client.text_document_formatting_async(types.DocumentFormattingParams(DOCUMENT, options))
            return completion, hover, definition, nothing, nowhere, edits

    completion, hover, definition, nothing, nowhere, edits = asyncio.run(ask())
    (item,) = completion.items
    assert (item.label, item.kind, item.detail) == (
        "open_tenders", types.CompletionItemKind.Variable, "一般競争入札件数 (case)",
    )  # fmt: skip
    assert applied(untidy, [item.text_edit]) == SOUND.replace(" / open", "÷open", 1)
    assert hover.contents.value.startswith("**岩手支部** / Iwate branch / `iwate`")
    start = position(SOUND, SOUND.index("iwate:"))
    assert definition == types.Location(URI, types.Range(start, types.Position(start.line, start.character + 5)))
    assert (nothing, nowhere) == (None, None)
    assert applied(untidy, edits) == SOUND.replace("/ open_tenders\n", "/ open_ten\n", 1)


def test_shipped_catalogue():
    """The shipped catalogue has no problems in an editor either."""

    async def ask():
        async with editor() as client:
            client.opens(shipped_catalog().read_text("utf-8"))
            return client.server.capabilities, await client.diagnostics()

    capabilities, found = asyncio.run(ask())
    assert not found.diagnostics
    assert capabilities.document_formatting_provider


def test_other_yaml():
    """Of YAML that is no catalogue the server has nothing to say."""
    uri = "file:///catalogues/compose.yaml"

    async def ask():
        async with editor() as client:
            client.opens("services:\n  \n", uri)
            params = types.CompletionParams(types.TextDocumentIdentifier(uri), types.Position(1, 2))
            return await client.diagnostics(), await client.text_document_completion_async(params)

    found, completion = asyncio.run(ask())
    assert not found.diagnostics
    assert not completion.items

"""The language server for catalogues. The only file that knows the protocol and its library."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib.metadata import version
from typing import Any, Final

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from kpi.catalogue import check_bytes
from kpi.catalogue.formatting import changes
from kpi.editor.completion import Completion, completions
from kpi.editor.definition import definition
from kpi.editor.hover import hover
from kpi.editor.outline import is_catalogue
from kpi.editor.positions import Lines
from kpi.problems import Language, Problem
from kpi.source import Span

PAUSE: Final = 0.2
"""Seconds without a change after which a text is checked."""

_KINDS: Final = {
    "key": types.CompletionItemKind.Property,
    "choice": types.CompletionItemKind.EnumMember,
    "entry": types.CompletionItemKind.Reference,
    "variable": types.CompletionItemKind.Variable,
    "table": types.CompletionItemKind.Class,
    "column": types.CompletionItemKind.Field,
    "condition": types.CompletionItemKind.Constant,
    "unit": types.CompletionItemKind.Unit,
    "word": types.CompletionItemKind.Keyword,
}
_SEVERITIES: Final = {"error": types.DiagnosticSeverity.Error, "warning": types.DiagnosticSeverity.Warning}


class CatalogueServer(LanguageServer):
    """Tells an editor about the catalogues that are open in it; messages are in one language."""

    def __init__(self, language: Language) -> None:
        super().__init__("kpi", version("kpi"), text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.language = language
        self.checks: dict[str, asyncio.Task[None]] = {}
        self._lines = Lines("")
        for feature, options, answer in _FEATURES:
            self.feature(feature, options)(answer)

    def text(self, uri: str) -> str:
        """The text that is open under *uri*."""
        return self.workspace.get_text_document(uri).source

    def lines(self, text: str) -> Lines:
        """The lines of *text*, in which columns count as they do for the client; one text is asked for many times."""
        if self._lines.text != text:
            self._lines = Lines(text, self.workspace.position_codec.client_num_units)
        return self._lines

    def range(self, text: str, span: Span) -> types.Range:
        """Where *span* stands in *text*."""
        lines = self.lines(text)
        return types.Range(types.Position(*lines.position(span.start)), types.Position(*lines.position(span.end)))

    def place(self, document: types.TextDocumentIdentifier, position: types.Position) -> tuple[str, int]:
        """The text of a *document*, and the offset of a *position* in it."""
        text = self.text(document.uri)
        return text, self.lines(text).offset(position.line, position.character)


def serve(language: Language) -> None:
    """Answers an editor over standard input and output until it hangs up."""
    CatalogueServer(language).start_io()


# ── problems ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _opened(server: CatalogueServer, params: types.DidOpenTextDocumentParams) -> None:
    _check_soon(server, params.text_document.uri, 0)


async def _changed(server: CatalogueServer, params: types.DidChangeTextDocumentParams) -> None:
    _check_soon(server, params.text_document.uri, PAUSE)


async def _closed(server: CatalogueServer, params: types.DidCloseTextDocumentParams) -> None:
    uri = params.text_document.uri
    if check := server.checks.pop(uri, None):
        check.cancel()
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))


def _check_soon(server: CatalogueServer, uri: str, pause: float) -> None:
    if running := server.checks.get(uri):
        running.cancel()
    server.checks[uri] = asyncio.ensure_future(_check(server, uri, pause))


async def _check(server: CatalogueServer, uri: str, pause: float) -> None:
    """Checks the text as it is after a pause; a further change cancels this."""
    await asyncio.sleep(pause)
    document = server.workspace.get_text_document(uri)
    number, text, name = document.version, document.source, to_fs_path(uri) or uri
    found: list[Problem] = []
    if is_catalogue(name, text):  # an editor may show all of its YAML
        _, found = await asyncio.to_thread(check_bytes, text.encode(errors="surrogatepass"), name)
    diagnostics = [_diagnostic(server, problem) for problem in found]
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, number))


def _diagnostic(server: CatalogueServer, problem: Problem) -> types.Diagnostic:
    source, span = problem.source.outermost(problem.span)
    return types.Diagnostic(
        server.range(source.text, span),
        problem.message_in(server.language),
        severity=_SEVERITIES[problem.severity],
        code=problem.code,
        source="kpi",
    )


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _completion(server: CatalogueServer, params: types.CompletionParams) -> types.CompletionList:
    text, offset = server.place(params.text_document, params.position)
    offered = completions(text, offset) if is_catalogue(params.text_document.uri, text) else []
    items = [_completion_item(server, text, offset, number, found) for number, found in enumerate(offered)]
    return types.CompletionList(is_incomplete=True, items=items)


def _completion_item(
    server: CatalogueServer, text: str, offset: int, number: int, found: Completion
) -> types.CompletionItem:
    span = Span(offset - found.typed, offset)
    return types.CompletionItem(
        found.label,
        kind=_KINDS[found.kind],
        detail=found.detail or None,
        sort_text=f"{number:05}",
        filter_text=text[span.start : span.end]
        + found.label,  # what fits was chosen here, inner parts of names included
        text_edit=types.TextEdit(server.range(text, span), found.label),
    )


def _hover(server: CatalogueServer, params: types.HoverParams) -> types.Hover | None:
    text, offset = server.place(params.text_document, params.position)
    found = hover(text, offset)
    if found is None:
        return None
    content = types.MarkupContent(types.MarkupKind.Markdown, found.markdown)
    return types.Hover(content, server.range(text, found.span))


def _definition(server: CatalogueServer, params: types.DefinitionParams) -> types.Location | None:
    text, offset = server.place(params.text_document, params.position)
    found = definition(text, offset)
    return types.Location(params.text_document.uri, server.range(text, found)) if found else None


def _formatting(server: CatalogueServer, params: types.DocumentFormattingParams) -> list[types.TextEdit]:
    text = server.text(params.text_document.uri)
    found, _ = changes(text, "")
    return [types.TextEdit(server.range(text, change.span), change.yaml) for change in found]


_FEATURES: Final[tuple[tuple[str, Any, Callable[..., object]], ...]] = (
    (types.TEXT_DOCUMENT_DID_OPEN, None, _opened),
    (types.TEXT_DOCUMENT_DID_CHANGE, None, _changed),
    (types.TEXT_DOCUMENT_DID_CLOSE, None, _closed),
    (types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[" ", '"', "「"]), _completion),
    (types.TEXT_DOCUMENT_HOVER, None, _hover),
    (types.TEXT_DOCUMENT_DEFINITION, None, _definition),
    (types.TEXT_DOCUMENT_FORMATTING, None, _formatting),
)
"""What the server does, by the protocol's name for it, with its options."""

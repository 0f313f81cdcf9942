"""A language server that finds nothing: what a keystroke costs that nobody thinks about."""

from lsprotocol import types
from pygls.lsp.server import LanguageServer

server = LanguageServer("idle", "1")


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
def did_open(params: types.DidOpenTextDocumentParams) -> None:
    """Find nothing in a text that is opened."""
    publish(params.text_document.uri, params.text_document.version)


@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
def did_change(params: types.DidChangeTextDocumentParams) -> None:
    """Find nothing in a text that is changed."""
    publish(params.text_document.uri, params.text_document.version)


def publish(uri: str, version: int) -> None:
    """Tell that nothing was found."""
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, [], version))


server.start_io()

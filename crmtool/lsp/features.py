"""What the server can do, as the protocol names it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from lsprotocol import types

from crmtool.lsp.refusing import is_refusal
from crmtool.lsp.server import CrmtoolServer
from crmtool.lsp.watching import watch

_TRIGGERS = [" ", "{", "[", ",", "(", "/"]
"""Behind each of these something begins of which it can be told what it may be: the editor asks by itself."""
_ACTIONS = [types.CodeActionKind.QuickFix, types.CodeActionKind.RefactorRewrite]
_MOVED = types.FileOperationRegistrationOptions(
    [
        types.FileOperationFilter(types.FileOperationPattern("**/*.md", types.FileOperationPatternKind.File), "file"),
        types.FileOperationFilter(types.FileOperationPattern("**", types.FileOperationPatternKind.Folder), "file"),
    ]
)


@dataclass(frozen=True)
class _Request:
    """Something that an editor asks: the module and the function that answer, and what the editor is told of it.

    One that `takes_turns` is a coroutine: it takes long, and lets others be answered meanwhile.
    """

    method: str
    module: str
    function: str
    options: Any = None
    takes_turns: bool = False


# A module is imported when its first request comes: until the first findings are told, nothing else is done.
_REQUESTS = (
    _Request(types.TEXT_DOCUMENT_COMPLETION, "completing", "complete", types.CompletionOptions(_TRIGGERS)),
    _Request(types.TEXT_DOCUMENT_HOVER, "showing", "hovered"),
    _Request(types.TEXT_DOCUMENT_CODE_LENS, "showing", "lensed", types.CodeLensOptions(resolve_provider=False)),
    _Request(types.TEXT_DOCUMENT_INLAY_HINT, "showing", "hinted"),
    _Request(types.TEXT_DOCUMENT_FOLDING_RANGE, "showing", "folded"),
    _Request(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, "showing", "outlined"),
    _Request(types.WORKSPACE_SYMBOL, "showing", "searched"),
    _Request(types.TEXT_DOCUMENT_CODE_ACTION, "acting", "code_actions", types.CodeActionOptions(_ACTIONS)),
    _Request(types.TEXT_DOCUMENT_DEFINITION, "navigating", "definition"),
    _Request(types.TEXT_DOCUMENT_REFERENCES, "navigating", "references", takes_turns=True),
    _Request(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, "navigating", "highlights"),
    _Request(types.TEXT_DOCUMENT_DOCUMENT_LINK, "navigating", "document_links"),
    _Request(types.TEXT_DOCUMENT_PREPARE_RENAME, "renaming", "prepare"),
    _Request(types.TEXT_DOCUMENT_RENAME, "renaming", "rename"),
    _Request(types.WORKSPACE_WILL_RENAME_FILES, "renaming", "will_rename", _MOVED),
)


def create_server(today: Callable[[], date]) -> CrmtoolServer:
    """Make a server; `today` gives the day as of which everything is told, asked for again and again."""
    logging.getLogger("pygls").setLevel(logging.ERROR)  # it warns of what editors do all day, such as to ask no longer
    logging.getLogger("pygls.protocol.json_rpc").addFilter(_is_no_refusal)
    server = CrmtoolServer(today)
    _hear_of_texts(server)
    for request in _REQUESTS:
        _answer(server, request)
    return server


def _is_no_refusal(record: logging.LogRecord) -> bool:
    return not is_refusal(record.exc_info[1] if record.exc_info else None)


def _answer(server: CrmtoolServer, request: _Request) -> None:
    def answer(params: Any) -> Any:
        return getattr(import_module(f"crmtool.lsp.{request.module}"), request.function)(server, params)

    async def answer_in_turns(params: Any) -> Any:
        return await answer(params)

    server.feature(request.method, request.options)(answer_in_turns if request.takes_turns else answer)


def _hear_of_texts(server: CrmtoolServer) -> None:
    """Have the server hear of what is opened, changed, saved and closed, in the editor and on the disk."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        server.did_open(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        server.did_change(params)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        server.did_save(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.did_close(params.text_document.uri)

    @server.feature(types.INITIALIZED)
    async def initialized(_params: types.InitializedParams) -> None:
        root = server.workspace.root_uri
        if root and not server.workspace.folders:  # older editors have but one, and do not call it a folder
            server.workspace.add_folder(types.WorkspaceFolder(root, ""))
        server.find_workspaces()
        await watch(server)

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders(_params: types.DidChangeWorkspaceFoldersParams) -> None:
        server.find_workspaces()

    @server.feature(types.SHUTDOWN)
    def shut_down(_params: None) -> None:
        server.is_shut_down = True

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: types.DidChangeWatchedFilesParams) -> None:
        server.files_changed(change.uri for change in params.changes)

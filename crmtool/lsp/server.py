"""The server: which workspaces are looked at, which texts are open, and when what is found is sent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from crmtool import __version__
from crmtool.app.live import LiveWorkspace
from crmtool.assist.editing import Editing
from crmtool.contact import is_contact_path
from crmtool.errors import CrmtoolError
from crmtool.lsp.addresses import address, file_at, place_in, root_above
from crmtool.lsp.buffers import Buffer
from crmtool.lsp.diagnosing import broken, diagnostics
from crmtool.lsp.impact import Impacts
from crmtool.lsp.positions import Places
from crmtool.lsp.refusing import is_refusal
from crmtool.snapshot import RULEBOOK
from crmtool.text import Span

_LOADED_AT_ONCE = 100
"""So many contacts are read between two looks at what the editor wants: about a hundredth of a second."""
_OTHERS_DELAY = 0.2
"""Seconds without a further change after which the other files are judged that a change may concern."""
_LISTING_DELAY = 0.1
"""Seconds within which looks at the disk are taken together, such as of all that is opened when an editor starts."""

log = logging.getLogger("crmtool.lsp")


@dataclass(frozen=True)
class Opened:
    """An open file of a workspace, as it stands: with what is known around it, and its places as the editor counts."""

    workspace: LiveWorkspace
    buffer: Buffer
    editing: Editing

    @property
    def path(self) -> str:
        """The file's path in its workspace."""
        return self.editing.path

    @property
    def places(self) -> Places:
        """The places of the text as it stands."""
        return self.buffer.places


class CrmtoolServer(LanguageServer):
    """The language server of crmtool.

    It says nothing of files that are no contact and no rule book, or lie in no workspace. Workspaces are found by the
    files that are opened, so an editor's folders need not be theirs; those of its folders can be searched before.
    """

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__("crmtool", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Incremental)
        # pygls would keep copies of its own: they end lines where no editor does, and on the way to them the places of
        # changes are altered.
        for method in (types.TEXT_DOCUMENT_DID_OPEN, types.TEXT_DOCUMENT_DID_CHANGE, types.TEXT_DOCUMENT_DID_CLOSE):
            self.protocol.fm.builtin_features.pop(method)
        self.workspaces: dict[Path, LiveWorkspace] = {}
        self.asked_move: types.FileRename | None = None
        """The move of a file that the editor was asked for last: it asks back before it makes it."""
        self.is_shut_down = False
        """Whether the editor said that it is done."""
        self._today = today
        self._buffers: dict[str, tuple[LiveWorkspace, str, Buffer]] = {}
        self._homeless: dict[str, Buffer] = {}
        """Open texts that lie in no workspace; there may come to be one."""
        self._folders: set[Path] = set()
        """The workspaces in which the editor's folders lie."""
        self._standing: dict[tuple[LiveWorkspace, str], str] = {}
        """Which open text stands for a file: by way of a link, an editor may know one file by two addresses."""
        self._tasks: dict[tuple[str, object], asyncio.Task[None]] = {}
        self._refreshes: set[asyncio.Task[None]] = set()
        self._impacts = Impacts()

    # --- what is open ---

    def opened(self, uri: str) -> Opened | None:
        """Give an open file; None where crmtool has nothing to say of it."""
        if uri not in self._buffers:
            return None
        self._let_stand(uri)
        workspace, path, buffer = self._buffers[uri]
        with suppress(CrmtoolError):
            return Opened(workspace, buffer, workspace.editing(path))
        return None

    def uri_of(self, workspace: LiveWorkspace, path: str) -> str:
        """Give the address of a file: of an open one that by which its editor knows it."""
        return self._standing.get((workspace, path)) or address(workspace.root / path)

    def version_of(self, uri: str) -> int | None:
        """Give the version of an open text; None for a file that is not open."""
        found = self._buffers.get(uri)
        return found[2].version if found else None

    def places_in(self, workspace: LiveWorkspace, path: str) -> Places:
        """Give the places of a file of a workspace, open or not."""
        found = self._buffers.get(self.uri_of(workspace, path))
        return found[2].places if found else Places(workspace.document(path).text, self.encoding)

    def location(self, workspace: LiveWorkspace, path: str, span: Span) -> types.Location:
        """Give a stretch of a file of a workspace as a location."""
        return types.Location(self.uri_of(workspace, path), self.places_in(workspace, path).range(span))

    @property
    def encoding(self) -> str:
        """The encoding in whose units columns are counted."""
        return str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))

    def workspace_of(self, uri: str) -> tuple[LiveWorkspace, str] | None:
        """Find the workspace of a file, and its path there; None where it lies in none, or is no file."""
        found = place_in(uri)
        if found is None or not (found[1] == RULEBOOK or is_contact_path(found[1])):
            return None
        workspace = self._workspace(found[0])
        return (workspace, found[1]) if workspace else None

    # --- what the editor tells ---

    def find_workspaces(self) -> None:
        """Find the workspaces in which the editor's folders and open texts lie; some may have come, some gone."""
        folders = self.workspace.folders.values()
        self._folders = {root for folder in folders if (root := root_above(folder.uri)) is not None}
        for root in self._folders - self.workspaces.keys():
            workspace = self._workspace(root)
            if workspace is not None:
                self._look_again(workspace)
        self._house(*self._homeless)
        for workspace in list(self.workspaces.values()):
            self._forget_unless_needed(workspace)

    def did_open(self, document: types.TextDocumentItem) -> None:
        """Take a text for its file from now on."""
        self.did_close(document.uri)  # where it is opened twice without that
        self._homeless[document.uri] = Buffer(document.uri, document.version, document.text, self.encoding)
        self._house(document.uri)

    def did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Take changes of an open text, and tell what is found in it now."""
        uri, version = params.text_document.uri, params.text_document.version
        if uri in self._homeless:
            self._homeless[uri].change(params.content_changes, version)
        if uri not in self._buffers:
            return
        workspace, _, buffer = self._buffers[uri]
        buffer.change(params.content_changes, version)
        touches_others = self._let_stand(uri)
        self.publish(uri)
        if touches_others:
            self._judge_all(workspace, after=_OTHERS_DELAY)

    def did_save(self, uri: str) -> None:
        """Look at the disk again, where there may be a workspace now that there was not before."""
        self.find_workspaces()
        found = self._buffers.get(uri)
        if found is not None:
            self._look_again(found[0])

    def did_close(self, uri: str) -> None:
        """Let a file stand for itself again; what was found in it is told no longer."""
        self._homeless.pop(uri, None)
        found = self._buffers.pop(uri, None)
        if found is None:
            return
        workspace, path, _ = found
        if self._standing.get((workspace, path)) == uri:
            del self._standing[workspace, path]
            workspace.drop(path)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        self._look_again(workspace)
        self._forget_unless_needed(workspace)

    def files_changed(self, uris: Iterable[str]) -> None:
        """Look again at the workspaces in which files were made, changed or deleted."""
        places = [place for uri in uris if (place := file_at(uri)) is not None]
        if any(place.name == RULEBOOK for place in places):
            self.find_workspaces()
        for root, workspace in self.workspaces.items():
            if any(place.is_relative_to(root) or place.resolve().is_relative_to(root) for place in places):
                self._look_again(workspace)

    # --- what the editor is told ---

    def publish(self, uri: str) -> None:
        """Send what is found in an open text."""
        self._let_stand(uri)
        workspace, path, buffer = self._buffers[uri]
        try:
            found = diagnostics(workspace.findings(path), workspace.document(path), buffer.places)
            if path == RULEBOOK:
                found += self._impacts.diagnostics(workspace, buffer.places, partial(self.uri_of, workspace))
        except CrmtoolError as error:
            found = [broken(error)]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, buffer.version))

    def publish_all(self, workspace: LiveWorkspace) -> None:
        """Send what is found in all open texts of a workspace, and have the editor ask anew for what it shows."""
        for uri in self._open_in(workspace):
            self.publish(uri)
        # Never ended early: an answer to a request that nobody waits for any more is an error to pygls.
        task = asyncio.get_running_loop().create_task(self._refreshed())
        self._refreshes.add(task)
        task.add_done_callback(self._refreshes.discard)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log what went wrong inside; a person who writes is not interrupted."""
        if not is_refusal(error):
            log.error("%s: %s", getattr(source, "__name__", source), error)

    async def _refreshed(self) -> None:
        able = self.client_capabilities.workspace
        with suppress(JsonRpcException):
            if able is not None and able.code_lens is not None and able.code_lens.refresh_support:
                await self.workspace_code_lens_refresh_async(None)
            if able is not None and able.inlay_hint is not None and able.inlay_hint.refresh_support:
                await self.workspace_inlay_hint_refresh_async(None)

    def _open_in(self, workspace: LiveWorkspace) -> list[str]:
        return [uri for uri, (where, _, _) in self._buffers.items() if where is workspace]

    def _house(self, *uris: str) -> None:
        """Serve those open texts that lie in a workspace."""
        for uri in uris:
            found = self.workspace_of(uri)
            if found is not None:
                self._buffers[uri] = *found, self._homeless.pop(uri)
                self.publish(uri)
                self._look_again(found[0])

    def _let_stand(self, uri: str) -> bool:
        """Let an open text stand for its file; tells whether that may change what is found in other files."""
        workspace, path, buffer = self._buffers[uri]
        self._standing[workspace, path] = uri
        return workspace.put(path, buffer.data)

    def _workspace(self, root: Path) -> LiveWorkspace | None:
        """Give the workspace at a root; None where its files cannot be listed."""
        if root not in self.workspaces:
            with suppress(CrmtoolError, OSError):
                self.workspaces[root] = LiveWorkspace(root, self._today)
        return self.workspaces.get(root)

    def _forget_unless_needed(self, workspace: LiveWorkspace) -> None:
        """Let go of a workspace that is none of the editor's folders, and in which nothing is open."""
        if workspace.root in self._folders or self._open_in(workspace):
            return
        for what in ("look", "judge"):
            task = self._tasks.pop((what, workspace), None)
            if task is not None:
                task.cancel()
        self._impacts.forget(workspace)
        del self.workspaces[workspace.root]

    # --- what takes longer, done between what the editor wants ---

    def _look_again(self, workspace: LiveWorkspace) -> None:
        self._start("look", workspace, self._looked(workspace))

    async def _looked(self, workspace: LiveWorkspace) -> None:
        await asyncio.sleep(_LISTING_DELAY)
        with suppress(CrmtoolError):
            workspace.relist()
        while not workspace.is_loaded:
            workspace.load_some(_LOADED_AT_ONCE)
            await asyncio.sleep(0)
        self._judge_all(workspace, after=0)

    def _judge_all(self, workspace: LiveWorkspace, after: float) -> None:
        self._start("judge", workspace, self._judged(workspace, after))

    async def _judged(self, workspace: LiveWorkspace, after: float) -> None:
        await asyncio.sleep(after)
        self.publish_all(workspace)
        if RULEBOOK in workspace.open_paths and workspace.is_loaded:
            with suppress(CrmtoolError):
                await self._impacts.work_out(workspace)
            self.publish_all(workspace)

    def _start(self, what: str, workspace: LiveWorkspace, work: Coroutine[Any, Any, None]) -> None:
        """Start some work, in the place of work of that kind on that workspace that is under way."""
        before = self._tasks.get((what, workspace))
        if before is not None:
            before.cancel()
        self._tasks[what, workspace] = asyncio.get_running_loop().create_task(work)

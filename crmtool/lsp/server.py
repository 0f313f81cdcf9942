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
from crmtool.lsp.addresses import address, file_at
from crmtool.lsp.buffers import Buffer
from crmtool.lsp.diagnosing import broken, diagnostics
from crmtool.lsp.impact import Impacts
from crmtool.lsp.positions import Places
from crmtool.snapshot import RULEBOOK
from crmtool.text import Span
from crmtool.workspace import find_root

_LOADED_AT_ONCE = 100
"""So many contacts are read between two looks at what the editor wants: about a hundredth of a second."""
_OTHERS_DELAY = 0.2
"""Seconds without a further change after which the other files are judged that a change may concern."""
_LISTING_DELAY = 0.1
"""Seconds within which news of files on the disk are taken together."""
_WATCHED = ("**/criteria.yaml", "**/contacts/**", "**/schemas/*.json")

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
    files that are opened, so an editor's folders need not be theirs.
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
        self._today = today
        self._buffers: dict[str, tuple[LiveWorkspace, str, Buffer]] = {}
        self._tasks: dict[tuple[str, object], asyncio.Task[None]] = {}
        self._refreshes: set[asyncio.Task[None]] = set()
        self._impacts = Impacts()

    # --- what is open ---

    def opened(self, uri: str) -> Opened | None:
        """Give an open file; None where crmtool has nothing to say of it."""
        found = self._buffers.get(uri)
        if found is None:
            return None
        workspace, path, buffer = found
        with suppress(CrmtoolError):
            return Opened(workspace, buffer, workspace.editing(path))
        return None

    def uri_of(self, workspace: LiveWorkspace, path: str) -> str:
        """Give the address of a file: of an open one that by which its editor knows it."""
        open_ones = (uri for uri, (where, at, _) in self._buffers.items() if where is workspace and at == path)
        return next(open_ones, None) or address(workspace.root / path)

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
        place = file_at(uri)
        if place is None:
            return None
        with suppress(CrmtoolError, OSError):
            directory = next(parent for parent in place.parents if parent.is_dir())
            root = find_root(directory)
            path = (directory.resolve() / place.relative_to(directory)).relative_to(root).as_posix()
            if path != RULEBOOK and not is_contact_path(path):
                return None
            if root not in self.workspaces:
                self.workspaces[root] = LiveWorkspace(root, self._today)
            return self.workspaces[root], path
        return None

    # --- what the editor tells ---

    def did_open(self, document: types.TextDocumentItem) -> None:
        """Take a text for its file from now on."""
        found = self.workspace_of(document.uri)
        if found is None:
            return
        workspace, path = found
        buffer = Buffer(document.uri, document.version, document.text, self.encoding)
        self._buffers[document.uri] = workspace, path, buffer
        self._let_stand(workspace, path, buffer)
        self.publish(document.uri)
        self._look_again(workspace, after=0)

    def did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Take changes of an open text, and tell what is found in it now."""
        found = self._buffers.get(params.text_document.uri)
        if found is None:
            return
        workspace, path, buffer = found
        buffer.change(params.content_changes, params.text_document.version)
        touches_others = self._let_stand(workspace, path, buffer)
        self.publish(params.text_document.uri)
        if touches_others:
            self._judge_all(workspace, after=_OTHERS_DELAY)

    def did_save(self, uri: str) -> None:
        """Look at the disk again."""
        found = self._buffers.get(uri)
        if found is not None:
            self._look_again(found[0], after=0)

    def did_close(self, uri: str) -> None:
        """Let a file stand for itself again; what was found in it is told no longer."""
        found = self._buffers.pop(uri, None)
        if found is None:
            return
        workspace, path, _ = found
        workspace.drop(path)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        if self._open_in(workspace):
            self._look_again(workspace, after=0)
        else:
            self._forget(workspace)

    async def watch(self) -> None:
        """Ask the editor to tell of files that change on the disk, where it can."""
        able = self.client_capabilities.workspace
        watching = able.did_change_watched_files if able is not None else None
        if watching is None or not watching.dynamic_registration:
            return
        options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(glob) for glob in _WATCHED])
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        registration = types.Registration(id=method, method=method, register_options=options)
        with suppress(JsonRpcException):  # without it, the disk is looked at whenever a text is opened, saved or closed
            await self.client_register_capability_async(types.RegistrationParams([registration]))

    def files_changed(self, uris: Iterable[str]) -> None:
        """Look again at the workspaces in which files were made, changed or deleted."""
        places = [place for uri in uris if (place := file_at(uri)) is not None]
        for root, workspace in self.workspaces.items():
            if any(place.is_relative_to(root) or place.resolve().is_relative_to(root) for place in places):
                self._look_again(workspace, after=_LISTING_DELAY)

    # --- what the editor is told ---

    def publish(self, uri: str) -> None:
        """Send what is found in an open text."""
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

    def _let_stand(self, workspace: LiveWorkspace, path: str, buffer: Buffer) -> bool:
        with suppress(CrmtoolError):
            return workspace.put(path, buffer.data)
        return False

    def _forget(self, workspace: LiveWorkspace) -> None:
        """Let go of a workspace in which nothing is open."""
        for what in ("look", "judge"):
            task = self._tasks.pop((what, workspace), None)
            if task is not None:
                task.cancel()
        self._impacts.forget(workspace)
        del self.workspaces[workspace.root]

    # --- what takes longer, done between what the editor wants ---

    def _look_again(self, workspace: LiveWorkspace, after: float) -> None:
        self._start("look", workspace, self._looked(workspace, after))

    async def _looked(self, workspace: LiveWorkspace, after: float) -> None:
        await asyncio.sleep(after)
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
        if before is not None and before is not asyncio.current_task():
            before.cancel()
        self._tasks[what, workspace] = asyncio.get_running_loop().create_task(work)

"""An editor that is served by `crmtool lsp`: a real process, spoken with over the protocol."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities

from crmtool.lsp.addresses import file_at
from crmtool.lsp.positions import Places
from crmtool.text import TextEdit, apply_edits
from tests.conftest import TODAY

T = TypeVar("T")
_PATIENCE = 30
"""Seconds after which what does not come is missed: far more than it takes on a machine that is busy."""


class Editor:
    """A client with texts that are open in it; `root` is the workspace in which paths are told."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.client = LanguageClient()
        self.published: dict[str, list[types.PublishDiagnosticsParams]] = {}
        self.registered: list[types.Registration] = []
        self.refreshed: list[str] = []
        self.initialized: types.InitializeResult | None = None
        self._texts: dict[str, str] = {}
        self._versions: dict[str, int] = {}
        self._news = asyncio.Condition()
        self._hear()

    def _hear(self) -> None:
        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        async def published(params: types.PublishDiagnosticsParams) -> None:
            self.published.setdefault(params.uri, []).append(params)
            await self._tell()

        @self.client.feature(types.CLIENT_REGISTER_CAPABILITY)  # type: ignore[untyped-decorator]
        def registered(params: types.RegistrationParams) -> None:
            self.registered += params.registrations

        @self.client.feature(types.WORKSPACE_CODE_LENS_REFRESH)  # type: ignore[untyped-decorator]
        async def lenses(_: None) -> None:
            self.refreshed.append(types.WORKSPACE_CODE_LENS_REFRESH)
            await self._tell()

        @self.client.feature(types.WORKSPACE_INLAY_HINT_REFRESH)  # type: ignore[untyped-decorator]
        async def hints(_: None) -> None:
            self.refreshed.append(types.WORKSPACE_INLAY_HINT_REFRESH)
            await self._tell()

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    async def start(
        self, capabilities: types.ClientCapabilities, arguments: Sequence[str], *, with_folders: bool
    ) -> None:
        """Start the server and tell it what this editor can do."""
        await self.client.start_io(sys.executable, "-m", "crmtool", "lsp", *arguments)
        folder = types.WorkspaceFolder(uri=self.root.as_uri(), name="workspace")
        folders = [folder] if with_folders else None
        params = types.InitializeParams(capabilities, root_uri=self.root.as_uri(), workspace_folders=folders)
        self.initialized = await self.client.initialize_session(params)

    async def stop(self) -> None:
        """End the session as editors do."""
        await self.client.shutdown_session()
        await self.client.stop()  # type: ignore[no-untyped-call]

    @property
    def encoding(self) -> str:
        """The encoding that was agreed upon."""
        assert self.initialized is not None
        encoding = self.initialized.capabilities.position_encoding or "utf-16"
        return str(getattr(encoding, "value", encoding))

    def uri(self, path: str) -> str:
        """Give the address of a file."""
        return (self.root / path).as_uri()

    def text(self, path: str) -> str:
        """Give the text as it stands in this editor."""
        return self._texts[path]

    def places(self, path: str) -> Places:
        """Give the places of an open text, in the encoding that was agreed upon."""
        return Places(self._texts[path], self.encoding)

    def position(self, path: str, offset: int) -> types.Position:
        """Give the position of an offset in an open text."""
        return self.places(path).position(offset)

    def open(self, path: str, text: str | None = None) -> str:
        """Open a file, or a text for it that is not saved; gives its address."""
        written = (self.root / path).read_bytes().decode() if text is None else text
        self._texts[path], self._versions[path] = written, 1
        language = "yaml" if path.endswith(".yaml") else "markdown"
        item = types.TextDocumentItem(self.uri(path), language, 1, written)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return self.uri(path)

    def change(self, path: str, text: str) -> None:
        """Let an open text be another one."""
        self._changed(path, text, [types.TextDocumentContentChangeWholeDocument(text)])

    def type(self, path: str, edits: Sequence[tuple[int, int, str]]) -> None:
        """Replace stretches of an open text, each of the text that the one before it left."""
        changes: list[types.TextDocumentContentChangeEvent] = []
        text = self._texts[path]
        for start, end, new in edits:
            places = Places(text, self.encoding)
            where = types.Range(places.position(start), places.position(end))
            changes.append(types.TextDocumentContentChangePartial(where, new))
            text = text[:start] + new + text[end:]
        self._changed(path, text, changes)

    def _changed(self, path: str, text: str, changes: list[types.TextDocumentContentChangeEvent]) -> None:
        self._texts[path] = text
        self._versions[path] += 1
        identifier = types.VersionedTextDocumentIdentifier(uri=self.uri(path), version=self._versions[path])
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, changes))

    def save(self, path: str) -> None:
        """Write an open text to its file."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(self._texts[path].encode())
        identifier = types.TextDocumentIdentifier(self.uri(path))
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(identifier))

    def close(self, path: str) -> None:
        """Close a text."""
        del self._texts[path]
        identifier = types.TextDocumentIdentifier(self.uri(path))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(identifier))

    async def diagnostics(self, path: str) -> list[types.Diagnostic]:
        """Wait for what is found in an open text as it stands now."""
        version = self._versions[path]

        def told() -> list[types.Diagnostic] | None:
            last = self.published.get(self.uri(path), [])[-1:]
            return list(last[0].diagnostics) if last and last[0].version == version else None

        return await self.until(told)

    async def codes(self, path: str) -> list[str]:
        """Wait for the codes of what is found in an open text as it stands now."""
        return [str(found.code) for found in await self.diagnostics(path)]

    async def until(self, told: Callable[[], T | None]) -> T:
        """Wait until something came from the server with which a function gives something."""
        async with asyncio.timeout(_PATIENCE), self._news:
            while (found := told()) is None:
                await self._news.wait()
            return found

    def apply(self, edit: types.WorkspaceEdit) -> None:
        """Make the changes of texts that a workspace edit asks for, in open texts and in files; move files."""
        for change in edit.document_changes or []:
            if isinstance(change, types.TextDocumentEdit):
                self._apply_to(change.text_document.uri, change.edits)
            else:
                assert isinstance(change, types.RenameFile)
                self._move(change)
        for uri, edits in (edit.changes or {}).items():
            self._apply_to(uri, edits)

    def _apply_to(
        self, uri: str, edits: Sequence[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit]
    ) -> None:
        path = _file(uri).relative_to(self.root).as_posix()
        is_open = path in self._texts
        text = self._texts[path] if is_open else (self.root / path).read_bytes().decode()
        places = Places(text, self.encoding)
        plain = [edit for edit in edits if not isinstance(edit, types.SnippetTextEdit)]
        spans = [TextEdit(places.raw_offset(e.range.start), places.raw_offset(e.range.end), e.new_text) for e in plain]
        after = apply_edits(text, spans)
        if is_open:
            self.change(path, after)
        else:
            (self.root / path).write_bytes(after.encode())

    def _move(self, change: types.RenameFile) -> None:
        old, new = (_file(uri) for uri in (change.old_uri, change.new_uri))
        assert not new.exists()
        new.parent.mkdir(parents=True, exist_ok=True)
        old.rename(new)


@asynccontextmanager
async def served(
    root: Path,
    capabilities: types.ClientCapabilities | None = None,
    arguments: Sequence[str] = ("--today", TODAY),
    *,
    with_folders: bool = True,
) -> AsyncIterator[Editor]:
    """Serve an editor, that of VS Code where nothing else is said."""
    editor = Editor(root)
    able = capabilities or client_capabilities("visual_studio_code")
    await editor.start(able, arguments, with_folders=with_folders)
    try:
        yield editor
    finally:
        await editor.stop()


def _file(uri: str) -> Path:
    found = file_at(uri)
    assert found is not None
    return found

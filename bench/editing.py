"""How long an editor waits for `crmtool lsp`: until the first findings, after a keystroke, and for what it asks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from bench.ground import CRMTOOL, PYTHON, Ground
from bench.job import Series
from bench.measuring import FailedError, Sample
from bench.memory import memory_now

STARTS = 5
"""So many times a server is started anew."""
PATIENCE = 60.0  # seconds an answer may take
_IDLE = Path(__file__).with_name("scripts") / "idle_server.py"
_TYPED = "Sie wartet auf die Freigabe der Geschäftsführung 🙂 "


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """The seconds of each wait, by the name of the job, with its title; `memory` is what the server holds at last."""

    seconds: dict[str, tuple[str, Sequence[float]]]
    memory: int

    def series(self, contacts: int) -> list[Series]:
        """Give the same as series of jobs. What the processors did is not told: the server goes on."""
        return [
            Series(
                name=name,
                title=title,
                contacts=contacts,
                samples=tuple(Sample(wall=wall, cpu=0.0) for wall in walls),
                peak=self.memory or None if name == "edit-key" else None,
                against=("edit-idle",) if name == "edit-key" else (),
            )
            for name, (title, walls) in self.seconds.items()
        ]


class _Editor:
    """An editor with one open text, which hears what is found in it; `client` asks whatever else is asked."""

    def __init__(self) -> None:
        self.client = LanguageClient("bench", "1")
        self.uri = self.text = ""
        self.at = 0
        self._heard: asyncio.Queue[int | None] = asyncio.Queue()

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def heard(params: types.PublishDiagnosticsParams) -> None:
            self._heard.put_nowait(params.version)

    @property
    def process(self) -> int:
        """The number of the server's process."""
        server = self.client._server
        return server.pid if server else 0

    def open(self, file: Path) -> None:
        """Open a file."""
        self.uri, self.text, self.at = file.as_uri(), file.read_text("utf-8"), 1
        item = types.TextDocumentItem(self.uri, "markdown", 1, self.text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, where: types.Position, text: str) -> None:
        """Type a text at a place."""
        self.at += 1
        identifier = types.VersionedTextDocumentIdentifier(uri=self.uri, version=self.at)
        change = types.TextDocumentContentChangePartial(types.Range(where, where), text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))

    async def told(self) -> None:
        """Wait until something was told of the text as it stands."""
        while await asyncio.wait_for(self._heard.get(), PATIENCE) != self.at:
            pass

    def end_of(self, beginning: str) -> types.Position:
        """Give the end of the line that begins so, in UTF-16 units."""
        lines = self.text.splitlines()
        line = next(n for n, each in enumerate(lines) if each.startswith(beginning))
        return types.Position(line, len(lines[line].encode("utf-16-le")) // 2)


def edit(ground: Ground, keystrokes: int) -> Waited:
    """Open a contact of a workspace, type so many characters, and ask what an editor asks; raises FailedError."""
    try:
        return asyncio.run(_edit(ground, keystrokes))
    except TimeoutError:
        raise FailedError(f"crmtool lsp: no answer within {PATIENCE:.0f} s") from None


async def _edit(ground: Ground, keystrokes: int) -> Waited:
    file = ground.root / ground.edits.paths[0]
    first = [await _until_first(ground, file) for _ in range(STARTS)]
    async with _running(ground, str(CRMTOOL), "lsp") as editor:
        editor.open(file)
        await editor.told()
        await editor.told()  # once more when all is read
        keys = await _type(editor, keystrokes)
        asked = {name: await _ask(ask, keystrokes) for name, ask in _requests(editor).items()}
        memory = memory_now(editor.process)
    async with _running(ground, str(CRMTOOL), "lsp") as editor:
        editor.open(ground.root / "criteria.yaml")
        await editor.told()
        await editor.told()
        rules = await _type(editor, keystrokes)
    async with _running(ground, PYTHON, str(_IDLE)) as editor:
        editor.open(file)
        await editor.told()
        idle = await _type(editor, keystrokes)
    return Waited(
        memory=memory,
        seconds={
            "edit-first": ("lsp, started until the first findings", first),
            "edit-key": ("lsp, keystroke in a contact until its findings", keys),
            "edit-rule": ("… in the rule book", rules),
            "edit-idle": ("… to a server that finds nothing", idle),
            **{name: (f"lsp, {name.removeprefix('edit-')}", walls) for name, walls in asked.items()},
        },
    )


async def _until_first(ground: Ground, file: Path) -> float:
    start = time.perf_counter()
    async with _running(ground, str(CRMTOOL), "lsp") as editor:
        editor.open(file)
        await editor.told()
        return time.perf_counter() - start


async def _type(editor: _Editor, keystrokes: int) -> list[float]:
    """Type a sentence behind the name, a character at a time, as often as it takes; the seconds of each."""
    waited: list[float] = []
    where = editor.end_of("name:")
    for n in range(keystrokes):
        character = _TYPED[n % len(_TYPED)]
        start = time.perf_counter()
        editor.type(where, character)
        await editor.told()
        waited.append(time.perf_counter() - start)
        where = types.Position(where.line, where.character + len(character.encode("utf-16-le")) // 2)
    return waited


def _requests(editor: _Editor) -> dict[str, Callable[[], Awaitable[object]]]:
    """Give what an editor asks most, by the names of the jobs."""
    client, document, status = editor.client, types.TextDocumentIdentifier(editor.uri), editor.end_of("status:")
    place = types.Range(status, status)
    context = types.CodeActionContext([])
    everything = types.Range(types.Position(0, 0), types.Position(1000, 0))
    return {
        "edit-completion": lambda: client.text_document_completion_async(types.CompletionParams(document, status)),
        "edit-hover": lambda: client.text_document_hover_async(types.HoverParams(document, editor.end_of("name:"))),
        "edit-actions": lambda: client.text_document_code_action_async(
            types.CodeActionParams(document, place, context)
        ),
        "edit-hints": lambda: client.text_document_inlay_hint_async(types.InlayHintParams(document, everything)),
        "edit-symbols": lambda: client.workspace_symbol_async(types.WorkspaceSymbolParams("jana")),
        "edit-references": lambda: client.text_document_references_async(
            types.ReferenceParams(types.ReferenceContext(include_declaration=True), document, status)
        ),
    }


async def _ask(ask: Callable[[], Awaitable[object]], times: int) -> list[float]:
    waited: list[float] = []
    for _ in range(min(times, 10)):
        start = time.perf_counter()
        await asyncio.wait_for(ask(), PATIENCE)
        waited.append(time.perf_counter() - start)
    return waited


@asynccontextmanager
async def _running(ground: Ground, program: str, *arguments: str) -> AsyncIterator[_Editor]:
    editor, root = _Editor(), ground.root.as_uri()
    client = editor.client
    await client.start_io(program, *arguments, cwd=ground.root, env=dict(ground.environment()))
    params = types.InitializeParams(capabilities=types.ClientCapabilities(), root_uri=root)
    await asyncio.wait_for(client.initialize_async(params), PATIENCE)
    client.initialized(types.InitializedParams())
    try:
        yield editor
    finally:
        await client.shutdown_async(None)
        client.exit(None)
        await client.stop()

"""Whatever is typed, and whatever is asked meanwhile: the server's text is the editor's, and it goes on serving."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import client_capabilities

from crmtool.check import check
from crmtool.lsp.diagnosing import diagnostics
from crmtool.snapshot import Overlay, read_content
from crmtool.workspace import WorkTree, load_schemas
from tests.conftest import JANA, RULEBOOK, TODAY
from tests.lsp.client import Editor, served
from tests.lsp.test_diagnostics import JANA_PATH

PIECES = [
    *(
        "\n",
        "\r\n",
        "\r",
        "\t",
        " ",
        "  ",
        ":",
        ": ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "'",
        '"',
        "#",
        "|",
        "&a ",
        "*a",
        "!",
    ),
    *(
        "---\n",
        "\n---\n",
        "…",
        "ü",
        "😀",
        "👩‍👩‍👧",
        "\u2028",
        "\x0c",
        "\x85",
        "\ufeff",
        "\0",
        "e\u0301",
        "<<<<<<< ours\n",
    ),
    *(
        "status: ready\n",
        "  pain: {met: 2026-11-09}\n",
        "decisions:",
        "criteria:\n",
        "2026-02-30",
        "](../x/y.md)",
        "{{x}}",
    ),
    *("clarifying", "buyer", "next_step: {do: x, clarifies: buyer, due: 2026-12-01}\n", "  - {date: 2026-11-20, to: "),
]
BURSTS, EDITS = 12, 6
REFUSALS = (types.LSPErrorCodes.RequestFailed, types.ErrorCodes.InvalidParams)


@pytest.mark.parametrize("path", [JANA_PATH, "criteria.yaml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_no_edits_part_the_two_texts(workspace: Path, path: str, encoding: str) -> None:
    able = client_capabilities("visual_studio_code")
    able.general = types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind(encoding)])
    dice = random.Random(f"{path} {encoding}")
    async with served(workspace, able) as editor:
        editor.open(JANA_PATH)
        if path != JANA_PATH:
            editor.open(path)
        for _ in range(BURSTS):
            editor.type(path, list(edits(dice, editor.text(path))))
            for asked in requests(editor, path, dice):
                await asked
            assert seen(await editor.diagnostics(path)) == expected(editor, path), editor.text(path)
        editor.change(path, JANA if path == JANA_PATH else RULEBOOK)
        assert await editor.diagnostics(path) == []


def edits(dice: random.Random, text: str) -> Iterator[tuple[int, int, str]]:
    """Draw some edits of a text, small ones most of the time, one after the other."""
    for _ in range(dice.randint(1, EDITS)):
        start = between_lines(text, dice.randint(0, len(text)))
        length = dice.choice([0, 0, 0, 1, 1, 2, 5, 40, 400])
        end = between_lines(text, min(len(text), start + length))
        new = "".join(dice.choices(PIECES, k=dice.choice([0, 1, 1, 1, 2, 3])))
        if dice.random() < 0.1:  # a stretch is copied, as one does with a line
            new = text[start : start + 120]
        yield start, end, new
        text = text[:start] + new + text[end:]


def between_lines(text: str, offset: int) -> int:
    """Give the offset, or that behind a line's end which it would part: no editor has a place there."""
    return offset + 1 if text[offset - 1 : offset + 1] == "\r\n" and offset else offset


def expected(editor: Editor, path: str) -> list[Any]:
    """Check the workspace with the text in the place of its file, without a server."""
    files = Overlay(WorkTree(editor.root), {path: editor.text(path).encode("utf-8", "surrogatepass")})
    content = read_content(files, load_schemas(files))
    found = [each for each in check(content, date.fromisoformat(TODAY)).findings if each.location.path == path]
    document = content.rulebook_document if path == "criteria.yaml" else content.documents[path]
    return seen(diagnostics(found, document, editor.places(path)))


def seen(found: list[types.Diagnostic]) -> list[Any]:
    """Give what is seen of findings; what a changed rule book does to contacts is none."""
    return [(each.range, each.code, each.severity, each.message) for each in found if each.code is not None]


def requests(editor: Editor, path: str, dice: random.Random) -> Iterator[Awaitable[Any]]:
    """Ask everything that an editor asks, at some place of a text."""
    client, document = editor.client, types.TextDocumentIdentifier(editor.uri(path))
    where = editor.position(path, between_lines(editor.text(path), dice.randint(0, len(editor.text(path)))))
    whole = types.Range(types.Position(0, 0), types.Position(10_000, 0))
    here = types.Range(where, where)
    context = types.CodeActionContext([])
    yield client.text_document_completion_async(types.CompletionParams(document, where))
    yield client.text_document_hover_async(types.HoverParams(document, where))
    yield client.text_document_definition_async(types.DefinitionParams(document, where))
    yield client.text_document_references_async(
        types.ReferenceParams(types.ReferenceContext(include_declaration=True), document, where)
    )
    yield client.text_document_document_highlight_async(types.DocumentHighlightParams(document, where))
    yield client.text_document_document_link_async(types.DocumentLinkParams(document))
    yield client.text_document_code_action_async(types.CodeActionParams(document, here, context))
    yield client.text_document_code_action_async(types.CodeActionParams(document, whole, context))
    yield client.text_document_code_lens_async(types.CodeLensParams(document))
    yield client.text_document_inlay_hint_async(types.InlayHintParams(document, whole))
    yield client.text_document_folding_range_async(types.FoldingRangeParams(document))
    yield client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
    yield client.workspace_symbol_async(types.WorkspaceSymbolParams(dice.choice(["", "jana", "köh", "x"])))
    yield client.text_document_prepare_rename_async(types.PrepareRenameParams(document, where))
    yield refusable(client.text_document_rename_async(types.RenameParams(document, where, "other_name")))


async def refusable(asked: Awaitable[Any]) -> None:
    """Wait for an answer that may be a refusal: a request that failed or was wrong, never an error inside."""
    try:
        await asked
    except JsonRpcException as refusal:
        if refusal.code not in REFUSALS:
            raise

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pytest_lsp import client_capabilities

from tests.conftest import JANA, RULEBOOK, write_files
from tests.lsp.client import Editor, served

PATH = "contacts/nordlicht/jana-koehler.md"
NEXT = 'next_step: {do: "Mit CFO klären, ob Q1 gilt", clarifies: buyer, due: 2026-11-28}\n'
CARET = "¦"


async def complete(editor: Editor, text: str, path: str = PATH) -> list[types.CompletionItem]:
    """Let an open text be another one with a caret, and complete there."""
    editor.change(path, text.replace(CARET, ""))
    where = editor.position(path, text.index(CARET))
    params = types.CompletionParams(types.TextDocumentIdentifier(editor.uri(path)), where)
    result = await editor.client.text_document_completion_async(params)
    assert isinstance(result, types.CompletionList)
    assert not result.is_incomplete
    return list(result.items)


def take(editor: Editor, item: types.CompletionItem, because: str = "…") -> None:
    """Put an item into the text, as an editor without tab stops does."""
    assert isinstance(item.text_edit, types.TextEdit)
    main = types.TextEdit(item.text_edit.range, item.text_edit.new_text.replace("…", because))
    edits = [main, *(item.additional_text_edits or [])]
    editor.apply(types.WorkspaceEdit(changes={editor.uri(PATH): edits}))


def named(items: list[types.CompletionItem], label: str) -> types.CompletionItem:
    return next(item for item in items if item.label == label)


@pytest.fixture
def plain() -> types.ClientCapabilities:
    capabilities = client_capabilities("visual_studio_code")
    text = capabilities.text_document
    assert text is not None
    assert text.completion is not None
    text.completion.completion_item = None
    return capabilities


@pytest.mark.asyncio
async def test_the_server_says_what_opens_the_list(editor: Editor) -> None:
    assert editor.initialized is not None
    provider = editor.initialized.capabilities.completion_provider
    assert provider is not None
    assert {" ", "{", "("} <= set(provider.trigger_characters or ())


@pytest.mark.asyncio
async def test_statuses_keep_their_order_and_say_what_is_missing(editor: Editor) -> None:
    editor.open(PATH)
    items = await complete(editor, JANA.replace("status: clarifying", "status: cla¦"))
    assert [item.label for item in sorted(items, key=lambda item: item.sort_text or "")][:2] == ["stopped", "parked"]
    ready = named(items, "ready")
    assert "lacks: buyer" in (ready.detail or "")
    assert "Wer unterschreibt?" in str(ready.documentation)
    assert "Entscheidungsreif" in (ready.filter_text or "")
    assert isinstance(ready.text_edit, types.TextEdit)
    assert ready.text_edit.range.end.character == len("status: cla")


@pytest.mark.asyncio
async def test_an_answer_comes_with_tab_stops(editor: Editor) -> None:
    editor.open(PATH)
    items = await complete(editor, JANA.replace("decisions:\n", "  bu¦\ndecisions:\n"))
    buyer = named(items, "buyer")
    assert isinstance(buyer.text_edit, types.TextEdit)
    assert buyer.text_edit.new_text == 'buyer: {met: ${1:2026-11-23}, evidence: "${2:…}"}'
    assert buyer.insert_text_format is types.InsertTextFormat.Snippet
    assert buyer.insert_text_mode is types.InsertTextMode.AdjustIndentation


@pytest.mark.asyncio
async def test_a_decision_is_taken_whole_and_leaves_nothing_to_be_found(
    workspace: Path, plain: types.ClientCapabilities
) -> None:
    async with served(workspace, plain) as editor:
        editor.open(PATH)
        answers = (
            '  buyer: {met: 2026-11-20, evidence: "CFO 🚚"}\n  deadline: {met: 2026-11-20, evidence: "x"}\ndecisions:\n'
        )
        text = JANA.replace("decisions:\n", answers).replace(NEXT, "  - ¦\n")
        items = await complete(editor, text)
        decision = named(items, "decide: ready")
        assert decision.insert_text_format is types.InsertTextFormat.PlainText
        take(editor, decision, because="Entscheider und Termin stehen")
        assert "status: ready\n" in editor.text(PATH)
        assert await editor.codes(PATH) == []


@pytest.mark.asyncio
async def test_further_lines_are_indented_for_an_editor_that_does_not_do_it(
    workspace: Path, plain: types.ClientCapabilities
) -> None:
    async with served(workspace, plain) as editor:
        log = "decisions:\n  - date: 2026-10-20\n    to: new\n    because: x\n  - ¦\n"
        editor.open(PATH)
        items = await complete(editor, f"---\nname: Ada\nstatus: new\n{log}---\n")
        take(editor, named(items, "decide: stopped"), because="Passt nicht")
        assert "  - date: 2026-11-23\n    to: stopped\n    reason: no_fit\n    because: " in editor.text(PATH)
        assert await editor.codes(PATH) == []


@pytest.mark.asyncio
async def test_places_are_told_in_the_units_of_the_editor_also_behind_a_byte_order_mark(editor: Editor) -> None:
    editor.open(PATH)
    text = "\ufeff" + JANA.replace("clarifies: buyer", "clarifies: b¦uyer").replace("Mit CFO", "Mit 🚚🚚 CFO")
    budget = named(await complete(editor, text), "budget")
    take(editor, budget)
    assert '🚚🚚 CFO klären, ob Q1 gilt", clarifies: budget, due' in editor.text(PATH)


@pytest.mark.asyncio
async def test_links_to_contacts_that_are_only_on_the_disk(workspace: Path) -> None:
    other = JANA.replace("Jana Köhler", "Ida Bär")
    write_files(workspace, {"contacts/petersen/ida.md": other})
    async with served(workspace) as editor:
        editor.open(PATH)
        await editor.diagnostics(PATH)
        items: list[types.CompletionItem] = []
        async with asyncio.timeout(30):
            while not items:  # contacts are read while the editor goes on
                items = await complete(editor, JANA.replace("Free", "[Ida](¦) Free"))
        assert [(item.label, item.detail) for item in items] == [
            ("../petersen/ida.md", "Nordlicht Logistik GmbH · Ida Bär")
        ]


@pytest.mark.asyncio
async def test_the_rule_book_is_completed_as_well(editor: Editor) -> None:
    editor.open("criteria.yaml")
    items = await complete(editor, RULEBOOK.replace("in: ready", "in: ¦"), "criteria.yaml")
    star: Any = named(items, "*")
    assert star.text_edit.new_text == '"*"'


@pytest.mark.asyncio
async def test_other_files_are_not_completed(editor: Editor) -> None:
    uri = editor.open("README.md", "status: ")
    params = types.CompletionParams(types.TextDocumentIdentifier(uri), types.Position(0, 8))
    assert await editor.client.text_document_completion_async(params) is None

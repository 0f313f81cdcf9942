"""What an editor is shown beside a text: hovers, lenses, hints, folds and symbols."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from lsprotocol import types

from tests.conftest import JANA, RULEBOOK, write_files
from tests.lsp.client import Editor, served

JANA_PATH = "contacts/nordlicht/jana-koehler.md"
RULES_PATH = "criteria.yaml"
PLAIN = types.ClientCapabilities()


async def hovered(editor: Editor, path: str, at: str, shift: int = 1) -> types.Hover | None:
    position = editor.position(path, editor.text(path).index(at) + shift)
    document = types.TextDocumentIdentifier(editor.uri(path))
    return await editor.client.text_document_hover_async(types.HoverParams(document, position))


async def lenses(editor: Editor, path: str) -> Sequence[types.CodeLens]:
    document = types.TextDocumentIdentifier(editor.uri(path))
    return await editor.client.text_document_code_lens_async(types.CodeLensParams(document)) or []


async def hints(editor: Editor, path: str, where: types.Range | None = None) -> list[tuple[types.Position, str]]:
    document = types.TextDocumentIdentifier(editor.uri(path))
    everywhere = types.Range(types.Position(0, 0), types.Position(9999, 0))
    params = types.InlayHintParams(document, where or everywhere)
    return [
        (hint.position, str(hint.label)) for hint in await editor.client.text_document_inlay_hint_async(params) or []
    ]


async def found(editor: Editor, query: str) -> list[types.SymbolInformation]:
    given = await editor.client.workspace_symbol_async(types.WorkspaceSymbolParams(query)) or []
    return [symbol for symbol in given if isinstance(symbol, types.SymbolInformation)]


async def test_a_hover_is_markdown_of_the_word_that_is_pointed_at(editor: Editor) -> None:
    """Also behind characters that count twice in UTF-16."""
    editor.open(JANA_PATH, JANA.replace('next_step: {do: "Mit', 'next_step: {do: "😀 Mit'))
    shown = await hovered(editor, JANA_PATH, "buyer")
    assert shown is not None
    assert isinstance(shown.contents, types.MarkupContent)
    assert shown.contents.kind is types.MarkupKind.Markdown
    assert shown.contents.value.startswith(
        "**Entscheider bekannt** · criterion buyer\n\nWer unterschreibt?\n\n- **Here:** open\n"
    )
    start = editor.text(JANA_PATH).index("buyer")
    assert shown.range == types.Range(editor.position(JANA_PATH, start), editor.position(JANA_PATH, start + 5))


async def test_a_hover_is_plain_text_where_the_editor_shows_no_markdown(workspace: Path) -> None:
    async with served(workspace, PLAIN) as editor:
        editor.open(JANA_PATH)
        shown = await hovered(editor, JANA_PATH, "buyer")
        assert shown is not None
        assert isinstance(shown.contents, types.MarkupContent)
        assert shown.contents.kind is types.MarkupKind.PlainText
        assert shown.contents.value.startswith("Entscheider bekannt · criterion buyer\n\n")


async def test_what_a_file_says_is_no_link_in_a_hover(editor: Editor) -> None:
    hostile = "[x](command:run) ![y](https://evil.example/p.png) <img src=x> `"
    editor.open(RULES_PATH, RULEBOOK.replace("Wer unterschreibt?", hostile))
    editor.open(JANA_PATH)
    shown = await hovered(editor, JANA_PATH, "buyer")
    assert shown is not None
    assert isinstance(shown.contents, types.MarkupContent)
    assert r"\[x\](command:run) ![y\](https\://evil.example/p.png) \<img src=x> \`" in shown.contents.value


async def test_there_is_nothing_to_tell_of_other_places_and_files(editor: Editor) -> None:
    editor.open(JANA_PATH)
    assert await hovered(editor, JANA_PATH, "Free Markdown") is None
    editor.open("README.md", "status: clarifying\n")
    assert await hovered(editor, "README.md", "clarifying") is None
    assert await lenses(editor, "README.md") == []
    assert await hints(editor, "README.md") == []


async def test_the_verdict_stands_above_the_name_and_follows_what_is_typed(editor: Editor) -> None:
    editor.open(JANA_PATH)
    (lens,) = await lenses(editor, JANA_PATH)
    assert lens.range.start == types.Position(1, 0)
    assert lens.command is not None
    assert lens.command.title.startswith("Clarify · 3 missing for Entscheidungsreif · ")
    assert lens.command.command == ""
    editor.change(JANA_PATH, JANA.replace("criteria:", "criteria:\n  buyer: {met: 2026-11-20}"))
    (lens,) = await lenses(editor, JANA_PATH)
    assert lens.command is not None
    assert lens.command.title.startswith("Plan · 2 missing for Entscheidungsreif · ")


async def test_the_rule_book_counts_all_contacts_once_they_are_read(workspace: Path) -> None:
    write_files(workspace, {f"contacts/c/{n}.md": JANA for n in range(20)})
    async with served(workspace) as editor:
        editor.open(RULES_PATH)
        await editor.diagnostics(RULES_PATH)
        titles: list[str] = []
        while not titles:  # until then the editor is told to ask again
            titles = [lens.command.title for lens in await lenses(editor, RULES_PATH) if lens.command]
        assert "21 of 12 contacts" in titles
        assert "met by 21 of 21 open contacts" in titles
        shown = await hovered(editor, RULES_PATH, "  pain:", 3)
        assert "21 yes (of 21 active or on hold)" in str(shown)


async def test_hints_stand_behind_their_values_in_the_range_asked_for(editor: Editor) -> None:
    editor.open(JANA_PATH, JANA.replace("Mit CFO klären", "😀 Mit CFO klären"))
    text = editor.text(JANA_PATH)
    told = {label: position for position, label in await hints(editor, JANA_PATH)}
    due = text.index("2026-11-28") + 10
    assert told["in 5 days"] == editor.position(JANA_PATH, due)
    assert told["18 days, decide by 2026-12-05"] == types.Position(8, len("status: clarifying"))
    line = types.Range(types.Position(8, 0), types.Position(9, 0))
    assert [label for _, label in await hints(editor, JANA_PATH, line)] == ["18 days, decide by 2026-12-05"]
    editor.change(JANA_PATH, text.replace("owner: mira", "owner: [mira"))
    assert await hints(editor, JANA_PATH) == []


async def test_folds_are_given_by_lines(editor: Editor) -> None:
    editor.open(JANA_PATH, JANA + "\n## Notes\n\ntext\n")
    params = types.FoldingRangeParams(types.TextDocumentIdentifier(editor.uri(JANA_PATH)))
    folds = await editor.client.text_document_folding_range_async(params)
    assert folds is not None
    end = JANA.count("\n")
    assert (folds[0].start_line, folds[0].end_line, folds[0].kind) == (0, 25, types.FoldingRangeKind.Region)
    assert [(fold.start_line, fold.end_line) for fold in folds[1:]] == [
        (9, 18),
        (12, 15),
        (16, 18),
        (19, 21),
        (23, 24),
        (end + 1, end + 3),
    ]


async def test_an_outline_is_nested_where_the_editor_can_show_that(editor: Editor) -> None:
    editor.open(JANA_PATH)
    params = types.DocumentSymbolParams(types.TextDocumentIdentifier(editor.uri(JANA_PATH)))
    given = await editor.client.text_document_document_symbol_async(params)
    assert given is not None
    (top,) = given
    assert isinstance(top, types.DocumentSymbol)
    assert (top.name, top.detail) == ("Jana Köhler", "In Klärung · Clarify")
    assert top.selection_range == types.Range(types.Position(1, 0), types.Position(1, 17))
    assert [part.name for part in top.children or []] == ["criteria", "decisions", "next step", "stop if"]


async def test_an_outline_is_flat_where_the_editor_cannot_show_another(workspace: Path) -> None:
    async with served(workspace, PLAIN) as editor:
        uri = editor.open(JANA_PATH)
        params = types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
        given = await editor.client.text_document_document_symbol_async(params)
        assert given is not None
        symbols = [symbol for symbol in given if isinstance(symbol, types.SymbolInformation)]
        assert len(symbols) == len(given) == 11
        assert ("Problem benannt", "criteria") in [(symbol.name, symbol.container_name) for symbol in symbols]


async def test_contacts_and_definitions_are_found_in_the_workspace(editor: Editor) -> None:
    editor.open(JANA_PATH)
    await editor.diagnostics(JANA_PATH)
    (person,) = await found(editor, "kohler NORD")
    assert (person.name, person.location.uri) == ("Nordlicht Logistik GmbH · Jana Köhler", editor.uri(JANA_PATH))
    (criterion,) = await found(editor, "buyer")
    line = next(n for n, line in enumerate(RULEBOOK.splitlines()) if line.startswith("  buyer:"))
    assert criterion.location.uri == editor.uri(RULES_PATH)
    assert criterion.location.range == types.Range(types.Position(line, 2), types.Position(line, 7))
    assert await found(editor, "nobody at all") == []


async def test_a_name_that_is_not_saved_is_found(editor: Editor) -> None:
    editor.open(JANA_PATH, JANA.replace("Jana Köhler", "Jana Meyerhoff"))
    await editor.diagnostics(JANA_PATH)
    assert [person.name for person in await found(editor, "meyerhoff")] == ["Nordlicht Logistik GmbH · Jana Meyerhoff"]


async def test_nothing_that_is_shown_fails_whatever_is_typed(editor: Editor) -> None:
    document = types.TextDocumentIdentifier(editor.open(JANA_PATH))
    client = editor.client
    for text in ("", "---", "---\n", "---\nname: x", "---\n- a\n---\n# b\n", "\ufeff---\n{}\n---\n"):
        editor.change(JANA_PATH, text)
        assert await client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
        assert await client.text_document_folding_range_async(types.FoldingRangeParams(document)) is not None
        assert await hints(editor, JANA_PATH) == []
        assert len(await lenses(editor, JANA_PATH)) == 1
        await client.text_document_hover_async(types.HoverParams(document, types.Position(1, 1)))


async def test_what_a_schema_of_the_team_says_is_told(workspace: Path) -> None:
    schema = json.loads((Path(__file__).parents[2] / "schemas" / "contact.schema.json").read_text("utf-8"))
    schema["properties"]["owner"] = {"type": "string", "description": "One of us three."}
    write_files(workspace, {"schemas/contact.schema.json": json.dumps(schema)})
    async with served(workspace) as editor:
        editor.open(JANA_PATH)
        assert "One of us three." in str(await hovered(editor, JANA_PATH, "owner"))

"""From an id to where it is defined and to all that names it."""

from __future__ import annotations

import pytest
from lsprotocol import types

from crmtool.lsp.addresses import file_at
from tests.conftest import JANA, RULEBOOK
from tests.lsp.client import Editor, served
from tests.lsp.pointing import BOB, BOB_PATH, BOOK_PATH, JANA_PATH, at


async def definition(editor: Editor, path: str, text: str) -> types.LocationLink | None:
    found = await editor.client.text_document_definition_async(types.DefinitionParams(*at(editor, path, text)))
    if found is None:
        return None
    assert isinstance(found, list)
    (link,) = found
    assert isinstance(link, types.LocationLink)
    return link


async def references(editor: Editor, path: str, text: str, *, declaration: bool = True) -> list[tuple[str, str]]:
    """Give the files that name what stands at a text, with the line of each mention."""
    params = types.ReferenceParams(types.ReferenceContext(declaration), *at(editor, path, text))
    found = await editor.client.text_document_references_async(params)
    assert found is not None
    told = []
    for location in found:
        file = file_at(location.uri)
        assert file is not None
        name = file.relative_to(editor.root).as_posix()
        lines = (RULEBOOK if name == BOOK_PATH else editor.text(name)).splitlines()
        told.append((name, lines[location.range.start.line].strip()[:24]))
    return told


@pytest.mark.parametrize(
    ("text", "defined"),
    [
        ("clarifying\ncriteria", "clarifying: {"),
        ("new, because", "new:        {"),
        ("conflict:", "conflict: {"),
        ("buyer, due", "buyer:    {"),
        ("no_need}", "no_need: Kein"),
    ],
)
async def test_what_a_contact_names_is_defined_in_the_rule_book(editor: Editor, text: str, defined: str) -> None:
    editor.open(BOOK_PATH)
    editor.open(JANA_PATH, JANA.replace("to: new,", "to: stopped, reason: no_need}\n  - {date: 2026-10-20, to: new,"))
    link = await definition(editor, JANA_PATH, text)
    assert link is not None
    assert link.target_uri == editor.uri(BOOK_PATH)
    id = defined.partition(":")[0]
    start = RULEBOOK.index(defined)
    assert link.target_selection_range == types.Range(
        editor.position(BOOK_PATH, start), editor.position(BOOK_PATH, start + len(id))
    )
    assert link.target_range.start == link.target_selection_range.start
    assert link.target_range.end.character > link.target_selection_range.end.character, "the whole definition"
    origin = editor.position(JANA_PATH, editor.text(JANA_PATH).index(text))
    assert link.origin_selection_range == types.Range(origin, types.Position(origin.line, origin.character + len(id)))


async def test_within_the_rule_book_too_as_it_stands_in_the_editor(editor: Editor) -> None:
    editor.open(BOOK_PATH)
    editor.change(BOOK_PATH, "# one more line\n" + RULEBOOK)
    link = await definition(editor, BOOK_PATH, "stop, reason")
    assert link is not None
    assert link.target_selection_range.start == editor.position(
        BOOK_PATH, editor.text(BOOK_PATH).index("stop:    {from")
    )
    editor.open(JANA_PATH)
    link = await definition(editor, JANA_PATH, "fit:")
    assert link is not None
    assert link.target_selection_range.start == editor.position(BOOK_PATH, editor.text(BOOK_PATH).index("fit:      {"))


async def test_an_editor_that_knows_no_links_gets_a_location(editor: Editor) -> None:
    async with served(editor.root, types.ClientCapabilities()) as plain:
        plain.open(JANA_PATH)
        params = types.DefinitionParams(*at(plain, JANA_PATH, "buyer"))
        found = await plain.client.text_document_definition_async(params)
        assert isinstance(found, types.Location)
        assert found.uri == plain.uri(BOOK_PATH)


async def test_what_is_defined_nowhere_leads_nowhere(editor: Editor) -> None:
    editor.open(JANA_PATH, JANA.replace("buyer", "byer"))
    for text in ("byer", "Logistik", "Free Markdown"):
        assert await definition(editor, JANA_PATH, text) is None
    editor.open("notes.md", "# Notes\n")
    params = types.DefinitionParams(types.TextDocumentIdentifier(editor.uri("notes.md")), types.Position(0, 2))
    assert await editor.client.text_document_definition_async(params) is None


async def test_a_link_leads_to_the_name_of_the_contact(editor: Editor) -> None:
    editor.open(BOB_PATH, BOB)
    link = await definition(editor, BOB_PATH, "jana-koehler.md")
    assert link is not None
    assert (link.target_uri, link.target_selection_range.start) == (editor.uri(JANA_PATH), types.Position(1, 6))
    assert await definition(editor, BOB_PATH, "nobody.md") is None


async def test_all_that_names_a_criterion(editor: Editor) -> None:
    editor.open(JANA_PATH)
    editor.open(BOB_PATH, BOB.replace("clarifies: buyer", "clarifies: pain"))
    assert await references(editor, JANA_PATH, "buyer", declaration=False) == [
        (JANA_PATH, 'next_step: {do: "Mit CFO'),
        *((BOOK_PATH, line) for line in ("ready:      {label: Ents", "mature:  {from: clarifyi")),
        *((BOOK_PATH, line) for line in ("recycle: {from: ready, t", "no_buyer:    {in: clarif")),
    ]
    with_it = await references(editor, JANA_PATH, "buyer")
    assert (BOOK_PATH, "buyer:    {label: Entsch") in with_it
    assert len(with_it) == 6
    editor.open(BOOK_PATH)
    assert await references(editor, BOOK_PATH, "buyer:    {") == with_it, "from its definition as well"


async def test_a_reason_is_one_of_its_status(editor: Editor) -> None:
    text = JANA.replace("to: new,", "to: parked, reason: timing, x: no_need}\n  - {date: 2026-10-20, to: new,")
    editor.open(JANA_PATH, text)
    editor.open(BOOK_PATH)
    assert await references(editor, BOOK_PATH, "timing:") == [
        (JANA_PATH, "- {date: 2026-10-20, to:"),
        (BOOK_PATH, "parked:  {timing: Falsch"),
    ]
    assert await references(editor, BOOK_PATH, "no_need:") == [(BOOK_PATH, "stopped: {no_fit: Passt ")]


async def test_a_contact_is_named_by_links_to_it(editor: Editor) -> None:
    editor.open(BOB_PATH, BOB)
    editor.open(JANA_PATH)
    links = [(BOB_PATH, "[Jana](nordlicht/jana-ko")]
    assert await references(editor, JANA_PATH, "name:", declaration=False) == links
    assert await references(editor, BOB_PATH, "jana-koehler.md") == [*links, (JANA_PATH, "name: Jana Köhler")]


async def test_the_same_id_in_a_file_is_marked(editor: Editor) -> None:
    editor.open(BOOK_PATH)
    params = types.DocumentHighlightParams(*at(editor, BOOK_PATH, "ready, to: agreed"))
    found = await editor.client.text_document_document_highlight_async(params)
    assert found is not None
    places = editor.places(BOOK_PATH)
    assert {RULEBOOK[places.offset(f.range.start) : places.offset(f.range.end)] for f in found} == {"ready"}
    kinds = [mark.kind for mark in found]
    assert kinds.count(types.DocumentHighlightKind.Write) == 1
    assert len(kinds) == 6
    nothing = types.DocumentHighlightParams(*at(editor, BOOK_PATH, "language"))
    assert await editor.client.text_document_document_highlight_async(nothing) is None


async def test_links_to_contacts_can_be_followed(editor: Editor) -> None:
    editor.open(BOB_PATH, BOB)
    editor.open(JANA_PATH)
    await editor.diagnostics(JANA_PATH)
    params = types.DocumentLinkParams(types.TextDocumentIdentifier(editor.uri(BOB_PATH)))
    found = await editor.client.text_document_document_link_async(params)
    assert found is not None
    (link,) = found
    assert link.target == editor.uri(JANA_PATH)
    places = editor.places(BOB_PATH)
    written = BOB[places.offset(link.range.start) : places.offset(link.range.end)]
    assert written == "nordlicht/jana-koehler.md"
    assert link.tooltip == "Nordlicht Logistik GmbH · Jana Köhler"


async def test_what_a_file_says_is_no_command_in_the_tooltip_of_a_link(editor: Editor) -> None:
    """Editors put it between the brackets of a link of their own, of Markdown that may run commands."""
    editor.open(BOB_PATH, BOB)
    editor.open(JANA_PATH, JANA.replace("Jana Köhler", r"'x\\](command:quit) [y'"))
    await editor.diagnostics(JANA_PATH)
    params = types.DocumentLinkParams(types.TextDocumentIdentifier(editor.uri(BOB_PATH)))
    found = await editor.client.text_document_document_link_async(params)
    assert [link.tooltip for link in found or ()] == ["Nordlicht Logistik GmbH · x (command:quit) y"]

"""From an id to its definition, and to all that names it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from lsprotocol import types

from crmtool.app.live import LiveWorkspace
from crmtool.app.live.naming import path_of_contact, places_named
from crmtool.assist.mentions import Mention, Noun, itself, links
from crmtool.assist.naming import definition_in, named_at, named_in
from crmtool.assist.told import as_label
from crmtool.document import Document
from crmtool.lsp.diagnosing import span_of
from crmtool.lsp.positions import Places
from crmtool.lsp.server import CrmtoolServer, Opened
from crmtool.snapshot import RULEBOOK
from crmtool.text import Lines, Span

_READ_AT_ONCE = 25
"""So many files are read between two looks at what the editor wants: about a hundredth of a second."""


@dataclass(frozen=True)
class Pointed:
    """The id that a cursor points at, in an open file."""

    opened: Opened
    thing: Mention

    @property
    def workspace(self) -> LiveWorkspace:
        """The workspace of the file."""
        return self.opened.workspace

    @property
    def document(self) -> Document:
        """The file as it stands."""
        return self.opened.editing.document

    @property
    def range(self) -> types.Range:
        """Where the id stands."""
        return self.opened.places.range(self.thing.span)


def definition(
    server: CrmtoolServer, params: types.DefinitionParams
) -> types.Location | list[types.LocationLink] | None:
    """Tell where an id is defined."""
    pointed = pointed_at(server, params.text_document.uri, params.position)
    return _definition(server, pointed) if pointed else None


async def references(server: CrmtoolServer, params: types.ReferenceParams) -> list[types.Location] | None:
    """Tell where an id is named in the whole workspace."""
    pointed = pointed_at(server, params.text_document.uri, params.position)
    return await _references(server, pointed, params.context.include_declaration) if pointed else None


def highlights(server: CrmtoolServer, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight] | None:
    """Tell where an id is named in its file."""
    pointed = pointed_at(server, params.text_document.uri, params.position)
    return _highlights(pointed) if pointed else None


def document_links(server: CrmtoolServer, params: types.DocumentLinkParams) -> list[types.DocumentLink] | None:
    """Tell which links lead to other contacts."""
    opened = server.opened(params.text_document.uri)
    return list(_links(server, opened)) if opened else None


def pointed_at(server: CrmtoolServer, uri: str, position: types.Position) -> Pointed | None:
    """Find the id at a position of an open file; None where there is none."""
    opened = server.opened(uri)
    thing = named_at(opened.editing.document, opened.places.offset(position)) if opened else None
    return Pointed(opened, thing) if opened and thing else None


def places_of(server: CrmtoolServer, workspace: LiveWorkspace, document: Document) -> Places:
    """Give the places of a file that was read already."""
    is_open = document.path in workspace.open_paths
    return server.places_in(workspace, document.path) if is_open else Places(document.text, server.encoding)


def _definition(server: CrmtoolServer, pointed: Pointed) -> types.Location | list[types.LocationLink] | None:
    workspace = pointed.workspace
    found = (
        _contact(workspace, pointed.thing) if pointed.thing.noun is Noun.CONTACT else _rule(workspace, pointed.thing)
    )
    if found is None:
        return None
    document, name, whole = found
    uri, places = server.uri_of(workspace, document.path), places_of(server, workspace, document)
    able = server.client_capabilities.text_document
    if able is None or able.definition is None or not able.definition.link_support:
        return types.Location(uri, places.range(name))
    return [
        types.LocationLink(
            target_uri=uri,
            target_range=places.range(whole),
            target_selection_range=places.range(name),
            origin_selection_range=pointed.range,
        )
    ]


def _contact(workspace: LiveWorkspace, thing: Mention) -> tuple[Document, Span, Span] | None:
    """Give the file of a contact, and where its name stands in it, twice."""
    path = path_of_contact(workspace, thing.id)
    if path is None:
        return None
    document = workspace.document(path)
    own = itself(document)
    name = own.span if own else Span(0, 0)
    return document, name, name


def _rule(workspace: LiveWorkspace, thing: Mention) -> tuple[Document, Span, Span] | None:
    """Give the rule book, and where something is defined in it: its id, and the whole definition."""
    document = workspace.document(RULEBOOK)
    found = definition_in(document, thing)
    if found is None:
        return None
    written = span_of(document.locate(found.place), Lines(document.text))
    return document, found.span, Span(found.span.start, written.end)


async def _references(server: CrmtoolServer, pointed: Pointed, with_definition: bool) -> list[types.Location]:
    workspace, locations = pointed.workspace, []
    for done, (document, found) in enumerate(places_named(workspace, pointed.thing)):
        uri, places = server.uri_of(workspace, document.path), places_of(server, workspace, document)
        wanted = (mention for mention in found if with_definition or not mention.is_definition)
        locations += [types.Location(uri, places.range(mention.span)) for mention in wanted]
        if done % _READ_AT_ONCE == 0:
            await asyncio.sleep(0)
    return locations


def _highlights(pointed: Pointed) -> list[types.DocumentHighlight]:
    kinds = {True: types.DocumentHighlightKind.Write, False: types.DocumentHighlightKind.Read}
    places = pointed.opened.places
    return [
        types.DocumentHighlight(places.range(mention.span), kinds[mention.is_definition])
        for mention in named_in(pointed.document, pointed.thing)
    ]


def _links(server: CrmtoolServer, opened: Opened) -> Iterable[types.DocumentLink]:
    workspace, places = opened.workspace, opened.places
    for link in links(opened.editing.document):
        path = path_of_contact(workspace, link.id)
        if path is not None:
            contact = workspace.contacts.get(path)
            yield types.DocumentLink(
                range=places.range(link.span),
                target=server.uri_of(workspace, path),
                tooltip=as_label(contact.title if contact else link.id),
            )

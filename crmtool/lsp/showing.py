"""What is shown beside a text: hovers, lenses, hints, folds, and what has a name."""

from __future__ import annotations

from contextlib import suppress

from lsprotocol import types

from crmtool.app.live import LiveWorkspace
from crmtool.assist.folding import FoldKind, folds
from crmtool.assist.hints import hints
from crmtool.assist.hover import hover
from crmtool.assist.lenses import lenses
from crmtool.assist.outline import flattened, outline
from crmtool.assist.symbols import MOST, Found, Symbol, SymbolKind, found_in
from crmtool.assist.told import as_markdown, as_plain
from crmtool.assist.tree import entries
from crmtool.errors import CrmtoolError
from crmtool.lsp.positions import Places
from crmtool.lsp.server import CrmtoolServer, Opened
from crmtool.snapshot import RULEBOOK
from crmtool.text import Span

_KINDS = {
    SymbolKind.CONTACT: types.SymbolKind.Object,
    SymbolKind.PART: types.SymbolKind.Namespace,
    SymbolKind.CRITERION: types.SymbolKind.Boolean,
    SymbolKind.DECISION: types.SymbolKind.Event,
    SymbolKind.STEP: types.SymbolKind.Property,
    SymbolKind.HEADING: types.SymbolKind.String,
    SymbolKind.STATUS: types.SymbolKind.EnumMember,
    SymbolKind.TRANSITION: types.SymbolKind.Method,
    SymbolKind.STOP_RULE: types.SymbolKind.Operator,
    SymbolKind.REASON: types.SymbolKind.Constant,
}
_FOLDS = {
    FoldKind.ENTRY: None,
    FoldKind.REGION: types.FoldingRangeKind.Region,
    FoldKind.COMMENT: types.FoldingRangeKind.Comment,
}
_TOP = types.Range(types.Position(0, 0), types.Position(0, 0))


def hovered(server: CrmtoolServer, params: types.HoverParams) -> types.Hover | None:
    """Explain what is pointed at."""
    opened = server.opened(params.text_document.uri)
    found = hover(opened.editing, opened.places.offset(params.position)) if opened else None
    if opened is None or found is None:
        return None
    if types.MarkupKind.Markdown in _hover_formats(server.client_capabilities):
        content = types.MarkupContent(types.MarkupKind.Markdown, as_markdown(found.told))
    else:
        content = types.MarkupContent(types.MarkupKind.PlainText, as_plain(found.told))
    return types.Hover(content, opened.places.range(found.span))


def lensed(server: CrmtoolServer, params: types.CodeLensParams) -> list[types.CodeLens]:
    """Tell the verdict above a contact, and counts above what the rule book defines."""
    opened = server.opened(params.text_document.uri)
    if opened is None or not _counts_are_known(opened):
        return []
    places = opened.places
    # Editors show nothing without a command; one without a name is a text on which nobody can click.
    return [
        types.CodeLens(places.range(lens.span), types.Command(title=lens.text, command=""))
        for lens in lenses(opened.editing)
    ]


def hinted(server: CrmtoolServer, params: types.InlayHintParams) -> list[types.InlayHint]:
    """Tell days, expiries and what is missing behind what is written."""
    opened = server.opened(params.text_document.uri)
    if opened is None:
        return []
    places = opened.places
    return [
        types.InlayHint(places.position(hint.offset), hint.text, padding_left=True)
        for hint in hints(opened.editing, places.span(params.range))
    ]


def folded(server: CrmtoolServer, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
    """Tell what can be folded."""
    opened = server.opened(params.text_document.uri)
    if opened is None:
        return []
    ranges = ((fold.kind, opened.places.range(fold.span)) for fold in folds(opened.editing))
    return [types.FoldingRange(where.start.line, where.end.line, kind=_FOLDS[kind]) for kind, where in ranges]


def outlined(
    server: CrmtoolServer,
    params: types.DocumentSymbolParams,
) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    """List what a file has, in the order of its lines."""
    uri = params.text_document.uri
    opened = server.opened(uri)
    if opened is None:
        return []
    symbols, places = outline(opened.editing), opened.places
    if _has_outlines(server.client_capabilities):
        return [_symbol(symbol, places) for symbol in symbols]
    return [
        types.SymbolInformation(
            types.Location(uri, places.range(symbol.span)), symbol.name, _KINDS[symbol.kind], container_name=within
        )
        for symbol, within in flattened(symbols)
    ]


def searched(server: CrmtoolServer, params: types.WorkspaceSymbolParams) -> list[types.SymbolInformation]:
    """Find contacts, statuses and criteria of all workspaces that are open, by name."""
    found = [each for workspace in server.workspaces.values() for each in _found(server, workspace, params.query)]
    return found[:MOST]


def _hover_formats(able: types.ClientCapabilities) -> tuple[types.MarkupKind, ...]:
    hovering = able.text_document.hover if able.text_document else None
    return tuple(hovering.content_format or ()) if hovering else ()


def _has_outlines(able: types.ClientCapabilities) -> bool:
    outlining = able.text_document.document_symbol if able.text_document else None
    return bool(outlining and outlining.hierarchical_document_symbol_support)


def _counts_are_known(opened: Opened) -> bool:
    """Whether what a lens counts was read; where it was not, the editor asks again when it is."""
    return opened.path != RULEBOOK or opened.workspace.is_loaded


def _symbol(symbol: Symbol, places: Places) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=symbol.name,
        kind=_KINDS[symbol.kind],
        range=places.range(symbol.span),
        selection_range=places.range(symbol.head),
        detail=symbol.detail or None,
        children=[_symbol(part, places) for part in symbol.parts],
    )


def _found(server: CrmtoolServer, workspace: LiveWorkspace, query: str) -> list[types.SymbolInformation]:
    with suppress(CrmtoolError):
        rulebook = workspace.rules.rulebook
        heads = (
            {place: entry.head for place, entry in entries(workspace.document(RULEBOOK)).items()} if rulebook else {}
        )
        return [
            types.SymbolInformation(
                _location(server, workspace, found, heads.get(found.place)),
                found.name,
                _KINDS[found.kind],
                container_name=found.within,
            )
            for found in found_in(query, workspace.contacts.values(), rulebook)
        ]
    return []


def _location(server: CrmtoolServer, workspace: LiveWorkspace, found: Found, head: Span | None) -> types.Location:
    if head is not None:
        return server.location(workspace, found.path, head)
    return types.Location(server.uri_of(workspace, found.path), _TOP)

"""Code actions: what can be done where the cursor stands, with one key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lsprotocol import types

from crmtool.app.live.actions import Action, Kind, actions_at
from crmtool.finding import Finding
from crmtool.lsp.diagnosing import diagnostics, span_of
from crmtool.lsp.edits import text_edits, workspace_edit
from crmtool.lsp.server import CrmtoolServer, Opened
from crmtool.text import Lines, Span


def code_actions(server: CrmtoolServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Offer what can be done where the cursor stands."""
    opened = server.opened(params.text_document.uri)
    return list(_actions(server, opened, params)) if opened else []


def _actions(server: CrmtoolServer, opened: Opened, params: types.CodeActionParams) -> Iterator[types.CodeAction]:
    able = server.client_capabilities.text_document
    shown = able.code_action if able else None
    if shown is None or shown.code_action_literal_support is None:
        return  # such an editor takes commands alone, none of which the server has
    span = opened.places.span(params.range)
    only = params.context.only
    found = _touched(opened, span)
    for action in actions_at(
        opened.workspace, opened.editing, span.start, found, lambda kind: not only or _is_among(kind, only)
    ):
        if action.text is not None or shown.disabled_support:
            yield _as_told(server, opened, action)


def _touched(opened: Opened, span: Span) -> list[Finding]:
    """Give the findings that a stretch touches; where it touches none, those on its lines."""
    lines = Lines(opened.editing.text)
    spans = [(finding, span_of(finding.location, lines)) for finding in opened.workspace.findings(opened.path)]
    around = Span(lines.start_of(span.start), max(lines.start_after(span.end) - 1, span.end))
    for area in (span, around):
        found = [finding for finding, where in spans if where.start <= area.end and area.start <= where.end]
        if found:
            return found
    return []


def _is_among(kind: Kind, wanted: Iterable[str]) -> bool:
    """Whether a kind is one of those wanted; each of them stands for those below it, the empty one for all."""
    kinds = (each.value if isinstance(each, types.CodeActionKind) else each for each in wanted)
    return any(not each or f"{kind.value}.".startswith(f"{each}.") for each in kinds)


def _as_told(server: CrmtoolServer, opened: Opened, action: Action) -> types.CodeAction:
    told = types.CodeAction(title=action.title, kind=action.kind.value, is_preferred=action.preferred or None)
    if action.fixes:
        told.diagnostics = diagnostics(action.fixes, opened.editing.document, opened.places)
    if action.text is None:
        told.disabled = types.CodeActionDisabled(action.disabled)
    else:
        edits = {opened.path: text_edits(opened.places, opened.editing.text, action.text)}
        told.edit = workspace_edit(server, opened.workspace, edits)
    return told

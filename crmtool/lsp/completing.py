"""Completion, as the protocol has it."""

from __future__ import annotations

from dataclasses import replace

from lsprotocol import types

from crmtool.assist.completion import completions
from crmtool.assist.suggestions import MOST, Kind, Suggestion
from crmtool.lsp.positions import Places
from crmtool.lsp.server import CrmtoolServer
from crmtool.text import Lines, Span

_KINDS = {
    Kind.KEY: types.CompletionItemKind.Property,
    Kind.STATUS: types.CompletionItemKind.EnumMember,
    Kind.CRITERION: types.CompletionItemKind.Field,
    Kind.REASON: types.CompletionItemKind.EnumMember,
    Kind.TRANSITION: types.CompletionItemKind.Event,
    Kind.CONDITION: types.CompletionItemKind.Operator,
    Kind.DAY: types.CompletionItemKind.Value,
    Kind.CHOICE: types.CompletionItemKind.EnumMember,
    Kind.LITERAL: types.CompletionItemKind.Value,
    Kind.TEXT: types.CompletionItemKind.Text,
    Kind.ENTRY: types.CompletionItemKind.Snippet,
    Kind.CONTACT: types.CompletionItemKind.File,
}


def complete(server: CrmtoolServer, params: types.CompletionParams) -> types.CompletionList | None:
    """Complete what is being written."""
    opened = server.opened(params.text_document.uri)
    if opened is None:
        return None
    found = completions(opened.editing, opened.places.offset(params.position))
    if not _takes_snippets(server):
        found = tuple(_without_stops(each, opened.editing.text) for each in found)
    items = [_item(each, rank, opened.places) for rank, each in enumerate(found)]
    return types.CompletionList(is_incomplete=len(items) >= MOST, items=items)


def _takes_snippets(server: CrmtoolServer) -> bool:
    able = server.client_capabilities.text_document
    item = able.completion.completion_item if able and able.completion else None
    return bool(item and item.snippet_support)


def _without_stops(found: Suggestion, text: str) -> Suggestion:
    """Give a suggestion for an editor that knows no tab stops; such a one does not indent further lines either."""
    insert = found.plain
    if "\n" in insert:
        line = text[Lines(text).start_of(found.span.start) : found.span.start]
        insert = insert.replace("\n", "\n" + line[: len(line) - len(line.lstrip(" "))])
    return replace(found, insert=insert, is_snippet=False)


def _item(found: Suggestion, rank: int, places: Places) -> types.CompletionItem:
    kind_of_text = types.InsertTextFormat.Snippet if found.is_snippet else types.InsertTextFormat.PlainText
    mode = types.InsertTextMode.AdjustIndentation if found.is_snippet else types.InsertTextMode.AsIs
    also = [types.TextEdit(places.range(Span(edit.start, edit.end)), edit.new) for edit in found.also]
    return types.CompletionItem(
        label=found.label,
        kind=_KINDS[found.kind],
        detail=found.detail or None,
        documentation=found.documentation or None,
        sort_text=f"{rank:05}",
        filter_text=f"{found.label} {found.filter}" if found.filter else None,
        preselect=found.preselect or None,
        text_edit=types.TextEdit(places.range(found.span), found.insert),
        insert_text_format=kind_of_text,
        insert_text_mode=mode,
        additional_text_edits=also or None,
    )

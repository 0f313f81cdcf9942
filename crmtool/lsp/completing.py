"""Completion, as the protocol has it."""

from __future__ import annotations

from lsprotocol import types

from crmtool.assist.completion import completions
from crmtool.assist.linking import MOST_LINKS
from crmtool.assist.suggestions import Kind, Suggestion
from crmtool.lsp.positions import Places
from crmtool.lsp.server import CrmtoolServer
from crmtool.text import Span

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
    snippets = _takes_snippets(server)
    items = [_item(each, rank, opened.places, snippets=snippets) for rank, each in enumerate(found)]
    return types.CompletionList(is_incomplete=len(items) >= MOST_LINKS, items=items)


def _takes_snippets(server: CrmtoolServer) -> bool:
    able = server.client_capabilities.text_document
    item = able.completion.completion_item if able and able.completion else None
    return bool(item and item.snippet_support)


def _item(found: Suggestion, rank: int, places: Places, *, snippets: bool) -> types.CompletionItem:
    as_snippet = found.is_snippet and snippets
    also = [types.TextEdit(places.range(Span(edit.start, edit.end)), edit.new) for edit in found.also]
    return types.CompletionItem(
        label=found.label,
        kind=_KINDS[found.kind],
        detail=found.detail or None,
        documentation=found.documentation or None,
        sort_text=f"{rank:05}",
        filter_text=f"{found.label} {found.filter}" if found.filter else None,
        preselect=found.preselect or None,
        text_edit=types.TextEdit(places.range(found.span), found.insert if as_snippet else found.plain),
        insert_text_format=types.InsertTextFormat.Snippet if as_snippet else types.InsertTextFormat.PlainText,
        insert_text_mode=types.InsertTextMode.AdjustIndentation,
        additional_text_edits=also or None,
    )

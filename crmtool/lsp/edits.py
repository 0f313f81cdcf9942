"""A file's new text as the edits that an editor makes: as few and as short as can be, so that cursors stay in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from lsprotocol import types

from crmtool.document import BYTE_ORDER_MARK
from crmtool.lsp.positions import Places
from crmtool.rewriting import common_start
from crmtool.text import LINE_BREAK, Span

if TYPE_CHECKING:
    from crmtool.app.live import LiveWorkspace
    from crmtool.lsp.server import CrmtoolServer

_MOST_COMPARED = 250_000
"""So many pairs of lines are compared at most; what differs in more is replaced as one stretch."""


def text_edits(places: Places, old_text: str, new_text: str) -> list[types.TextEdit]:
    """Give the edits that make one text of another; `places` are those of the old one.

    A byte order mark before either is no part of it, and stays.
    """
    old, new = old_text.removeprefix(BYTE_ORDER_MARK), new_text.removeprefix(BYTE_ORDER_MARK)
    return [types.TextEdit(places.range(span), text) for span, text in _replaced(old, new)]


def workspace_edit(
    server: CrmtoolServer, workspace: LiveWorkspace, edits: Mapping[str, Sequence[types.TextEdit]]
) -> types.WorkspaceEdit:
    """Give edits of files, by their paths in a workspace, as one; of the versions seen, where the editor can tell."""
    by_uri = {server.uri_of(workspace, path): list(changes) for path, changes in edits.items()}
    able = server.client_capabilities.workspace
    if able is None or able.workspace_edit is None or not able.workspace_edit.document_changes:
        return types.WorkspaceEdit(changes=by_uri)
    changes = [
        types.TextDocumentEdit(
            types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=server.version_of(uri)), edits
        )
        for uri, edits in by_uri.items()
    ]
    return types.WorkspaceEdit(document_changes=changes)


def _replaced(old: str, new: str) -> Iterator[tuple[Span, str]]:
    """Give the stretches of a text that differ, each with what takes its place, in order."""
    old_starts, new_starts = _starts(old), _starts(new)
    old_lines = [old[a:b] for a, b in pairwise(old_starts)]
    new_lines = [new[a:b] for a, b in pairwise(new_starts)]
    # What is the same at both ends is found at once; of many equal lines, what finds all the rest takes the square.
    start = common_start(old_lines, new_lines)
    end = common_start(old_lines[start:][::-1], new_lines[start:][::-1])
    old_part, new_part = (lines[start : len(lines) - end] for lines in (old_lines, new_lines))
    if len(old_part) * len(new_part) > _MOST_COMPARED:
        opcodes = [("replace", 0, len(old_part), 0, len(new_part))]
    else:
        opcodes = list(SequenceMatcher(None, old_part, new_part, autojunk=False).get_opcodes())
    for tag, a, b, c, d in opcodes:
        if tag != "equal":
            span = Span(old_starts[start + a], old_starts[start + b])
            yield _shortened(old, span, new[new_starts[start + c] : new_starts[start + d]])


def _starts(text: str) -> list[int]:
    """Give where each line begins, and where the text ends."""
    return [0, *(match.end() for match in LINE_BREAK.finditer(text) if match.end() < len(text)), len(text)]


def _shortened(old: str, span: Span, new: str) -> tuple[Span, str]:
    """Leave out what is the same at both ends of a stretch."""
    was = old[span.start : span.end]
    front = common_start(was, new)
    front -= _is_within_break(old, span.start + front)
    back = common_start(was[front:][::-1], new[front:][::-1])
    back -= _is_within_break(old, span.end - back)
    return Span(span.start + front, span.end - back), new[front : len(new) - back]


def _is_within_break(text: str, offset: int) -> bool:
    """Whether an offset lies between CR and LF, where the protocol has no position."""
    return text[max(offset - 1, 0) : offset + 1] == "\r\n"

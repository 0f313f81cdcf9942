"""What can be folded away: the front matter, its longer entries, comments, and what stands below headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from crmtool.assist.editing import Editing
from crmtool.assist.headings import headings
from crmtool.assist.tree import entries
from crmtool.text import LINE_BREAK, Lines, Span

_COMMENTS = re.compile(rf"(?:^|(?<=\r))[ \t]*#[^\r\n]*(?:(?:{LINE_BREAK.pattern})[ \t]*#[^\r\n]*)+", re.MULTILINE)


class FoldKind(Enum):
    """What is folded away."""

    ENTRY = auto()
    REGION = auto()
    COMMENT = auto()


@dataclass(frozen=True, kw_only=True)
class Fold:
    """A stretch of lines of which the first stays."""

    span: Span
    kind: FoldKind = FoldKind.ENTRY


def folds(editing: Editing) -> tuple[Fold, ...]:
    """Give what can be folded, one for each line on which something longer begins, in the order of the lines."""
    lines = Lines(editing.text)
    found: dict[int, Fold] = {}
    for fold in _folds(editing):
        first, last = lines.position(fold.span.start).line, lines.position(fold.span.end).line
        if first < last:
            found.setdefault(first, fold)
    return tuple(found[line] for line in sorted(found))


def _folds(editing: Editing) -> Iterator[Fold]:
    document = editing.document
    if editing.is_contact and document.yaml_span.end:
        yield Fold(span=Span(0, document.yaml_span.end), kind=FoldKind.REGION)
    yield from (Fold(span=entry.span) for entry in entries(document).values())
    yield from (Fold(span=heading.span) for heading in headings(document) if editing.is_contact)
    area = document.yaml_span
    for match in _COMMENTS.finditer(document.text, area.start, area.end):
        yield Fold(span=Span(match.start(), match.end()), kind=FoldKind.COMMENT)

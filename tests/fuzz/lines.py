"""Texts merged line by line as Git does, in this process: a thousand merges a second instead of a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from crmtool.merge import Favour, Marks, TextMerged

_LINE = re.compile(rb"[^\n]*\n|[^\n]+")
Edit = tuple[int, int, list[bytes]]


@dataclass(frozen=True, slots=True)
class LineMerge:
    """A TextMerge. Changes that touch each other are a conflict, unless they are the same."""

    marks: Marks

    def __call__(self, base: bytes, ours: bytes, theirs: bytes, favour: Favour | None = None) -> TextMerged | None:
        if b"\0" in base + ours + theirs:
            return None
        lines, mine, other = (_LINE.findall(side) for side in (base, ours, theirs))
        done, merged, is_clean = 0, [], True
        for start, end, (one, two) in _regions(_edits(lines, mine), _edits(lines, other)):
            merged += lines[done:start]
            sides = [_applied(lines[start:end], start, edits) for edits in (one, two)]
            chosen = _chosen(one, two, sides, favour)
            is_clean = is_clean and chosen is not None
            merged += self._conflict(*sides) if chosen is None else chosen
            done = end
        return TextMerged(b"".join([*merged, *lines[done:]]), is_clean)

    def _conflict(self, ours: list[bytes], theirs: list[bytes]) -> list[bytes]:
        size = self.marks.size
        opening, closing = f"{'<' * size} {self.marks.ours}\n", f"{'>' * size} {self.marks.theirs}\n"
        return [opening.encode(), *_ended(ours), b"=" * size + b"\n", *_ended(theirs), closing.encode()]


def _edits(before: Sequence[bytes], after: Sequence[bytes]) -> list[Edit]:
    found = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(start, end, list(after[new:new_end])) for what, start, end, new, new_end in found if what != "equal"]


def _regions(ours: list[Edit], theirs: list[Edit]) -> Iterator[tuple[int, int, tuple[list[Edit], list[Edit]]]]:
    """Put edits together that touch each other: the stretch of the base, and the edits of both sides in it."""
    waiting = sorted([*((edit[:2], 0, edit) for edit in ours), *((edit[:2], 1, edit) for edit in theirs)])
    while waiting:
        (start, end), _, _ = waiting[0]
        sides: tuple[list[Edit], list[Edit]] = ([], [])
        while waiting and waiting[0][0][0] <= end:
            (_, behind), side, edit = waiting.pop(0)
            end = max(end, behind)
            sides[side].append(edit)
        yield start, end, sides


def _applied(lines: list[bytes], offset: int, edits: list[Edit]) -> list[bytes]:
    for start, end, new in reversed(edits):
        lines = [*lines[: start - offset], *new, *lines[end - offset :]]
    return lines


def _chosen(one: list[Edit], two: list[Edit], sides: list[list[bytes]], favour: Favour | None) -> list[bytes] | None:
    if not two or sides[0] == sides[1] or favour is Favour.OURS:
        return sides[0]
    if not one or favour is Favour.THEIRS:
        return sides[1]
    return [*_ended(sides[0]), *sides[1]] if favour is Favour.UNION else None


def _ended(lines: list[bytes]) -> list[bytes]:
    return [line if line.endswith(b"\n") else line + b"\n" for line in lines]

"""Marks of conflict, as Git writes them: put around what differs, and taken away again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from crmtool.text import LINE_BREAK

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_OPENING = re.compile(r"^(<{7,})(?=[ \r\n]|\Z)", re.MULTILINE)
_BASE = -1
_OUTSIDE: Mapping[str, int | None] = {"<": 0}
_INSIDE: Mapping[str, int | None] = {"|": _BASE, "=": 1, ">": None}
"""Which side begins behind a mark with this sign; None behind the conflict."""
_Hunk = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """How marks are written: how many signs they have, and what the two sides are called."""

    size: int = 7
    ours: str = "ours"
    theirs: str = "theirs"


def marked(ours: str, theirs: str, marks: Marks, units: Sequence[range] = ()) -> str:
    """Give a text that holds both of two, their differing lines between marks.

    Of the lines of ours that make a unit, all from the first to the last one that differs are in one block.
    """
    mine, other = _LINE.findall(ours), _LINE.findall(theirs)
    newline = next(iter(LINE_BREAK.findall(ours)), "\n")
    parts: list[str] = []
    done = 0
    for start, end, at, to in _hunks(mine, other, units):
        parts += mine[done:start]
        parts += [f"{'<' * marks.size} {marks.ours}{newline}", *_ended(mine[start:end], newline)]
        parts += [f"{'=' * marks.size}{newline}", *_ended(other[at:to], newline)]
        parts += [f"{'>' * marks.size} {marks.theirs}{newline}"]
        done = end
    return "".join((*parts, *mine[done:]))


def picked(text: str, side: int) -> str:
    """Give a text with one side of each conflict, 0 or 1, in the place of both."""
    while found := _OPENING.search(text):  # its line is left out, so this ends
        text = "".join(_kept(_LINE.findall(text), len(found[1]), side))
    return text


def _kept(lines: Iterable[str], size: int, side: int) -> Iterator[str]:
    within: int | None = None
    for line in lines:
        sign, told = line[:1], line.rstrip("\r\n")
        is_mark = told.startswith(sign * size) and told[size : size + 1] in ("", " ")
        turns = _OUTSIDE if within is None else _INSIDE
        if is_mark and sign in turns:
            within = turns[sign]
        elif within in (None, side):
            yield line


def _hunks(ours: Sequence[str], theirs: Sequence[str], units: Sequence[range]) -> list[_Hunk]:
    hunks: list[_Hunk] = []
    for kind, *hunk in SequenceMatcher(None, ours, theirs).get_opcodes():
        if kind == "equal":
            continue
        if hunks and any(unit.start < hunks[-1][1] and hunk[0] < unit.stop for unit in units):
            hunk[0], _, hunk[2], _ = hunks.pop()
        hunks.append((hunk[0], hunk[1], hunk[2], hunk[3]))
    return hunks


def _ended(lines: Sequence[str], newline: str) -> list[str]:
    return [line if line.endswith(("\n", "\r")) else line + newline for line in lines]

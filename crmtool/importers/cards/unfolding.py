"""Physical lines → logical ones: what was folded to be short is put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_VERSION_2 = re.compile(r"VERSION\s*:\s*2\.", re.IGNORECASE)
_QUOTED = re.compile(r"[^:]*?[;=]\s*+QUOTED-PRINTABLE", re.IGNORECASE)
_BINARY = re.compile(r"[^:]*?[;=]\s*(?:B|BASE64)\s*[;:]", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/]++=*+\s*\Z")
_FULL = 72
"""Octets from which on a line was folded because it was full, not because a blank stood there."""

_HEAD_LINES = 5
"""Over so many lines at most is sought for what encodes a value."""


def unfolded(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Put the folded lines of a card together, each under the number of its first one.

    A line that begins with a blank continues the one before. vCard 2.1 folds at blanks that belong to the text, but
    most programs fold its cards at a length, as later versions do. A line of quoted-printable that ends with `=` goes
    on whatever the next one begins with, and so does base64 that nobody indented.
    """
    lines = tuple(lines)
    keeps_blanks = any(_VERSION_2.match(line) for _, line in lines)
    begin, parts = 0, list[str]()
    for number, line in lines:
        if parts and _is_soft(parts):
            parts[-1] = parts[-1].rstrip()[:-1]
            parts.append(line)
        elif parts and line[:1] in (" ", "\t"):
            parts.append(line if keeps_blanks and _is_short(parts[-1]) else line[1:])
        elif parts and _BASE64.match(line) and _BINARY.match(parts[0]):
            parts.append(line)
        elif line.strip():
            if parts:
                yield begin, "".join(parts)
            begin, parts = number, [line]
    if parts:
        yield begin, "".join(parts)


def _is_soft(parts: list[str]) -> bool:
    return parts[-1].rstrip().endswith("=") and bool(_QUOTED.match("".join(parts[:_HEAD_LINES])))


def _is_short(line: str) -> bool:
    return len(line.encode(errors="replace")) < _FULL

"""Text for man(7), in ASCII: what stands in it is shown as it is, whatever it begins with or holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ESCAPES = str.maketrans({"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"})
_CODE = re.compile(r"`([^`]+)`")


def plain(text: str) -> str:
    """Escape a line; a hyphen stays one that can be typed."""
    return _at_line_start(_escaped(text))


def prose(text: str) -> str:
    """Escape a sentence, with what stands between backticks in bold."""
    parts = _CODE.split(text)
    return _at_line_start("".join(bold(part) if i % 2 else _escaped(part) for i, part in enumerate(parts)))


def bold(text: str) -> str:
    """Escape a text and make it bold."""
    return f"\\fB{_escaped(text)}\\fR"


def italic(text: str) -> str:
    """Escape a text and make it italic."""
    return f"\\fI{_escaped(text)}\\fR"


def _escaped(text: str) -> str:
    # Not every troff reads UTF-8 by itself.
    return "".join(
        character if character.isascii() else f"\\[u{ord(character):04X}]" for character in text.translate(_ESCAPES)
    )


def _at_line_start(escaped: str) -> str:
    return f"\\&{escaped}" if escaped.startswith(".") else escaped


def heading(text: str, *, below: bool = False) -> str:
    """Begin a section, or one below it."""
    quoted = _escaped(text).replace('"', '""')
    return f'.{"SS" if below else "SH"} "{quoted}"'


def paragraph(text: str) -> str:
    """Write a paragraph; each sentence begins a line, as roff wants it."""
    return ".PP\n" + sentences(text)


def tagged(tag: str, text: str) -> str:
    """Write an entry of a list: the tag as it is given, and what it means."""
    return f".TP\n{tag}\n{sentences(text)}"


def example(lines: Iterable[str]) -> str:
    """Write lines as they stand."""
    return "\n".join([".PP", ".RS 4", ".EX", *map(plain, lines), ".EE", ".RE"])


def sentences(text: str) -> str:
    """Write sentences, each on a line of its own."""
    return "\n".join(prose(sentence) for sentence in re.split(r"(?<=[.?!])\s+(?=[A-Z`])", text.strip()))

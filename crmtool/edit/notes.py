"""Notes below a contact's front matter, of which no byte is changed: something is added below them."""

from __future__ import annotations

from crmtool.text import LINE_BREAK


def with_note(data: bytes, note: str) -> bytes:
    """Give a file with a note at its end: after an empty line, with the line ends that the file has."""
    if not note:
        return data
    newline = "\r\n" if b"\r\n" in data else "\n"
    between = "" if data.endswith(b"\n") else newline
    gap = "" if data.endswith((b"\n\n", b"\n\r\n")) else newline
    return data + (between + gap + LINE_BREAK.sub(newline, note)).encode()

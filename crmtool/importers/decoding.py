"""Bytes of other programs → text: what encoding they are in is found out, and said where it had to be guessed."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from crmtool.records import dataclass

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 4096
_HALF_ZERO = 0.3
_MOST_NAMED = 5
_UNKNOWN_TO_CP1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A file's text without a byte order mark; `notices` say what was guessed or lost."""

    text: str
    notices: tuple[str, ...] = ()


def decoded(data: bytes) -> Decoded:
    """Read UTF-8, UTF-16 or UTF-32 by their marks or their zero bytes, and else Windows-1252; never raises."""
    encoding = _marked(data) or _utf16_by_zeros(data)
    if encoding:
        return _unicode(data, encoding)
    try:
        return Decoded(text=data.decode())
    except UnicodeDecodeError as error:
        return _mixed(data) or _cp1252(data, error.start)


def is_wide(data: bytes) -> bool:
    """Whether a text takes more than one byte for each letter: UTF-16 or UTF-32."""
    return (_marked(data) or _utf16_by_zeros(data)).startswith(("utf-16", "utf-32"))


def _marked(data: bytes) -> str:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")


def _utf16_by_zeros(data: bytes) -> str:
    """Tell UTF-16 without a mark: in Latin script every other byte is zero."""
    start = data[: _LOOKED_AT - _LOOKED_AT % 2]
    pairs = len(start) // 2
    if not pairs:
        return ""
    even, odd = start[0 : pairs * 2 : 2].count(0), start[1 : pairs * 2 : 2].count(0)
    if odd > pairs * _HALF_ZERO and even * 4 < odd:
        return "utf-16-le"
    return "utf-16-be" if even > pairs * _HALF_ZERO and odd * 4 < even else ""


def _unicode(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    lost = text.count("\ufffd") - data.decode(encoding, errors="ignore").count("\ufffd")
    name = encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be").upper()
    return Decoded(text=text, notices=(_lost(lost, name),) if lost > 0 else ())


def _mixed(data: bytes) -> Decoded | None:
    """Read UTF-8 in which some lines are damaged, or in another encoding; None where more are than are not."""
    lines = data.splitlines(keepends=True)
    utf8 = [line.decode(errors="replace") for line in lines]
    lost = [text.count("\ufffd") - line.count("\ufffd".encode()) for text, line in zip(utf8, lines, strict=True)]
    other = [i for i, count in enumerate(lost) if count and utf8[i].count("\ufffd") == _beyond_ascii(utf8[i])]
    if sum(not text.isascii() for text in utf8) < 2 * len(other):
        return None
    for i in other:
        utf8[i] = lines[i].decode("cp1252", errors="replace")
    damaged = sum(count for i, count in enumerate(lost) if i not in other)
    notices = ((_told(other),) if other else ()) + ((_lost(damaged, "UTF-8"),) if damaged else ())
    return Decoded(text="".join(utf8), notices=notices)


def _beyond_ascii(text: str) -> int:
    return sum(character > "\x7f" for character in text)


def _told(lines: Sequence[int]) -> str:
    which = ", ".join(str(i + 1) for i in lines[:_MOST_NAMED]) + (", …" if len(lines) > _MOST_NAMED else "")
    return f"not UTF-8 in line {which}; that was read as Windows-1252, so look at its umlauts"


def _cp1252(data: bytes, at: int) -> Decoded:
    # Each of these bytes is a control character in Latin-1, which is no text either.
    lost = sum(data.count(byte) for byte in _UNKNOWN_TO_CP1252)
    line = data.count(b"\n", 0, at) + 1
    notice = f"the file is not UTF-8 (line {line}); it was read as Windows-1252, so look at its umlauts"
    notices = (notice, _lost(lost, "Windows-1252")) if lost else (notice,)
    return Decoded(text=data.decode("cp1252", errors="replace"), notices=notices)


def _lost(count: int, encoding: str) -> str:
    what = "one character" if count == 1 else f"{count} characters"
    return f"{what} could not be read as {encoding} and became \ufffd"

"""Bytes of any file as text in which somebody can be looked for, and back: what is not meant stays byte for byte."""

from __future__ import annotations

import codecs

from crmtool.records import dataclass

_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT = 8192
_ZERO = b"\0"


@dataclass(frozen=True, slots=True)
class Text:
    """A file as text; `encoding` is what it is written in, and `is_binary` tells that it is no text at all.

    Of what is binary, the text is what can be seen of it: letters may be hidden by whatever packs them.
    """

    text: str
    encoding: str = "utf-8"
    is_binary: bool = False

    def bytes_of(self, text: str) -> bytes:
        """Give another text, or a part of this one, as this file would have it; without the mark at the beginning."""
        return text.encode(self.encoding, "surrogatepass" if self.encoding != "utf-8" else "surrogateescape")


def text_of(data: bytes) -> Text:
    """Read bytes; what is not UTF-8 keeps its bytes as half surrogates. Never raises."""
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return _wide(data, encoding)
    return Text(data.decode(errors="surrogateescape"), is_binary=_ZERO in data[:_LOOKED_AT])


def _wide(data: bytes, encoding: str) -> Text:
    try:
        return Text(data.decode(encoding, "surrogatepass"), encoding)
    except UnicodeDecodeError:
        return Text(data.decode(errors="surrogateescape"), is_binary=True)

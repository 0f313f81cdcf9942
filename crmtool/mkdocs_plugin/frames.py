"""The frame that a theme puts around pages, cut at the marks: any page is its pieces and what belongs between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from crmtool.mkdocs_plugin.marks import CONTENT, Marks, Slot, slot, write

Piece = str | Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """What stands before and after a page's content; `id` tells it from any other frame."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    id: str

    def around(self, values: Sequence[str]) -> tuple[bytes, bytes]:
        """Give what stands around the content of a page; `values` are by kind, that of the content is not looked at."""
        return _filled(self.before, values), _filled(self.after, values)


def cut(page: str, marks: Marks) -> PageFrame | None:
    """Cut a rendered page at its marks; None where a mark is not understood, or the content is not there just once."""
    pieces = _pieces(page, marks)
    if pieces is None:
        return None
    contents = [at for at, piece in enumerate(pieces) if isinstance(piece, Slot) and piece.kind == CONTENT]
    if len(contents) != 1:
        return None
    at = contents[0]
    return PageFrame(before=tuple(pieces[:at]), after=tuple(pieces[at + 1 :]), id=_id(pieces))


def encode(text: str) -> bytes:
    """Give the bytes of a page, as MkDocs does."""
    return text.encode("utf-8", errors="xmlcharrefreplace")


def _pieces(page: str, marks: Marks) -> list[Piece] | None:
    pieces: list[Piece] = []
    end = 0
    for found in marks.pattern.finditer(page):
        pieces.append(page[end : found.start()])
        what = slot(int(found[1]), found[2], page[: found.start()])
        if what is None:
            return None
        pieces.append(what)
        end = found.end()
    pieces.append(page[end:])
    # A mark that was cut off or taken apart leaves its number behind.
    torn = any(isinstance(piece, str) and marks.number[:8] in piece for piece in pieces)
    return None if torn else pieces


def _filled(pieces: tuple[Piece, ...], values: Sequence[str]) -> bytes:
    texts = [piece if isinstance(piece, str) else write(piece, values[piece.kind]) for piece in pieces]
    return encode("".join(texts))


def _id(pieces: Sequence[Piece]) -> str:
    return blake2b(repr(pieces).encode(errors="surrogateescape"), digest_size=8).hexdigest()

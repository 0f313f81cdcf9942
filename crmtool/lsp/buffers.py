"""A text that is open in an editor, kept as the editor tells that it changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lsprotocol.types import TextDocumentContentChangeEvent, TextDocumentContentChangePartial

from crmtool.lsp.positions import Places


@dataclass
class Buffer:
    """An open text, by the address under which its editor knows it.

    The protocol's lines end at LF, CRLF and CR alone; `str.splitlines`, by which others count, ends them at more.
    """

    uri: str
    version: int
    text: str
    encoding: str

    @property
    def places(self) -> Places:
        """The places of the text as it is now."""
        return Places(self.text, self.encoding)

    @property
    def data(self) -> bytes:
        """The bytes that the text would be saved as; half of a surrogate pair is no UTF-8, and is found to be none."""
        return self.text.encode("utf-8", "surrogatepass")

    def change(self, changes: Iterable[TextDocumentContentChangeEvent], version: int) -> None:
        """Make changes, one after the other: each names its place in the text that the one before it left."""
        for change in changes:
            if isinstance(change, TextDocumentContentChangePartial):
                start = self.places.raw_offset(change.range.start)
                end = max(start, self.places.raw_offset(change.range.end))
                self.text = self.text[:start] + change.text + self.text[end:]
            else:
                self.text = change.text
        self.version = version

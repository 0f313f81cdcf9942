"""Files that are no tables of text, told by their first bytes, and what to do with them."""

from __future__ import annotations

from crmtool.records import dataclass

_IN_EXCEL = "open it in Excel, and save the sheet of contacts with Save As, CSV UTF-8"
_IN_LIBREOFFICE = "open it in LibreOffice, and save the sheet of contacts as Text CSV, in UTF-8"
_EXPORT = "export the contacts as CSV or vCard where they come from"
_START = 4096
_CONTROL = frozenset(range(32)) - set(b"\t\n\r\f\x1a\x1b\0")
_MOST_CONTROL = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a file is instead of a table of text, and what to type or do instead."""

    problem: str
    advice: str = ""


def other_kind(data: bytes) -> Kind | None:
    """Tell what a file is that cannot be read as a table; None for one that may be."""
    start = data[:_START]
    if not start.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        return Kind(problem="the file is empty")
    if start.startswith(b"PK\x03\x04"):
        return _archive(data)
    for mark, kind in _MARKS:
        if start.startswith(mark):
            return kind
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        return Kind(problem="this is a web page or XML, no table of text", advice=_IN_EXCEL)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").upper().startswith(b"BEGIN:VCARD"):
        return Kind(problem="this is a vCard, no table", advice="give the file a name that ends with .vcf")
    if sum(byte in _CONTROL for byte in start) > len(start) * _MOST_CONTROL:
        return Kind(problem="this is no text", advice=_EXPORT)
    return None


def _archive(data: bytes) -> Kind:
    if b"xl/" in data[: _START * 4] or b"xl/workbook" in data:
        return Kind(problem="this is an Excel workbook: save it as CSV", advice=_IN_EXCEL)
    if b"opendocument.spreadsheet" in data[:_START]:
        return Kind(problem="this is an OpenDocument spreadsheet: save it as CSV", advice=_IN_LIBREOFFICE)
    return Kind(problem="this is a ZIP archive: unpack it", advice="unpack it, and import the CSV or vCard files in it")


_MARKS = (
    (b"\xd0\xcf\x11\xe0", Kind(problem="this is an old Excel or Office file: save it as CSV", advice=_IN_EXCEL)),
    (b"%PDF", Kind(problem="this is a PDF, no table", advice=_EXPORT)),
    (
        b"SQLite format 3\0",
        Kind(problem="this is an SQLite database, no table of text", advice="export its table as CSV"),
    ),
    (b"\x1f\x8b", Kind(problem="this is a gzip archive: unpack it", advice="unpack it with gunzip first")),
    (b"7z\xbc\xaf", Kind(problem="this is a 7z archive: unpack it")),
    (b"\x89PNG", Kind(problem="this is an image, no table")),
    (b"\xff\xd8\xff", Kind(problem="this is an image, no table")),
    (b"{\\rtf", Kind(problem="this is an RTF document, no table", advice=_EXPORT)),
)

"""Files that are no tables of text, told by their first bytes, and what to do with them."""

from __future__ import annotations

import re

from crmtool.importers.decoding import is_wide
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
    text = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")  # without what UTF-16 has beside
    for pattern, kind in _BEGINNINGS:
        if pattern.match(text):
            return kind
    # In UTF-16 any byte may be half of a letter.
    if not is_wide(data) and sum(byte in _CONTROL for byte in start) > len(start) * _MOST_CONTROL:
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
_BEGINNINGS = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), kind)
    for pattern, kind in (
        (
            rb"<(?:!doctype\s+html|html|table|head|body)\b|<\?xml[^<]*<(?:!--.*?-->\s*<)?(?:!doctype\s+)?html\b",
            Kind(problem="this is a web page, no table of text", advice=_IN_EXCEL),
        ),
        (rb"(?:<\?xml[^<]*)?<feed\b", Kind(problem="this is an Atom feed, no table of contacts", advice=_EXPORT)),
        (rb"<\?xml\b|<!|<\w[^<>]*+>\s*+(?:<|\Z)", Kind(problem="this is XML, no table of text", advice=_EXPORT)),
        (
            rb"\{\s*(?:\"|\}|$)|\[\s*(?:[\[{]|\"[^\"]*\"\s*(?:,\s*\"|\])|\]|$)",
            Kind(problem="this is JSON, no table", advice=_EXPORT),
        ),
        (
            rb"BEGIN:VCARD",
            Kind(problem="this is a vCard, no table", advice="give the file a name that ends with .vcf"),
        ),
        (
            rb"BEGIN:(?:VCALENDAR|VEVENT)",
            Kind(problem="this is a calendar, no table of contacts", advice=f"{_EXPORT}, instead of appointments"),
        ),
        (rb"(?:version:\s*1\s+)?(?:#[^\n]*+\n\s*+)*+dn::? ", Kind(problem="this is LDIF, no table", advice=_EXPORT)),
    )
)
"""How files of text begin that are no tables; signs of the byte order and blanks stand before it."""

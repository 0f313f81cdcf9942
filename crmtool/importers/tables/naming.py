"""How a record is called: by a name as a whole, or by one put together of its parts."""

from __future__ import annotations

import re

from crmtool.importers.tables.cells import is_email, is_nobody, is_url
from crmtool.importers.tables.headers import plain

_BEHIND = re.compile(r"(?<!\s)\s*+(?:\(([^()]*)\)|<([^<>]*)>)$")
_OF_SOMEBODY = re.compile("name|person|ansprech|kontakt|contact")
_OF_OTHERS = re.compile(
    "firm|compan|organi|unternehm|produ|domain|campaign|kampagne|user|benutzer|file|datei|deal|pro[jz]e|event|form|"
    "manager|assist|mail|phone|telefon"
)
_LONGEST = 60
_LIKE_A_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?:,? [^\W\d_][\w'’.-]*){1,4}")
_OTHER_WAY = re.compile(r"[^,]+,[^,]+")


def whole_name(first: str, middle: str, last: str) -> str:
    """Put a name together of its parts; what is no name is left out, and what the last name holds already."""
    parts = ["" if is_nobody(part) else part for part in (first, middle, last)]
    if parts[0] and len(parts[2].split()) > 1 and parts[0].casefold() in parts[2].casefold().split():
        return parts[2]
    return " ".join(filter(None, parts))


def turned(name: str) -> str:
    """Turn `Köhler, Jana` round; a text with more commas, or none, stays as it is."""
    if not _OTHER_WAY.fullmatch(name):
        return name
    last, first = name.split(",")
    return f"{first.strip()} {last.strip()}".strip()


def is_of_somebody(header: str) -> bool:
    """Whether a header speaks of a person or a name, and of none of the things that have names as well."""
    key = plain(header)
    return bool(_OF_SOMEBODY.search(key)) and not _OF_OTHERS.search(key)


def is_like_a_name(text: str) -> bool:
    """Whether a text may be a person's name: two to five words without digits."""
    return len(text) < _LONGEST and bool(_LIKE_A_NAME.fullmatch(text))


def named(entry: str) -> tuple[str, str]:
    """Part a name from what stands behind it in brackets, such as an id or an e-mail address."""
    match = _BEHIND.search(entry)
    if match is None:
        return entry.strip(), ""
    behind = (match[1] or match[2] or "").strip()
    if is_email(behind) or is_url(behind) or behind.isdecimal():
        return entry[: match.start()].strip(), behind
    return entry.strip(), ""

"""How a record is called: by a name as a whole, or by one put together of its parts."""

from __future__ import annotations

import re

from crmtool.importers.tables.cells import is_email, is_nobody, is_url

_BEHIND = re.compile(r"\s*\(([^()]*)\)$")
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


def named(entry: str) -> tuple[str, str]:
    """Part a name from what stands behind it in parentheses, such as an id or an e-mail address."""
    match = _BEHIND.search(entry)
    if match is None:
        return entry.strip(), ""
    behind = match[1].strip()
    if is_email(behind) or is_url(behind) or behind.isdecimal():
        return entry[: match.start()].strip(), behind
    return entry.strip(), ""

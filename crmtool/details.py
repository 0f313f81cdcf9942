"""Who a contact is, apart from decisions: the details that other programs know as well, and exchange."""

from __future__ import annotations

from collections.abc import Mapping

from crmtool.yaml_reader import Value

DETAILS = ("name", "organization", "role", "email", "phone", "url", "address", "source", "owner", "tags", "value")
"""The keys of a contact's front matter that are details, in the order in which they are written."""
LISTS = ("email", "phone", "url", "tags")
"""Those that may hold several texts; they are exchanged as lists always."""

_LETTERS = str.maketrans("0123456789abcdef", "ghijklmnopqrstuv")


def details_of(fields: Mapping[str, Value]) -> dict[str, Value]:
    """Give the details among a front matter's values, in order: lists as lists, what is empty left out."""
    found: dict[str, Value] = {}
    for key in DETAILS:
        value = fields.get(key)
        if key in LISTS and value is not None:
            value = [each for each in (value if isinstance(value, list) else [value]) if each != ""]
        if value not in (None, "", []):
            found[key] = value
    return found


def digest(value: Value) -> str:
    """Give eight letters by which a value is recognised without being kept: of the SHA-256 of its JSON.

    They are letters alone, so that neither YAML nor a spreadsheet takes them for a number.
    """
    import hashlib
    import json

    told = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()[:8].translate(_LETTERS)


def version_of(fields: Mapping[str, Value]) -> str:
    """Give the digests of all details in the order of DETAILS, with dots between; nothing for one that is absent."""
    details = details_of(fields)
    return ".".join(digest(details[key]) if key in details else "" for key in DETAILS)


def digests_in(version: str) -> dict[str, str]:
    """Give the digests that `version_of` put together, by key; none where a text is not of that form."""
    parts = version.strip().split(".")
    return {key: part for key, part in zip(DETAILS, parts, strict=True) if part} if len(parts) == len(DETAILS) else {}

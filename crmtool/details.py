"""Who a contact is, apart from decisions: the details that other programs know as well, and exchange."""

from __future__ import annotations

from collections.abc import Mapping

from crmtool.yaml_reader import Value

DETAILS = ("name", "organization", "role", "email", "phone", "url", "address", "source", "owner", "tags", "value")
"""The keys of a contact's front matter that are details, in the order in which they are written."""
LISTS = ("email", "phone", "url", "tags")
"""Those that may hold several texts; they are exchanged as lists always."""


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
    """Give eight hexadecimal digits by which a value is recognised without being kept: of the SHA-256 of its JSON."""
    import hashlib
    import json

    told = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def version_of(fields: Mapping[str, Value]) -> str:
    """Give the digest of all details: it stays the same until one of them is changed."""
    return digest(details_of(fields))

"""Whether two versions of a file are of the same person."""

from __future__ import annotations

from collections.abc import Mapping

from crmtool.contact import folded
from crmtool.details import details_of
from crmtool.yaml_reader import Value

_TELLING = ("email", "phone", "url")


def same_person(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    """Whether two front matters are of one person: the same name, or an address, number or page in common.

    So is one whose first decision is word for word the same, for a name may be corrected.
    """
    return _name(one) == _name(other) or _shares(one, other) or _entry(one) == _entry(other) is not None


def surely_same_person(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    """Whether nothing speaks for two people: the same name, and an address in common or none in one of the two."""
    if _name(one) != _name(other):
        return False
    return _shares(one, other) or not (_keys(one) and _keys(other))


def _shares(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    return not _keys(one).isdisjoint(_keys(other))


def _keys(fields: Mapping[str, Value]) -> set[tuple[str, str]]:
    details = details_of(fields)
    values = ((key, details.get(key)) for key in _TELLING)
    return {(key, str(text).casefold()) for key, texts in values if isinstance(texts, list) for text in texts}


def _name(fields: Mapping[str, Value]) -> str:
    return folded(" ".join(str(fields.get("name", "")).split()))


def _entry(fields: Mapping[str, Value]) -> Value:
    decisions = fields.get("decisions")
    return decisions[0] if isinstance(decisions, list) and decisions else None

"""The addresses of a row: the preferred one is used, others are claimed."""

from __future__ import annotations

from collections.abc import Sequence

from crmtool.importers.tables.addressing import PARTS, address_of
from crmtool.importers.tables.column import ByField, Column
from crmtool.importers.tables.draft import Draft

_Told = tuple[Column, str]


def take_address(draft: Draft, by_field: ByField) -> None:
    """Use the first address that names a place, and claim what else is said of places."""
    groups: dict[tuple[bool, str], list[_Told]] = {}
    for part in PARTS:
        for column, text in draft.said(by_field.get(part, ())):
            groups.setdefault(column.preference[:2], []).append((column, text))
    for _, told in sorted(groups.items(), key=lambda item: item[0]):
        parts, others = _parts(told)
        address = address_of(parts)
        if address and "address" not in draft.details:
            draft.take("address", address)
        elif address and address != draft.details["address"]:
            draft.claim(min(told, key=lambda pair: pair[0].index)[0], address)
        for column, text in others if address else told:
            draft.claim(column, text)


def _parts(told: Sequence[_Told]) -> tuple[dict[str, str], list[_Told]]:
    """Collect the parts of one address, and what is too much; a street may have several lines."""
    parts: dict[str, str] = {}
    others = list[_Told]()
    for column, text in told:
        if column.field == "street" and "street" in parts:
            parts["street"] = f"{parts['street']}, {text}"
        elif parts.setdefault(column.field, text) != text:
            others.append((column, text))
    return parts, others

"""Cards that crmtool wrote: which contact they are, and its details letter for letter."""

from __future__ import annotations

import json
import math

from crmtool.details import details_of, version_of
from crmtool.importers.cards.lines import Properties
from crmtool.importers.cards.text import parts, tidy, unescaped
from crmtool.yaml_reader import Value

MARK = "X-CRMTOOL-"
_TEXTS = {"name": "FN", "role": "TITLE", "source": f"{MARK}SOURCE", "owner": f"{MARK}OWNER"}
_LISTS = {"email": "EMAIL", "phone": "TEL", "url": "URL"}


def mark(card: Properties, name: str) -> str:
    """Give what crmtool wrote into a card under a name of its own; empty in other programs' cards."""
    return _first(card, MARK + name)


def own_details(card: Properties) -> dict[str, Value]:
    """Give those of the details that no other program knows: source, owner, value."""
    texts: dict[str, Value] = {"source": tidy(mark(card, "SOURCE")), "owner": tidy(mark(card, "OWNER"))}
    return details_of(texts | {"value": _value(card)})


def as_exported(card: Properties) -> dict[str, Value] | None:
    """Give the details just as they are written; None where another program touched them since, or wrote the card."""
    fields: dict[str, Value] = {key: _first(card, name) for key, name in _TEXTS.items()}
    fields |= {key: list[Value](_written(card, name)) for key, name in _LISTS.items()}
    fields["organization"] = unescaped(parts(_raw(card, "ORG"), ";")[0])
    fields["address"] = unescaped([*parts(_raw(card, "ADR"), ";"), "", ""][2])
    tags = [unescaped(part) for part in parts(_raw(card, "CATEGORIES"), ",")]
    fields["tags"] = list[Value](tags) if any(each.name == "CATEGORIES" for each in card.all) else None
    fields["value"] = _value(card)
    details = details_of(fields)
    return details if version_of(details) == mark(card, "VERSION") else None


def _written(card: Properties, name: str) -> list[str]:
    return [unescaped(each.value) for each in card.all if each.name == name]


def _first(card: Properties, name: str) -> str:
    return next(iter(_written(card, name)), "")


def _raw(card: Properties, name: str) -> str:
    return next((each.value for each in card.all if each.name == name), "")


def _value(card: Properties) -> Value:
    try:
        value = json.loads(mark(card, "VALUE"))
    except ValueError:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number and math.isfinite(value) and value >= 0 else None

"""What people and programs call the properties of a card."""

from __future__ import annotations

import re

from crmtool.importers.cards.lines import Properties, Property
from crmtool.importers.cards.properties import CUSTOM_LABEL
from crmtool.importers.cards.text import tidy, unescaped

_OWN_LABEL = re.compile(r"_\$!<(.*)>!\$_")
_USELESS_TYPES = frozenset({"internet", "voice", "postal", "parcel", "intl", "dom", "msg", "other"})


def labels_of(card: Properties) -> dict[str, str]:
    """Give what people called a property, by its group."""
    return {each.group: _label(each) for each in card.named(CUSTOM_LABEL) if each.group}


def labelled(label: str, each: Property) -> str:
    """Give a label with what kind of it this one is: `Address (home)`."""
    types = ", ".join(sorted(each.types - _USELESS_TYPES))
    return f"{label} ({types})" if types else label


def _label(each: Property) -> str:
    text = tidy(unescaped(each.value))
    match = _OWN_LABEL.fullmatch(text)
    return match[1] if match else text

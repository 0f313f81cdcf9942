"""What a card says beside a contact's details: kept as claims, where somebody typed it and it may decide something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from crmtool.importers.cards.lines import Properties, Property
from crmtool.importers.cards.own import MARK
from crmtool.importers.cards.properties import CLAIMS, CUSTOM_LABEL, DETAILS, GROUPS, RELATED, WORKING_WITH
from crmtool.importers.cards.text import parts, tidy, unescaped
from crmtool.importers.record import Claim

_LONGEST = 500
"""What is longer was written by a program."""
_OWN_LABEL = re.compile(r"_\$!<(.*)>!\$_")
_USELESS_TYPES = frozenset({"internet", "voice", "postal", "parcel", "intl", "dom", "msg", "other"})


def is_claim(each: Property) -> bool:
    """Whether a property becomes a claim, if at all: no detail, and short enough to have been typed."""
    passed = each.name in DETAILS or each.name in GROUPS or each.name.startswith(MARK)
    return not passed and each.name != CUSTOM_LABEL and len(each.value) <= _LONGEST


def claims_of(card: Properties, name: str, role: str) -> Iterator[Claim]:
    """Give the claims in the order in which they are written; what the name or the role says already is none."""
    labels = _labels(card)
    for each in filter(is_claim, card.all):
        label = labels.get(each.group, "") if each.name not in CLAIMS else ""
        if _is_private(each, labels):
            continue
        for text in _texts(each):
            if text not in ("", {"NICKNAME": name, "ROLE": role}.get(each.name)):
                yield Claim(label=label or labelled(CLAIMS.get(each.name, each.name), each), value=text)


def left_out_of(card: Properties) -> Iterator[str]:
    """Give the names of the properties that are read and yet become nothing: relatives, and what programs write."""
    labels = _labels(card)
    for each in card.all:
        is_long = len(each.value) > _LONGEST and each.name not in DETAILS and not each.name.startswith(MARK)
        if is_long or _is_private(each, labels):
            yield each.name


def _labels(card: Properties) -> dict[str, str]:
    """Give what people called a property, by its group."""
    return {each.group: _label(each) for each in card.named(CUSTOM_LABEL) if each.group}


def _is_private(each: Property, labels: Mapping[str, str]) -> bool:
    return each.name == RELATED and labels.get(each.group, "").casefold() not in WORKING_WITH


def labelled(label: str, each: Property) -> str:
    """Give a label with what kind of it this one is: `Address (home)`."""
    types = ", ".join(sorted(each.types - _USELESS_TYPES))
    return f"{label} ({types})" if types else label


def _label(each: Property) -> str:
    text = tidy(unescaped(each.value))
    match = _OWN_LABEL.fullmatch(text)
    return match[1] if match else text


def _texts(each: Property) -> list[str]:
    if each.name != "NICKNAME":
        return [tidy(unescaped(each.value))]
    return [tidy(unescaped(part)) for part in parts(each.value, ",")]

"""What a card says beside a contact's details: kept as claims, where somebody typed it and it may decide something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crmtool.importers.cards.labels import labelled, labels_of
from crmtool.importers.cards.lines import Properties, Property
from crmtool.importers.cards.own import MARK
from crmtool.importers.cards.properties import CLAIMS, CUSTOM_LABEL, DETAILS, GROUPS, RELATED, WORKING_WITH
from crmtool.importers.cards.text import parts, tidy, unescaped
from crmtool.importers.record import Claim

_LONGEST = 500
"""What is longer was written by a program."""


def is_claim(each: Property) -> bool:
    """Whether a property becomes a claim, if at all: no detail, and short enough to have been typed."""
    passed = each.name in DETAILS or each.name in GROUPS or each.name.startswith(MARK)
    return not passed and each.name != CUSTOM_LABEL and len(each.value) <= _LONGEST


def claims_of(card: Properties, name: str, role: str) -> Iterator[Claim]:
    """Give the claims in the order in which they are written; what the name or the role says already is none."""
    labels = labels_of(card)
    for each in filter(is_claim, card.all):
        label = labels.get(each.group, "") if each.name not in CLAIMS else ""
        if _is_private(each, labels):
            continue
        for text in _texts(each):
            if text not in ("", {"NICKNAME": name, "ROLE": role}.get(each.name)):
                yield Claim(label=label or labelled(CLAIMS.get(each.name, each.name), each), value=text)


def left_out_of(card: Properties) -> Iterator[str]:
    """Give the names of the properties that are read and yet become nothing: relatives, and what programs write."""
    labels = labels_of(card)
    for each in card.all:
        is_long = len(each.value) > _LONGEST and each.name not in DETAILS and not each.name.startswith(MARK)
        if is_long or _is_private(each, labels):
            yield each.name


def _is_private(each: Property, labels: Mapping[str, str]) -> bool:
    return each.name == RELATED and labels.get(each.group, "").casefold() not in WORKING_WITH


def _texts(each: Property) -> list[str]:
    if each.name != "NICKNAME":
        return [tidy(unescaped(each.value))]
    return [tidy(unescaped(part)) for part in parts(each.value, ",")]

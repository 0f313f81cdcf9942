"""Where a list ends early: how much more there is, and the list of contacts narrowed down to what it is a part of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crmtool.assessment import Assessment
from crmtool.report.edition import Edition
from crmtool.report.links import CONTACTS, encoded

SHOWN = 50
"""How many contacts a list shows, the first in its order; the rest are counted, and stand on the list of contacts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """How much is not shown, and where it is."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """The contacts of which a report lists the first alone: `name` is what links say, `label` what readers see."""

    name: str
    label: str
    ids: frozenset[str]


def more(edition: Edition, page: str, hidden: int, **chosen: str) -> More | None:
    """Tell how much a page does not show, with a link to the list of contacts as chosen; None where nothing is hidden.

    What can be chosen is the list's `verdict`, `status`, and `list`, the name of a `Narrowed`.
    """
    if hidden <= 0:
        return None
    narrowed = "&".join(f"{name}={encoded(value)}" for name, value in chosen.items())
    href = f"{edition.links.link(page, CONTACTS)}#{narrowed}"
    return More(text=edition.language.count("pipeline.more", hidden), href=href)


def narrowed(name: str, label: str, found: Sequence[Assessment], shown: int = SHOWN) -> tuple[Narrowed, ...]:
    """Give what a list is a part of; nothing where it shows all."""
    if len(found) <= shown:
        return ()
    return (Narrowed(name=name, label=label, ids=ids_of(found)),)


def ids_of(found: Iterable[Assessment]) -> frozenset[str]:
    """Give the ids of contacts."""
    return frozenset(assessment.contact.id for assessment in found)

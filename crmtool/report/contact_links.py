"""Links from one contact's notes to another contact, written as the path of its file."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from mdurl import decode

from crmtool.assessment import Assessment
from crmtool.contact import SUFFIX, Contact, contact_id, is_contact_path
from crmtool.report.edition import Edition
from crmtool.report.links import contact_page
from crmtool.report.notes import Follow, relative_links

_HIDING = "<&%"
"""With these a path may be written in such a way that only a part of it is seen, or nothing."""
_AROUND = re.compile(r"[\s()\[\]]+")
"""What stands around the path of a file that notes link to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenLink:
    """A link to a contact that does not exist: the file it stands in, the line of its body (from 0), the path meant."""

    path: str
    line: int
    target: str


def follower(edition: Edition, contact: Contact, meant: set[str] | None = None) -> Follow:
    """Tell where the relative links in a contact's notes lead: to another contact's page or nowhere.

    The ids of the contacts that are meant are added to `meant`, whether or not there are such contacts.
    """

    def follow(href: str) -> str | None:
        target = linked_contact(contact.path, href)
        if target is None:
            return None
        if meant is not None:
            meant.add(contact_id(target))
        if contact_id(target) not in edition.by_id:
            return None
        return edition.links.link(contact_page(contact.id), contact_page(contact_id(target)))

    return follow


def broken_links(
    edition: Edition, existing: Collection[str], among: Iterable[Assessment] | None = None
) -> Iterator[BrokenLink]:
    """Find the links to contacts whose files are not among the `existing` ones, given by path.

    They are looked for in the notes of all contacts, or of those `among` them.
    """
    known = {contact_id(path) for path in existing}
    for assessment in edition.assessments if among is None else among:
        contact = assessment.contact
        body = edition.bodies.get(contact.id, "")
        for line, href in relative_links(body) if _may_lead_nowhere(contact, body, known) else ():
            target = linked_contact(contact.path, href)
            if target is not None and contact_id(target) not in known:
                yield BrokenLink(path=contact.path, line=line, target=target)


def _may_lead_nowhere(contact: Contact, body: str, known: Collection[str]) -> bool:
    """Whether notes need to be read for their links: not where all that looks like one leads to a known contact."""
    if SUFFIX not in body or any(sign in body for sign in _HIDING):
        return SUFFIX in body
    words = (word.rpartition(SUFFIX)[0] + SUFFIX for word in _AROUND.split(body) if SUFFIX in word)
    targets = (linked_contact(contact.path, word) for word in words)
    return any(target is None or contact_id(target) not in known for target in targets)


def linked_contact(source: str, href: str) -> str | None:
    """Give the path of the contact that a link means; None where it means no contact."""
    path = decode(href.partition("#")[0].partition("?")[0], "")
    target = unicodedata.normalize("NFC", posixpath.normpath(posixpath.join(posixpath.dirname(source), path)))
    return target if is_contact_path(target) else None

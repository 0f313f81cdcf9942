"""Links from one contact's notes to another contact, written as the path of its file."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from mdurl import decode

from crmtool.contact import Contact, contact_id, is_contact_path
from crmtool.report.edition import Edition
from crmtool.report.links import contact_page
from crmtool.report.notes import Follow, relative_links

_HINT = ".md"
"""What a body holds that links to a contact; without it none is read for its links."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenLink:
    """A link to a contact that does not exist: the file it stands in, the line of its body (from 0), the path meant."""

    path: str
    line: int
    target: str


def follower(edition: Edition, contact: Contact) -> Follow:
    """Tell where the relative links in a contact's notes lead: to another contact's page or nowhere."""

    def follow(href: str) -> str | None:
        target = _target(contact.path, href)
        if target is None or contact_id(target) not in edition.by_id:
            return None
        return edition.links.link(contact_page(contact.id), contact_page(contact_id(target)))

    return follow


def broken_links(edition: Edition, existing: Collection[str]) -> Iterator[BrokenLink]:
    """Find the links to contacts whose files are not among the `existing` ones, given by path."""
    known = {contact_id(path) for path in existing}
    for assessment in edition.assessments:
        contact = assessment.contact
        body = edition.bodies.get(contact.id, "")
        for line, href in relative_links(body) if _HINT in body else ():
            target = _target(contact.path, href)
            if target is not None and contact_id(target) not in known:
                yield BrokenLink(path=contact.path, line=line, target=target)


def _target(source: str, href: str) -> str | None:
    """Give the path of the contact that a link means; None where it means no contact."""
    path = decode(href.partition("#")[0].partition("?")[0], "")
    target = unicodedata.normalize("NFC", posixpath.normpath(posixpath.join(posixpath.dirname(source), path)))
    return target if is_contact_path(target) else None

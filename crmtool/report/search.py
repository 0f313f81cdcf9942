"""What the search box knows: who a contact is and where it stands. Notes are no part of it.

It is a script, since that is all that a page opened from a disk may load.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from crmtool.assessment import Assessment
from crmtool.report.edition import Edition
from crmtool.report.links import contact_page
from crmtool.report.list_line import Line, list_line, page_count
from crmtool.report.lists import lists_of
from crmtool.report.marks import contact_mark
from crmtool.report.memo import Part
from crmtool.text import printable

SCRIPT = "js/contacts.js"
"""Where the script stands, below the site's root."""
_FIELDS = ("role", "owner", "source")


class _Found(NamedTuple):
    """What is told of a contact that is found; `address` is below the site's root, `words` are what it is found by."""

    title: str
    address: str
    sign: str
    verdict: str
    status: str
    words: str


class _Listed(NamedTuple):
    """What the list of contacts says in a contact's row, too."""

    organization: str
    name: str
    mark: str
    status_id: str
    status_rank: int
    since: str
    since_text: str
    left: str
    clarity: str
    clarity_share: float | None
    value: str
    value_number: float
    owner: str


_LISTS = "lists"
"""What a row says last: the names of the lists in which the contact stands, where there are any."""


def search_script(edition: Edition) -> str:
    """Write the script: one call with names, and a list of contacts in the order of attention.

    Each contact is a list of values, in the order of the names. Where the list of contacts has several pages, the
    values are all that its rows say, for the script that makes one list of the pages.
    """
    is_long = page_count(edition) > 1
    parts = edition.each_part(long_rows if is_long else short_rows)
    rows = dict(row for part in parts for row in part)
    ids = (assessment.contact.id for assessment in edition.assessments)
    told = (_with_lists(rows[id], lists_of(edition).get(id)) for id in ids) if is_long else (rows[id] for id in ids)
    listed = ",\n".join(told)
    names = (*_Found._fields, *_Listed._fields, _LISTS) if is_long else _Found._fields
    return f"crmtoolContacts({_json(names)}, [\n{listed}\n]);\n"


def words(edition: Edition, assessment: Assessment) -> str:
    """Give all that a contact is found by, in the search box as in the list."""
    contact, mark = assessment.contact, contact_mark(assessment, edition.language)
    tags = contact.fields.get("tags")
    found = [contact.title, contact.id, assessment.status.label, mark.word, *map(contact.text, _FIELDS)]
    found += [str(tag) for tag in tags] if isinstance(tags, list) else []
    return printable(" ".join(filter(None, found)))


def short_rows(edition: Edition, part: Part) -> list[tuple[str, str]]:
    """Write the rows of some contacts, with their ids, for the search box alone."""
    return [(a.contact.id, _json(_found(edition, a))) for a in part]


def long_rows(edition: Edition, part: Part) -> list[tuple[str, str]]:
    """Write the rows of some contacts, with their ids, for the list of contacts too."""
    rows = ((a.contact.id, [*_found(edition, a), *_listed(list_line(edition, a))]) for a in part)
    return [(id, _json(row, separators=(",", ":"))) for id, row in rows]


def _found(edition: Edition, assessment: Assessment) -> _Found:
    contact, mark = assessment.contact, contact_mark(assessment, edition.language)
    return _Found(
        title=printable(contact.title),
        address=edition.links.url(contact_page(contact.id)),
        sign=mark.sign,
        verdict=mark.word,
        status=printable(assessment.status.label),
        words=words(edition, assessment),
    )


def _listed(line: Line) -> _Listed:
    return _Listed(
        organization=printable(line.organization),
        name=printable(line.name),
        mark=line.mark.name,
        status_id=line.status_id,
        status_rank=line.status_rank,
        since=line.since.isoformat(),
        since_text=line.since_text,
        left=line.left,
        clarity=line.clarity,
        clarity_share=line.clarity_share,
        value=printable(line.value),
        value_number=line.value_number,
        owner=printable(line.owner),
    )


def _with_lists(row: str, lists: str | None) -> str:
    return f"{row[:-1]},{_json(lists)}]" if lists else row


def _json(value: object, separators: tuple[str, str] | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, separators=separators)

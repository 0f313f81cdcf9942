"""What the search box knows: who a contact is and where it stands. Notes are no part of it.

It is a script, since that is all that a page opened from a disk may load.
"""

from __future__ import annotations

import json

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


def search_script(edition: Edition) -> str:
    """Write the script: one call with a list of contacts in the order of attention.

    Each is a list of title, address below the site's root, sign, verdict, status, and the words it is found by. Where
    the list of contacts has several pages, all else that its rows say follows, and the names of the lists in which the
    contact stands, for the script that makes one list of the pages.
    """
    is_long = page_count(edition) > 1
    parts = edition.each_part(_long_rows if is_long else _short_rows)
    rows = dict(row for part in parts for row in part)
    ids = (assessment.contact.id for assessment in edition.assessments)
    told = (_with_lists(rows[id], lists_of(edition).get(id)) for id in ids) if is_long else (rows[id] for id in ids)
    listed = ",\n".join(told)
    return f"crmtoolContacts([\n{listed}\n]);\n"


def words(edition: Edition, assessment: Assessment) -> str:
    """Give all that a contact is found by, in the search box as in the list."""
    contact, mark = assessment.contact, contact_mark(assessment, edition.language)
    tags = contact.fields.get("tags")
    found = [contact.title, contact.id, assessment.status.label, mark.word, *map(contact.text, _FIELDS)]
    found += [str(tag) for tag in tags] if isinstance(tags, list) else []
    return printable(" ".join(filter(None, found)))


def _short_rows(edition: Edition, part: Part) -> list[tuple[str, str]]:
    return [(a.contact.id, _json(_short_row(edition, a))) for a in part]


def _long_rows(edition: Edition, part: Part) -> list[tuple[str, str]]:
    rows = ((a.contact.id, [*_short_row(edition, a), *_columns(list_line(edition, a))]) for a in part)
    return [(id, _json(row, separators=(",", ":"))) for id, row in rows]


def _short_row(edition: Edition, assessment: Assessment) -> list[object]:
    contact, mark = assessment.contact, contact_mark(assessment, edition.language)
    address = edition.links.url(contact_page(contact.id))
    title, status = printable(contact.title), printable(assessment.status.label)
    return [title, address, mark.sign, mark.word, status, words(edition, assessment)]


def _columns(line: Line) -> list[object]:
    return [
        *(printable(line.organization), printable(line.name), line.mark.name, line.status_id, line.status_rank),
        *(line.since.isoformat(), line.since_text, line.left, line.clarity, line.clarity_share),
        *(printable(line.value), line.value_number, printable(line.owner)),
    ]


def _with_lists(row: str, lists: str | None) -> str:
    return f"{row[:-1]},{_json(lists)}]" if lists else row


def _json(value: object, separators: tuple[str, str] | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, separators=separators)

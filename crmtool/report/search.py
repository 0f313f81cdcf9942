"""What the search box knows: who a contact is and where it stands. Notes are no part of it.

It is a script, since that is all that a page opened from a disk may load.
"""

from __future__ import annotations

import json

from crmtool.assessment import Assessment
from crmtool.report.edition import Edition
from crmtool.report.links import contact_page
from crmtool.report.marks import contact_mark
from crmtool.text import printable

SCRIPT = "js/contacts.js"
"""Where the script stands, below the site's root."""
_FIELDS = ("role", "owner", "source")


def search_script(edition: Edition) -> str:
    """Write the script: one call with a list of contacts in the order of attention.

    Each is a list of title, address below the site's root, sign, verdict, status, and the words it is found by.
    """
    rows = ",\n".join(json.dumps(_row(edition, found), ensure_ascii=False) for found in edition.assessments)
    return f"crmtoolContacts([\n{rows}\n]);\n"


def words(edition: Edition, assessment: Assessment) -> str:
    """Give all that a contact is found by, in the search box as in the list."""
    contact, mark = assessment.contact, contact_mark(assessment, edition.language)
    tags = contact.fields.get("tags")
    found = [contact.title, contact.id, assessment.status.label, mark.word, *map(contact.text, _FIELDS)]
    found += [str(tag) for tag in tags] if isinstance(tags, list) else []
    return printable(" ".join(filter(None, found)))


def _row(edition: Edition, assessment: Assessment) -> list[str]:
    contact, mark = assessment.contact, contact_mark(assessment, edition.language)
    address = edition.links.url(contact_page(contact.id))
    title, status = printable(contact.title), printable(assessment.status.label)
    return [title, address, mark.sign, mark.word, status, words(edition, assessment)]

"""What the search box knows: who a contact is and where it stands. Notes are no part of it.

It is a script, since that is all that a page opened from a disk may load.
"""

from __future__ import annotations

import json

from crmtool.assessment import Assessment
from crmtool.report.edition import Edition
from crmtool.report.links import contact_page
from crmtool.report.marks import contact_mark

SCRIPT = "js/contacts.js"
"""Where the script stands, below the site's root."""
_FIELDS = ("role", "owner", "source")


def search_script(edition: Edition) -> str:
    """Write the script: one call with a list of contacts in the order of attention.

    Each is a list of title, address below the site's root, sign, verdict, status, and further words to be found by.
    """
    rows = ",\n".join(json.dumps(_row(edition, found), ensure_ascii=False) for found in edition.assessments)
    return f"crmtoolContacts([\n{rows}\n]);\n"


def _row(edition: Edition, assessment: Assessment) -> list[str]:
    contact = assessment.contact
    mark = contact_mark(assessment, edition.language)
    tags = contact.fields.get("tags")
    words = [contact.text(field) for field in _FIELDS]
    words += [str(tag) for tag in tags] if isinstance(tags, list) else []
    address = edition.links.url(contact_page(contact.id))
    return [contact.title, address, mark.sign, mark.word, assessment.status.label, " ".join(filter(None, words))]

"""The list of all contacts."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "contacts_page": "Contacts",
    "contacts_page.title": "All contacts",
    "contacts_page.lead": "All contacts with status and verdict, in the order of the attention they deserve.",
    "contacts_page.none": "No contact yet: write the first one as contacts/NAME.md.",
    "contacts_page.part": "{all}, here {first} to {last} in the order of attention",
    "contacts_page.page": "Page",
    "contacts_page.page.title": "Contacts, page {n}",
    "contacts_page.pages": "Pages of the list",
    "contacts_page.more_rows": "Show {n} more",
    "contacts_page.data": "All of it as JSON",
    "contacts_page.data.help": "– all contacts without their notes, for other programs",
    "filter": "Narrow down",
    "filter.text": "Contains",
    "filter.all": "all",
    "filter.list": "Part of",
    "filter.told": "{n} of {all} contacts",
    "column.contact": "Contact",
    "column.status": "Status",
    "column.verdict": "Verdict",
    "column.since": "since",
    "column.distance": "to go",
    "column.clarity": "Clarity",
    "column.value": "Value",
    "column.owner": "owner",
}

"""Contacts of which every text is known, to look for them in what must not tell them."""

from __future__ import annotations

SECRETS = (
    "Secretname",
    "secretslug",
    "Secretorg",
    "secretmail",
    "Secretdo",
    "Secretwhen",
    "Secretbecause",
    "Secretwait",
    "Secretevidence",
    "Secretowner",
    "Secretnote",
    "Secrettag",
    "Secretsource",
    "secretcriterion",
    "secretreason",
    "5550199",
)
ID = "secretslug/secretslug"


def person(status: str, entered: str, more: str = "", *decided: str) -> str:
    """Write a contact that came in on a day, with secrets in every text that is its own."""
    log = "\n".join(
        f"  - {{date: {day}, to: {to}, because: Secretbecause{also}}}"
        for day, to, also in ((entered, status, ""), *(each.split(" ", 2) for each in decided))
    )
    last = decided[-1].split(" ")[1] if decided else status
    return f"""\
---
name: Secretname
organization: Secretorg
email: secretmail@example.org
phone: "+49 30 5550199"
source: Secretsource
owner: Secretowner
tags: [Secrettag]
status: {last}
decisions:
{log}
{more}
---

Secretnote
"""


STEP = "next_step: {do: Secretdo, clarifies: buyer, due: 2026-12-01, owner: Secretowner}"
UNKNOWN_STEP = "next_step: {do: Secretdo, clarifies: secretcriterion, due: 2026-12-01}"
BLOCKED = "blocked: {by: Secretwait, since: 2026-11-01, until: 2026-12-24}"
STOP_IF = "stop_if: [{when: Secretwhen, by: 2026-12-15}]"
KNOCKOUT = "criteria: {conflict: {met: 2026-11-20, evidence: Secretevidence}}"
REVISIT = "revisit: 2027-01-11"

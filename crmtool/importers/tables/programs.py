"""The programs whose tables are known, and which of them a table is of."""

from __future__ import annotations

from crmtool.importers.tables import address_books, crms
from crmtool.importers.tables.program import CRMTOOL, CSV, Program

OTHER = Program(
    origin=CSV,
    label="CSV",
    names={
        "organization_id": ("Account ID", "Company ID", "Organization ID", "Organisation ID", "Firmen-ID",
                            "Unternehmens-ID", "Organisations-ID"),
    },
)  # fmt: skip
"""A table of a program that is not known."""
OWN = Program(origin=CRMTOOL, label="crmtool", marks=(("crmtool_id", "crmtool_version"),))

_PROGRAMS = (
    OWN,
    address_books.GOOGLE,
    address_books.LINKEDIN,
    crms.HUBSPOT_DEALS,
    crms.PIPEDRIVE_DEALS,
    crms.PIPEDRIVE,
    crms.PIPEDRIVE_ORGANIZATIONS,
    crms.SALESFORCE_DEALS,
    crms.HUBSPOT_COMPANIES,
    crms.HUBSPOT,
    address_books.OUTLOOK,
    crms.PIPEDRIVE_ORGANIZATIONS_PLAIN,
    crms.PIPEDRIVE_PLAIN,
    crms.SALESFORCE,
    crms.SALESFORCE_FEW,
)
"""In the order in which they are asked whether a table is theirs: the surest first."""


def program_of(headers: frozenset[str]) -> Program:
    """Recognise a program by the plain headers of its table."""
    return next((program for program in _PROGRAMS if program.has(headers)), OTHER)

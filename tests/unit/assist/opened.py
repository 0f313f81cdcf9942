"""Files as they stand in an editor, for the tests of what is shown of them."""

from __future__ import annotations

from crmtool.assist.editing import Editing
from crmtool.contact import Contact, contact_from
from crmtool.document import read_contact, read_yaml
from crmtool.rulebook import RuleBook, rulebook_from
from tests.building import day, shipped_schema
from tests.conftest import JANA, RULEBOOK, TODAY

JANA_PATH = "contacts/nordlicht/jana-koehler.md"
RULES_PATH = "criteria.yaml"


def rules(text: str = RULEBOOK) -> RuleBook | None:
    """Read a rule book; None where it cannot be used."""
    document = read_yaml(RULES_PATH, text.encode())
    return rulebook_from(document) if not shipped_schema("criteria").shape(document) else None


def jana(text: str = JANA, path: str = JANA_PATH) -> Contact | None:
    """Read a contact."""
    return contact_from(read_contact(path, text.encode()))


def contact_open(
    text: str = JANA, *, rulebook: str | None = RULEBOOK, today: str = TODAY, others: tuple[Contact, ...] = ()
) -> Editing:
    """Open a contact that could be read last as the one of the format's documentation, if it cannot be read now."""
    document = read_contact(JANA_PATH, text.encode())
    contact = contact_from(document) or jana()
    assert contact is not None
    return Editing(
        document=document,
        contact=contact,
        rulebook=rules(rulebook) if rulebook is not None else None,
        day=day(today),
        contacts={each.path: each for each in (contact, *others)},
        paths=(RULES_PATH, JANA_PATH),
        schema=shipped_schema("contact").definition,
    )


def rules_open(text: str = RULEBOOK, *, contacts: tuple[Contact, ...] = (), today: str = TODAY) -> Editing:
    """Open a rule book; that of the format's documentation counts where it cannot be used now."""
    return Editing(
        document=read_yaml(RULES_PATH, text.encode()),
        contact=None,
        rulebook=rules(text) or rules(),
        day=day(today),
        contacts={each.path: each for each in contacts},
        paths=(RULES_PATH, *(each.path for each in contacts)),
        schema=shipped_schema("criteria").definition,
    )

"""Small histories, judged and laid out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from crmtool.contact import contact_from
from crmtool.document import read_contact, read_yaml
from crmtool.report.edition import Edition, edition
from crmtool.rulebook import rulebook_from
from tests.conftest import JANA, RULEBOOK, TODAY

Lay = Callable[..., Edition]


def lay_out(contacts: Mapping[str, str], rules: str = RULEBOOK, today: str = TODAY, **options: Any) -> Edition:
    """Judge contacts, given by id as the text of their files."""
    documents = {id: read_contact(f"contacts/{id}.md", text.encode()) for id, text in contacts.items()}
    read = [contact for document in documents.values() if (contact := contact_from(document)) is not None]
    rulebook = rulebook_from(read_yaml("criteria.yaml", rules.encode()))
    assert rulebook is not None
    bodies = {id: document.body for id, document in documents.items()}
    return edition(read, rulebook, date.fromisoformat(today), bodies=bodies, **options)


@pytest.fixture
def lay() -> Lay:
    """Judge contacts under the rule book of the format's documentation, or under another."""
    return lay_out


@pytest.fixture
def jana() -> Edition:
    """The contact of the format's documentation, alone."""
    return lay_out({"nordlicht/jana-koehler": JANA})

"""What is found in a workspace by words."""

from __future__ import annotations

import pytest

from crmtool.assist.symbols import MOST, SymbolKind, found_in
from crmtool.contact import Contact
from tests.building import contact
from tests.unit.assist.opened import jana, rules

PEOPLE = (
    contact(("2026-11-01", "new"), id="nordlicht/jana-koehler", name="Jana Köhler", organization="Nordlicht GmbH"),
    contact(("2026-11-01", "new"), id="lodz/lukasz", name="Łukasz Żak", organization="Łódź Logistyka"),
    contact(("2026-11-01", "new"), id="a/kohl", name="Anna Kohl", organization="Jana-Werke"),
)


def names(query: str, contacts: tuple[Contact, ...] = PEOPLE) -> list[str]:
    return [found.within for found in found_in(query, contacts, rules())]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("köhler", ["nordlicht/jana-koehler"]),
        ("KOEHLER", ["nordlicht/jana-koehler"]),
        ("kohler", ["nordlicht/jana-koehler"]),
        ("ko\u0308hler", ["nordlicht/jana-koehler"]),
        ("gmbh jana", ["nordlicht/jana-koehler"]),
        ("lodz", ["lodz/lukasz"]),
        ("zak", ["lodz/lukasz"]),
        ("lodz/luk", ["lodz/lukasz"]),
        ("jana", ["nordlicht/jana-koehler", "a/kohl"]),
        ("kohl", ["a/kohl", "nordlicht/jana-koehler"]),
        ("jana nobody", []),
    ],
)
def test_contacts_are_found_by_all_words_whatever_their_accents(query: str, found: list[str]) -> None:
    assert names(query) == found


def test_statuses_and_criteria_are_found_with_their_places() -> None:
    (status,) = found_in("klarung", PEOPLE, rules())
    assert (status.name, status.kind, status.path, status.place) == (
        *("In Klärung", SymbolKind.STATUS, "criteria.yaml"),
        ("statuses", "clarifying"),
    )
    (criterion,) = found_in("buyer", PEOPLE, rules())
    assert (criterion.name, criterion.kind, criterion.place) == (
        *("Entscheider bekannt", SymbolKind.CRITERION),
        ("criteria", "buyer"),
    )


def test_a_contact_is_named_with_its_organization_and_leads_to_its_file() -> None:
    person = jana()
    assert person is not None
    (found,) = found_in("koehler", (person,), None)
    assert (found.name, found.within) == ("Nordlicht Logistik GmbH · Jana Köhler", "nordlicht/jana-koehler")
    assert (found.path, found.place) == ("contacts/nordlicht/jana-koehler.md", ())


def test_no_more_are_given_than_can_be_looked_through() -> None:
    crowd = tuple(contact(("2026-11-01", "new"), id=f"c/{n:04}", name=f"Max {n:04}") for n in range(MOST + 50))
    assert len(found_in("", crowd, rules())) == MOST
    assert names("max 0249", crowd) == ["c/0249"]


def test_a_name_of_nothing_is_no_empty_symbol() -> None:
    nameless = contact(("2026-11-01", "new"), id="x/y", name="\u200b")
    (found,) = found_in("x/y", (nameless,), None)
    assert found.name == "\\u200b"

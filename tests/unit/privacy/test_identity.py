"""Who is who in the versions of files."""

from __future__ import annotations

import pytest

from crmtool.privacy.identity import moved_person, same_again, same_person
from crmtool.yaml_reader import Value

LOG: dict[str, Value] = {"decisions": [{"date": "2026-10-02", "to": "new", "because": "Imported"}]}
PHONE: dict[str, Value] = {"phone": "+49 40 1000"}


@pytest.mark.parametrize(
    ("name", "other", "shared", "same", "moved"),
    [
        ("Jana Köhler", "jana  köhler", {}, True, True),
        ("Jana Köhler", "Jana Schmidt", {}, False, False),
        ("Jana Köhler", "Jana Schmidt", PHONE, True, True),
        ("Jana Köhler", "Jana Schmidt", LOG, True, True),
        ("Jana Köhler", "Piet Nygaard", {"email": "j@x.example"}, True, True),
        ("Bob Brandt", "Jana Köhler", PHONE, False, False),
        ("Bob Brandt", "Jana Köhler", {"url": "https://acme.example"}, False, False),
        ("Bob Brandt", "Jana Köhler", LOG, False, False),
        ("Frau Brandt", "Frau Köhler", LOG, False, False),
        ("Jan van Dijk", "Piet van Berg", PHONE, False, False),
        ("Anna Müller", "Jana Müller", PHONE, True, False),
        ("Dr. Mueller", "Jana Müller", PHONE, True, True),
        ("J. Müller", "Jana Müller", PHONE, True, True),
        ("Li Wu", "Dr. Li Wu", {}, True, True),
        ("Li Wu", "Li Ho", PHONE, True, True),
        ("J. Li", "J. Wu", PHONE, False, False),
        ("J. K.", "J. B.", PHONE, False, False),
        ("李 明", "李 强", PHONE, True, True),
        ("王伟", "王伟 (Wang Wei)", {}, True, True),
        ("Jana Köhler", "Prof. Dr. Jana Köhler (CFO)", {}, True, True),
        ("Herr Müller", "Frau Müller", {}, False, False),
        ("Acme (Einkauf)", "Acme (Vertrieb)", {}, False, False),
        ("Kontakt Nummer 1", "Kontakt Nummer 2", {}, False, False),
    ],
)
def test_what_joins_two_versions(name: str, other: str, shared: dict[str, Value], same: bool, moved: bool) -> None:
    one, two = {"name": name, **shared}, {"name": other, **shared}
    assert (same_person(one, two), moved_person(one, two)) == (same, moved)
    assert (same_person(two, one), moved_person(two, one)) == (same, moved)


@pytest.mark.parametrize(
    ("one", "other", "elsewhere", "here"),
    [
        ({}, {}, False, True),
        ({"email": "j@x.example"}, {}, False, True),
        ({"email": "j@x.example"}, {"email": "j@y.example"}, False, True),
        ({"email": "j@x.example"}, {"email": ["J@x.example", "j@y.example"]}, True, True),
        (PHONE, PHONE, True, True),
    ],
)
def test_what_no_change_joins_needs_more(
    one: dict[str, Value], other: dict[str, Value], elsewhere: bool, here: bool
) -> None:
    versions = {"name": "Jana Köhler", **one}, {"name": "Jana Köhler", **other}
    assert same_again(*versions, at_one_path=False) is elsewhere
    assert same_again(*versions, at_one_path=True) is here


def test_another_name_at_another_path_is_somebody_else() -> None:
    mail: dict[str, Value] = {"email": "info@x.example"}
    versions = {"name": "Bob Brandt", **mail}, {"name": "Jana Köhler", **mail}
    assert not same_again(*versions, at_one_path=False)


@pytest.mark.parametrize(
    ("name", "email", "moved"),
    [
        ("Anna Wolf", "aw@y.example", False),
        ("Anna Wolf", "am@x.example", True),
        ("Dr. Anna Meier", "aw@y.example", True),
    ],
)
def test_who_has_another_address_and_name_is_another_person_where_the_path_changed(
    name: str, email: str, moved: bool
) -> None:
    one, other = {"name": "Anna Meier", "email": "am@x.example", **LOG}, {"name": name, "email": email, **LOG}
    assert moved_person(one, other) is moved_person(other, one) is moved


@pytest.mark.parametrize(("name", "other"), [("", ""), ("Jana Köhler", "Jana Schmidt")])
def test_addresses_speak_for_two_people_at_one_path_unless_they_have_one_name(name: str, other: str) -> None:
    versions = {"name": name, "email": "j@x.example", **LOG}, {"name": other, "email": "j@y.example", **LOG}
    assert not same_again(*versions, at_one_path=True)

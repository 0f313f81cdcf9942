from __future__ import annotations

from typing import Any

import pytest

from crmtool.importers.likeness import People

KNOWN: dict[str, dict[str, Any]] = {
    "jana": {
        "name": "Dr. Jana Köhler",
        "organization": "Nordlicht AG",
        "email": "J.Koehler@nordlicht.example",
        "phone": "+49 (0)421 12 345-67",
    },
    "ben": {"name": "Benjamin Groß", "url": ["https://www.linkedin.example/in/ben-gross/"]},
    "soren": {"name": "Søren Ångström", "organization": "Sand AS", "phone": "+45 20 12 34 56"},
    "heike": {"name": "Frau Heike Müller-Lüdenscheidt"},
    "lukasz": {"name": "Łukasz Żółć"},
    "shop": {"name": "Tischlerei", "phone": "110"},
}


def alike(**fields: Any) -> list[tuple[str, str]]:
    people = People(KNOWN.items())
    return [(each.contact, each.because) for each in people.like(fields)]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"name": "X", "email": ["j.koehler@NORDLICHT.example"]}, [("jana", "same e-mail")]),
        ({"name": "X", "phone": ["0421/1234567"]}, [("jana", "same phone")]),
        ({"name": "X", "phone": "0049 421 1234567"}, [("jana", "same phone")]),
        ({"name": "X", "url": "linkedin.example/in/Ben-Gross"}, [("ben", "same URL")]),
        ({"name": "Koehler, Jana"}, [("jana", "same name")]),
        ({"name": "Professor Jana Köhler"}, [("jana", "same name")]),
        ({"name": "Fräulein Jana Köhler, MBA"}, [("jana", "same name")]),
        ({"name": "JANA KÖHLER"}, [("jana", "same name")]),
        ({"name": "Jana Kohler"}, [("jana", "similar name")]),
        ({"name": "J. Köhler"}, [("jana", "similar name")]),
        ({"name": "Benjamin Gross"}, [("ben", "same name")]),
        ({"name": "Soren Angstrom"}, [("soren", "similar name")]),
        ({"name": "Soeren Aangstroem"}, [("soren", "same name")]),
        ({"name": "Soren Angstrom", "organization": "Sand AS", "phone": "20123456"}, [("soren", "same phone")]),
        ({"name": "Heike Muller-Ludenscheidt"}, [("heike", "similar name")]),
        ({"name": "Fraulein Heike Muller Ludenscheidt"}, [("heike", "similar name")]),
        ({"name": "Lukasz Zolc"}, [("lukasz", "same name")]),
    ],
)
def test_the_same_person_is_recognised(fields: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert alike(**fields) == found


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Jana Müller"},  # the same first name
        {"name": "Anna Köhler"},
        {"name": "Jana"},  # the name of too many
        {"name": "Phil Köhler"},  # a first name that is written like a title
        {"name": "Uwe Köhler", "phone": "110"},  # too short to tell anybody
        {"name": "Uwe Sand", "phone": "+351 421 1234567"},  # another country
        {"name": "Uwe Sand", "phone": "12 34567"},  # the end of a number alone
        {"name": "Uwe Sand", "organization": "Nordlicht AG", "phone": "0421 1234567"},  # a colleague
        {"name": "", "email": "", "phone": []},
        {},
    ],
)
def test_others_are_not(fields: dict[str, Any]) -> None:
    assert alike(**fields) == []


def test_the_surest_reason_is_told_once() -> None:
    assert alike(name="Jana Köhler", email="j.koehler@nordlicht.example") == [("jana", "same e-mail")]

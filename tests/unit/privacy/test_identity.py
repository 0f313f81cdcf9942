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
        ({"email": "j@x.example"}, {"email": "j@y.example"}, False, False),
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

"""Names, put together and taken apart."""

from __future__ import annotations

import pytest

from crmtool.importers.tables.naming import named, turned, whole_name


def test_names_are_put_together_of_what_is_one() -> None:
    assert whole_name("Jana", "", "Köhler") == "Jana Köhler"
    assert whole_name("Jana", "-", "unknown") == "Jana"
    assert whole_name("Jana", "", "Jana Köhler") == "Jana Köhler"
    assert whole_name("Jan", "", "Jan") == "Jan Jan"


def test_only_one_comma_turns_a_name_round() -> None:
    assert turned("Köhler, Jana") == "Jana Köhler"
    assert turned("Köhler, Jana, Dr.") == "Köhler, Jana, Dr."
    assert turned("Nordlicht") == "Nordlicht"


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("Jana Köhler (j@example.org)", ("Jana Köhler", "j@example.org")),
        ("Nordlicht (nordlicht.example)", ("Nordlicht", "nordlicht.example")),
        ("Jana Köhler (101)", ("Jana Köhler", "101")),
        ("Verein (Bremen e.V.)", ("Verein (Bremen e.V.)", "")),
        ("Jana", ("Jana", "")),
    ],
)
def test_what_stands_behind_a_name_is_parted_where_it_is_an_id_or_an_address(entry: str, told: tuple[str, str]) -> None:
    assert named(entry) == told

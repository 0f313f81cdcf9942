"""How people are addressed, and their titles."""

from __future__ import annotations

import pytest

from crmtool.importers.salutation import is_salutation, without_salutation


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Herr Tom Sommer", "Tom Sommer"),
        ("Frau Dr. Jana Köhler", "Dr. Jana Köhler"),
        ("mr. Jana", "Jana"),
        ("Mr and Mrs Köhler", "Mr and Mrs Köhler"),
        ("Dr. Jana Köhler", "Dr. Jana Köhler"),
        ("Hr. Sommer", "Sommer"),
        ("Fr Sommer", "Fr Sommer"),
        ("Herr", "Herr"),
        ("Herrmann Meier", "Herrmann Meier"),
        ("Frau Holle GmbH & Co. KG", "Frau Holle GmbH & Co. KG"),
        ("Herr Müller e. K.", "Herr Müller e. K."),
        ("", ""),
    ],
)
def test_it_is_taken_away_in_front_of_a_name(name: str, told: str) -> None:
    assert without_salutation(name) == told


def test_titles_belong_to_it_where_nothing_else_is_said() -> None:
    assert all(map(is_salutation, ("Ms.", "Herr", "Dr.", "Frau Prof. Dr. med.", "Dipl.-Ing.")))
    assert not any(map(is_salutation, ("", "CEO", "Dr. Köhler", "5")))

"""What columns hold, as their cells tell."""

from __future__ import annotations

import pytest

from tests.unit.importers.building import claims, reading, row


def test_three_letters_in_a_header_are_a_currency_only_if_there_is_one() -> None:
    assert row("Name,NET AMOUNT,Amount", "Jana,,5").details["value"] == 5
    assert row("Name,Amount EUR", "Jana,5").details["value"] == 5
    assert claims(row("Name,Amount MRR", "Jana,5")) == [("Amount MRR", "5")]


def test_a_french_name_beside_a_first_name_is_the_last_name() -> None:
    assert row("Nom;Prénom", "Dupont;Jean").details["name"] == "Jean Dupont"


def test_a_label_stands_for_the_name_of_its_column() -> None:
    header = "E-mail 1 - Value,First Name,Custom Field 1 - Label,Custom Field 1 - Value"
    assert claims(row(header, ",Jana,Since,2019")) == [("Since", "2019")]
    assert claims(row(header, ",Jana,,2019")) == [("Custom Field 1 - Value", "2019")]


def test_few_addresses_among_names_do_not_make_a_column_one_of_addresses() -> None:
    read = reading("Name,Notes\nJana,x\na@example.org,y\nPaul,z\n")
    assert [found.details["name"] for found in read.records] == ["Jana", "a@example.org", "Paul"]


def test_a_pipedrive_table_without_prefixes_is_known_by_its_owner() -> None:
    assert reading("ID,Name,Organization,Owner\n501,Jana,Nordlicht,Mira\n").origin == "pipedrive"
    assert reading("ID,Name,Organization\n501,Jana,Nordlicht\n").origin == "csv"


@pytest.mark.parametrize(
    "header",
    ["Asst. Phone", "Assistant Phone", "Assistant's Phone", "Telefon Assistent", "Emergency Phone", "Notfall Telefon",
     "Manager Phone", "Telefon Vorgesetzter"],
)  # fmt: skip
def test_the_phones_and_addresses_of_others_are_claims(header: str) -> None:
    found = row(f"Name,Phone,{header}", "Jana,+49 421 123456,+49 421 999999")
    assert (found.details["phone"], claims(found)) == (["+49 421 123456"], [(header, "+49 421 999999")])
    found = row(f"Name,Email,{header}", "Jana,jana@example.org,paul@example.org")
    assert (found.details["email"], claims(found)) == (["jana@example.org"], [(header, "paul@example.org")])


@pytest.mark.parametrize("header", ["Spouse Phone", "Spouse Mobile", "Partner Phone", "Telefon Ehepartner"])
def test_the_phones_of_families_are_left_out(header: str) -> None:
    read = reading(f"Name,{header}\nJana,+49 421 999999\n")
    assert (read.records[0].details, read.records[0].claims) == ({"name": "Jana"}, ())
    assert read.notices == (f"left out: {header}",)


def test_a_suffix_behind_a_comma_is_part_of_the_name_and_not_claimed_again() -> None:
    found = row("First Name,Last Name,Connected On", 'Jana,"Köhler, MBA",')
    assert (found.details["name"], claims(found)) == ("Jana Köhler, MBA", [])

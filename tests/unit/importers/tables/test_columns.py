"""What columns hold, as their cells tell."""

from __future__ import annotations

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

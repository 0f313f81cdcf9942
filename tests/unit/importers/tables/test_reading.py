"""Any other table, and the oddities of all of them."""

from __future__ import annotations

import pytest

from tests.unit.importers.building import claims, reading, record, row

PROBLEM = "no column holds a name, an organization or an e-mail address"


def test_a_table_of_an_unknown_program() -> None:
    read = reading(
        "Kunde;Ansprechpartner;E-Mail;Telefon;Straße;Hausnummer;PLZ;Ort;Status;Quelle;Betreuer;Auftragswert;Bemerkung;Branche\n"
        "Nordlicht;Jana Köhler;j@example.org;0421 1234;Weg;7;28195;Bremen;heiß;Messe;mira;1.500;ruft an;Logistik\n"
    )
    (jana,) = read.records
    assert (read.origin, read.label, read.notices) == ("csv", "CSV", ())
    assert jana.details == {
        "name": "Jana Köhler",
        "organization": "Nordlicht",
        "email": ["j@example.org"],
        "phone": ["0421 1234"],
        "address": "Weg 7, 28195 Bremen",
        "source": "Messe",
        "owner": "mira",
        "value": 1500,
    }
    assert (jana.stage, jana.notes, claims(jana)) == ("heiß", "ruft an", [("Branche", "Logistik")])


def test_several_columns_of_one_kind_are_all_used_or_claimed() -> None:
    found = row("Name,Email,Name,Email,EMAIL", "Jana,a@example.org,Jana K.,b@example.org,A@example.org")
    assert found.details == {"name": "Jana", "email": ["a@example.org", "b@example.org"]}
    assert claims(found) == [("Name", "Jana K.")]


def test_cells_that_slipped_into_the_wrong_column_are_used_all_the_same() -> None:
    found = row("name,Name,email,Email,phone", "Jana,j@example.org,j@example.org,555-8001,555-8001")
    assert found.details == {"name": "Jana", "email": ["j@example.org"], "phone": ["555-8001"]}
    assert claims(found) == []


def test_a_name_with_an_address_beside_it_is_parted() -> None:
    assert row("Contact,Notes", "Jana Köhler <j@example.org>,x").details == {
        "name": "Jana Köhler",
        "email": ["j@example.org"],
    }


def test_columns_are_looked_at_where_their_names_say_nothing_or_too_much() -> None:
    found = row("Name,Kontakt,Reachable at", "Jana,+49 421 1234,j@example.org")
    assert found.details == {"name": "Jana", "phone": ["+49 421 1234"], "email": ["j@example.org"]}


def test_a_slip_in_a_header_is_mended_and_told() -> None:
    read = reading("Nmae,Emial\nJana,j@example.org\n")
    assert read.records[0].details == {"name": "Jana", "email": ["j@example.org"]}
    assert read.notices == ("the column 'Nmae' was read as 'Name'", "the column 'Emial' was read as 'Email'")


@pytest.mark.parametrize(
    ("header", "cells", "name"),
    [
        ("Name,Vorname", "Köhler,Jana", "Jana Köhler"),
        ("Name,Vorname", "Jana Köhler,Jana", "Jana Köhler"),
        ("First Name,Middle Name,Last Name", "Jana,N/A,Köhler", "Jana Köhler"),
        ("First Name,Last Name,Company", "Jana,Unknown,N", "Jana"),
        ("First Name,Last Name,Company", ",Unknown,Nordlicht", "Nordlicht"),
        ("Full Name,First Name,Last Name", "Dr. Jana Köhler,Jana,Köhler", "Dr. Jana Köhler"),
        ("Contact,First Name,Last Name", "Zentrale,Jana,Köhler", "Jana Köhler"),
        ("File As,Email", '"Köhler, Jana",j@example.org', "Jana Köhler"),
        ("Name,Email", '"Köhler, Jana",j@example.org', "Köhler, Jana"),
        ("Name,Company", "null,Nordlicht", "Nordlicht"),
        ("Name,Email", "-,j@example.org", "j@example.org"),
    ],
)
def test_how_a_record_is_called(header: str, cells: str, name: str) -> None:
    assert row(header, cells).details["name"] == name


def test_a_record_that_cannot_be_called_anything_is_refused_and_the_rest_is_read() -> None:
    read = reading("Name,Email,Phone\n,not-an-email,+49 421 1234\nJana,,\n")
    nobody, jana = read.records
    assert nobody.refused == "no name, no organization, no e-mail address"
    assert nobody.doubts == ("Email: 'not-an-email' is no e-mail address",)
    assert (jana.line, jana.refused) == (3, "")


def test_a_record_called_by_its_address_says_so() -> None:
    assert row("Name,Email", ",j@example.org").doubts == ("no name: it is called by its e-mail address",)


@pytest.mark.parametrize(
    ("header", "cells", "address"),
    [
        ("Name,Address,City,Zip", "J,Weg 1,Bremen,28195", "Weg 1, 28195 Bremen"),
        ("Name,Address,City", 'J,"Weg 1, 28195 Bremen",Bremen', "Weg 1, 28195 Bremen"),
        ("Name,Address,Country", "J,Weg 1,Germany", "Weg 1, Germany"),
        ("Name,Street,City,State,Country", "J,Weg 1,Hamburg,Hamburg,Germany", "Weg 1, Hamburg, Germany"),
        ("Name,Address", 'J,"Weg 1\n28195 Bremen"', "Weg 1\n28195 Bremen"),
        ("Name,Full Address,Street", 'J,"Weg 1, Bremen",Allee 2', "Weg 1, Bremen"),
        ("Name,Home City,Work City", "J,Kiel,Bremen", "Bremen"),
        ("Name,PLZ Ort,Postfach", "J,28195 Bremen,Postfach 7", "Postfach 7, 28195 Bremen"),
    ],
)
def test_an_address_is_put_together(header: str, cells: str, address: str) -> None:
    assert row(header, cells).details["address"] == address


def test_a_country_alone_is_no_address() -> None:
    found = row("Name,Country", "Jana,Germany")
    assert ("address" in found.details, claims(found)) == (False, [("Country", "Germany")])


def test_values_in_another_currency_or_unreadable_are_claimed() -> None:
    assert row("Name,Amount (EUR)", 'Jana,"1,50"').details["value"] == 1.5
    foreign = row("Name,Amount (USD)", "Jana,150")
    assert (claims(foreign), foreign.doubts) == (
        [("Amount (USD)", "150")],
        ("Amount (USD): '150' is no amount in EUR",),
    )
    told = row("Name,Budget", "Jana,1.2 Cr")
    assert (claims(told), told.doubts) == ([("Budget", "1.2 Cr")], ("Budget: '1.2 Cr' cannot be read as a number",))
    assert row("Name,Value", "Jana,0").details["value"] == 0


def test_one_cell_of_a_column_settles_how_the_others_are_read() -> None:
    read = reading('Name,Value\nJana,12.345\nPaul,"1.234,50"\n')
    assert [found.details["value"] for found in read.records] == [12345, 1234.5]


def test_ids_that_other_tables_have_as_well_are_not_relied_on() -> None:
    assert row("ID,Name", "1,Jana").id == ""
    assert claims(row("ID,Name", "1,Jana")) == [("ID", "1")]
    assert row("Lead ID,Name", "LD-1,Jana").id == "LD-1"
    assert row("Kundennummer,Name", "1002345,Jana").id == "1002345"
    shared = reading("Lead ID,Name\nLD-1,Jana\nLD-1,Paul\nLD-2,Ada\n")
    assert [found.id for found in shared.records] == ["", "", ""]


def test_longer_and_shorter_rows() -> None:
    read = reading("Name,Email\nJana,j@example.org,x,,y\nPaul\n")
    jana, paul = read.records
    assert claims(jana) == [("column 3", "x"), ("column 5", "y")]
    assert jana.doubts == ("the row has 5 cells, the header 2: they may have shifted",)
    assert (paul.details, paul.doubts) == ({"name": "Paul"}, ())
    assert row("Name,", "Jana,x").claims[0].label == "column 2"


def test_a_row_that_cannot_be_read_is_one_refused_record() -> None:
    read = reading('Name,Notes\n"Jana,x\nPaul,y\n')
    assert [(found.line, found.refused) for found in read.records] == [(2, "a quotation mark is never closed"), (3, "")]


def test_dates_with_slashes_stay_and_are_told_once() -> None:
    text = "Name,Created,Signup Date\nJana,01/02/2026 10:00,03/04/2026\nPaul,,31.02.2026\n"
    read = reading(text)
    assert read.notices == ("01/02/2026 may be read in two ways; --date-format MM/DD/YYYY or DD/MM/YYYY tells which",)
    assert claims(read.records[0]) == [("Created", "01/02/2026 10:00"), ("Signup Date", "03/04/2026")]
    assert read.records[1].doubts == ("Signup Date: '31.02.2026' is no day of the calendar",)
    told = reading(text, date_format="DD/MM/YYYY")
    assert (told.notices, claims(told.records[0])[0]) == ((), ("Created", "2026-02-01"))


def test_what_nobody_should_keep_is_left_out_and_named_if_it_says_something() -> None:
    read = reading("Name,Birthday,Gender,GCLID,Photo\nJana,1980-01-02,N/A,abc,\n")
    assert (claims(read.records[0]), read.notices) == ([], ("left out: Birthday, GCLID",))


def test_notes_keep_their_lines_and_stages_are_ranked() -> None:
    found = row("Name,Notes,Status,Lead Status,Comment", 'Jana,"a\n\n  b",old,new,c')
    assert (found.notes, found.stage, claims(found)) == ("a\n\n  b\n\nc", "new", [("Status", "old")])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert record("Name;Ort\r\nJana Köhler;Bremen\r\n".encode(encoding)).details["name"] == "Jana Köhler"


def test_a_table_that_names_nobody_is_refused_row_by_row_with_advice() -> None:
    read = reading("Color,Size\nred,5\nblue,6\n")
    assert (read.problem, [found.refused for found in read.records]) == (PROBLEM, [PROBLEM] * 3)
    assert "--mapping mapping.yaml" in read.advice
    headless = reading("Jana,j@example.org\n")
    assert headless.problem == PROBLEM
    assert headless.advice.startswith("put a line with the names of the columns above")
    named = reading("Phone,Notes\n+49 421 1234,x\n")
    assert (named.problem, len(named.records)) == (PROBLEM, 1)


def test_a_header_alone_has_no_records_and_no_problem() -> None:
    read = reading("Name,Email\n")
    assert (read.problem, read.records) == ("", ())


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \r\n", "the file is empty"),
        (b"PK\x03\x04....[Content_Types].xml....xl/workbook.xml", "this is an Excel workbook: save it as CSV"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
         "this is an OpenDocument spreadsheet: save it as CSV"),
        (b"PK\x03\x04contacts.csv", "this is a ZIP archive: unpack it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "this is an old Excel or Office file: save it as CSV"),
        (b"%PDF-1.7", "this is a PDF, no table"),
        (b"SQLite format 3\0", "this is an SQLite database, no table of text"),
        (b"<html><table>", "this is a web page or XML, no table of text"),
        (b"BEGIN:VCARD\r\nVERSION:3.0", "this is a vCard, no table"),
        (bytes(range(1, 9)) * 20, "this is no text"),
    ],
)  # fmt: skip
def test_files_that_are_no_tables_are_refused_with_a_plain_reason(data: bytes, problem: str) -> None:
    read = reading(data)
    assert (read.problem, read.records) == (problem, ())

"""Any other table, and the oddities of all of them."""

from __future__ import annotations

import pytest

from crmtool.importers.tables.mapping import Mapping
from crmtool.importers.tables.reading import read_table
from tests.unit.importers.building import claims, reading, record, row

PROBLEM = "no column holds a name, an organization, an e-mail address or a phone number"


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


def test_short_forms_of_german_headers_are_known() -> None:
    read = reading("Ansprechp.;Betrieb;Mailadresse;Fon\nLiesl Huber;Huber GmbH;;0421 12345\n")
    assert read.records[0].details == {"name": "Liesl Huber", "organization": "Huber GmbH", "phone": ["0421 12345"]}
    assert read.notices == ()


def test_columns_that_nobody_knows_are_told_where_none_holds_names() -> None:
    read = reading("Wer;Laden;Leer;Mailadresse\nPetra Kling;Kling KG;;petra@kling.example\nLiesl Huber;Huber GmbH;;\n")
    (notice,) = read.notices
    assert notice.startswith("no column is known to hold names or organizations; one of these may: 'Wer', 'Laden'; ")
    assert "--mapping mapping.yaml" in notice
    mapping = Mapping(columns={"Wer": "claim", "laden": "claim"})
    assert reading("Wer;Laden;Mail\nPetra;Kling KG;petra@kling.example\n", mapping).notices == ()
    assert reading("Wer;Firma;Mail\nPetra;Kling KG;petra@kling.example\n").notices == ()


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
    read = reading("Name,Email,Phone\n,not-an-email,\nJana,,\n")
    nobody, jana = read.records
    assert nobody.refused == "no name, no organization, no e-mail address and no phone number"
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
        ("Amount (USD): '150' is in USD, not in EUR",),
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
    assert read.notices == (
        "Created, Signup Date have days with slashes such as 01/02/2026: "
        "--date-format DD/MM/YYYY or MM/DD/YYYY tells how to read them",
    )
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
    named = reading("Address,Notes\nWeg 1,x\n")
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
        (b"<html><table>", "this is a web page, no table of text"),
        (b'\xef\xbb\xbf<!DOCTYPE html>\n<p>', "this is a web page, no table of text"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML">', "this is a web page, no table of text"),
        (b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">',
         "this is an Atom feed, no table of contacts"),
        (b'<?xml version="1.0"?>\n<contacts>', "this is XML, no table of text"),
        (b"<contacts>\n  <contact>Jana</contact>", "this is XML, no table of text"),
        (b'{"contacts": [1, 2]}', "this is JSON, no table"),
        (b'[\n  {"name": "Jana"}\n]', "this is JSON, no table"),
        ('[{"name": "Jana"}]'.encode("utf-16"), "this is JSON, no table"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0", "this is a calendar, no table of contacts"),
        (b"version: 1\n\ndn: cn=Jana,mail=j@example.org", "this is LDIF, no table"),
        (b"BEGIN:VCARD\r\nVERSION:3.0", "this is a vCard, no table"),
        (bytes(range(1, 9)) * 20, "this is no text"),
    ],
)  # fmt: skip
def test_files_that_are_no_tables_are_refused_with_a_plain_reason(data: bytes, problem: str) -> None:
    read = reading(data)
    assert (read.problem, read.records) == (problem, ())


@pytest.mark.parametrize("header", ["<Name>,<Email>", "[Name],[Email]", "{Name},{Email}", '"Name","Email"'])
def test_signs_around_the_names_of_columns_make_no_other_kind_of_file(header: str) -> None:
    assert row(header, "Jana,j@example.org").details == {"name": "Jana", "email": ["j@example.org"]}


def test_what_is_left_of_a_row_with_an_unclosed_quotation_mark_makes_no_contacts() -> None:
    read = reading(
        "Name,Email,Notes\n"
        'Jana,j@example.org,"asks for a visit\n'
        "in Bremen, or elsewhere\n"
        "\n"
        "before Easter, if possible, or in May\n"
        "Paul,p@example.org,x\n"
        "Ada\n"
    )
    told = [(found.line, found.refused, found.details.get("name", "")) for found in read.records]
    assert told == [
        (2, "a quotation mark is never closed", ""),
        (3, "it seems to belong to line 2, where a quotation mark is never closed", ""),
        (5, "it seems to belong to line 2, where a quotation mark is never closed", ""),
        (6, "", "Paul"),
        (7, "", "Ada"),
    ]


def test_a_row_that_is_far_too_short_is_doubted() -> None:
    read = reading("Name,Company,Email,Phone\nJana,N,j@example.org,\nShort\nPaul,Ohm\n")
    assert [found.doubts for found in read.records] == [
        (),
        ("the row has 1 cell, the header 4: the rest may be lost",),
        (),
    ]


def test_rows_that_are_all_short_are_not_doubted() -> None:
    read = reading("Name,Company,Email,Phone,Notes\nJana,N\nPaul,O\nAda\n")
    assert all(not found.doubts for found in read.records)


def test_a_record_with_a_phone_number_alone_is_called_by_it_and_says_so() -> None:
    found = row("Name,Email,Phone", ",,+49 421 1234")
    assert found.details == {"name": "+49 421 1234", "phone": ["+49 421 1234"]}
    assert (found.refused, found.doubts) == ("", ("no name: it is called by its phone number",))


def test_a_record_called_by_its_organization_says_so_where_a_column_may_hold_its_name() -> None:
    found = row("Firma,Kontakt-Info,Produktname", "Nordlicht,Jana Köhler,Großes Paket")
    assert found.details["name"] == "Nordlicht"
    assert found.doubts == ("no name: it is called by its organization; 'Kontakt-Info' may hold its name",)
    assert row("Firma,Kontakt-Info", "Nordlicht,2026").doubts == ()
    assert row("Firma,Branche", "Nordlicht,Lager Logistik").doubts == ()
    assert row("Name,Firma,Kontakt-Info", "Jana,Nordlicht,Paul Ohm").doubts == ()


@pytest.mark.parametrize(
    ("header", "cells", "name"),
    [
        ("Ansprechpartner,Firma", "Herr Tom Sommer,N", "Tom Sommer"),
        ("Name", "Frau Prof. Dr. Jana Köhler", "Prof. Dr. Jana Köhler"),
        ("Name,Company", "Ms. Jana Köhler,N", "Jana Köhler"),
        ("Vorname,Nachname", "Herr,Sommer", "Sommer"),
        ("Vor- und Nachname,Firmenname", "Jana Köhler,N", "Jana Köhler"),
        ("Name;Firma", "Frau Holle GmbH;Frau Holle GmbH", "Frau Holle GmbH"),
    ],
)
def test_how_people_are_addressed_is_no_part_of_their_name(header: str, cells: str, name: str) -> None:
    found = row(header, cells)
    assert (found.details["name"], claims(found)) == (name, [])


def test_an_owner_is_a_name_without_what_stands_behind_it() -> None:
    assert row("Name,Owner", "Jana,Mira Koch (mira@example.org)").details["owner"] == "Mira Koch"
    assert row("Name,Owner", "Jana,Mira Koch <mira@example.org>").details["owner"] == "Mira Koch"
    assert row("Name,Owner", "Jana,Mira Koch (Nord)").details["owner"] == "Mira Koch (Nord)"
    assert row("Name,Owner", "Jana,mira@example.org").details["owner"] == "mira@example.org"


def test_faxes_and_pagers_are_claims_wherever_they_stand() -> None:
    found = row("Name,Telefon,Fax,Telefax Büro", "Jana,0421 1234; Fax: 0421 99; Pager 0421 98,0421 97,0421 96")
    assert found.details == {"name": "Jana", "phone": ["0421 1234"]}
    assert claims(found) == [("Fax", "0421 99"), ("Pager", "0421 98"), ("Fax", "0421 97"), ("Telefax Büro", "0421 96")]
    assert found.doubts == ()
    assert row("Name,Phone Fax", "Jana,+49 421 1234").details == {"name": "Jana"}
    assert row("Name,Telefon/Fax", "Jana,+49 421 1234").details["phone"] == ["+49 421 1234"]


def test_a_stage_is_told_with_the_column_that_tells_it() -> None:
    read = reading("Name,Status,Lead Status\nJana,old,new\nPaul,old,\nAda,,\n")
    told = [(found.stage, found.stage_label) for found in read.records]
    assert told == [("new", "Lead Status"), ("old", "Status"), ("", "")]


@pytest.mark.parametrize(
    "header",
    ["Deal - Währung des Werts", "Währung von Wert", "Wert Währung", "Currency of value", "Waehrung", "Devise"],
)
def test_no_value_in_another_currency_is_taken_whatever_its_column_is_called(header: str) -> None:
    assert row(f"Name,Wert,{header}", "Jana,5000,EUR").details["value"] == 5000
    foreign = row(f"Name,Wert,{header}", "Jana,5000,USD")
    assert "value" not in foreign.details
    assert claims(foreign) == [("Wert", "5000"), (header, "USD")]
    assert foreign.doubts == ("Wert: '5000' is in USD, not in EUR",)


def test_a_value_is_taken_only_if_all_currencies_of_its_row_are_right() -> None:
    found = row("Name,Amount,Currency,Währung", "Jana,5,EUR,Taler")
    assert (claims(found)[0], found.doubts) == (("Amount", "5"), ("Amount: '5' is in Taler, not in EUR",))


def test_web_addresses_with_an_escaped_colon_are_repaired() -> None:
    assert row("Name,Website", r"Jana,http\://nordlicht.example").details["url"] == ["http://nordlicht.example"]


def test_messages_show_what_is_written_and_not_all_of_it() -> None:
    found = row("Name,Email,Created", "Jana,a\\b," + "31.02.2026")
    assert found.doubts == ("Email: 'a\\b' is no e-mail address", "Created: '31.02.2026' is no day of the calendar")
    (long,) = row("Name,Email", f"Jana,{'x' * 1000}").doubts
    assert long == f"Email: '{'x' * 79}…' is no e-mail address"


@pytest.mark.parametrize(
    ("days", "notice"),
    [
        (("12/15/2026", "10/1/2026"), "10/1/2026: --date-format MM/DD/YYYY reads all of them"),
        (("1/10/2026", "15/12/2026"), "1/10/2026: --date-format DD/MM/YYYY reads all of them"),
        (("2026/10/01",), "2026/10/01: --date-format YYYY/MM/DD reads all of them"),
        (("10/1/2026 9:12",), "10/1/2026: --date-format DD/MM/YYYY or MM/DD/YYYY tells how to read them"),
        (("12/15/2026", "15/12/2026"), "12/15/2026: --date-format DD/MM/YYYY or MM/DD/YYYY tells how to read them"),
    ],
)
def test_what_is_said_of_dates_with_slashes_is_true(days: tuple[str, ...], notice: str) -> None:
    read = reading("Name,Close Date\n" + "".join(f"Jana,{day}\n" for day in days))
    assert read.notices == (f"Close Date has days with slashes such as {notice}",)
    assert [claims(found) for found in read.records] == [[("Close Date", day)] for day in days]


def test_a_delimiter_that_is_not_read_is_named_and_what_to_do() -> None:
    read = reading("Name^Firma^E-Mail\nJana^N^j@example.org\n")
    assert read.problem == "its cells are parted by ^, which is not read: commas, semicolons, tabs and | are"
    assert read.advice == "put the line `sep=^` above the others, or save it with semicolons between the cells"
    assert [found.refused for found in read.records] == [read.problem] * 2
    assert reading("sep=^\nName^E-Mail\nJana^j@example.org\n").records[0].details["email"] == ["j@example.org"]


def test_what_columns_can_tell_is_said() -> None:
    assert reading("Record ID,First Name,Last Name,Email,Lifecycle Stage\n7,A,B,a@b.example,x\n").tells == frozenset(
        {"email"}
    )
    assert reading("Name,Street,City,Job Title\nA,Kai 3,Bremen,x\n").tells == frozenset({"name", "address", "role"})


@pytest.mark.parametrize(
    ("rows", "emails"),
    [
        ("joe@salesforce.com\nbea@x.example\n", ["ann@x.example", "joe@salesforce.com", "bea@x.example"]),
        ('\n"Copyright (c) 2000-2026 salesforce.com, inc."\n', ["ann@x.example"]),
    ],
)
def test_in_a_table_of_one_column_a_footer_stands_apart(rows: str, emails: list[str]) -> None:
    assert [record.details["email"] for record in reading(f"Email\nann@x.example\n{rows}").records] == [
        [email] for email in emails
    ]


@pytest.mark.parametrize(
    "row",
    ["Acme Salesforce.com Partner,a@x.example", "Confidential Information Systems Ltd,", "Summe Records GmbH,3"],
)
def test_an_organization_is_no_footer(row: str) -> None:
    assert len(reading(f"Company,Email\nNordlicht,n@x.example\n{row}\nSand,s@x.example\n").records) == 3
    assert len(reading(f"Company,Email\nNordlicht,n@x.example\n{row}\n").records) == 2


def test_rows_above_a_footer_without_an_empty_line_stay() -> None:
    read = reading("Email,First name\na@x.example,\nb@x.example,\nGenerated By: Mira,\n")
    assert [record.details["email"] for record in read.records] == [["a@x.example"], ["b@x.example"]]


def test_the_parts_of_a_name_are_not_lost_beside_another_name() -> None:
    (found,) = reading("Name,First Name,Last Name,Email\nAlpha GmbH,Anna,Schmidt,a@x.example\n").records
    assert found.details["name"] == "Alpha GmbH"
    assert claims(found) == [("First Name", "Anna"), ("Last Name", "Schmidt")]


@pytest.mark.parametrize("name", ["Имя", "Όνομα Αλέξης", "Łukasz Żółć", "田中太郎"])
def test_utf16_of_any_script_is_text(name: str) -> None:
    data = f"Name\tEmail\n{name}\ta@x.example\n".encode("utf-16")
    assert [record.details["name"] for record in read_table(data, currency="EUR").records] == [name]


def test_deals_stay_deals_whatever_their_program_is_called() -> None:
    deals = b"Record ID,Deal Name,Deal Stage,Associated Contact IDs\n1,Rollout,Won,77\n"
    read = read_table(deals, currency="EUR", mapping=Mapping(origin="hub"))
    assert (read.origin, read.is_of_deals, read.records[0].persons) == ("hub-deals", True, (("hub", "77"),))

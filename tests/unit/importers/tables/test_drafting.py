"""The mapping that is drafted for a table can be read, and says what was guessed."""

from __future__ import annotations

from crmtool.importers.tables.mapping import Mapping, read_mapping
from crmtool.importers.tables.reading import draft_for
from tests.unit.importers.building import claims, reading

TABLE = """\
Kunde,Kontakt,Mailadr,Tel nr,Erst,Status,"Say ""hi"" now",Profil,Priv. Ort,Home City,Work City
Nordlicht,Jana,j@example.org,+49 421 1234,2026-01-01,Heiß,x,https://x.example,Kiel,Kiel,Bremen
Ohm,Paul,p@example.org,+49 421 5678,02.01.2026,Kalt,y,https://y.example,,,
Ohm,Ada,,,,Heiß,,,,,
"""


def draft(text: str) -> str:
    return draft_for(text.encode(), ["new", "ready"])


def test_each_column_has_a_guess_and_each_stage_a_line_to_fill_in() -> None:
    lines = draft(TABLE).splitlines()
    start = lines.index("columns:")
    assert lines[start + 1 :] == [
        '  "Kunde": organization',
        '  "Kontakt": name',
        '  "Mailadr": email',
        '  "Tel nr": phone',
        '  "Erst": date  # holds dates',
        '  "Status": stage',
        '  "Say \\"hi\\" now": claim',
        '  "Profil": url  # holds web addresses',
        '  "Priv. Ort": claim',
        '  # "Home City": city',
        '  "Work City": city',
        "# Which status a stage of the other program would be here. "
        "It decides nothing: what is said there is kept as a claim.",
        "# Take away the #, and write a status, or leave_out for records that are not wanted.",
        "# Statuses: new, ready",
        "# stages:",
        '#   "Heiß":',
        '#   "Kalt":',
    ]


def test_a_draft_changes_nothing_until_somebody_does() -> None:
    told = read_mapping("mapping.yaml", draft(TABLE).encode())
    assert isinstance(told, Mapping)
    with_draft, without = reading(TABLE, told), reading(TABLE)
    assert [found.details for found in with_draft.records[1:]] == [
        {**found.details, **({"url": ["https://y.example"]} if found.details["name"] == "Paul" else {})}
        for found in without.records[1:]
    ]


def test_filled_in_stages_can_be_read() -> None:
    text = draft(TABLE).replace("# stages:", "stages:").replace('#   "Heiß":', '  "Heiß": ready')
    told = read_mapping("mapping.yaml", text.encode())
    assert isinstance(told, Mapping)
    assert told.stages == {"Heiß": "ready"}


def test_the_columns_of_a_known_program_hold_already() -> None:
    text = draft("Deal - ID,Deal - Title,Deal - Stage\n1,Pilot,Neu\n")
    assert '  # "Deal - Title": claim' in text
    assert '#   "Neu":' in text
    told = read_mapping("mapping.yaml", text.encode())
    assert told == Mapping()


def test_near_spellings_are_guessed_and_tables_without_known_names_have_lines_too() -> None:
    text = draft("Telefonnumer geschäftl,x\n,1\n")
    assert '"x": claim' in text
    assert draft("foo;bar\n1;2\n").count("claim\n") == 2
    assert "phone  # a guess: it is spelled nearly so" in draft("Name,Telefonummern\nJana,\n")


def test_what_is_no_table_has_a_draft_without_columns() -> None:
    assert "columns: {}" in draft("")
    assert isinstance(read_mapping("mapping.yaml", draft_for(b"%PDF", []).encode()), Mapping)


def test_amounts_and_days_are_no_phone_numbers() -> None:
    table = (
        "Name;Umsatz;Erst;Letzte;Nr\n"
        "Jana;1.234,56;03.02.2026;1.12.2026;0421 123456\n"
        "Paul;12.500;31.02.2026;2026-01-05;0421 123457\n"
        "Ada;100;05.01.2026;;0421.123458\n"
    )
    lines = draft(table).splitlines()
    assert '  "Umsatz": claim' in lines
    assert '  "Erst": date  # holds dates' in lines
    assert '  "Letzte": date  # holds dates' in lines
    assert '  "Nr": claim  # holds what may be phone numbers' in lines


def test_a_known_programs_columns_are_told_as_they_are_read() -> None:
    header = "Record ID,Deal Name,Deal Stage,Associated Contact,Associated Contact IDs,Deal Description,Deal Remark"
    text = draft(f"{header}\n1,Pilot,Neu,Jana,101,Two sites,x\n")
    assert '  # "Deal Description": note\n' in text
    assert '  # "Deal Remark": claim\n' in text
    assert '  # "Associated Contact": claim  # read as the persons of a deal\n' in text
    assert '  # "Associated Contact IDs": claim  # read as the ids of a deal\'s persons\n' in text
    (found,) = reading(f"{header}\n1,Pilot,Neu,Jana,101,Two sites,x\n").records
    assert (found.notes, claims(found)) == ("Two sites", [("Deal Name", "Pilot"), ("Deal Remark", "x")])


def test_a_table_with_a_delimiter_that_is_not_read_has_no_columns_to_guess() -> None:
    text = draft("Name^Firma^E-Mail\nJana^N^j@example.org\n")
    assert "they are parted by ^, which is not read" in text
    assert text.endswith("version: 1\ncolumns: {}\n")
    assert read_mapping("mapping.yaml", text.encode()) == Mapping()


def test_a_draft_ends_with_a_line_break() -> None:
    assert all(draft(text).endswith("\n") for text in ("", TABLE, "Name\nJana", "foo^bar\n", "Name^Email"))

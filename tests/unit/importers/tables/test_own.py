"""crmtool's own tables give back what was exported."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmtool.spreadsheet import guarded, unguarded
from tests.unit.importers.building import claims, reading

COLUMNS = (
    *("crmtool_id", "crmtool_version", "name", "organization", "email", "url"),
    *("address", "tags", "value", "status", "verdict"),
)
COMMAS, SEMICOLONS = ",".join(COLUMNS), ";".join(COLUMNS)


def test_a_row_gives_contact_version_and_just_the_details() -> None:
    read = reading(
        COMMAS + '\nn/jana,0a1b2c3d," Jana, ",\'=SUM,a@example.org; b@example.org,"http://a;b\n","Weg 1\nBremen",'
        '"x;y\nz",4.5e3,clarifying,plan\n'
    )
    (jana,) = read.records
    assert (read.origin, read.label, jana.contact, jana.version) == ("crmtool", "crmtool", "n/jana", "0a1b2c3d")
    assert jana.details == {
        "name": " Jana, ",
        "organization": "=SUM",
        "email": ["a@example.org", "b@example.org"],
        "url": ["http://a;b"],
        "address": "Weg 1\nBremen",
        "tags": ["x;y", "z"],
        "value": 4500.0,
    }
    assert (jana.stage, claims(jana)) == ("clarifying", [])


def test_the_german_variant_has_decimal_commas() -> None:
    data = "\ufeff" + SEMICOLONS + "\r\nn/jana;0a1b2c3d;Jana;;;;;;1234,5;new;plan\r\n"
    assert reading(data).records[0].details == {"name": "Jana", "value": 1234.5}


@pytest.mark.parametrize(
    ("told", "value"),
    [("1.500,5", 1500.5), ("1.500", 1500), ("1.234.567,00 €", 1234567), ("1500,5", 1500.5), ("4.5", 4.5), ("7", 7)],
)
def test_numbers_are_read_as_a_german_spreadsheet_saves_them(told: str, value: float) -> None:
    (jana,) = reading(f"{SEMICOLONS}\na;b;Jana;;;;;;{told};;\n").records
    assert (jana.details["value"], jana.doubts) == (value, ())


@pytest.mark.parametrize("told", ["-1.500,5", "1.500,5 $", "1.5.0", "viel"])
def test_a_german_number_that_was_spoilt_is_claimed(told: str) -> None:
    (jana,) = reading(f"{SEMICOLONS}\na;b;Jana;;;;;;{told};;\n").records
    assert (claims(jana), jana.doubts) == ([("value", told)], (f"value: '{told}' is no number of 0 or more",))


def test_whole_numbers_stay_whole() -> None:
    data = COMMAS + f"\na,b,Jana,,,,,,{10**40},,\n"
    assert reading(data).records[0].details["value"] == 10**40


@pytest.mark.parametrize("told", ["-1", "many", "1e999", "1.000,5"])
def test_a_number_that_was_spoilt_is_claimed(told: str) -> None:
    (jana,) = reading(COMMAS + f'\na,b,Jana,,,,,,"{told}",,\n').records
    assert claims(jana) == [("value", told)]
    assert jana.doubts == (f"value: {told!r} is no number of 0 or more",)


def test_columns_may_be_left_out_and_moved() -> None:
    (jana,) = reading("name,crmtool_version,crmtool_id,mine\nJana,1,n/jana,x\n").records
    assert (jana.contact, jana.details) == ("n/jana", {"name": "Jana"})
    (last,) = reading("crmtool_id,name,status,crmtool_version\nn/jana,Jana,new,v1 0a1b2c3d of the details\n").records
    assert (last.version, last.stage, last.stage_label) == ("v1 0a1b2c3d of the details", "new", "status")


def test_rows_without_a_name_and_broken_ones_are_refused() -> None:
    read = reading('crmtool_id,crmtool_version,name\na,b, \n"a,b,Jana\nc,d,Paul\n')
    told = [(found.line, found.refused) for found in read.records]
    assert told == [(2, "it has no name"), (3, "a quotation mark is never closed"), (4, "")]


@given(st.text(alphabet="'=+-@＝＋－＠\t\nab ", max_size=6))
def test_what_the_export_guards_is_read_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text

"""mapping.yaml: what it may say, and what is said where it is wrong."""

from __future__ import annotations

import pytest

from crmtool.importers.tables.mapping import Mapping, read_mapping
from tests.unit.importers.building import claims, reading, row


def mapping(text: str) -> Mapping:
    found = read_mapping("mapping.yaml", text.encode())
    assert isinstance(found, Mapping)
    return found


def problems(text: str) -> tuple[str, ...]:
    found = read_mapping("mapping.yaml", text.encode())
    assert not isinstance(found, Mapping)
    return found


def test_all_that_it_may_say() -> None:
    told = mapping(
        "version: 1\norigin: old-crm\ncolumns:\n  Kunde: organization\n  'Nr.': id\nstages:\n  Heiß: ready\n"
        "date_format: DD/MM/YYYY\n"
    )
    assert told == Mapping(
        origin="old-crm",
        columns={"Kunde": "organization", "Nr.": "id"},
        stages={"Heiß": "ready"},
        date_format="DD/MM/YYYY",
    )


def test_all_but_the_version_may_be_absent_or_empty() -> None:
    assert mapping("version: 1\ncolumns:\nstages:\n") == Mapping()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("columns: {}\n", "mapping.yaml:1:1: version should be 1; write `version: 1`"),
        ("version: 2\n", "mapping.yaml:1:10: version should be 1; write `version: 1`"),
        ("version: true\n", "mapping.yaml:1:10: version should be 1; write `version: 1`"),
        ("version: 1\ncolums: {}\n", "mapping.yaml:2:1: unknown key 'colums'; did you mean 'columns'?"),
        ("version: 1\ncolumns:\n  Kunde: nmae\n", "mapping.yaml:3:10: 'Kunde' cannot be 'nmae'; did you mean 'name'?"),
        ("version: 1\ncolumns: [a]\n",
         "mapping.yaml:2:10: columns should be a mapping, with a line `name: meaning` for each"),
        ("version: 1\nstages:\n  Heiß:\n",
         "mapping.yaml:3:8: the stage 'Heiß' should have a status's id, or leave_out"),
        ("version: 1\norigin: Old CRM\n",
         "mapping.yaml:2:9: origin should be a short name in small letters, such as `origin: our-old-crm`"),
        ("version: 1\ndate_format: DD.MM.YYYY\n",
         "mapping.yaml:2:14: 'date_format' cannot be 'DD.MM.YYYY'; write one of: DD/MM/YYYY, MM/DD/YYYY, YYYY/MM/DD"),
        ("version: 1\ncolumns:\n  Name: organization\n  'name ': role\n",
         "mapping.yaml:4:3: 'name' is the same column as 'Name' above, with another meaning; leave one of them out"),
        ("version: 1\nstages:\n  In Arbeit: new\n  in  arbeit: ready\n",
         "mapping.yaml:4:3: 'in arbeit' is the same stage as 'In Arbeit' above, with another meaning; "
         "leave one of them out"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(text: str, problem: str) -> None:
    assert problems(text) == (problem,)


@pytest.mark.parametrize(("told", "shown"), [("'a\\b'", "'a\\b'"), ("[true, 5]", "'[true, 5]'"), ("", "empty")])
def test_what_is_wrong_is_shown_as_it_is_written(told: str, shown: str) -> None:
    (problem,) = problems(f"version: 1\ncolumns:\n  A: {told}\n")
    assert problem.partition("; ")[0].endswith(f": 'A' cannot be {shown}")


def test_what_is_no_yaml_is_told_with_its_place_and_all_mistakes_at_once() -> None:
    assert problems("version: 1\nversion: 1\n")[0].startswith("mapping.yaml:2:1: ")
    assert problems("")[0].startswith("mapping.yaml:1:1: the file is empty")
    assert len(problems("version: 1\na: 1\nb: 1\n")) == 2


def test_the_same_said_twice_is_no_mistake() -> None:
    assert mapping("version: 1\ncolumns: {Name: role, name: role}\nstages: {Lead: new, lead: new}\n").columns


def test_its_columns_go_before_what_their_names_mean() -> None:
    told = mapping(
        "version: 1\norigin: old-crm\ncolumns: {name: organization, who: name, nr: id, x: leave_out, y: note}\n"
    )
    read = reading("Name,Who,Nr,X,Y,Z\nNordlicht,Jana,1,secret,hello,there\n", told)
    (jana,) = read.records
    assert (read.origin, read.label, jana.id) == ("old-crm", "old-crm", "1")
    assert jana.details == {"name": "Jana", "organization": "Nordlicht"}
    assert (jana.notes, claims(jana)) == ("hello", [("Z", "there")])
    assert read.notices == ("left out: X",)


def test_a_table_without_any_known_name_is_read_by_it() -> None:
    told = mapping("version: 1\ndate_format: DD/MM/YYYY\ncolumns: {foo: name, bar: email, since when: date}\n")
    found = row("x;foo;bar;since when", "1;Jana;j@example.org;04/03/2026", mapping=told)
    assert found.details == {"name": "Jana", "email": ["j@example.org"]}
    assert claims(found) == [("x", "1"), ("since when", "2026-03-04")]


def test_stages_are_given_as_the_mapping_spells_them_and_a_known_program_stays_known() -> None:
    told = mapping("version: 1\nstages: {In  Verhandlung: ready}\n")
    read = reading("Deal - ID,Deal - Title,Deal - Stage\n1,Pilot,in verhandlung\n2,Relaunch,Neu\n", told)
    assert read.origin == "pipedrive-deals"
    assert [found.stage for found in read.records] == ["In  Verhandlung", "Neu"]


def test_a_date_format_on_the_command_line_goes_before_that_of_the_mapping() -> None:
    told = mapping("version: 1\ndate_format: DD/MM/YYYY\n")
    found = row("Name,Created", "Jana,04/03/2026", mapping=told, date_format="MM/DD/YYYY")
    assert claims(found) == [("Created", "2026-04-03")]


def test_a_column_that_the_table_does_not_have_is_told() -> None:
    read = reading("Name\nJana\n", mapping("version: 1\ncolumns: {Kunde: name}\n"))
    assert read.notices == ("the mapping names a column 'Kunde', which the table does not have",)

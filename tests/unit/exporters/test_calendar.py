from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime

import icalendar
import pytest
import vobject
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream

from crmtool.errors import CrmtoolError
from crmtool.exporters.calendar import render
from crmtool.report.edition import Edition
from tests.conftest import JANA, RULEBOOK
from tests.unit.exporters.people import BLOCKED, ID, KNOCKOUT, REVISIT, SECRETS, STEP, STOP_IF, UNKNOWN_STEP, person
from tests.unit.report.conftest import lay_out

ENGLISH = RULEBOOK.replace("language: de", "language: en")
EVERYBODY = {
    ID: person("new", "2026-11-01", f"{STEP}\n{STOP_IF}\n{BLOCKED}"),
    f"{ID}2": person("new", "2026-11-01", f"{UNKNOWN_STEP}\n{KNOCKOUT}"),
    f"{ID}3": person("parked", "2026-11-01", f"{REVISIT}\n{STOP_IF}"),
    f"{ID}4": person("stopped", "2026-11-01", STEP),
}


def written(edition: Edition, *, names: bool = False) -> str:
    return render(edition.assessments, edition.rulebook, edition.day, names=names).decode()


def read(text: str) -> Calendar:
    """Read it by a library that has nothing in common with the one that wrote it, and is strict."""
    return IcsCalendarStream.calendar_from_ics(text)


def titles(contacts: Mapping[str, str], rules: str = RULEBOOK, *, names: bool = False) -> set[str | None]:
    return {event.summary for event in read(written(lay_out(contacts, rules), names=names)).events}


def test_a_second_library_reads_all_day_events() -> None:
    found = read(written(lay_out({"nordlicht/jana-koehler": JANA}))).events
    assert {(event.dtstart, event.dtend, event.summary, *event.categories) for event in found} == {
        (date(2026, 11, 28), date(2026, 11, 29), "Nächster Schritt fällig: Entscheider bekannt", "Nächster Schritt"),
        (date(2026, 12, 5), date(2026, 12, 6), "Entscheidung fällig: In Klärung", "Entscheidung"),
        (date(2026, 12, 5), date(2026, 12, 6), "Beenden oder weitermachen: In Klärung", "Beenden"),
        (date(2026, 12, 16), date(2026, 12, 17), "Beenden oder weitermachen: In Klärung", "Beenden"),
    }
    assert len(found) == 4
    assert {event.dtstamp for event in found} == {datetime(2026, 11, 23, tzinfo=UTC)}
    assert {event.transparency for event in found} == {"TRANSPARENT"}
    assert [str(event.dtstart) for event in found] == sorted(str(event.dtstart) for event in found)


def test_a_third_one_reads_the_same() -> None:
    found = vobject.readOne(written(lay_out(EVERYBODY), names=True))
    assert found.contents["x-wr-calname"][0].value == "Neukunden"
    assert "method" not in found.contents
    assert {event.summary.value for event in found.vevent_list} == titles(EVERYBODY, names=True)


def test_it_speaks_the_language_of_the_rule_book() -> None:
    assert titles({"a": person("parked", "2026-11-01", REVISIT)}) == {"Wiedervorlage: Zurückgestellt"}
    assert titles({"a": person("parked", "2026-11-01", REVISIT)}, ENGLISH) == {"To be looked at again: Zurückgestellt"}
    blocked = {"a": person("new", "2026-11-01", BLOCKED)}
    assert titles(blocked) == {"Entscheidung fällig: Ungeklärt", "Wartezeit endet: Ungeklärt"}
    assert titles(blocked, ENGLISH) == {"Decision due: Ungeklärt", "Waiting ends: Ungeklärt"}


def test_it_says_nothing_of_a_person_unless_asked_to() -> None:
    silent = written(lay_out(EVERYBODY)).replace("\r\n ", "")
    assert [secret for secret in SECRETS if secret.casefold() in silent.casefold()] == []
    properties = {line.partition(":")[0].partition(";")[0] for line in silent.splitlines()}
    assert properties == {
        *("BEGIN", "END", "VERSION", "PRODID", "NAME", "X-WR-CALNAME"),
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CATEGORIES", "TRANSP"),
    }


def test_with_names_it_says_whom_it_is_about_and_what_is_written() -> None:
    found = read(written(lay_out({"nordlicht/jana-koehler": JANA}), names=True)).events
    assert {(event.summary, event.description) for event in found} == {
        (
            "Nordlicht Logistik GmbH · Jana Köhler: Nächster Schritt fällig: Entscheider bekannt",
            "Mit CFO klären, ob Q1 gilt",
        ),
        ("Nordlicht Logistik GmbH · Jana Köhler: Entscheidung fällig: In Klärung", "Gibt es etwas zu entscheiden?"),
        (
            "Nordlicht Logistik GmbH · Jana Köhler: Beenden oder weitermachen: In Klärung",
            "Ohne Entscheider entscheidet niemand",
        ),
        ("Nordlicht Logistik GmbH · Jana Köhler: Beenden oder weitermachen: In Klärung", "Kein Termin mit dem CFO"),
    }


def test_the_same_state_gives_the_same_bytes_whatever_the_order() -> None:
    edition = lay_out(EVERYBODY)
    backwards = render(edition.assessments[::-1], edition.rulebook, edition.day)
    assert backwards == render(edition.assessments, edition.rulebook, edition.day)


def test_ids_stay_from_day_to_day_and_in_every_language() -> None:
    def ids(today: str, rules: str = RULEBOOK) -> list[tuple[object, str | None]]:
        found = read(written(lay_out(EVERYBODY, rules, today))).events
        return sorted((str(event.dtstart), event.uid) for event in found)

    assert ids("2026-11-23") == ids("2027-02-01") == ids("2026-11-23", ENGLISH)
    assert len({uid for _, uid in ids("2026-11-23")}) == len(ids("2026-11-23")) == 9
    jana = read(written(lay_out({"nordlicht/jana-koehler": JANA}))).events
    # A calendar that was subscribed to knows events by these: they must never change.
    assert "af2cf3c6-b9c2-537b-9eab-996d41ccaa68" in {event.uid for event in jana}


def test_two_own_stop_rules_that_say_the_same_are_two_events() -> None:
    twice = "stop_if: [{when: Secretwhen, by: 2026-12-15}, {when: Secretwhen, by: 2026-12-20}]"
    found = read(written(lay_out({"a": person("new", "2026-11-20", twice)}))).events
    assert len({event.uid for event in found}) == len(found) == 3


def test_texts_are_escaped_and_folded() -> None:
    odd = "a, b; c\\\\d\\ne \U0001f60a\\x1b[31m\\u2028\\r" + "ü" * 200
    text = person("new", "2026-11-20", f'blocked: {{by: "{odd}", since: 2026-11-20, until: 2026-12-01}}')
    raw = written(lay_out({"a": text}), names=True)
    assert max(len(line.encode()) for line in raw.split("\r\n")) <= 75
    assert raw.count("\n") == raw.count("\r\n")
    (description,) = [event.description for event in read(raw).events if event.description and "ü" in event.description]
    assert description == "a, b; c\\d e \U0001f60a\ufffd[31m " + "ü" * 200


def test_no_text_is_taken_for_a_slot() -> None:
    odd = "UID:slot-of-the-uid %(uid)b %s %% 11111111 22221222 SUMMARY:slot-of-the-summary"
    label = RULEBOOK.replace("label: Ungeklärt", f'label: "{odd}"')
    assert titles({"a": person("new", "2026-11-20")}, label) == {f"Entscheidung fällig: {odd}"}


def test_a_file_name_that_is_no_text_is_no_trouble() -> None:
    assert titles({"a\udcff": person("new", "2026-11-20")}) == {"Entscheidung fällig: Ungeklärt"}


def test_a_calendar_without_events_is_one() -> None:
    empty = written(lay_out({}))
    assert read(empty).events == []
    assert icalendar.Calendar.from_ical(empty)["x-wr-calname"] == "Neukunden"


def test_a_rule_book_without_a_name_gives_the_program_s() -> None:
    assert "X-WR-CALNAME:crmtool" in written(lay_out({}, RULEBOOK.replace("name: Neukunden\n", 'name: ""\n')))


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(CrmtoolError, match="needs the package icalendar") as caught:
        written(lay_out({}))
    assert caught.value.advice == ("pip install 'crmtool[calendar]'",)

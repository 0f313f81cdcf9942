"""What is exported says what the contacts say: tables come back unchanged, and no text breaks a format."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from crmtool.app.exporting_database import database
from crmtool.assessment import assess_all
from crmtool.details import details_of, version_of
from crmtool.exporters import as_csv, as_json, atom, calendar
from crmtool.exporters.due import dues_of
from crmtool.formats.assessment_json import why
from crmtool.importers.tables.reading import read_table
from crmtool.report.edition import edition
from crmtool.text import printable
from tests.building import contact_document
from tests.conftest import RULEBOOK
from tests.properties.test_progress import World, built, worlds
from tests.properties.worlds import START
from tests.unit.report.conftest import lay_out

SIGNS = "'=+-@\t;,|\"＝ a:\\\u2028\u00a0é\U0001f60a%<&"
days = st.integers(0, 90).map(lambda offset: START + timedelta(offset))
TEXTS = ("organization", "role", "address", "source", "owner")
LISTS = ("email", "phone", "url", "tags")
characters = st.one_of(st.sampled_from(SIGNS), st.characters(codec="utf-8")).filter(lambda c: printable(c) == c)
lines = st.text(characters.filter(lambda character: character not in "\r\n"), min_size=1, max_size=12)
texts = st.text(
    st.one_of(characters, st.just("\n")).filter(lambda character: character != "\r"), min_size=1, max_size=12
)
listed = st.lists(lines, min_size=1, max_size=3)
numbers = st.one_of(st.integers(0, 10**30), st.floats(0, 1e300, allow_nan=False))


@st.composite
def details(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what a contact's front matter may say of who it is."""
    drawn: dict[str, Any] = {"name": "N" + draw(texts)}
    for key in (*TEXTS, *LISTS):
        if draw(st.booleans()):
            drawn[key] = draw(texts) if key in TEXTS else draw(listed)
    if draw(st.booleans()):
        drawn["email"] = draw(lines)
    if draw(st.booleans()):
        drawn["value"] = draw(numbers)
    return drawn


def written(fields: dict[str, Any]) -> str:
    whole = {**fields, "status": "new", "decisions": [{"date": "2026-11-20", "to": "new", "because": "why"}]}
    return f"---\n{json.dumps(whole, ensure_ascii=False)}\n---\n"


@given(details())
def test_a_table_comes_back_with_the_same_details(fields: dict[str, Any]) -> None:
    found = lay_out({"some/one": written(fields)})
    (assessment,) = found.assessments
    expected = details_of(assessment.contact.fields)
    for dialect in (as_csv.PLAIN, as_csv.GERMAN_EXCEL):
        data = as_csv.render(found.assessments, dialect).encode()
        (record,) = read_table(data, currency="EUR").records
        assert (record.refused, record.doubts, record.claims) == ("", (), ())
        assert record.details == expected
        assert (record.contact, record.version, record.stage) == (
            "some/one",
            version_of(assessment.contact.fields),
            "new",
        )


@given(details(), st.text(max_size=20))
def test_no_text_breaks_a_format(fields: dict[str, Any], free: str) -> None:
    blocked = {"by": f"x{free}", "since": "2026-11-01", "until": "2026-12-01"}
    text = written({**fields, "blocked": blocked})
    if contact_document(text).values is None:
        return  # YAML itself has no room for it
    found = lay_out({"a": text}, RULEBOOK)
    rulebook, day, people = found.rulebook, found.day, found.assessments
    read = IcsCalendarStream.calendar_from_ics(calendar.render(people, rulebook, day, names=True).decode())
    assert len(read.events) == 2
    ET.fromstring(atom.render((a.contact for a in people), rulebook, day, names=True))
    (told,) = json.loads(as_json.render(people, rulebook, day, notes={"a": free}, why=why))["contacts"]
    assert (told["fields"], told["notes"]) == (people[0].contact.fields, free)
    assert database(people, found)


@given(worlds(unknown=True), days)
def test_a_database_of_any_workspace_is_whole(world: World, day: date) -> None:
    book, contacts = built(world)
    found = edition(contacts, book, day)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(database(found.assessments, found))
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        views = connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
        counts = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for (name,) in views}
    assert counts["pipeline"] == len(found.assessments)
    assert counts["focus"] == sum(assessment.verdict != "done" for assessment in found.assessments)


@given(worlds(), days)
def test_a_calendar_of_any_workspace_has_each_event_once(world: World, day: date) -> None:
    book, contacts = built(world)
    assessments = assess_all(contacts, book, day)
    read = IcsCalendarStream.calendar_from_ics(calendar.render(assessments, book, day).decode()).events
    assert len({event.uid for event in read}) == len(read)
    dues = (due for each in assessments for due in dues_of(each, book))
    assert sorted(str(event.dtstart) for event in read) == sorted(str(due.day) for due in dues)

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from crmtool.exporters.atom import MOST, render
from tests.conftest import JANA, RULEBOOK
from tests.unit.exporters.people import ID, SECRETS, person
from tests.unit.report.conftest import lay_out

NAMES = {"a": "http://www.w3.org/2005/Atom"}
STOPPED = person("new", "2026-10-01", "", "2026-11-20 stopped , reason: no_need")
AGREED = person("ready", "2026-10-01", "", "2026-11-21 agreed , by: Secretowner")


def feed(
    contacts: dict[str, str], rules: str = RULEBOOK, *, names: bool = False, today: str = "2026-11-23"
) -> ET.Element:
    edition = lay_out(contacts, rules, today)
    people = (assessment.contact for assessment in edition.assessments)
    return ET.fromstring(render(people, edition.rulebook, edition.day, names=names))


def told(root: ET.Element, name: str) -> list[str]:
    return [entry.findtext(f"a:{name}", "", NAMES) for entry in root.iterfind("a:entry", NAMES)]


def test_decisions_are_told_the_latest_first_and_entries_are_none() -> None:
    root = feed({"a": STOPPED, "b": AGREED, "nordlicht/jana-koehler": JANA})
    assert told(root, "title") == ["Entscheidungsreif → Zusage", "Ungeklärt → Beendet", "Ungeklärt → In Klärung"]
    assert told(root, "updated") == ["2026-11-21T00:00:00Z", "2026-11-20T00:00:00Z", "2026-11-05T00:00:00Z"]
    assert told(root, "content") == ["ja", "nein: Kein Bedarf", "weiter"]
    categories = [category.attrib for category in root.iterfind("a:entry/a:category", NAMES)]
    assert categories == [
        {"term": "yes", "label": "ja"},
        {"term": "no", "label": "nein"},
        {"term": "forward", "label": "weiter"},
    ]


def test_with_names_it_says_whom_and_why() -> None:
    root = feed({"a": STOPPED, "nordlicht/jana-koehler": JANA}, names=True)
    assert told(root, "title") == [
        "Secretorg · Secretname: Ungeklärt → Beendet",
        "Nordlicht Logistik GmbH · Jana Köhler: Ungeklärt → In Klärung",
    ]
    assert told(root, "content") == ["nein: Kein Bedarf. Secretbecause", "weiter: Passt ins Profil, Ausschluss geprüft"]


def test_it_says_nothing_of_a_person_unless_asked_to() -> None:
    unknown = person(
        "new", "2026-10-01", "", "2026-11-01 secretcriterion ", "2026-11-20 stopped , reason: secretreason"
    )
    root = feed({ID: STOPPED, f"{ID}2": AGREED, f"{ID}3": unknown})
    text = ET.tostring(root, encoding="unicode").casefold()
    assert [secret for secret in SECRETS if secret.casefold() in text] == []
    assert "… → Beendet" in told(root, "title")


def test_it_is_a_feed_by_the_standard() -> None:
    root = feed({"a": STOPPED, "b": STOPPED, "c": AGREED}, RULEBOOK.replace("language: de", "language: en"))
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert (root.findtext("a:title", "", NAMES), root.findtext("a:author/a:name", "", NAMES)) == (
        "Neukunden: decisions",
        "Neukunden",
    )
    ids = [root.findtext("a:id", "", NAMES), *told(root, "id")]
    assert len(set(ids)) == len(ids) == 4
    assert all(id.startswith("urn:uuid:") for id in ids)
    assert root.findtext("a:updated", "", NAMES) == "2026-11-21T00:00:00Z"
    for entry in root.iterfind("a:entry", NAMES):
        assert [child.tag.partition("}")[2] for child in entry] == ["title", "id", "updated", "category", "content"]


def test_ids_stay_and_later_decisions_do_not_exist_yet() -> None:
    later, before = feed({"a": STOPPED, "b": AGREED}), feed({"a": STOPPED, "b": AGREED}, today="2026-11-20")
    assert told(before, "id") == told(later, "id")[1:]


def test_an_empty_feed_is_of_the_day() -> None:
    root = feed({})
    assert root.findtext("a:updated", "", NAMES) == "2026-11-23T00:00:00Z"
    assert told(root, "id") == []


def test_only_the_latest_are_told() -> None:
    back_and_forth = [f"2026-11-{1 + i // 50:02} {('clarifying', 'ready')[i % 2]} " for i in range(MOST + 10)]
    root = feed({"a": person("new", "2026-10-01", "", *back_and_forth)})
    assert len(told(root, "id")) == MOST
    assert told(root, "updated")[0] == "2026-11-11T00:00:00Z"


@pytest.mark.parametrize("odd", ["\\x1b", "\\0", "\\uffff", "\\ufffe", "\\x9b", "<&>]]>"])
def test_any_text_gives_xml(odd: str) -> None:
    text = JANA.replace('"Passt ins Profil, Ausschluss geprüft"', f'"a{odd}b"')
    shown = odd if odd.startswith("<") else "\ufffd"
    assert told(feed({"a": text}, names=True), "content") == [f"weiter: a{shown}b"]


def test_a_file_name_that_is_no_text_is_no_trouble() -> None:
    assert len(told(feed({"a\udcff": STOPPED}, names=True), "id")) == 1


def test_the_day_is_handed_in() -> None:
    edition = lay_out({})
    assert b"2020-01-01T00:00:00Z" in render([], edition.rulebook, date(2020, 1, 1))

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crmtool.report.edition import Edition
from crmtool.report.rules.page import Rules, rules
from crmtool.report.site import reports
from tests.conftest import RULEBOOK

if TYPE_CHECKING:
    from tests.unit.report.conftest import Lay

SMALL = """
statuses:
  a b: {label: Anfang, meaning: M, kind: active}
  "*ö": {label: Ende, meaning: M, kind: ended}
criteria: {}
transitions:
  in: {to: a b}
  out: {from: "*", to: "*ö"}
"""


def page(lay: Lay, old: str = "", new: str = "") -> Rules:
    assert old in RULEBOOK
    return rules(lay({}, rules=RULEBOOK.replace(old, new, 1)))


def html(edition: Edition) -> str:
    return next(found.html() for found in reports(edition) if found.name == "rules")


def test_a_status_is_told_with_its_bounds_and_what_must_go_on_holding(lay: Lay) -> None:
    line = page(lay).statuses[1]
    assert (line.label, line.kind, line.asks) == ("In Klärung", "aktiv", "Gibt es etwas zu entscheiden?")
    assert line.bounds == ("Frist: 30\u00a0Tage", "höchstens 12\u00a0Kontakte")
    assert line.holds == ("Passt zum Zielprofil", "nicht: Ausschlussgrund")


def test_statuses_stand_in_the_order_of_the_rule_book(lay: Lay) -> None:
    found = page(lay, "  parked:", "  lost: {label: Verloren, meaning: Vorbei, kind: ended}\n  parked:")
    assert [line.id for line in found.statuses] == ["new", "clarifying", "ready", "lost", "parked", "agreed", "stopped"]
    assert [box.kind for box in found.diagram.boxes] == ["active", "active", "active", "hold", "ended", "won", "ended"]


def test_a_criterion_tells_what_its_answers_need(lay: Lay) -> None:
    lines = {line.id: line for line in page(lay, "valid_for: 90d}", "valid_for: 90d, evidence: required}").criteria}
    assert (lines["pain"].weight, lines["pain"].asks) == ("3", ("Der Kontakt muss es selbst gesagt haben",))
    assert (lines["budget"].valid_for, lines["budget"].asks) == ("90\u00a0Tage", ("Nur mit Beleg",))
    assert (lines["conflict"].weight, lines["conflict"].asks) == ("", ("Ein Ja heißt aufhören",))


def test_a_criterion_is_retired_from_its_day_on(lay: Lay) -> None:
    for day, retired in (("2026-11-23", True), ("2026-11-24", False)):
        new = f"criteria:\n  size: {{label: Größe, question: Wie groß?, retired: {day}}}"
        line = page(lay, "criteria:", new).criteria[0]
        assert line.is_retired is retired
        assert line.asks[0].startswith("entfällt seit 2")
        assert line.uses == ()


def test_a_criterion_names_every_place_where_it_decides_once(lay: Lay) -> None:
    uses = {line.id: [(use.text, use.anchor) for use in line.uses] for line in page(lay).criteria}
    assert uses["buyer"] == [
        ("Status Entscheidungsreif", "status-ready"),
        ("mature", "transition-mature"),
        ("recycle", "transition-recycle"),
        ("Stoppregel no_buyer", "stop-rule-no_buyer"),
    ]
    assert uses["conflict"][-1] == ("Vorqualifiziert", "prequalification")


def test_what_a_transition_requires_is_told_of_no_contact(lay: Lay) -> None:
    lines = {line.id: line for line in page(lay).transitions}
    assert lines["mature"].requires == (
        "Problem benannt",
        "Entscheider bekannt",
        "eines von: Budget bestätigt, Termin genannt",
        "Punktestand 9 oder mehr",
    )
    assert lines["resume"].requires == ("Antworten seit dem jetzigen Status: 1 oder mehr",)
    assert lines["stop"].requires == ()


def test_a_transition_tells_its_ends_and_who_may_take_it(lay: Lay) -> None:
    new = "agree:   {from: ready, to: agreed, by: [mira, jo], "
    lines = {line.id: line for line in page(lay, "agree:   {from: ready, to: agreed, ", new).transitions}
    assert [end.label for end in lines["park"].sources] == ["In Klärung", "Entscheidungsreif"]
    assert [end.label for end in lines["stop"].sources] == ["jedem aktiven oder zurückgestellten Status"]
    assert [end.label for end in lines["capture"].sources] == ["außen (so kommen Kontakte herein)"]
    assert lines["agree"].takers == ("nur durch mira, jo", "gilt für Entscheidungen ab 01.01.2026")
    assert lines["reopen"].takers == ("Zwei Personen: eine entscheidet, eine andere bestätigt",)


def test_a_stop_rule_tells_when_and_what_it_proposes(lay: Lay) -> None:
    line = page(lay).stop_rules[0]
    assert (line.because, line.when) == ("Ohne Entscheider entscheidet niemand", ("nicht: Entscheider bekannt",))
    assert line.after == "30\u00a0Tage nach dem Eintritt"
    assert (line.leads_to, line.proposes_anchor, line.reason) == (
        *("Beendet", "transition-stop"),
        "Kontakt entscheidet nicht",
    )
    assert page(lay, "after: 30d, ").stop_rules[0].after == "vom Eintritt an"


def test_the_diagram_has_every_transition(lay: Lay) -> None:
    found = page(lay)
    assert {arrow.id for arrow in found.diagram.arrows} == {line.id for line in found.transitions}
    assert found.diagram.note is not None


def test_every_link_on_the_page_leads_to_a_place_on_it(lay: Lay) -> None:
    for book, anchor in ((RULEBOOK, "criterion-fit"), (SMALL, "status-a%20b")):
        text = html(lay({}, rules=book))
        ids = re.findall(r'\sid="([^"]*)"', text)
        assert len(ids) == len(set(ids))
        assert not any(re.search(r"\s", id) for id in ids)
        links = re.findall(r'href="#([^"]*)"', text)
        assert links
        assert set(links) <= set(ids)
        assert anchor in ids


def test_what_a_rule_book_lacks_is_told(lay: Lay) -> None:
    found = rules(lay({}, rules=SMALL))
    assert found.title == "Rule book"
    text = html(lay({}, rules=SMALL))
    for missing in ("it names no criterion", "No stop rule", "puts nobody first", "No status asks for a reason"):
        assert missing in text


def test_the_page_does_not_depend_on_contacts(lay: Lay, jana: Edition) -> None:
    assert html(jana) == html(lay({}))

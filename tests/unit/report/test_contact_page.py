from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtool.report.contact.page import ContactPage, contact_report
from crmtool.report.edition import Edition
from tests.conftest import JANA

if TYPE_CHECKING:
    from tests.unit.report.conftest import Lay


def page(edition: Edition, rank: int = 0) -> ContactPage:
    return contact_report(edition, rank)


def words(found: ContactPage, name: str) -> list[str]:
    (answer,) = (answer for answer in found.answers if answer.name == name)
    return [text for paragraph in answer.paragraphs for text in (paragraph.text, *paragraph.items)]


def history(status: str, *decisions: str, more: str = "") -> str:
    lines = "\n".join(f"  - {{{decision}}}" for decision in decisions)
    return f"---\nname: Uwe\nstatus: {status}\ndecisions:\n{lines}\n{more}\n---\n"


NEW = "date: 2026-11-01, to: new, because: Messe"


def test_the_four_questions_are_answered_in_words(jana: Edition) -> None:
    found = page(jana)
    assert words(found, "why") == [
        "Seit 05.11.2026 (18\u00a0Tage) in „In Klärung“: Passt ins Profil, Ausschluss geprüft.",
        "Getragen von: Passt zum Zielprofil (ja, 03.11.), Ausschlussgrund (nein, 03.11.).",
    ]
    assert words(found, "missing") == [
        "Für „Entscheidungsreif“ fehlen noch 3\u00a0Bedingungen:",
        "Entscheider bekannt – „Wer unterschreibt?“",
        "eines von: Budget bestätigt, Termin genannt",
        "Punktestand 9 oder mehr, jetzt 5",
    ]
    assert words(found, "step") == [
        "Mit CFO klären, ob Q1 gilt – bis 28.11.2026. Klärt „Entscheider bekannt“.",
        "Die Entscheidung ist fällig bis 05.12.2026.",
    ]
    assert words(found, "stop") == [
        "Am 05.12.2026 (in 12\u00a0Tagen), wenn sich bis dahin nichts klärt: Ohne Entscheider entscheidet niemand.",
        "Am 16.12.2026 (in 23\u00a0Tagen), wenn sich bis dahin nichts klärt: Kein Termin mit dem CFO.",
    ]


def test_criteria_list_what_is_missing_first(jana: Edition) -> None:
    lines = page(jana).criteria
    assert [(line.label, line.mark.word, line.is_missing) for line in lines] == [
        ("Entscheider bekannt", "offen", True),
        ("Budget bestätigt", "nein", True),
        ("Termin genannt", "offen", True),
        ("Passt zum Zielprofil", "ja", False),
        ("Problem benannt", "ja", False),
        ("Ausschlussgrund", "nein", False),
    ]
    assert (lines[1].day, lines[1].until) == ("12.11.", "gilt bis 10.02.2027")


def test_the_timeline_runs_back_with_what_was_clarified_between(jana: Edition) -> None:
    moments = page(jana).timeline
    assert [(moment.day_text, moment.title, [a.label for a in moment.clarified]) for moment in moments] == [
        ("12.11.2026", "", ["Budget bestätigt"]),
        ("09.11.2026", "", ["Problem benannt"]),
        ("05.11.2026", "Ungeklärt → In Klärung", []),
        ("03.11.2026", "", ["Passt zum Zielprofil", "Ausschlussgrund"]),
        ("28.10.2026", "", ["Budget bestätigt"]),
        ("20.10.2026", "Aufgenommen als „Ungeklärt“", []),
    ]
    assert moments[2].details == ("Chance damals 40\u00a0%",)


def test_a_past_day_shows_nothing_of_what_came_later(lay: Lay) -> None:
    found = page(lay({"a": JANA}, today="2026-11-04"))
    assert [moment.day_text for moment in found.timeline] == ["03.11.2026", "28.10.2026", "20.10.2026"]


def test_what_is_due_to_stop_is_urgent_and_says_how(lay: Lay) -> None:
    text = history("clarifying", NEW, "date: 2026-10-14, to: clarifying, because: x")
    found = page(lay({"a": text.replace("2026-11-01", "2026-10-01")}))
    assert words(found, "stop")[0] == (
        "Jetzt: Ohne Entscheider entscheidet niemand (seit 10\u00a0Tagen). "
        "Vorschlag: „Beendet“, Grund „Kontakt entscheidet nicht“."
    )
    assert found.answers[3].paragraphs[0].urgent
    assert words(found, "step")[:2] == [
        "Entscheiden, ob der Kontakt beendet wird.",
        "Wenn es weitergeht: „Problem benannt“ klären – „Hat der Kontakt das Problem selbst benannt?“",
    ]


def test_what_is_clear_and_says_to_stop_is_not_to_be_clarified_again(lay: Lay) -> None:
    more = "criteria: {fit: {met: 2026-11-02}, conflict: {met: 2026-11-02}}"
    found = page(lay({"a": history("new", NEW, more=more)}, today="2026-11-03"))
    assert words(found, "step") == [
        "Entscheiden, ob der Kontakt beendet wird.",
        "Die Entscheidung ist fällig bis 15.11.2026.",
    ]


def test_a_ready_contact_is_to_be_decided(lay: Lay) -> None:
    more = "criteria: {fit: {met: 2026-11-02}, conflict: {not_met: 2026-11-02}}"
    found = page(lay({"a": history("new", NEW, more=more)}, today="2026-11-03"))
    assert words(found, "missing") == ["Nichts: Der Weg zu „In Klärung“ ist frei."]
    assert words(found, "step")[0] == "Entscheiden: Lohnt sich Aufmerksamkeit?"


def test_without_a_step_one_is_proposed(lay: Lay) -> None:
    found = page(lay({"a": history("new", NEW)}, today="2026-11-03"))
    assert words(found, "step") == [
        "Noch keiner vereinbart. Vorschlag: „Ausschlussgrund“ klären – „Gibt es einen Ausschlussgrund?“",
        "Die Entscheidung ist fällig bis 15.11.2026.",
    ]
    assert words(found, "stop") == ["Zurzeit spricht nichts dafür."]


def test_a_late_step_is_urgent_and_a_pointless_one_said_to_be(lay: Lay) -> None:
    late = "next_step: {do: Fragen, clarifies: fit, due: 2026-11-02, owner: mira}"
    pointless = "next_step: {do: Fragen, clarifies: budget, due: 2026-11-09, owner: mira}"
    laid = lay({"a": history("new", NEW, more=late), "b": history("new", NEW, more=pointless)}, today="2026-11-04")
    by_id = {a.contact.id: words(page(laid, rank), "step")[0] for rank, a in enumerate(laid.assessments)}
    assert by_id["a"] == "Fragen – vereinbart bis 02.11.2026, seit 2\u00a0Tagen überfällig."
    assert by_id["b"] == (
        "Fragen – bis 09.11.2026 (mira). Klärt „Budget bestätigt“. Dieser Schritt klärt nichts, was fehlt."
    )


def test_on_hold_and_for_what_the_status_rests_on_a_step_is_not_pointless(lay: Lay) -> None:
    step = "next_step: {do: Fragen, clarifies: fit, due: 2026-12-01}"
    parked, ready = (
        "date: 2026-11-02, to: parked, because: x, reason: timing",
        "date: 2026-11-03, to: ready, because: x",
    )
    laid = lay(
        {
            "hold": history("parked", NEW, parked, more=step.replace("fit", "conflict")),
            "settled": history("parked", NEW, parked, more=f"{step}\ncriteria: {{fit: {{met: 2026-11-02}}}}"),
            "rests": history("ready", NEW, ready, more=step),
            "unknown": history("ready", NEW, ready, more=step.replace("fit", "zzz")),
        },
        today="2026-11-04",
    )
    told = {a.contact.id: " ".join(words(page(laid, rank), "step")) for rank, a in enumerate(laid.assessments)}
    assert {id for id, text in told.items() if "klärt nichts, was fehlt" in text} == {"settled"}


def test_blocked_and_on_hold_say_until_when(lay: Lay) -> None:
    blocked = history("new", NEW, more="blocked: {by: Messe, since: 2026-11-02, until: 2026-12-01}")
    hold = history(
        "parked", NEW, "date: 2026-11-02, to: parked, because: x, reason: timing", more="revisit: 2027-01-15"
    )
    laid = lay({"a": blocked, "b": hold}, today="2026-11-04")
    pages = {a.contact.id: page(laid, rank) for rank, a in enumerate(laid.assessments)}
    assert words(pages["a"], "step")[0] == "Wartet seit 02.11.2026, längstens bis 01.12.2026: Messe."
    assert words(pages["b"], "step") == ["Am 15.01.2027 wieder ansehen."]
    assert words(pages["b"], "missing") == ["Zurückgestellt: Vor der Wiedervorlage ist nichts zu klären."]
    assert words(pages["b"], "why")[0].endswith("Grund: Falscher Zeitpunkt.")


@pytest.mark.parametrize(("today", "due"), [("2027-01-14", False), ("2027-01-15", True), ("2027-02-01", True)])
def test_on_hold_the_day_of_revisiting_asks_for_the_decision(lay: Lay, today: str, due: bool) -> None:
    hold = history(
        "parked", NEW, "date: 2026-11-02, to: parked, because: x, reason: timing", more="revisit: 2027-01-15"
    )
    found = page(lay({"a": hold}, today=today))
    question = ["Zur Wiedervorlage am 15.01.2027: wieder aufnehmen, weiter vertagen oder beenden?"]
    assert (words(found, "step") == question) is due
    assert words(found, "missing")[0].startswith("Die Entscheidung, wie es weitergeht") is due


def test_what_is_done_asks_nothing_more(lay: Lay) -> None:
    ended = history(
        "stopped", NEW, "date: 2026-11-02, to: stopped, because: x, reason: no_fit, by: mira, confirmed_by: lena"
    )
    found = page(lay({"a": ended}))
    assert found.measures == ("Beendet",)
    assert words(found, "missing") == ["Nichts mehr: Hier ist entschieden."]
    assert words(found, "step") == ["Keiner mehr."]
    assert words(found, "stop") == ["Die Frage stellt sich nicht mehr."]
    assert found.timeline[0].details == ("Grund: Passt nicht", "entschieden von mira, bestätigt von lena")
    assert not any(line.is_missing for line in found.criteria)


def test_neighbours_follow_the_order_of_attention(lay: Lay) -> None:
    laid = lay({"x/a": history("new", NEW), "ü b": JANA})
    first, last = page(laid, 0), page(laid, 1)
    assert first.previous is None
    assert last.next is None
    assert first.next is not None
    assert first.next.href == "../../contacts/%C3%BC%20b.html"


def test_facts_link_only_where_that_is_safe(lay: Lay) -> None:
    more = (
        "email: [a@b.example, nobody]\nphone: +49 (40) 12-34\nurl: ['javascript:alert(1)', 'https://b.example']\n"
        "tags: [hafen, 7]\nextra: {Kennzahl: 12, leer: null}"
    )
    found = page(lay({"a": history("new", NEW, more=more)}))
    told = {fact.label: [(item.text, item.href) for item in fact.items] for fact in found.facts}
    assert told == {
        "E-Mail": [("a@b.example", "mailto:a@b.example"), ("nobody", "")],
        "Telefon": [("+49 (40) 12-34", "tel:+49401234")],
        "Web": [("javascript:alert(1)", ""), ("https://b.example", "https://b.example")],
        "Stichworte": [("hafen, 7", "")],
        "Kennzahl": [("12", "")],
    }

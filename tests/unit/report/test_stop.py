from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtool.report.edition import Edition
from crmtool.report.frame import frame
from crmtool.report.stop import stop
from tests.conftest import JANA, RULEBOOK

if TYPE_CHECKING:
    from tests.unit.report.conftest import Lay

NEXT = "next_step: {do: Inhaberin fragen., clarifies: buyer, due: 2026-11-23}"


def entered(status: str, day: str, more: str = "") -> str:
    decision = f"{{date: {day}, to: {status}, because: x}}"
    return f"---\nname: Ada\nstatus: {status}\ndecisions: [{decision}]\n{more}\n---\n"


def against(edition: Edition) -> tuple[str, ...]:
    (candidate,) = stop(edition).candidates
    return candidate.against


def test_a_candidate_tells_every_ground_since_when_and_what_is_proposed(lay: Lay) -> None:
    more = "criteria: {conflict: {met: 2026-11-20, evidence: Klage}}\nstop_if: [{when: Keine Antwort., by: 2026-11-22}]"
    (candidate,) = stop(lay({"a": entered("clarifying", "2026-10-12", more)})).candidates
    assert [(ground.because, ground.when.text) for ground in candidate.grounds] == [
        ("Ohne Entscheider entscheidet niemand", "seit 11.11., 12\u00a0Tage"),
        ("Ausschlussgrund: Klage", "seit 20.11., 3\u00a0Tage"),
        ("Keine Antwort", "seit heute"),
    ]
    assert candidate.proposals == ("Vorschlag: „Beendet“, Grund „Kontakt entscheidet nicht“.", "Vorschlag: „Beendet“.")
    assert candidate.status == "In Klärung, 42\u00a0T."


def test_what_is_still_agreed_speaks_against(lay: Lay) -> None:
    assert against(lay({"a": entered("clarifying", "2026-10-12", NEXT)})) == (
        "Inhaberin fragen, vereinbart bis 23.11.; klärt „Entscheider bekannt“.",
    )


@pytest.mark.parametrize(
    "step", [NEXT.replace("11-23", "11-22"), NEXT.replace("buyer", "fit") + "\ncriteria: {fit: {met: 2026-11-01}}"]
)
def test_a_step_past_due_or_pointless_speaks_for_nothing(lay: Lay, step: str) -> None:
    assert against(lay({"a": entered("clarifying", "2026-10-12", step)})) == ()


def test_a_free_way_and_a_day_to_wait_for_speak_against(lay: Lay) -> None:
    more = (
        "criteria: {fit: {met: 2026-11-20}, conflict: {not_met: 2026-11-20}}\n"
        "stop_if: [{when: x, by: 2026-11-22}]\nblocked: {by: Messe, since: 2026-11-21, until: 2026-12-01}"
    )
    assert against(lay({"a": entered("new", "2026-11-20", more)})) == (
        "Bereit für „In Klärung“.",
        "Wartet bis 01.12.: Messe.",
    )


def test_what_falls_due_next_stands_by_date_each_rule_by_itself(lay: Lay) -> None:
    laid = lay(
        {
            "jana": JANA,
            "far": entered("ready", "2026-11-20", "stop_if: [{when: Ruhe, by: 2026-12-24}]"),
            "now": entered("clarifying", "2026-10-12", "stop_if: [{when: Ruhe, by: 2026-12-01}]"),
        }
    )
    upcoming = stop(laid).upcoming
    assert [(line.text, line.when.text) for line in upcoming.lines] == [
        ("Ohne Entscheider entscheidet niemand", "05.12., in\u00a012\u00a0Tagen"),
        ("Ohne Termin kein Entschluss", "11.12., in\u00a018\u00a0Tagen"),
        ("Kein Termin mit dem CFO", "16.12., in\u00a023\u00a0Tagen"),
    ]
    assert upcoming.later == "und 1\u00a0später, am 25.12.2026"


def test_thirty_days_are_listed_and_the_next_is_counted(lay: Lay) -> None:
    rule = "stop_if: [{when: a, by: 2026-12-22}, {when: b, by: 2026-12-23}, {when: c, by: 2026-12-30}]"
    upcoming = stop(lay({"a": entered("new", "2026-11-20", rule)})).upcoming
    assert [line.text for line in upcoming.lines] == ["a"]
    assert upcoming.later == "und 2\u00a0später, zuerst am 24.12.2026"


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("[{not: buyer}]", "Abgewendet, sobald „Entscheider bekannt“ gilt – „Wer unterschreibt?“"),
        ("[conflict]", "Abgewendet, sobald „Ausschlussgrund“ verneint ist – „Gibt es einen Ausschlussgrund?“"),
        ("[{open: buyer}]", "Abgewendet, sobald „Entscheider bekannt“ neu beantwortet ist – „Wer unterschreibt?“"),
        ("[{not_met: buyer}]", "Abgewendet, sobald „Entscheider bekannt“ gilt – „Wer unterschreibt?“"),
        (
            "[{not: {any: [buyer, {not_met: budget}]}}, {older_than: 20d}]",
            "Abgewendet, sobald „Entscheider bekannt“ gilt – „Wer unterschreibt?“ oder „Budget bestätigt“ verneint ist "
            "– „Ist das Budget bestätigt?“",
        ),
        (
            "[{all: [{not: buyer}, {not: {not: conflict}}]}]",
            "Abgewendet, sobald „Entscheider bekannt“ gilt – „Wer unterschreibt?“ oder „Ausschlussgrund“ verneint ist "
            "– „Gibt es einen Ausschlussgrund?“",
        ),
        (
            "[{not: {clarified: 1}}]",
            "Abgewendet, sobald dies gilt: Antworten nach dem 10.11.2026: 1 oder mehr, jetzt 0",
        ),
        ("[{not: {score: 9}}]", "Abgewendet, sobald dies gilt: Punktestand 9 oder mehr, jetzt 2"),
        ("[{score: 2}]", "Abgewendet, sobald dies gilt: nicht: Punktestand 2 oder mehr, jetzt 2"),
        ("[{not: {open: fit}}]", "Abgewendet nur durch eine Entscheidung"),
        ("[]", "Abgewendet nur durch eine Entscheidung"),
    ],
)
def test_it_is_told_what_would_avert_it(lay: Lay, when: str, told: str) -> None:
    rules = RULEBOOK.replace("when: [{not: buyer}], after: 30d", f"when: {when}, after: 30d")
    # A knockout that is met would be due now.
    rules = rules.replace(", knockout: true", ", weight: 0")
    buyer = "" if "open: buyer" in when else ", buyer: {not_met: 2026-11-01}"
    states = f"fit: {{met: 2026-11-01}}, conflict: {{met: 2026-11-01}}{buyer}"
    laid = lay({"a": entered("clarifying", "2026-11-10", f"criteria: {{{states}}}")}, rules=rules)
    assert [line.note for line in stop(laid).upcoming.lines] == [told]


def test_a_rule_of_the_contact_itself_is_struck_out(lay: Lay) -> None:
    (line,) = stop(lay({"a": entered("new", "2026-11-20", "stop_if: [{when: Ruhe, by: 2026-12-01}]")})).upcoming.lines
    assert line.note == "Eigene Stoppregel: Gilt sie nicht mehr, unter stop_if streichen"


def test_the_count_in_the_bar_is_what_is_listed_first(lay: Lay) -> None:
    laid = lay({"a": entered("clarifying", "2026-10-12"), "b": JANA})
    entry = next(entry for entry in frame(laid, None).entries if entry.page == "stop")
    assert (entry.count, entry.counted) == ("1", "1\u00a0Kontakt zu beenden")
    assert [(total.number, total.text) for total in stop(laid).totals] == [(1, "zu beenden"), (2, "demnächst fällig")]


def test_emptiness_is_told(lay: Lay) -> None:
    page = stop(lay({"a": entered("stopped", "2026-11-20")}))
    assert page.none_due == "Heute ist nichts zu beenden: Keine Stoppregel greift."
    assert page.upcoming.empty == "In den nächsten 30\u00a0Tagen wird keine Stoppregel fällig."
    assert "contacts/NAME.md" in stop(lay({})).empty

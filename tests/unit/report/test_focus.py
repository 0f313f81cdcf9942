from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtool.report.edition import Edition
from crmtool.report.focus import focus
from crmtool.report.reasons import reason
from tests.conftest import JANA, RULEBOOK

if TYPE_CHECKING:
    from tests.unit.report.conftest import Lay


def written(status: str, since: str, more: str = "") -> str:
    who = "name: Uwe Richter\norganization: Hansa Metall"
    decision = f'  - {{date: {since}, to: {status}, because: "Weil es passt."}}'
    return f"---\n{who}\nstatus: {status}\ndecisions:\n{decision}\n{more}\n---\n"


CASES = {
    "stop": (written("clarifying", "2026-10-12"), "Ohne Entscheider entscheidet niemand", "seit 12\u00a0Tagen", True),
    "ready": (
        written("new", "2026-11-20", "criteria: {fit: {met: 2026-11-20}, conflict: {not_met: 2026-11-20}}"),
        "Bereit für „In Klärung“",
        "zu entscheiden bis 04.12.",
        False,
    ),
    "overdue": (
        written("new", "2026-11-08", "criteria: {fit: {met: 2026-11-09}}"),
        "Lohnt sich Aufmerksamkeit? – es fehlt: ein Nein zu Ausschlussgrund",
        "überfällig seit 1\u00a0Tag",
        True,
    ),
    "revisit": (
        written("parked", "2026-11-08", "revisit: 2026-11-20"),
        "Wiedervorlage: wieder aufnehmen, weiter vertagen oder beenden?",
        "fällig seit 20.11.",
        True,
    ),
    "revisit today": (
        written("parked", "2026-11-08", "revisit: 2026-11-23"),
        "Wiedervorlage: wieder aufnehmen, weiter vertagen oder beenden?",
        "heute fällig",
        False,
    ),
    "plan": (
        written("new", "2026-11-20", "criteria: {fit: {met: 2026-11-20}}"),
        "Fehlt: ein Nein zu Ausschlussgrund – „Gibt es einen Ausschlussgrund?“",
        "kein nächster Schritt",
        False,
    ),
    "late step": (
        written("new", "2026-11-20", "next_step: {do: Fragen, clarifies: fit, due: 2026-11-22}"),
        "Fehlt: Passt zum Zielprofil – „10 bis 200 Mitarbeitende, B2B, DACH?“",
        "Schritt fällig seit 22.11.",
        True,
    ),
    "pointless step": (
        written("new", "2026-11-20", "next_step: {do: Fragen, clarifies: budget, due: 2026-11-24}"),
        "Fehlt: Passt zum Zielprofil – „10 bis 200 Mitarbeitende, B2B, DACH?“",
        "Schritt klärt nichts Fehlendes",
        False,
    ),
    "step for the present status": (
        written("ready", "2026-11-20", "next_step: {do: Fragen, clarifies: fit, due: 2026-11-24}"),
        "Fehlt: Budget bestätigt – „Ist das Budget bestätigt?“",
        "Schritt bis 24.11.",
        False,
    ),
    "clarify": (JANA, "Mit CFO klären, ob Q1 gilt", "bis 28.11.", False),
    "hold": (written("parked", "2026-11-08", "revisit: 2027-01-20"), "Vertagt: Weil es passt", "bis 20.01.2027", False),
    "hold without date": (written("parked", "2026-11-08"), "Vertagt: Weil es passt", "ohne Datum", False),
    "blocked": (
        written("new", "2026-11-20", "blocked: {by: Messe, since: 2026-11-20, until: 2026-11-30}"),
        "Wartet: Messe",
        "bis 30.11.",
        False,
    ),
    "done": (written("stopped", "2026-11-20"), "Weil es passt", "20.11.", False),
}


@pytest.mark.parametrize("case", CASES)
def test_each_contact_has_one_reason(lay: Lay, case: str) -> None:
    text, words, when, late = CASES[case]
    laid = lay({"a": text})
    found = reason(laid, laid.assessments[0])
    assert (found.text, found.when, found.late) == (words, when, late)


def test_further_reasons_to_stop_are_counted(lay: Lay) -> None:
    more = "criteria: {conflict: {met: 2026-11-20}}\nstop_if: [{when: Kein Anruf, by: 2026-11-19}]"
    laid = lay({"a": written("clarifying", "2026-10-12", more)})
    assert reason(laid, laid.assessments[0]).text == "Ohne Entscheider entscheidet niemand, und 2\u00a0weitere Gründe"


def test_the_groups_stand_in_the_order_of_the_verdicts_and_count_what_they_show(lay: Lay) -> None:
    laid = lay({"a": JANA, "b": CASES["stop"][0], "c": CASES["plan"][0]})
    page = focus(laid)
    assert [(group.mark.name, len(group.rows)) for group in page.groups] == [
        ("stop", 1),
        ("decide", 0),
        ("plan", 1),
        ("clarify", 1),
        ("wait", 0),
    ]
    assert page.groups[1].empty == "Heute steht keine Entscheidung an: Nirgends ist alles geklärt, keine Frist ist um."
    assert page.groups[4].empty == ""


def test_a_row_links_to_its_contact(jana: Edition) -> None:
    (row,) = focus(jana).groups[3].rows
    assert (row.href, row.status, row.age) == ("contacts/nordlicht/jana-koehler.html", "In Klärung", "18\u00a0T.")


def test_without_contacts_the_page_says_what_that_means(lay: Lay) -> None:
    page = focus(lay({}))
    assert page.empty.startswith("Noch kein Kontakt")
    assert page.changes == ()


def test_where_all_is_decided_the_page_says_so(lay: Lay) -> None:
    ended = JANA.replace("status: clarifying", "status: stopped").replace("to: clarifying", "to: stopped")
    assert focus(lay({"a": ended})).empty == "Kein Kontakt ist offen: Alles ist entschieden."


def test_files_that_cannot_be_judged_are_named(lay: Lay) -> None:
    unknown = JANA.replace("clarifying", "gone")
    laid = lay({"a": unknown}, unjudged=("contacts/b.md",), flawed=("contacts/a.md", "contacts/c.md"))
    unjudged, flawed = focus(laid).notices
    assert unjudged.paths == ("contacts/a.md", "contacts/b.md")
    assert flawed.paths == ("contacts/c.md",)


def test_of_two_contacts_with_one_id_the_first_by_its_path_is_shown(lay: Lay) -> None:
    laid = lay({"\u00e4": JANA, "a\u0308": JANA.replace("Jana", "Uwe")})
    assert [assessment.contact.path for assessment in laid.assessments] == ["contacts/a\u0308.md"]
    assert laid.unjudged == ("contacts/\u00e4.md",)


def test_the_page_speaks_english(lay: Lay) -> None:
    laid = lay({"a": JANA}, rules=RULEBOOK.replace("language: de", "language: en"))
    assert focus(laid).title == "What is to be decided today"

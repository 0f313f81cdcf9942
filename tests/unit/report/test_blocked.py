from __future__ import annotations

from typing import TYPE_CHECKING

from crmtool.report.agenda import Section
from crmtool.report.blocked import STILL, blocked, standing_still, waiting
from crmtool.report.edition import Edition
from crmtool.report.frame import frame

if TYPE_CHECKING:
    from tests.unit.report.conftest import Lay


def entered(status: str, day: str = "2026-11-20", more: str = "", because: str = "x") -> str:
    decision = f"{{date: {day}, to: {status}, because: {because}}}"
    return f"---\nname: Ada\nstatus: {status}\ndecisions: [{decision}]\n{more}\n---\n"


def keeps(until: str = "", since: str = "2026-11-02") -> str:
    return f"blocked: {{by: Messe., since: {since}{f', until: {until}' if until else ''}}}"


def ids(edition: Edition) -> dict[str, list[str]]:
    return {section.name: [_id(line.who.href) for line in section.lines] for section in blocked(edition).sections}


def _id(href: str) -> str:
    return href.removeprefix("contacts/").removesuffix(".html").replace("%20", " ")


def named(edition: Edition, name: str) -> Section:
    return next(section for section in blocked(edition).sections if section.name == name)


CASES = {
    "later": entered("new", more=keeps("2026-12-24")),
    "today": entered("new", more=keeps("2026-11-23")),
    "open end": entered("new", more=keeps()),
    "over": entered("new", more=keeps("2026-11-22")),
    "over longer": entered("new", more=keeps("2026-11-10")),
    "not yet": entered("new", more=keeps(since="2026-11-24")),
    "held": entered("parked", more="revisit: 2026-12-01"),
    "held without date": entered("parked"),
    "held until today": entered("parked", more="revisit: 2026-11-23"),
    "done": entered("stopped", more=keeps("2026-12-24")),
    "free": entered("new"),
}


def test_what_waits_stands_by_date_those_without_one_last(lay: Lay) -> None:
    laid = lay(CASES)
    assert ids(laid) == {
        "blocked": ["today", "later", "open end"],
        "held": ["held", "held without date"],
        "over": ["over longer", "over"],
        "still": [],
    }
    entry = next(entry for entry in frame(laid, None).entries if entry.page == "blocked")
    assert (entry.count, entry.counted, len(waiting(laid))) == ("5", "5\u00a0Kontakte warten", 5)


def test_a_line_says_for_what_since_when_and_until_when(lay: Lay) -> None:
    lines = named(lay(CASES), "blocked").lines
    assert [(line.text, line.note, line.when.text, line.when.late) for line in lines[1:]] == [
        ("Messe", "blockiert seit 02.11., 21\u00a0Tage", "24.12., in\u00a031\u00a0Tagen", False),
        ("Messe", "blockiert seit 02.11., 21\u00a0Tage", "ohne Datum", True),
    ]
    (over,) = named(lay({"a": CASES["over"]}), "over").lines
    assert (over.text, over.when.text) == ("Messe", "seit heute")


def test_on_hold_the_line_says_why(lay: Lay) -> None:
    text = entered("parked", because="Umzug, reason: waiting", more="revisit: 2027-01-02")
    (line,) = named(lay({"a": text}), "held").lines
    assert (line.text, line.note, line.when.text) == (
        "Umzug",
        "Wartet auf ein bekanntes Ereignis",
        "02.01.2027, in\u00a040\u00a0Tagen",
    )


def test_what_waits_although_a_decision_is_due_bears_its_mark(lay: Lay) -> None:
    laid = lay({"a": entered("new", "2026-11-01", keeps()), "b": entered("new", more=keeps())})
    marks = {_id(line.who.href): line.mark.name if line.mark else "" for line in named(laid, "blocked").lines}
    assert marks == {"a": "decide", "b": ""}


def answered(*answers: str, day: str = "2026-10-01") -> str:
    return entered("clarifying", day, f"criteria: {{{', '.join(answers)}}}")


def test_what_stands_still_the_longest_comes_first(lay: Lay) -> None:
    still = {
        "longest": entered("clarifying", "2026-10-01"),
        "by an answer": answered("fit: {met: 2026-11-02}"),
        "answered": answered("fit: {met: 2026-11-03}"),
        "decided": entered("clarifying", "2026-11-03"),
        "blocked": entered("clarifying", "2026-10-01", keeps()),
        "held": entered("parked", "2026-10-01"),
        "done": entered("agreed", "2026-10-01"),
    }
    assert ids(lay(still))["still"] == ["longest", "by an answer"]
    assert len(standing_still(lay(still))) == 2


def test_an_answer_of_a_later_day_moves_nothing(lay: Lay) -> None:
    laid = lay({"a": answered("fit: {met: 2026-11-02}")}, today="2026-10-30")
    assert [line.text for line in named(laid, "still").lines] == ["Noch nichts geklärt"]


def test_it_is_told_what_was_clarified_last(lay: Lay) -> None:
    many = ("fit", "pain", "buyer", "budget")
    laid = lay(
        {
            "a": answered("fit: [{met: 2026-10-05}, {not_met: 2026-10-05}], pain: {met: 2026-10-04}"),
            "b": answered(*(f"{id}: {{met: 2026-10-06}}" for id in many)),
        }
    )
    assert [(line.text, line.when.text) for line in named(laid, "still").lines] == [
        ("Zuletzt geklärt am 05.10.: Passt zum Zielprofil (nein)", "seit 05.10., 49\u00a0Tage"),
        (
            "Zuletzt geklärt am 06.10.: Passt zum Zielprofil (ja), Problem benannt (ja), Entscheider bekannt (ja) "
            "und 1\u00a0weiteres Kriterium",
            "seit 06.10., 48\u00a0Tage",
        ),
    ]
    assert [line.mark.name for line in named(laid, "still").lines if line.mark] == ["stop", "decide"]


def test_the_definition_tells_the_time(lay: Lay) -> None:
    assert f"seit {STILL}\u00a0Tagen oder länger" in blocked(lay(CASES)).definition


def test_emptiness_is_told(lay: Lay) -> None:
    page = blocked(lay({"a": CASES["free"]}))
    assert all(section.empty for section in page.sections)
    assert "contacts/NAME.md" in blocked(lay({})).empty

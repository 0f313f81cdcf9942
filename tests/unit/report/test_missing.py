from __future__ import annotations

from typing import TYPE_CHECKING

from crmtool.report.edition import Edition
from crmtool.report.frame import frame
from crmtool.report.missing import SHOWN, Missing, missing
from crmtool.report.narrowing import More
from crmtool.report.site import reports
from tests.conftest import JANA, RULEBOOK

if TYPE_CHECKING:
    from tests.unit.report.conftest import Lay


def entered(status: str, criteria: str = "", day: str = "2026-11-20") -> str:
    decision = f"{{date: {day}, to: {status}, because: x}}"
    return f"---\nname: Ada\nstatus: {status}\ncriteria: {{{criteria}}}\ndecisions: [{decision}]\n---\n"


def told(page: Missing, row: int = 0) -> list[str]:
    return [cell.mark.sign + ("!" if cell.is_missing else "") for cell in page.rows[row].cells]


def test_a_row_tells_how_each_criterion_stands_and_what_is_missing(jana: Edition) -> None:
    page = missing(jana)
    assert [column.label for column in page.columns] == [
        *("Passt zum Zielprofil", "Problem benannt", "Entscheider bekannt"),
        *("Budget bestätigt", "Termin genannt", "Ausschlussgrund"),
    ]
    assert told(page) == ["✓", "✓", "?!", "✕!", "?!", "✓"]
    assert (page.rows[0].status, page.rows[0].mark.name) == ("In Klärung", "clarify")


def test_each_state_has_its_sign_and_the_legend_names_it(lay: Lay) -> None:
    states = "pain: {met: 2026-11-20}, buyer: {met: 2026-01-01}, budget: {not_met: 2026-11-20}, fit: {met: 2026-11-20}"
    page = missing(lay({"a": entered("clarifying", states)}))
    assert told(page) == ["✓", "~!", "↺!", "✕!", "?!", "?"]
    assert [mark.sign for mark in page.legend] == ["✓", "✕", "?", "↺", "~"]


def test_of_a_knockout_the_no_is_good_and_told_in_words(lay: Lay) -> None:
    page = missing(lay({"a": entered("new", "conflict: {not_met: 2026-11-20}"), "b": entered("new")}))
    cells = {row.who.href: row.cells[-1] for row in page.rows}
    good, open_one = cells["contacts/a.html"], cells["contacts/b.html"]
    assert (good.mark.sign, good.mark.word, good.is_worded, good.is_missing) == ("✓", "nein", True, False)
    assert (open_one.mark.sign, open_one.is_worded, open_one.is_missing) == ("?", False, True)
    assert [column.remark for column in page.columns] == [*[""] * 5, "hier ist Nein gut"]


def test_the_first_row_counts_whom_a_criterion_holds_up(lay: Lay) -> None:
    laid = lay({"a": JANA, "b": entered("new", "fit: {met: 2026-11-20}"), "c": entered("parked")})
    page = missing(laid)
    assert [column.holds_up for column in page.columns] == [0, 0, 1, 1, 1, 1]
    assert page.answer == (
        "2\u00a0von 3 offenen Kontakten fehlt etwas für den Schritt nach vorn. Am meisten halten "
        "„Entscheider bekannt“, „Budget bestätigt“, „Termin genannt“ und 1\u00a0weiteres Kriterium auf: "
        "je 1\u00a0Kontakt."
    )
    entry = next(entry for entry in frame(laid, None).entries if entry.page == "missing")
    assert (entry.count, entry.counted) == ("2", "2\u00a0Kontakten fehlt etwas")


def test_the_criterion_that_holds_up_the_most_is_named(lay: Lay) -> None:
    page = missing(lay({"a": entered("new", "fit: {met: 2026-11-20}"), "b": entered("new")}))
    assert page.answer.endswith("Am meisten hält „Ausschlussgrund“ auf: 2\u00a0Kontakte.")
    assert [column.is_most for column in page.columns] == [False] * 5 + [True]


def test_where_nothing_is_missing_nobody_holds_up(lay: Lay) -> None:
    page = missing(lay({"a": entered("new", "fit: {met: 2026-11-20}, conflict: {not_met: 2026-11-20}")}))
    assert page.answer == "0\u00a0von 1 offenen Kontakten fehlt etwas für den Schritt nach vorn."
    assert not any(column.is_most for column in page.columns)


def test_what_is_no_longer_asked_has_no_column(lay: Lay) -> None:
    rules = RULEBOOK.replace("weight: 2, valid_for: 45d", "weight: 2, valid_for: 45d, retired: 2026-11-23")
    assert len(missing(lay({"a": JANA}, rules=rules)).columns) == 5
    assert len(missing(lay({"a": JANA}, rules=rules, today="2026-11-22")).columns) == 6


def test_conditions_that_no_answer_settles_are_listed(lay: Lay) -> None:
    rules = RULEBOOK.replace("requires: [fit, {not_met: conflict}]", "requires: [fit, {has: phone}, {older_than: 5d}]")
    page = missing(lay({"a": entered("new")}, rules=rules))
    assert [other.text for other in page.others] == [
        "für „In Klärung“: die Angabe „phone“",
        "für „In Klärung“: 5\u00a0Tage in diesem Status, also ab 25.11.2026",
    ]


def test_the_matrix_ends_somewhere_and_still_counts_all(lay: Lay) -> None:
    page = missing(lay({f"c{i:03}": entered("new") for i in range(SHOWN + 3)}))
    assert (len(page.rows), page.columns[0].holds_up) == (SHOWN, SHOWN + 3)
    assert page.more == More(text="und 3\u00a0weitere", href="contacts.html#list=open")
    assert "100\u00a0Kontakte" in page.caption


def test_emptiness_is_told(lay: Lay) -> None:
    assert "contacts/NAME.md" in missing(lay({})).empty
    assert missing(lay({"a": entered("stopped")})).empty.startswith("Kein Kontakt ist offen")
    assert missing(lay({"a": JANA})).empty == ""


def test_without_criteria_what_else_is_missing_is_told(lay: Lay) -> None:
    rules = """statuses:
  new: {label: Neu, meaning: M, kind: active}
  won: {label: Ja, meaning: M, kind: won}
criteria: {}
transitions:
  enter: {to: new}
  win: {from: new, to: won, requires: [{has: phone}]}
language: de
"""
    contact = "---\nname: N\nstatus: new\ndecisions:\n  - {date: 2026-11-01, to: new, because: x}\n---\n"
    laid = lay({"a": contact}, rules=rules)
    page = next(page.html() for page in reports(laid) if page.name == "missing")
    assert "Das Regelwerk fragt nach keinem Kriterium." in page
    assert "die Angabe „phone“" in page
    assert "<table" not in page

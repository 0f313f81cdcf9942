from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crmtool.assessment import Verdict
from crmtool.report.agenda import Section
from crmtool.report.decision_log import NAMED
from crmtool.report.decisions import Decisions, decisions, pending
from crmtool.report.frame import frame
from crmtool.report.narrowing import More
from tests.conftest import JANA, RULEBOOK

if TYPE_CHECKING:
    from tests.unit.report.conftest import Lay


def written(status: str, *decided: str, more: str = "", name: str = "Uwe") -> str:
    lines = "\n".join(f"  - {{{decision}}}" for decision in decided)
    return f"---\nname: {name}\nstatus: {status}\ndecisions:\n{lines}\n{more}\n---\n"


def entered(status: str, day: str, more: str = "") -> str:
    return written(status, f"date: {day}, to: {status}, because: Weil es passt.", more=more, name=f"{status} {day}")


FIT = "criteria: {fit: {met: 2026-11-01}, conflict: {not_met: 2026-11-01}}"
READY = entered("new", "2026-11-20", FIT)
CASES = {
    "ready": READY,
    "ready, overdue": entered("new", "2026-11-01", FIT),
    "overdue": entered("new", "2026-11-08"),
    "longer overdue": entered("new", "2026-11-05"),
    "to stop": entered("clarifying", "2026-10-30", "stop_if: [{when: Absage, by: 2026-11-20}]"),
    "to stop, overdue": entered("clarifying", "2026-10-12"),
    "last day": entered("new", "2026-11-09"),
    "revisit": entered("parked", "2026-11-08", "revisit: 2026-11-20"),
    "revisit today": entered("parked", "2026-11-07", "revisit: 2026-11-23"),
    "revisit soon": entered("parked", "2026-11-06", "revisit: 2026-12-23"),
    "revisit later": entered("parked", "2026-11-05", "revisit: 2026-12-24"),
    "hold without date": entered("parked", "2026-11-04"),
    "in time": entered("clarifying", "2026-11-22"),
    "done": entered("agreed", "2026-11-22"),
}


def sections(page: Decisions) -> dict[str, Section]:
    return {section.name: section for section in (*page.now, *page.coming)}


def ids(section: Section) -> list[str]:
    return [line.who.href.removeprefix("contacts/").removesuffix(".html").replace("%20", " ") for line in section.lines]


@pytest.fixture
def page(lay: Lay) -> Decisions:
    return decisions(lay({id.replace(",", ""): text for id, text in CASES.items()}))


def test_each_pending_decision_stands_in_one_group_the_soonest_due_first(page: Decisions) -> None:
    assert {name: ids(section) for name, section in sections(page).items()} == {
        "ready": ["ready overdue", "ready"],
        "overdue": ["to stop overdue", "longer overdue", "overdue"],
        "revisit": ["revisit", "revisit today"],
        "upcoming": ["last day", "in time"],
        "revisits": ["revisit soon"],
    }
    assert sections(page)["revisits"].later == "und 1\u00a0später, am 24.12.2026"
    assert page.undated == "1\u00a0Kontakt ist ohne Datum zurückgestellt"


def test_the_sums_and_the_count_in_the_bar_are_what_is_listed(lay: Lay) -> None:
    laid = lay(CASES)
    page = decisions(laid)
    assert [(total.number, total.text) for total in page.totals] == [
        (2, "bereit"),
        (3, "überfällig"),
        (2, "zur Wiedervorlage"),
        (2, "demnächst fällig"),
        (1, "nächste Wiedervorlage"),
        (0, "in 13\u00a0Wochen entschieden"),
    ]
    entry = next(entry for entry in frame(laid, None).entries if entry.page == "decisions")
    assert (entry.count, entry.counted) == ("7", "7\u00a0Entscheidungen stehen an")
    assert len(pending(laid)) == sum(len(section.lines) for section in page.now) == 7


def test_a_line_says_what_is_asked_what_is_missing_and_when(page: Decisions) -> None:
    found = sections(page)
    line = found["overdue"].lines[1]
    assert (line.text, line.note, line.when.text, line.when.late) == (
        "Fehlt: Passt zum Zielprofil; ein Nein zu Ausschlussgrund",
        "Lohnt sich Aufmerksamkeit?",
        "19.11., seit\u00a04\u00a0Tagen",
        True,
    )
    assert [line.text for line in found["ready"].lines] == ["Bereit für „In Klärung“"] * 2
    last_day = found["upcoming"].lines[0]
    assert (last_day.when.text, last_day.when.late) == ("23.11., heute", False)


def test_only_what_is_to_be_stopped_as_well_bears_a_mark(page: Decisions) -> None:
    marks = [line.mark.name if line.mark else "" for line in sections(page)["overdue"].lines]
    assert marks == ["stop", "", ""]


def test_on_hold_the_line_tells_why_it_was_put_off(lay: Lay) -> None:
    decided = "date: 2026-11-08, to: parked, because: Umzug, reason: timing"
    (line,) = decisions(lay({"a": written("parked", decided, more="revisit: 2026-11-20")})).now[2].lines
    assert (line.text, line.note, line.when.text) == ("Umzug", "Falscher Zeitpunkt", "20.11., seit\u00a03\u00a0Tagen")


def test_ready_without_a_deadline_is_told(lay: Lay) -> None:
    laid = lay({"a": READY}, rules=RULEBOOK.replace(", decide_within: 14d", ""))
    assert laid.assessments[0].verdict is Verdict.DECIDE
    assert decisions(laid).now[0].lines[0].when.text == "ohne Frist"


def test_a_hold_before_a_later_status_can_be_ready(lay: Lay) -> None:
    hold = "parked: {label: Zurückgestellt, meaning: M, kind: hold}"
    rules = RULEBOOK.replace("statuses:\n", f"statuses:\n  {hold}\n", 1).replace(
        "[{clarified: 1}]}\n  stop", "[]}\n  stop"
    )
    rules = "\n".join(line for line in rules.split("\n") if not line.startswith("  parked:     "))
    page = decisions(lay({"a": entered("parked", "2026-11-08", "revisit: 2026-11-20")}, rules=rules))
    assert [len(section.lines) for section in page.now] == [1, 0, 0]
    assert page.now[0].lines[0].when.text == "20.11., seit\u00a03\u00a0Tagen"


def test_where_no_way_leads_forward_an_overdue_line_says_so(lay: Lay) -> None:
    rules = RULEBOOK.replace("  qualify:", "  # qualify:")
    (line,) = decisions(lay({"a": entered("new", "2026-11-01")}, rules=rules)).now[1].lines
    assert line.text == "Von hier führt kein Weg weiter nach vorn"


def test_without_anything_pending_each_group_says_what_that_means(jana_done: Decisions) -> None:
    assert all(section.empty for section in (*jana_done.now, *jana_done.coming))
    assert jana_done.empty == ""


@pytest.fixture
def jana_done(lay: Lay) -> Decisions:
    return decisions(lay({"a": CASES["done"]}))


def test_without_contacts_the_page_says_how_to_begin(lay: Lay) -> None:
    page = decisions(lay({}))
    assert "contacts/NAME.md" in page.empty
    assert page.log.weeks == ()


# --- the log ---

CAPTURED = "date: 2026-09-01, to: new, because: Messe"
HISTORIES = {
    "yes": ("agreed", "date: 2026-11-18, to: agreed, because: Ja."),
    "no": (
        "stopped",
        'date: 2026-11-17, to: stopped, because: "Nein\\n so", reason: no_fit, by: mira, confirmed_by: jo',
    ),
    "hold": ("parked", "date: 2026-11-17, to: parked, because: Pause, chance: 0.4"),
    "forward": ("clarifying", "date: 2026-11-16, to: clarifying, because: Passt"),
}


def logged(lay: Lay, histories: dict[str, tuple[str, str]], **more: str) -> Decisions:
    return decisions(lay({id: written(status, CAPTURED, last) for id, (status, last) in histories.items()}, **more))


def test_a_week_lists_its_decisions_the_latest_first_and_sums_them_up(lay: Lay) -> None:
    weeks = logged(lay, HISTORIES).log.weeks
    assert [(week.title, week.since, week.summary) for week in weeks[:3]] == [
        ("KW\u00a048", "ab 23.11.2026", "keine Entscheidung"),
        (
            "KW\u00a047",
            "ab 16.11.2026",
            "4\u00a0entschieden: 1\u00a0Zusage, 1\u00a0Nein, 1\u00a0weiter, 1\u00a0vertagt",
        ),
        ("KW\u00a046", "ab 09.11.2026", "keine Entscheidung"),
    ]
    assert [(t.day_text, t.mark.sign, t.mark.word, t.status, t.because, t.details) for t in weeks[1].taken] == [
        ("18.11.", "✓", "ja", "Zusage", "Ja", ""),
        ("17.11.", "‖", "vertagt", "Zurückgestellt", "Pause", ""),
        ("17.11.", "✕", "nein", "Beendet", "Nein so", "Grund: Passt nicht, entschieden von mira, bestätigt von jo"),
        ("16.11.", "→", "weiter", "In Klärung", "Passt", ""),
    ]


def test_the_log_goes_back_to_the_first_decision_and_names_who_entered(lay: Lay) -> None:
    weeks = logged(lay, {"a": HISTORIES["yes"]}).log.weeks
    assert len(weeks) == 13
    assert (weeks[-1].title, weeks[-1].summary, weeks[-1].entries) == (
        "KW\u00a036",
        "keine Entscheidung",
        "1\u00a0aufgenommen:",
    )
    assert [who.name for who in weeks[-1].entered] == ["Uwe"]


def test_of_many_that_entered_in_a_week_the_first_are_named(lay: Lay) -> None:
    (week,) = decisions(lay({f"c{i:02}": entered("new", "2026-11-23") for i in range(NAMED + 2)})).log.weeks
    assert (len(week.entered), week.entries) == (NAMED, "14\u00a0aufgenommen:")
    assert week.more_entered == More(text="und 2\u00a0weitere", href="contacts.html#list=new48")


def test_what_is_older_than_13_weeks_is_counted_without_entries(lay: Lay) -> None:
    old = ["date: 2026-01-05, to: new, because: x", "date: 2026-08-30, to: clarifying, because: x"]
    log = decisions(lay({"a": written("ready", *old, "date: 2026-08-31, to: ready, because: x")})).log
    assert log.earlier == "Davor liegt 1\u00a0Entscheidung; die Seite jedes Kontakts zeigt seine eigenen."
    assert (log.total, len(log.weeks), log.weeks[-1].since) == (1, 13, "ab 31.08.2026")


def test_decisions_dated_after_the_day_do_not_exist(lay: Lay) -> None:
    page = logged(lay, {"a": HISTORIES["yes"]}, today="2026-11-17")
    assert page.log.total == 0


@pytest.mark.parametrize(
    ("before", "to", "sign"),
    [
        ("clarifying", "new", "←"),
        ("agreed", "clarifying", "↶"),
        ("stopped", "clarifying", "↶"),
        ("parked", "clarifying", "→"),
        ("stopped", "parked", "‖"),
        ("gone", "clarifying", "→"),
    ],
)
def test_a_decision_goes_somewhere(lay: Lay, before: str, to: str, sign: str) -> None:
    first = f"date: 2026-09-01, to: {before}, because: x"
    page = decisions(lay({"a": written(to, first, f"date: 2026-11-23, to: {to}, because: x")}))
    (taken,) = page.log.weeks[0].taken
    assert taken.mark.sign == sign


def test_the_week_is_numbered_by_iso_8601(lay: Lay) -> None:
    (week,) = decisions(lay({"a": entered("new", "2027-01-02")}, today="2027-01-03")).log.weeks
    assert (week.title, week.since) == ("KW\u00a053", "ab 28.12.2026")


def test_jana_is_due_in_twelve_days(lay: Lay) -> None:
    (line,) = decisions(lay({"a": JANA})).coming[0].lines
    assert line.when.text == "05.12., in\u00a012\u00a0Tagen"

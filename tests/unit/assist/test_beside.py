"""What is shown beside the lines of a file: the verdict above them, and what follows from dates within them."""

from __future__ import annotations

import pytest

from crmtool.assist.editing import Editing
from crmtool.assist.hints import hints
from crmtool.assist.lenses import lenses
from crmtool.text import Span
from tests.building import contact, met, no
from tests.conftest import JANA, RULEBOOK
from tests.unit.assist.opened import contact_open, rules_open

VERDICT = "Clarify · 3 missing for Entscheidungsreif · Mit CFO klären, ob Q1 gilt (until 28 Nov)"


def above(editing: Editing) -> list[tuple[str, str]]:
    """Give each lens with the line that it stands above."""
    found = []
    for lens in lenses(editing):
        start = editing.text.rfind("\n", 0, lens.span.start) + 1
        found.append((editing.text[start:].splitlines()[0], lens.text))
    return found


def behind(editing: Editing, span: Span | None = None) -> list[tuple[str, str]]:
    """Give each hint with what stands before it on its line."""
    found = []
    for hint in hints(editing, span or Span(0, len(editing.text))):
        start = max(editing.text.rfind("\n", 0, hint.offset), editing.text.rfind("\r", 0, hint.offset)) + 1
        found.append((editing.text[start : hint.offset].strip(" -"), hint.text))
    return found


def test_the_verdict_and_its_reason_stand_above_the_name() -> None:
    assert above(contact_open()) == [("name: Jana Köhler", VERDICT)]


@pytest.mark.parametrize(
    ("text", "today", "told"),
    [
        (JANA, "2026-12-05", "Stop · Ohne Entscheider entscheidet niemand (since today)"),
        (
            JANA.replace("next_step: {do", "extra: {do"),
            "2026-11-23",
            "Plan · 3 missing for Entscheidungsreif · "
            "Missing: Entscheider bekannt – “Wer unterschreibt?” (no next step)",
        ),
        (
            JANA.replace("next_step:", "blocked: {by: Urlaub., since: 2026-11-20}\nnext_step:"),
            "2026-11-23",
            "Wait · Waits: Urlaub (no date)",
        ),
        (
            JANA.replace("status: clarifying", "status: stopped").replace(
                "next_step:", "  - {date: 2026-11-20, to: stopped, reason: no_fit, because: Zu klein.}\nnext_step:"
            ),
            "2026-11-23",
            "Done · Passt nicht: Zu klein (20 Nov)",
        ),
        (
            JANA.replace("criteria:", "criteria:\n  buyer: {met: 2026-11-10}\n  deadline: {met: 2026-11-10}"),
            "2026-11-23",
            "Decide · Ready for “Entscheidungsreif” (to decide by 5 Dec)",
        ),
    ],
)
def test_each_verdict_is_told_with_its_one_reason(text: str, today: str, told: str) -> None:
    ((_, shown),) = above(contact_open(text, today=today))
    assert shown.replace("\u00a0", " ") == told


def test_a_long_reason_is_cut() -> None:
    ((_, shown),) = above(contact_open(JANA.replace("Mit CFO klären", "Mit CFO klären " + "und klären " * 50)))
    assert len(shown) < 200
    assert "… (until 28 Nov)" in shown


@pytest.mark.parametrize("break_it", ["owner: [mira", "decisions: x", "- owner"])
def test_the_verdict_stays_while_the_file_cannot_be_read(break_it: str) -> None:
    assert above(contact_open(JANA.replace("owner: mira", break_it))) == [("name: Jana Köhler", VERDICT)]


def test_without_a_name_the_verdict_stands_above_the_first_line() -> None:
    assert above(contact_open(JANA.replace("name: Jana Köhler\n", ""))) == [
        ("organization: Nordlicht Logistik GmbH", VERDICT)
    ]
    assert above(contact_open(JANA.replace("name: Jana Köhler\n", "oops\n")))[0][0] == "oops"
    assert [(lens.span, lens.text) for lens in lenses(contact_open(""))] == [(Span(0, 0), VERDICT)]


def test_without_a_rule_book_there_is_no_verdict() -> None:
    assert above(contact_open(rulebook=None)) == []
    assert behind(contact_open(rulebook=None)) == []


def test_the_rule_book_counts_the_contacts() -> None:
    contacts = (
        contact(("2026-11-01", "new"), id="a", criteria={"fit": met("2026-11-02"), "buyer": no("2026-11-02")}),
        contact(("2026-11-01", "clarifying"), id="b", criteria={"fit": met("2026-11-02"), "buyer": met("2025-11-02")}),
        contact(("2026-11-01", "stopped"), id="c", criteria={"fit": met("2026-11-02")}),
        contact(("2026-11-24", "new"), id="d"),
    )
    rulebook = RULEBOOK.replace(
        "  conflict: {label", "  old: {label: A, question: A?, retired: 2026-01-01}\n  conflict: {label"
    )
    found = {line.split(":")[0].strip(): told for line, told in above(rules_open(rulebook, contacts=contacts))}
    assert found["new"] == "1 contact"
    assert found["clarifying"] == "1 of 12 contacts"
    assert found["parked"] == "0 contacts"
    assert found["fit"] == "met by 2 of 2 open contacts"
    assert found["buyer"] == "met by 0 of 2 open contacts"
    assert "old" not in found
    assert above(rules_open(RULEBOOK.replace("currency: EUR", "currency: ["), contacts=contacts)) == []


def test_hints_tell_what_follows_from_the_dates() -> None:
    assert behind(contact_open()) == [
        ("status: clarifying", "18 days, decide by 2026-12-05"),
        ("criteria:", "3 of 4 missing for Entscheidungsreif"),
        ("{not_met: 2026-11-12", "valid until 2027-02-10"),
        ('next_step: {do: "Mit CFO klären, ob Q1 gilt", clarifies: buyer, due: 2026-11-28', "in 5 days"),
        ('{when: "Kein Termin mit dem CFO", by: 2026-12-15', "in 22 days"),
    ]


@pytest.mark.parametrize(
    ("today", "told"), [("2026-11-27", "in 1 day"), ("2026-11-28", "today"), ("2026-11-29", "1 day late")]
)
def test_a_step_is_told_to_be_near_or_late(today: str, told: str) -> None:
    assert (
        dict(behind(contact_open(today=today)))[
            'next_step: {do: "Mit CFO klären, ob Q1 gilt", clarifies: buyer, due: 2026-11-28'
        ]
        == told
    )


def test_answers_tell_their_last_day_and_when_they_do_not_count() -> None:
    text = JANA.replace("    attested_by: counterparty\n", "").replace("met: 2026-11-09", "met: '2026-11-09'")
    text = text.replace("criteria:", "criteria:\n  buyer: {met: 2026-05-01, evidence: x}")
    told = dict(behind(contact_open(text)))
    assert told["buyer: {met: 2026-05-01"] == "expired, was valid until 2026-10-28"
    assert told["met: '2026-11-09'"] == "not confirmed by the contact"
    assert "{met: 2026-10-28" not in told  # a later answer counts
    assert "fit: {met: 2026-11-03" not in told  # it stays valid


def test_days_that_come_and_have_come_are_told() -> None:
    text = JANA.replace(
        "next_step:", "blocked: {by: x, since: 2026-11-01, until: 2026-11-20}\nrevisit: 2026-11-24\nnext_step:"
    )
    told = dict(behind(contact_open(text)))
    assert told["blocked: {by: x, since: 2026-11-01, until: 2026-11-20"] == "3 days ago"
    assert told["revisit: 2026-11-24"] == "in 1 day"


def test_what_can_be_taken_is_told_at_the_end_of_its_line() -> None:
    text = JANA.replace("criteria:", "criteria: # all\n  buyer: {met: 2026-11-10}\n  deadline: {met: 2026-11-10}")
    assert ("criteria: # all", "ready for Entscheidungsreif") in behind(contact_open(text))
    _, _, rest = JANA.partition("criteria:")
    without = JANA.replace("criteria:" + rest.partition("decisions:")[0], "")
    assert behind(contact_open(without))[:2] == [
        ("status: clarifying", "18 days, decide by 2026-12-05"),
        ("status: clarifying", "4 of 4 missing for Entscheidungsreif"),
    ]


def test_only_hints_in_the_range_that_is_asked_for_are_given() -> None:
    editing = contact_open()
    start = editing.text.index("criteria:")
    assert behind(editing, Span(start, start + 12)) == [("criteria:", "3 of 4 missing for Entscheidungsreif")]


@pytest.mark.parametrize(
    "text",
    [
        JANA.replace("owner: mira", "owner: [mira"),
        JANA.partition("\n---\n")[0],
        "",
        "no front matter",
    ],
)
def test_while_the_file_cannot_be_read_there_are_no_hints(text: str) -> None:
    assert behind(contact_open(text)) == []


def test_while_the_contact_is_not_complete_hints_stand_only_where_they_are_true() -> None:
    """The file can be read, but has no name: what is known is of the contact before."""
    text = JANA.replace("name: Jana Köhler\n", "").replace("due: 2026-11-28", "due: 2026-11-30")
    assert [told for _, told in behind(contact_open(text))] == [
        "18 days, decide by 2026-12-05",
        "3 of 4 missing for Entscheidungsreif",
        "valid until 2027-02-10",
        "in 22 days",
    ]
    assert "18 days" not in str(behind(contact_open(text.replace("status: clarifying", "status: new"))))


def test_line_ends_make_no_difference() -> None:
    for written in (JANA.replace("\n", "\r\n"), JANA.replace("\n", "\r"), "\ufeff" + JANA):
        assert behind(contact_open(written)) == behind(contact_open())
        assert [told for _, told in above(contact_open(written))] == [VERDICT]

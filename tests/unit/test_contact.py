from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from crmtool.contact import Answer, Blocked, Contact, NextStep, StopIf, contact_from, contact_id, is_contact_path
from tests.building import contact, contact_document, contact_of, day, front_matter, met
from tests.conftest import JANA

CONTACT = contact_of(contact_document(JANA, "contacts/nordlicht/jana-koehler.md"))


GOOD = {
    "name": "name: N",
    "status": "status: new",
    "criteria": "criteria: {fit: {met: 2026-01-01}}",
    "decisions": "decisions: [{date: 2026-01-01, to: new, because: x}]",
}


def test_the_documented_contact() -> None:
    assert (CONTACT.id, CONTACT.path) == ("nordlicht/jana-koehler", "contacts/nordlicht/jana-koehler.md")
    assert (CONTACT.name, CONTACT.status, CONTACT.value) == ("Jana Köhler", "clarifying", 42000)
    assert CONTACT.title == "Nordlicht Logistik GmbH · Jana Köhler"
    assert (CONTACT.text("role"), CONTACT.text("value"), CONTACT.text("phone")) == ("Leiterin Disposition", "", "")
    assert CONTACT.next_step == NextStep(do="Mit CFO klären, ob Q1 gilt", clarifies="buyer", due=day("2026-11-28"))
    assert CONTACT.stop_if == (StopIf(when="Kein Termin mit dem CFO", by=day("2026-12-15")),)
    assert (CONTACT.blocked, CONTACT.revisit) == (None, None)


def test_answers_know_where_they_stand() -> None:
    assert list(CONTACT.criteria) == ["fit", "conflict", "pain", "budget"]
    assert CONTACT.criteria["pain"] == (
        Answer(
            criterion="pain",
            place=("criteria", "pain"),
            day=day("2026-11-09"),
            met=True,
            evidence="Mail vom 9.11.: 'Wir verlieren 12 Stunden pro Woche'",
            attested_by="counterparty",
        ),
    )
    assert [(answer.place, answer.day, answer.met) for answer in CONTACT.criteria["budget"]] == [
        (("criteria", "budget", 0), day("2026-10-28"), True),
        (("criteria", "budget", 1), day("2026-11-12"), False),
    ]


def test_decisions_know_where_they_stand() -> None:
    first, second = CONTACT.decisions
    assert (first.index, first.place, first.day, first.to) == (0, ("decisions", 0), day("2026-10-20"), "new")
    assert (second.place, second.because, second.chance) == (
        ("decisions", 1),
        "Passt ins Profil, Ausschluss geprüft",
        0.4,
    )
    assert (second.reason, second.by, second.confirmed_by, second.corrected) == (None, None, None, None)


def test_everything_else_that_can_be_said() -> None:
    corrected = {"date": "2026-01-03", "because": "typo"}
    decision = {"date": "2026-01-01", "to": "new", "because": "x", "reason": "r", "by": "mira", "confirmed_by": "tim"}
    everything = contact(
        {**decision, "chance": 1, "corrected": corrected},
        criteria={"fit": [{"met": "2026-01-01", "by": "mira", "corrected": corrected}]},
        next_step={"do": "x", "clarifies": "fit", "due": "2026-02-01", "owner": "tim"},
        blocked={"by": "holidays", "since": "2026-01-01", "until": "2026-02-01"},
        stop_if=[{"when": "a", "by": "2026-03-01"}, {"when": "b", "by": "2026-02-01"}],
        revisit="2026-04-01",
        extra={"region": "nord"},
    )
    (taken,) = everything.decisions
    assert (taken.reason, taken.by, taken.confirmed_by, taken.chance) == ("r", "mira", "tim", 1)
    assert taken.corrected == day("2026-01-03")
    assert (everything.criteria["fit"][0].by, everything.criteria["fit"][0].corrected) == ("mira", day("2026-01-03"))
    assert everything.next_step is not None
    assert everything.next_step.owner == "tim"
    assert everything.blocked == Blocked(by="holidays", since=day("2026-01-01"), until=day("2026-02-01"))
    assert [stop.by for stop in everything.stop_if] == [day("2026-03-01"), day("2026-02-01")]
    assert everything.revisit == day("2026-04-01")
    assert everything.fields["extra"] == {"region": "nord"}


def test_the_body_is_no_part_of_a_contact() -> None:
    assert contact_of(contact_document(JANA)) == contact_of(
        contact_document(JANA + "\n# Called\n\n- 2026-11-23: again\n")
    )


@pytest.mark.parametrize(
    ("organization", "title"), [("B", "B · N"), ("N", "N"), ('""', "N"), ("5", "N"), ("null", "N"), ("[B]", "N")]
)
def test_the_title(organization: str, title: str) -> None:
    document = front_matter("\n".join([*GOOD.values(), f"organization: {organization}"]))
    assert contact_of(document).title == title


# --- Ids and paths ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "id"),
    [
        ("contacts/nordlicht/jana-koehler.md", "nordlicht/jana-koehler"),
        ("contacts/a.md", "a"),
        ("contacts/a.md.md", "a.md"),
        ("contacts/contacts/a.md", "contacts/a"),
        (unicodedata.normalize("NFD", "contacts/köln/jürgen.md"), "köln/jürgen"),
        ("contacts/Jürgen.md", "Jürgen"),  # case is kept
    ],
)
def test_an_id_is_the_path_below_contacts_in_nfc(path: str, id: str) -> None:
    assert contact_id(path) == id


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("contacts/a.md", True),
        ("contacts/a/b/c.md", True),
        ("contacts/readme.md", True),
        ("contacts/a_b.c.md", True),
        ("contacts/README.md", False),
        ("contacts/a/README.md", False),
        ("contacts/README.md/a.md", True),
        ("contacts/_a.md", False),
        ("contacts/.a.md", False),
        ("contacts/.md", False),
        ("contacts/_archive/a.md", False),
        ("contacts/a/.trash/b.md", False),
        ("contacts/a.MD", False),
        ("contacts/a.txt", False),
        ("contacts/a", False),
        ("notes/a.md", False),
        ("a.md", False),
        ("sub/contacts/a.md", False),
    ],
)
def test_which_paths_are_contacts(path: str, expected: bool) -> None:
    assert is_contact_path(path) is expected


# --- What cannot be judged --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("name", ""),
        ("name", "name: 5"),
        ("name", "name: [x]"),
        ("status", ""),
        ("status", "status: true"),
        ("decisions", ""),
        ("decisions", "decisions: []"),
        ("decisions", "decisions: {date: 2026-01-01, to: new, because: x}"),
        ("decisions", "decisions: [x]"),
        ("decisions", "decisions: [{date: 2026-02-30, to: new, because: x}]"),
        ("decisions", "decisions: [{date: 2026-01-01, because: x}]"),
        ("decisions", "decisions: [{date: 2026-01-01, to: new}]"),
        ("decisions", "decisions: [{date: 2026-01-01, to: 5, because: x}]"),
        ("decisions", "decisions: [{to: new, because: x}]"),
        ("criteria", "criteria: x"),
        ("criteria", "criteria: [fit]"),
        ("criteria", "criteria: null"),
        ("criteria", "criteria: {fit: 2026-01-01}"),
        ("criteria", "criteria: {fit: {met: 2026-02-30}}"),
        ("criteria", "criteria: {fit: {evidence: x}}"),
        ("criteria", "criteria: {fit: {met: 2026-01-01, not_met: 2026-01-01}}"),
        ("criteria", "criteria: {fit: [{met: 2026-01-01}, x]}"),
    ],
)
def test_what_a_verdict_rests_on_must_be_told(key: str, written: str) -> None:
    assert contact_from(front_matter("\n".join(GOOD.values()))) is not None
    assert contact_from(front_matter("\n".join({**GOOD, key: written}.values()))) is None


def test_a_document_that_cannot_be_read_is_no_contact() -> None:
    assert contact_from(front_matter("a: *x")) is None
    assert contact_from(front_matter("{}")) is None


@pytest.mark.parametrize(
    "written",
    [
        "next_step: x", "next_step: {do: x}", "next_step: {do: x, clarifies: fit, due: soon}", "next_step: null",
        "blocked: x", "blocked: {by: x}", "blocked: {by: x, since: soon}",
        "blocked: {by: x, since: 2026-01-01, until: soon}",
        "stop_if: x", "stop_if: []", "stop_if: [{when: x}]", "stop_if: [{when: 5, by: 2026-01-01}]",
        "revisit: soon", "revisit: 5", "value: x", "value: true", "value: null",
    ],
)  # fmt: skip
def test_other_fields_that_are_malformed_are_taken_as_absent(written: str) -> None:
    bare = contact_of(front_matter("\n".join(GOOD.values())))
    found = contact_of(front_matter("\n".join([*GOOD.values(), written])))
    assert (found.next_step, found.blocked, found.stop_if, found.revisit, found.value) == (None, None, (), None, 0)
    assert (found.decisions, found.criteria) == (bare.decisions, bare.criteria)


def test_details_that_are_malformed_are_taken_as_absent() -> None:
    found = contact_of(
        front_matter(
            "name: N\nstatus: new\ncriteria: {fit: {met: 2026-01-01, evidence: 5, by: [x], corrected: x}}\n"
            "decisions: [{date: 2026-01-01, to: new, because: x, chance: high, reason: 5, corrected: {date: x}}]"
        )
    )
    (answer,) = found.criteria["fit"]
    assert (answer.evidence, answer.by, answer.corrected) == (None, None, None)
    (decision,) = found.decisions
    assert (decision.chance, decision.reason, decision.corrected) == (None, None, None)


# --- Decisions as of a day --------------------------------------------------------------------------------------------


def decided(on: str, who: Contact) -> tuple[date, str] | None:
    decision = who.decided_by(day(on))
    return (decision.day, decision.to) if decision else None


def test_as_of_an_earlier_day_later_decisions_do_not_exist() -> None:
    assert decided("2026-10-19", CONTACT) is None
    assert decided("2026-10-20", CONTACT) == (day("2026-10-20"), "new")
    assert decided("2026-11-04", CONTACT) == (day("2026-10-20"), "new")
    assert decided("2026-11-05", CONTACT) == (day("2026-11-05"), "clarifying")
    assert decided("9999-12-31", CONTACT) == (day("2026-11-05"), "clarifying")


def test_of_several_decisions_on_one_day_the_last_counts() -> None:
    two = contact(("2026-01-01", "new"), ("2026-01-01", "later"), ("2026-02-01", "won"))
    assert decided("2026-01-01", two) == (day("2026-01-01"), "later")


def test_decisions_out_of_order_are_taken_by_their_dates() -> None:
    mixed = contact(("2026-03-01", "new"), ("2026-01-01", "later"))
    assert decided("2026-02-01", mixed) == (day("2026-01-01"), "later")
    assert decided("2026-03-01", mixed) == (day("2026-03-01"), "new")


def test_the_order_of_answers_is_kept() -> None:
    found = contact(("2026-01-01", "new"), criteria={"fit": [met("2026-02-01"), met("2026-01-01")]})
    assert [answer.day for answer in found.criteria["fit"]] == [day("2026-02-01"), day("2026-01-01")]

from __future__ import annotations

from dataclasses import replace

import pytest

from crmtool.assist.suggestions import MOST
from tests.conftest import JANA, RULEBOOK
from tests.unit.assist.completed import in_contact, in_jana, in_rules, other

NEXT = 'next_step: {do: "Mit CFO klären, ob Q1 gilt", clarifies: buyer, due: 2026-11-28}\n'
NEW = (
    "---\nname: Ada\nstatus: ¦\ncriteria:\n  fit: {met: 2026-11-03}\n  conflict: {not_met: 2026-11-03}\n"
    "decisions:\n  - {date: 2026-10-20, to: new, because: Recommended}\n---\n"
)


def test_statuses_that_can_be_reached_come_first_then_those_that_lack_something() -> None:
    found = in_jana("status: clarifying", "status: ¦")
    assert found.labels == ["stopped", "parked", "ready", "new", "clarifying", "agreed"]
    assert found.of("stopped").detail == "Beendet · stop"
    assert found.of("ready").detail == (
        "Entscheidungsreif · mature lacks: buyer, one of: budget, deadline, score 9 or more, now 5"
    )
    assert found.of("ready").documentation == "\n\n".join(
        (
            "Alle wissen, worüber zu entscheiden ist",
            "Zusage oder Absage?",
            "- Wer unterschreibt?\n- Ist das Budget bestätigt?\n- Bis wann entscheidet der Kontakt?",
        )
    )
    assert found.of("clarifying").detail == "In Klärung · decided last"
    assert found.of("agreed").detail == "Zusage"
    assert found.read("parked")["status"] == "parked"


def test_a_status_forward_comes_first_once_it_can_be_reached() -> None:
    assert in_contact(NEW).labels[:2] == ["clarifying", "stopped"]
    assert in_contact(NEW.replace("{met: 2026-11-03}", "{not_met: 2026-11-03}")).labels[:2] == ["stopped", "clarifying"]


def test_the_status_that_was_decided_last_comes_first_where_the_file_lags_behind() -> None:
    assert in_jana("status: clarifying", "status: new¦").labels[0] == "clarifying"


def test_a_contact_enters_by_a_status_to_which_one_enters() -> None:
    found = in_contact("---\nname: Ada\nstatus: new\ndecisions:\n  - {date: 2026-11-23, to: ¦\n---\n")
    assert found.labels[0] == "new"
    assert found.of("new").detail == "Ungeklärt · capture"
    assert found.of("ready").detail == "Entscheidungsreif"


def test_a_decision_leads_on_from_the_one_before_it_on_its_own_day() -> None:
    earlier = in_jana("to: clarifying, because", "to: ¦, because")
    assert earlier.labels[:2] == ["clarifying", "stopped"]
    too_early = in_jana("{date: 2026-11-05, to: clarifying, because", "{date: 2026-11-01, to: ¦, because")
    assert too_early.of("clarifying").detail == "In Klärung · qualify lacks: fit, a no to conflict"


def test_older_decisions_are_not_held_to_a_newer_rule() -> None:
    text = (
        "---\nname: Ada\nstatus: agreed\ndecisions:\n  - {date: 2025-10-20, to: ready, because: x}\n  - {%sto: ¦\n---\n"
    )
    assert in_contact(text % "date: 2025-11-01, ").of("agreed").detail == "Zusage · agree"
    assert in_contact(text % "").of("agreed").detail == "Zusage · agree lacks: budget, deadline"


def test_reasons_are_those_of_the_status_that_is_decided_for() -> None:
    found = in_jana(NEXT, f"  - {{date: 2026-11-23, to: parked, reason: ¦\n{NEXT}")
    assert [(each.label, each.detail) for each in found.found] == [
        ("timing", "Falscher Zeitpunkt"),
        ("waiting", "Wartet auf ein bekanntes Ereignis"),
    ]
    assert in_jana(NEXT, f"  - {{date: 2026-11-23, to: ready, reason: ¦\n{NEXT}").labels == []
    behind = in_jana(NEXT, f"  - {{date: 2026-11-23, reason: ¦, to: stopped}}\n{NEXT}")
    assert behind.read("competitor")["decisions"][2]["reason"] == "competitor"


def test_what_a_step_clarifies_is_what_is_missing_first() -> None:
    found = in_jana("clarifies: buyer", "clarifies: ¦")
    assert found.labels == ["buyer", "budget", "deadline", "fit", "pain", "conflict"]
    assert found.of("budget").detail == "Budget bestätigt · no on 2026-11-12 · missing"
    assert found.of("buyer").documentation == "Wer unterschreibt?"
    assert found.read("deadline")["next_step"]["clarifies"] == "deadline"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("", "open"),
        ("{met: 2026-10-01}", "expired since 2026-11-16"),
        ("{met: 2026-11-20}", "yes on 2026-11-20"),
        ("{not_met: 2026-11-20}", "no on 2026-11-20"),
        ("{met: 2026-11-24}", "open"),
        ("{met: soon}", "open"),
    ],
)
def test_how_a_criterion_stands(answer: str, state: str) -> None:
    text = JANA.replace("clarifies: buyer", "clarifies: ¦").replace("  pain:", f"  deadline: {answer}\n  pain:")
    assert state in in_contact(text).of("deadline").detail.split(" · ")


def test_an_answer_of_our_own_is_told_where_the_counterparty_has_to_say_it() -> None:
    text = JANA.replace("clarifies: buyer", "clarifies: ¦").replace("attested_by: counterparty", "attested_by: us")
    assert "yes on 2026-11-09, not confirmed by the contact" in in_contact(text).of("pain").detail


def test_retired_criteria_are_not_offered() -> None:
    rules = RULEBOOK.replace('question: "Ist das Budget bestätigt?",', 'question: "x", retired: 2026-01-01,')
    assert rules != RULEBOOK
    assert "budget" not in in_jana("clarifies: buyer", "clarifies: ¦", rulebook=rules).labels


def test_days_are_today_or_ahead() -> None:
    past = in_jana("met: 2026-11-09", "met: ¦")
    assert [(each.label, each.detail, each.preselect) for each in past.found] == [("2026-11-23", "today, Monday", True)]
    ahead = in_jana("due: 2026-11-28", "due: 2026-¦")
    assert ahead.labels == ["2026-11-30", "2026-12-07", "2026-12-23", "2026-11-23"]
    assert [each.preselect for each in ahead.found] == [True, False, False, False]
    assert ahead.of("2026-12-23").detail == "in a month, Wednesday"
    assert ahead.read("2026-12-07")["next_step"]["due"] == "2026-12-07"
    assert in_jana("by: 2026-12-15", "by: ¦").labels == ahead.labels
    assert in_jana(NEXT, "revisit: ¦\n").labels == ahead.labels


OTHERS = (
    other(
        "contacts/a/a.md", "owner: mira", "owner: jonas\ntags: [nord, bau]", "Nordlicht Logistik GmbH", '"Acme: Söhne"'
    ),
    other("contacts/b/b.md", "owner: mira", "owner: jonas\ntags: [bau]", "chance: 0.4", "by: Lena Öz"),
)


def test_names_are_those_that_others_have_the_most_frequent_first() -> None:
    assert in_jana("owner: mira", "owner: ¦", others=OTHERS).labels == ["jonas", "Lena Öz"]
    assert in_jana("chance: 0.4", "by: ¦", others=OTHERS).labels == ["jonas", "Lena Öz", "mira"]
    assert in_jana("chance: 0.4", "by: Jonas, confirmed_by: ¦", others=OTHERS).labels == ["Lena Öz", "mira"]
    assert in_jana("owner: mira", "tags: [nord, ¦", others=OTHERS).labels == ["bau"]
    assert in_jana("owner: mira", "tags: ¦", others=OTHERS).read("bau")["tags"] == ["bau"]
    assert in_jana(NEXT, "blocked: {by: ¦}\n", others=OTHERS).labels == []


def test_of_very_many_names_those_are_offered_that_match() -> None:
    contact = OTHERS[0]
    many = tuple(
        replace(contact, path=f"contacts/many/c{i}.md", fields={**contact.fields, "organization": f"Firma Ö{i}"})
        for i in range(MOST + 5)
    )
    assert len(in_jana("organization: Nordlicht", "organization: ¦Nordlicht", others=many).found) == MOST
    assert in_jana("organization: Nordlicht", "organization: ö1003¦", others=many).labels == ["Firma Ö1003"]


def test_a_transition_may_say_who_decides() -> None:
    rules = RULEBOOK.replace("requires: [{clarified: 1}], four_eyes", "by: [chef, Vize], four_eyes")
    stopped = "  - {date: 2026-11-10, to: stopped, reason: no_fit, because: x}\n"
    text = stopped + "  - {date: 2026-11-23, to: clarifying, %s: ¦}\n"
    assert in_jana(NEXT, text % "by" + NEXT, rulebook=rules, others=OTHERS).labels == ["chef", "Vize"]
    confirmed = in_jana(NEXT, text % "by: chef, confirmed_by" + NEXT, rulebook=rules, others=OTHERS)
    assert confirmed.labels == ["jonas", "Lena Öz", "mira"]


def test_values_are_quoted_as_they_need_to_be() -> None:
    name = "Acme: Söhne"
    for written in ("¦", "Ac¦", '"¦"', '"Ac¦', "'Ac¦'", "'¦", "Nordlicht Lo¦gistik"):
        found = in_jana("organization: Nordlicht Logistik GmbH", f"organization: {written}", others=OTHERS)
        assert found.read(name)["organization"] == name, written
    german = other("contacts/c.md", "owner: mira", 'owner: "D\'Arc \\"x\\""')
    assert in_jana("owner: mira", "owner: ¦", others=(german,)).read('D\'Arc "x"')["owner"] == 'D\'Arc "x"'
    assert in_jana("owner: mira", "owner: '¦'", others=(german,)).read('D\'Arc "x"')["owner"] == 'D\'Arc "x"'


def test_who_attested_and_what_the_schema_names() -> None:
    assert in_jana("attested_by: counterparty", "attested_by: ¦").labels == ["us", "counterparty"]
    assert in_rules("kind: hold", "kind: ¦").labels == ["active", "hold", "won", "ended"]
    assert in_rules("language: de", "language: ¦").labels == ["de", "en"]
    assert in_rules("four_eyes: true", "four_eyes: ¦").read("false")["transitions"]["reopen"]["four_eyes"] is False
    assert in_rules("version: 1", "version: ¦").read("1")["version"] == 1
    assert in_rules("valid_for: 180d", "evidence: ¦").labels == ["required", "optional"]
    assert "30d" in in_rules("valid_for: 180d", "valid_for: ¦").labels


def test_statuses_in_the_rule_book() -> None:
    statuses = ["new", "clarifying", "ready", "parked", "agreed", "stopped"]
    assert in_rules("{from: ready, to: agreed", "{from: ready, to: ¦").labels == statuses
    assert in_rules("{from: ready, to: agreed", "{from: ¦, to: agreed").labels == [*statuses, "*"]
    assert in_rules("from: [clarifying, ready]", "from: [clarifying, ¦]").labels == [
        *(each for each in statuses if each != "clarifying"),
        "*",
    ]
    assert in_rules("in: ready", "in: ¦").read("*")["stop_rules"]["no_deadline"]["in"] == "*"
    assert in_rules("in: ready", 'in: "¦"').read("*")["stop_rules"]["no_deadline"]["in"] == "*"


def test_the_rule_book_offers_what_it_defines_as_it_stands() -> None:
    found = in_rules(
        "transitions:\n",
        "  winback: {label: Zurück, meaning: x, kind: hold}\ntransitions:\n  again: {from: stopped, to: ¦\n",
    )
    assert "winback" not in found.labels  # it stands below `reasons` here
    defined = in_rules("statuses:\n", "statuses:\n  back: {label: Zurück}\n  x: {requires: [¦").labels
    assert "fit" in defined
    late = in_rules("{from: ready, to: agreed", "{from: ready, to: ¦")
    assert late.of("ready").documentation == "Alle wissen, worüber zu entscheiden ist"


def test_what_a_stop_rule_proposes_and_why() -> None:
    proposed = in_rules("propose: stop, reason", "propose: ¦, reason")
    assert proposed.labels[0] == "stop"
    assert "capture" not in proposed.labels
    assert in_rules("reason: no_decision", "reason: ¦").labels == [
        *("no_fit", "no_need", "no_decision", "competitor", "our_no"),
    ]
    parked = in_rules("propose: stop, reason: no_decision", "propose: park, reason: ¦")
    assert parked.labels == ["timing", "waiting"]


def test_conditions_are_criteria_and_forms() -> None:
    found = in_rules("[fit, {not_met: conflict}]", "[fit, ¦]")
    assert found.labels[:3] == ["pain", "buyer", "budget"]
    assert found.of("pain").documentation == "Hat der Kontakt das Problem selbst benannt?"
    assert found.read("{any: […]}")["transitions"]["qualify"]["requires"] == ["fit", {"any": []}]
    assert in_rules("good: [fit, pain]", "good: [fit, p¦]").read("pain")["prequalification"]["good"] == ["fit", "pain"]
    assert "{not: …}" in in_rules("when: [{not: buyer}]", "when: ¦").labels
    in_lines = in_rules("requires: [fit, {not: conflict}]}", "}\n  x:\n    requires:\n      - fit\n      - ¦")
    assert "{score: …}" in in_lines.labels


@pytest.mark.parametrize("written", ["{not_met: ¦}", "{open: ¦}", "{lost: [¦]}", "{score: 9, of: [¦]}"])
def test_where_only_criteria_can_stand_no_forms_are_offered(written: str) -> None:
    found = in_rules("{not_met: conflict}", written)
    assert found.labels == ["fit", "pain", "buyer", "budget", "deadline", "conflict"]


def test_other_parts_of_conditions() -> None:
    contact = other("contacts/a/a.md")
    assert in_rules("{has: revisit}", "{has: ¦}", contacts=(contact,)).labels[:2] == ["revisit", "criteria"]
    assert in_rules("{has: revisit}", "{passed: ¦}").labels == ["revisit", "next_step.due"]
    assert in_rules("{has: revisit}", "{older_than: ¦}").labels[0] == "14d"
    assert in_rules("{has: revisit}", "{score: ¦}").labels == []
    assert in_rules("{has: revisit}", "{at_least: 2, of: [¦]}").labels[-1] == "{older_than: 30d}"

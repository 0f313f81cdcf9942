"""What is told on pointing at a word of a file."""

from __future__ import annotations

import pytest

from crmtool.assist.editing import Editing
from crmtool.assist.hover import hover
from crmtool.assist.told import as_plain
from tests.building import contact, met, no
from tests.conftest import JANA, RULEBOOK
from tests.unit.assist.opened import contact_open, jana, rules_open


def told(editing: Editing, at: str, word: str | None = None) -> str:
    """Point at a word, or at a word within what stands around it, and give what is told; empty for nothing."""
    start = editing.text.index(at) + at.index(word or at)
    found = hover(editing, start + 1)
    if found is None:
        return ""
    assert editing.text[found.span.start : found.span.end].strip("\"'") == (word or at)
    return as_plain(found.told)


def lines(editing: Editing, at: str, word: str | None = None) -> list[str]:
    return told(editing, at, word).splitlines()


def test_a_status_tells_what_it_means_and_since_when_the_contact_is_there() -> None:
    assert told(contact_open(), "status: clarifying", "clarifying") == (
        "In Klärung · status clarifying, active\n\n"
        "Passt; offen ist, ob es etwas zu entscheiden gibt\n\n"
        "Asks: Gibt es etwas zu entscheiden?\n"
        "Here: since 2026-11-05, 18 days, decide by 2026-12-05\n"
        "Bounds: deadline: 30 days, at most 12 contacts\n"
        "Must go on holding: Passt zum Zielprofil\n"
        "  not: Ausschlussgrund"
    )


def test_a_decision_that_is_overdue_is_told_so() -> None:
    shown = told(contact_open(today="2026-12-06"), "status: clarifying", "clarifying")
    assert "Here: since 2026-11-05, 31 days, overdue since 2026-12-05" in shown


def test_the_status_of_a_decision_tells_what_the_rule_book_says_and_not_where_the_contact_is() -> None:
    shown = told(contact_open(), "to: new", "new")
    assert shown.startswith("Ungeklärt · status new, active")
    assert "Here" not in shown


@pytest.mark.parametrize(
    ("written", "here"),
    [
        ("buyer: {met: 2026-11-10, evidence: 'CFO'}", "yes, answered on 2026-11-10, valid until 2027-05-09"),
        ("buyer: {met: 2026-01-10}", "expired, answered on 2026-01-10, was valid until 2026-07-09"),
        ("buyer: [{met: 2026-11-01}, {not_met: 2026-11-10}]", "no, answered on 2026-11-10, valid until 2027-05-09"),
    ],
)
def test_a_criterion_tells_how_it_stands_in_the_contact(written: str, here: str) -> None:
    editing = contact_open(JANA.replace("criteria:", f"criteria:\n  {written}"))
    assert f"Here: {here}" in lines(editing, "  buyer:", "buyer")


def test_a_criterion_tells_for_which_status_it_is_missing_and_what_its_answer_needs() -> None:
    assert lines(contact_open(), "clarifies: buyer", "buyer") == [
        "Entscheider bekannt · criterion buyer",
        "",
        "Wer unterschreibt?",
        "",
        "Here: open",
        "Missing for: Entscheidungsreif",
        "Counts: weight 3, valid for 180 days",
        "Decides in: status Entscheidungsreif, mature, recycle, stop rule no_buyer",
    ]
    assert "On the answer: The contact must have said so" in lines(contact_open(), "pain")
    assert "On the answer: A yes means stop" in lines(contact_open(), "conflict")
    assert not any(line.startswith("Missing") for line in lines(contact_open(), "  fit:", "fit"))


def test_an_answer_that_the_contact_has_not_given_itself_does_not_count() -> None:
    editing = contact_open(JANA.replace("    attested_by: counterparty\n", ""))
    assert "Here: not confirmed by the contact, answered on 2026-11-09" in lines(editing, "pain")
    assert "Missing for: Entscheidungsreif" in lines(editing, "pain")


def test_a_retired_criterion_is_told_to_be_so() -> None:
    rulebook = RULEBOOK.replace(
        "conflict: {label", "old: {label: Alt, question: Alt?, retired: 2026-01-01}\n  conflict: {label"
    )
    editing = contact_open(JANA.replace("criteria:", "criteria:\n  old: {met: 2025-12-01}"), rulebook=rulebook)
    assert "On the answer: retired since 1 Jan 2026" in lines(editing, "  old:", "old")


def test_any_part_of_an_answer_tells_of_its_criterion() -> None:
    assert told(contact_open(), "2026-11-12").startswith("Budget bestätigt · criterion budget")
    assert told(contact_open(), "40 T€ im Plan 2026").startswith("Budget bestätigt · criterion budget")


def test_a_decision_tells_its_transition_its_rule_and_what_was_known_then() -> None:
    shown = (
        "2026-11-05: Ungeklärt → In Klärung · transition qualify\n\n"
        "Required: Passt zum Zielprofil: held\n"
        "  a no to Ausschlussgrund: held\n"
        "Known then: Passt zum Zielprofil: yes on 2026-11-03 – 85 Mitarbeitende, B2B, Bremen\n"
        "  Ausschlussgrund: no on 2026-11-03 – Kein Wettbewerber unter den Kunden"
    )
    assert told(contact_open(), "2026-11-05") == shown
    assert told(contact_open(), "Passt ins Profil, Ausschluss geprüft") == shown
    assert told(contact_open(), "2026-10-20") == "2026-10-20: Ungeklärt · transition capture\n\nRequired: nothing"
    assert "How likely we then thought 'won' was." in lines(contact_open(), "chance")


def test_a_decision_is_told_as_of_its_day() -> None:
    """What was answered later had not held when it was taken."""
    shown = lines(contact_open(JANA.replace("fit: {met: 2026-11-03", "fit: {met: 2026-11-20")), "2026-11-05")
    assert "Required: Passt zum Zielprofil: did not hold" in shown
    assert not any("Passt zum Zielprofil: yes" in line for line in shown)


def test_what_a_decision_required_is_told_as_it_was_then() -> None:
    rulebook = RULEBOOK.replace("requires: [fit, {not_met: conflict}]", "requires: [{score: 9}]")
    assert "Required: score 9 or more, then 4: did not hold" in lines(contact_open(rulebook=rulebook), "2026-11-05")


def test_a_decision_from_before_its_rule_counted_is_told_so() -> None:
    rulebook = RULEBOOK.replace("requires: [fit, {not_met: conflict}]", "requires: [fit, pain], since: 2026-11-06")
    shown = lines(contact_open(rulebook=rulebook), "2026-11-05")
    assert "Required: nothing: what the rule requires counts from 2026-11-06 on" in shown


def test_a_decision_that_no_transition_leads_to_is_told_so() -> None:
    shown = told(contact_open(JANA.replace("to: clarifying, because", "to: agreed, because")), "2026-11-05")
    assert shown.startswith("2026-11-05: Ungeklärt → Zusage · no transition of the rule book leads there")


def test_of_a_decision_that_is_being_written_nothing_is_told_that_it_does_not_say() -> None:
    text = JANA.replace("next_step:", "  - {date: 2026-11-23, to: ready}\nnext_step:")
    assert told(contact_open(text), "2026-11-23") == ""
    assert told(contact_open(text), "2026-11-05").startswith("2026-11-05: Ungeklärt → In Klärung")


def test_a_reason_is_told_with_its_status() -> None:
    text = JANA.replace("status: clarifying", "status: stopped").replace(
        "next_step:", "  - {date: 2026-11-20, to: stopped, reason: no_fit, because: Zu klein}\nnext_step:"
    )
    assert told(contact_open(text), "no_fit") == "Passt nicht · reason no_fit for Beendet"
    assert "Reason: Passt nicht" in lines(contact_open(text), "Zu klein")
    assert told(rules_open(), "{no_fit", "no_fit") == "Passt nicht · reason no_fit for Beendet"


@pytest.mark.parametrize("at", ["Jana Köhler", "name"])
def test_the_name_tells_the_verdict_and_the_four_answers(at: str) -> None:
    shown = lines(contact_open(), at)
    assert shown[0] == "Clarify · Nordlicht Logistik GmbH · Jana Köhler: In Klärung for 18 days"
    leads = [line.partition(":")[0] for line in shown[2:] if not line.startswith(" ")]
    assert leads == ["Why here", "What is missing", "Next step", "When to stop", "Figures"]
    assert "  Entscheider bekannt [open]: Wer unterschreibt?" in shown
    assert shown[-1] == "Figures: clarity 62%, distance 3, prequalified, to be decided by 2026-12-05"


def test_a_link_to_another_contact_tells_how_it_stands() -> None:
    other = jana(JANA.replace("Jana Köhler", "Ömer Aydın"), "contacts/nordlicht/oemer-aydin.md")
    assert other is not None
    text = JANA + "\nSiehe [Ömer](oemer-aydin.md) und [niemand](nobody.md).\n"
    assert told(contact_open(text, others=(other,)), "oemer-aydin.md") == (
        "Nordlicht Logistik GmbH · Ömer Aydın · contact nordlicht/oemer-aydin\n\n"
        "In Klärung for 18 days\n\n"
        "Clarify · 3 missing for Entscheidungsreif · Mit CFO klären, ob Q1 gilt (until 28 Nov)"
    )
    assert told(contact_open(text, others=(other,)), "nobody.md") == ""


def test_other_keys_are_told_as_the_schema_has_them() -> None:
    assert told(contact_open(), "owner") == "owner\n\nWho of us decides."
    assert told(rules_open(), "decide_within") == "decide_within\n\nA duration such as 14d, 6w, 3m or 1y."
    assert told(contact_open(), "mira") == ""


def test_without_a_rule_book_keys_are_still_told() -> None:
    editing = contact_open(rulebook=None)
    assert told(editing, "owner") == "owner\n\nWho of us decides."
    assert told(editing, "Jana Köhler") == ""
    assert told(editing, "2026-11-05") == ""


def test_the_rule_book_tells_how_many_contacts_are_there_and_how_they_stand() -> None:
    contacts = (
        contact(("2026-11-01", "new"), id="a", criteria={"fit": met("2026-11-02")}),
        contact(("2026-11-01", "new"), id="b", criteria={"fit": no("2026-11-02")}),
        contact(("2026-11-01", "new"), id="c"),
        contact(("2026-11-01", "stopped"), id="d", criteria={"fit": met("2026-11-02")}),
        contact(("2026-11-01", "gone"), id="e", criteria={"fit": met("2026-11-02")}),
    )
    editing = rules_open(contacts=contacts)
    assert "Contacts: 3" in lines(editing, "  new:", "new")
    assert "Contacts: 1 open, 1 yes, 1 no (of 3 active or on hold)" in lines(editing, "  fit:", "fit")
    assert "Contacts: none is active or on hold" in lines(rules_open(), "  fit:", "fit")
    assert "Contacts: 0 there now" in lines(editing, "no_buyer")
    rulebook = RULEBOOK.replace("no_buyer:    {in: clarifying", 'no_buyer:    {in: "*"')
    assert "Contacts: 3 there now" in lines(rules_open(rulebook, contacts=contacts), "no_buyer")


def test_a_transition_and_a_stop_rule_are_told_in_words() -> None:
    rulebook = RULEBOOK.replace("mature:  {from", "mature:  {by: [mira, jonas], from")
    assert told(rules_open(rulebook), "mature") == (
        "In Klärung → Entscheidungsreif · transition mature\n\n"
        "Requires: Problem benannt\n"
        "  Entscheider bekannt\n"
        "  one of: Budget bestätigt, Termin genannt\n"
        "  score 9 or more\n"
        "Taken: only by mira, jonas"
    )
    assert told(rules_open(), "no_deadline") == (
        "Ohne Termin kein Entschluss · stop rule no_deadline\n\n"
        "In: Entscheidungsreif\n"
        "When: not: Termin genannt\n"
        "From: 21 days after entering it\n"
        "Proposes: Beendet, Kontakt entscheidet nicht\n"
        "Contacts: 0 there now"
    )


@pytest.mark.parametrize("form", ["not", "not_met", "any", "score", "lost", "has", "clarified"])
def test_forms_of_conditions_are_explained(form: str) -> None:
    shown = lines(rules_open(), f"{{{form}:", form)
    assert shown[0] == f"{form} · condition"
    assert shown[2].startswith("Holds when ")


def test_a_criterion_that_is_called_like_a_form_is_a_criterion() -> None:
    rulebook = RULEBOOK.replace("  budget:   {", "  open:   {").replace("budget", "open")
    assert told(rules_open(rulebook), "  open:", "open").startswith("Budget bestätigt · criterion open")


def test_kinds_and_the_star_are_explained() -> None:
    assert told(rules_open(), "kind: hold", "hold").startswith("hold · kind of status")
    assert told(rules_open(), "*") == "* · every status that is active or on hold"


def test_nothing_is_told_of_comments_and_notes() -> None:
    assert told(rules_open(), "# of the report site", "report") == ""
    assert told(contact_open(), "Free Markdown", "Markdown") == ""


def test_an_id_that_the_rule_book_lacks_is_told_as_the_schema_has_its_place() -> None:
    shown = told(contact_open(JANA.replace("  fit:", "  fitt:")), "fitt")
    assert shown.startswith("fitt\n\nAn answer {met: DATE} or {not_met: DATE}")
    assert told(contact_open(JANA.replace("status: clarifying", "status: clear")), "clear") == ""


@pytest.mark.parametrize("break_it", ["owner: [mira", "owner: 'mira", "owner: mira: x", "ow"])
def test_while_the_file_cannot_be_read_names_and_ids_are_told_as_of_when_it_could(break_it: str) -> None:
    editing = contact_open(JANA.replace("owner: mira", break_it))
    assert editing.document.values is None
    assert told(editing, "  pain:", "pain").startswith("Problem benannt · criterion pain")
    assert "Here: open" in lines(editing, "clarifies: buyer", "buyer")
    assert "Here: since 2026-11-05, 18 days, decide by 2026-12-05" in lines(editing, "status: clarifying", "clarifying")
    assert told(editing, "to: new", "new").startswith("Ungeklärt · status new")
    assert told(editing, "name: Jana Köhler", "Jana").startswith("Clarify · ")
    assert told(editing, "Leiterin") == ""
    assert told(editing, "Free Markdown", "Free") == ""


def test_a_rule_book_that_cannot_be_read_tells_its_definitions_as_of_when_it_could() -> None:
    editing = rules_open(RULEBOOK.replace("currency: EUR", "currency: [EUR"))
    assert editing.document.values is None
    assert told(editing, "  pain:", "pain").startswith("Problem benannt · criterion pain")
    assert told(editing, "  ready:", "ready").startswith("Entscheidungsreif · status ready")


def test_line_ends_and_byte_order_marks_make_no_difference() -> None:
    editing = contact_open("\ufeff" + JANA.replace("\n", "\r\n"))
    assert told(editing, "clarifies: buyer", "buyer").startswith("Entscheider bekannt")
    broken = contact_open("\ufeff" + JANA.replace("owner: mira", "owner: [mira").replace("\n", "\r\n"))
    assert told(broken, "clarifies: buyer", "buyer").startswith("Entscheider bekannt")

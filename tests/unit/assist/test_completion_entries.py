from __future__ import annotations

import pytest

from crmtool.assist.suggestions import literal, resolved, stop
from tests.conftest import JANA, RULEBOOK
from tests.unit.assist.completed import in_contact, in_jana, in_rules

NEXT = 'next_step: {do: "Mit CFO klären, ob Q1 gilt", clarifies: buyer, due: 2026-11-28}\n'
READY = JANA.replace(
    "decisions:\n",
    '  buyer: {met: 2026-11-20, evidence: "CFO"}\n  deadline: {met: 2026-11-20, evidence: "10.12."}\ndecisions:\n',
).replace(NEXT, "")


def filled(text: str) -> str:
    return text.replace("…", "Weil es so ist: ja, wirklich")


def test_criteria_without_an_answer_come_with_the_answer_that_is_good_to_have() -> None:
    found = in_jana("decisions:\n", "  ¦\ndecisions:\n")
    assert found.labels == ["buyer", "deadline", "buyer: no", "deadline: no"]
    assert found.of("buyer").detail == "Entscheider bekannt · open · missing"
    assert found.of("buyer").documentation == "Wer unterschreibt?"
    assert found.read("buyer")["criteria"]["buyer"] == {"met": "2026-11-23", "evidence": "…"}
    assert found.read("deadline: no")["criteria"]["deadline"] == {"not_met": "2026-11-23", "evidence": "…"}


def test_an_answer_passes_once_its_evidence_is_written_and_is_found_until_then() -> None:
    found = in_jana("decisions:\n", "  d¦\ndecisions:\n")
    assert "unfilled-text" in found.findings("deadline")
    assert found.findings("deadline", filled) == []


def test_a_knockout_is_good_to_be_answered_with_no_and_the_counterparty_attests_where_it_must() -> None:
    text = "---\nname: Ada\nstatus: new\ncriteria:\n  ¦\ndecisions:\n  - {date: 2026-10-20, to: new, because: x}\n---\n"
    found = in_contact(text)
    assert found.labels[:2] == ["conflict", "fit"]
    assert found.read("conflict")["criteria"]["conflict"] == {"not_met": "2026-11-23", "evidence": "…"}
    assert found.read("conflict: yes")["criteria"]["conflict"] == {"met": "2026-11-23", "evidence": "…"}
    assert found.read("pain")["criteria"]["pain"]["attested_by"] == "counterparty"
    assert "attested_by" not in found.read("pain: no")["criteria"]["pain"]


def test_an_answer_is_written_as_the_others_are() -> None:
    in_lines = JANA.replace(
        '  fit: {met: 2026-11-03, evidence: "85 Mitarbeitende, B2B, Bremen"}\n',
        "  fit:\n      met: 2026-11-03\n      evidence: '85'\n",
    )
    text = in_lines[: in_lines.index("  conflict")] + "  bu¦\n" + in_lines[in_lines.index("decisions:") :]
    taken = in_contact(text.replace("\n", "\r\n")).taken("buyer")
    assert taken.count("  buyer:\r\n    met: 2026-11-23\r\n    evidence: '…'\r\ndecisions:")
    flow = in_contact("---\nname: Ada\ncriteria: {fit: { met: 2026-11-03 }, ¦}\n---\n")
    assert flow.taken("buyer").count('{fit: { met: 2026-11-03 }, buyer: { met: 2026-11-23, evidence: "…" }}')


def test_a_further_answer_in_a_list() -> None:
    last = '    - {not_met: 2026-11-12, evidence: "CFO: Budget auf 2027 verschoben"}\n'
    for begun in ("    ¦\n", "    - ¦\n", "    - b¦\n"):
        found = in_jana(last, last + begun)
        assert found.labels[:2] == ["budget: yes", "budget: no"]
        answers = found.read("budget: yes")["criteria"]["budget"]
        assert answers[2] == {"met": "2026-11-23", "evidence": "…"}
        assert found.findings("budget: yes", filled) == []
    assert in_jana("  budget:\n", "  buyer: ¦\n  budget:\n").read("buyer: yes")["criteria"]["buyer"] == {
        "met": "2026-11-23",
        "evidence": "…",
    }


@pytest.mark.parametrize("begun", ["  - ¦\n", "  ¦\n", "  - dec¦\n"])
def test_a_decision_takes_the_status_with_it_and_passes(begun: str) -> None:
    found = in_contact(READY.replace("stop_if:\n", f"{begun}stop_if:\n"))
    assert found.labels[:3] == ["decide: ready", "decide: stopped", "decide: parked"]
    values = found.read("decide: ready")
    assert values["decisions"][2] == {"date": "2026-11-23", "to": "ready", "because": "…"}
    assert values["status"] == "ready"
    assert found.findings("decide: ready", filled) == []
    assert found.findings("decide: stopped", filled) == []
    assert found.read("decide: stopped")["decisions"][2]["reason"] == "no_fit"


def test_a_decision_that_lacks_something_says_what_and_is_found_to_lack_it() -> None:
    found = in_jana(NEXT, f"  - ¦\n{NEXT}")
    assert found.of("decide: ready").detail.endswith(
        "mature lacks: buyer, one of: budget, deadline, score 9 or more, now 5"
    )
    assert "criteria-missing" in found.findings("decide: ready", filled)


def test_the_status_is_found_at_the_end_of_the_file_and_left_alone_within_braces() -> None:
    entry = '{date: 2026-10-20, to: new, because: "x"}'
    found = in_contact(f"---\nname: Ada\ndecisions:\n  - {entry}\n  - ¦\nstatus: new")
    assert found.taken("decide: stopped").endswith("\nstatus: stopped")
    text = f"---\n{{name: Ada,\nstatus: new,\ndecisions: [{entry}, ¦]}}\n---\n"
    assert in_contact(text).read("decide: stopped")["status"] == "new"


def test_a_next_step_asks_nothing_that_is_no_longer_asked() -> None:
    rules = RULEBOOK.replace("criteria:\n", "criteria:\n  old: {label: Alt, question: Alt?, retired: 2026-01-01}\n")
    rules = rules.replace("requires: [{clarified: 1}]}", "requires: [{older_than: 1d}]}")
    log = "decisions:\n  - {date: 2026-10-20, to: parked, because: x}\n"
    found = in_contact(f"---\nname: Ada\nstatus: parked\n{log}next¦\n---\n", rulebook=rules)
    step = found.read("next_step")["next_step"]
    assert (step["do"], step["clarifies"]) == ("10 bis 200 Mitarbeitende, B2B, DACH?", "fit")


def test_an_earlier_decision_leaves_the_status_alone() -> None:
    first = '  - {date: 2026-10-20, to: new, because: "Empfehlung; Lagerlogistik passt ins Raster"}\n'
    found = in_jana(first, f"{first}  - ¦\n")
    assert found.labels[0] == "decide: clarifying"
    assert found.read("decide: stopped")["status"] == "clarifying"


def test_a_decision_in_lines_follows_those_in_lines() -> None:
    log = "decisions:\n- date: 2026-10-20\n  to: new\n  because: 'x'\n- ¦\n"
    text = f'---\nname: Ada\nstatus: "new"\n{log}---\n'
    taken = in_contact(text).taken("decide: stopped")
    assert taken.count("- date: 2026-11-23\n  to: stopped\n  reason: no_fit\n  because: '…'\n---")
    assert in_contact(text.replace("\n", "\r\n")).findings("decide: stopped", filled) == []
    assert "date" in in_contact(text).labels
    assert in_contact(text).read("date")["decisions"][1] == {"date": "2026-11-23"}


def test_four_eyes_are_two_people() -> None:
    stopped = JANA.replace("status: clarifying", "status: stopped").replace(
        NEXT, '  - {date: 2026-11-10, to: stopped, reason: no_fit, because: "x", by: lena}\n  - ¦\n'
    )
    rules = RULEBOOK.replace("requires: [{clarified: 1}], four_eyes", "four_eyes")
    found = in_contact(stopped, rulebook=rules)
    entry = found.read("decide: clarifying")["decisions"][3]
    assert {entry["by"], entry["confirmed_by"]} == {"mira", "lena"}
    assert "decider-not-allowed" not in found.findings("decide: clarifying", filled)


def test_other_entries_are_what_the_schema_asks_for() -> None:
    taken = in_jana("stop_if:\n", "stop_if:\n  - ¦\n").read("{when: …, by: …}")
    assert taken["stop_if"][0] == {"when": "…", "by": "2026-11-30"}
    assert in_jana("stop_if:\n", "stop_if:\n  ¦\n").read("{when: …, by: …}")["stop_if"][0]["when"] == "…"
    alone = in_contact("---\nname: Ada\nstop_if:\n  ¦\n---\n")
    assert alone.read("{when: …, by: …}")["stop_if"] == [{"when": "…", "by": "2026-11-30"}]
    assert in_contact("---\nname: Ada\nstop_if: [¦]\n---\n").read("{when: …, by: …}")["stop_if"][0]["when"] == "…"


def test_a_mapping_of_which_nothing_is_asked_is_left_to_the_person() -> None:
    assert in_jana(NEXT, "extra: ¦\n").labels == []
    assert in_jana(NEXT, "extra: {¦}\n").labels == []


def test_decisions_and_answers_are_not_offered_without_a_rule_book() -> None:
    found = in_jana(NEXT, f"  - ¦\n{NEXT}", rulebook=None)
    assert found.labels[:3] == ["date", "to", "because"]
    assert in_jana("decisions:\n", "  ¦\ndecisions:\n", rulebook=None).labels == []


def test_tab_stops_hold_any_text() -> None:
    for text in ("a } b", "$1 ${2:x}", "a \\ b", "Ü … 🚚", ""):
        assert resolved(literal("{$x} \\ ") + stop(1, text) + "!") == "{$x} \\ " + text + "!"


def test_questions_with_signs_of_snippets_are_kept() -> None:
    rules = RULEBOOK.replace("Wer unterschreibt?", "Wer zahlt $5 {oder} \\\\ mehr?")
    step = in_jana(NEXT, "next¦\n", rulebook=rules).read("next_step")["next_step"]
    assert step["do"] == "Wer zahlt $5 {oder} \\ mehr?"


def test_a_new_definition_in_the_rule_book_is_written_key_by_key() -> None:
    found = in_rules("statuses:\n", "statuses:\n  back: {¦}\n")
    assert found.labels[:3] == ["label", "meaning", "kind"]
    assert found.read("label")["statuses"]["back"] == {"label": "…"}


def test_an_empty_file_becomes_a_contact_that_enters_today() -> None:
    found = in_contact("¦")
    assert found.labels == ["new contact"]
    text = found.taken("new contact")
    assert text.startswith("---\nname: ")
    assert found.read("new contact") == {
        "name": "…",
        "status": "new",
        "decisions": [{"date": "2026-11-23", "to": "new", "because": "…"}],
    }
    assert found.findings("new contact", filled) == []
    assert in_contact("\n¦").labels == []

"""The commands that change a contact, as scripts call them: what they write, what they refuse, what they say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crmtool.document import read_contact
from tests.conftest import JANA, RULEBOOK, TODAY, Run, crmtool, write_files

JANA_PATH = "contacts/nordlicht/jana-koehler.md"


def run(workspace: Path, *arguments: str, env: dict[str, str] | None = None) -> Run:
    return crmtool("--today", TODAY, *arguments, cwd=workspace, env=env)


def done(workspace: Path, *arguments: str) -> str:
    found = run(workspace, *arguments)
    assert found.status == 0, found.err
    return found.out


def values(workspace: Path, path: str = JANA_PATH) -> dict[str, Any]:
    document = read_contact(path, (workspace / path).read_bytes())
    assert document.values is not None, document.problems
    return document.values


def test_an_answer_is_added_and_the_verdict_told(workspace: Path) -> None:
    out = done(workspace, "answer", "nordlicht", "deadline", "met", "--evidence", "Until January", "--by", "mira")
    assert out.splitlines() == [
        "nordlicht/jana-koehler: Termin genannt: yes on 2026-11-23",
        "● Clarify  In Klärung: Mit CFO klären, ob Q1 gilt – until 28 Nov",
    ]
    assert values(workspace)["criteria"]["deadline"] == {"met": TODAY, "evidence": "Until January", "by": "mira"}


def test_an_answer_of_an_earlier_day_stands_before_a_later_one(workspace: Path) -> None:
    done(workspace, "answer", "nordlicht", "budget", "not-met", "--date", "2026-11-01", "--evidence", "Rumour")
    days = [next(iter(answer.values())) for answer in values(workspace)["criteria"]["budget"]]
    assert days == ["2026-10-28", "2026-11-01", "2026-11-12"]


def test_our_own_word_is_told_not_to_count(workspace: Path) -> None:
    found = run(workspace, "answer", "nordlicht", "pain", "met", "--attested-by", "us", "--evidence", "We think so")
    assert found.status == 0
    assert "'pain' counts only when the counterparty attests it" in found.err
    assert values(workspace)["criteria"]["pain"][1]["attested_by"] == "us"


def test_a_contact_goes_all_the_way(workspace: Path) -> None:
    for criterion in ("buyer", "budget", "deadline"):
        done(workspace, "answer", "nordlicht", criterion, "met", "--evidence", "She says so")
    done(workspace, "decide", "nordlicht", "mature", "--because", "All is known", "--chance", "0.8")
    done(workspace, "decide", "nordlicht", "agreed", "--because", "Signed", "--by", "mira")
    assert values(workspace)["decisions"][2:] == [
        {"date": TODAY, "to": "ready", "because": "All is known", "chance": 0.8},
        {"date": TODAY, "to": "agreed", "because": "Signed", "by": "mira"},
    ]
    checked = json.loads(run(workspace, "check", "--format", "json").out)
    assert checked["findings"] == []
    assert json.loads(run(workspace, "why", "nordlicht", "--format", "json").out)["verdict"] == "done"


def test_what_the_rules_refuse_is_refused_with_all_that_is_missing(workspace: Path) -> None:
    found = run(workspace, "decide", "nordlicht", "ready", "--because", "x")
    assert (found.status, found.out) == (1, "")
    assert found.err.splitlines() == [
        "crmtool: refused: clarifying → ready (mature) on 2026-11-23 lacks: buyer (open); one of: budget, deadline; "
        "score 9 or more, now 5",
        '    crmtool answer nordlicht/jana-koehler buyer met --evidence "…"  # Wer unterschreibt?',
        "    # one of: budget, deadline",
        '    crmtool answer nordlicht/jana-koehler budget met --evidence "…"  # Ist das Budget bestätigt?',
        '    crmtool answer nordlicht/jana-koehler deadline met --evidence "…"  # Bis wann entscheidet der Kontakt?',
    ]
    assert (workspace / JANA_PATH).read_text("utf-8") == JANA


@pytest.mark.parametrize(
    ("today", "advice"),
    [
        ("2026-11-05", "crmtool stop nordlicht/jana-koehler  # if that ends it; else give this answer tomorrow"),
        (TODAY, "say --date with a day after 2026-11-05, if it was learned later"),
    ],
)
def test_what_a_decision_of_the_same_day_rests_on_is_not_answered_otherwise(
    workspace: Path, today: str, advice: str
) -> None:
    answer = ("answer", "nordlicht", "fit", "not-met", "--date", "2026-11-05")
    found = crmtool("--today", today, *answer, cwd=workspace)
    assert found.status == 1
    assert found.err.splitlines()[1:] == [
        "    # the decision of 2026-11-05 rests on the opposite, and of answers of one day the last one counts",
        f"    {advice}",
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        ("decide nordlicht agreed --because x", 1, "is in 'clarifying', from where no way leads to 'agreed'"),
        ("decide nordlicht recycle --because x", 1, "is in 'clarifying', from where no way leads to 'clarifying' (rec"),
        ("decide nordlicht redy --because x", 2, "no transition and no status 'redy'; did you mean 'ready'?"),
        ("decide nordlicht stop --because x", 1, "a decision for 'stopped' needs a reason"),
        ("decide nordlicht stop --because x --reason no_ned", 1, "did you mean 'no_need'?"),
        ("decide nordlicht stop --reason no_ned", 1, "'no_ned' is no reason for the status 'stopped'"),
        ("stop nordlicht Kein-Bedarf-mehr", 1, "write one of: no_fit"),
        ("stop nordlicht", 2, "--reason and --because are missing: one of no_fit"),
        ("decide nordlicht park --reason timing --because x", 1, "say when it is looked at again: --revisit DATE"),
        ("decide nordlicht stop --reason no_need --because x --date 2026-11-01", 1, "follows one of 2026-11-05"),
        ("decide nordlicht stop --reason no_need --because x --date 2026-12-01", 2, "lies after 2026-11-23"),
        ("decide nordlicht stop --reason no_need", 2, "--because is missing"),
        ("decide nordlicht --because x", 2, "TRANSITION is missing; write one of: park, stop"),
        ("decide nordlicht stop --reason no_need --because=", 2, "Invalid value for '--because': it is empty"),
        ("decide nobody stop --reason no_need --because x", 2, "no contact 'nobody'"),
        ("answer nordlicht", 2, "CRITERION is missing; write one of: buyer"),
        ("answer nordlicht buyr met", 2, "no criterion 'buyr'; did you mean 'buyer'?"),
        ("answer nordlicht buyer", 2, "ANSWER is missing; write one of: met, not-met"),
        ("answer nordlicht buyer met --date 23.11.2026", 2, "write 2026-11-23"),
        ("answer", 2, "CONTACT is missing"),
        ("next nordlicht --do x --clarifies buyr --due 7d", 2, "did you mean 'buyer'?"),
        ("next nordlicht --do x --clarifies buyer --due 2026-11-01", 2, "lies before 2026-11-23"),
        ("next nordlicht --do x --clarifies buyer", 2, "--due is missing"),
        ("block nordlicht", 2, "--by is missing"),
        ("unblock nordlicht", 1, "has nothing that it waits for"),
        ("stop nordlicht no_need", 2, "--because is missing"),
        ("new Uwe", 2, "--because is missing"),
        ("new", 2, "NAME is missing"),
        ("new Uwe --because x --to ready", 2, "no contact enters as 'ready'"),
        ("new Uwe --because x --id ../x", 2, "'../x' is no id"),
        ("new Uwe --because x --id _x", 2, "'_x' is no id"),
        ("new !!! --because x", 2, "no id can be made of '!!!'"),
        ("new Uwe --because x --id Nordlicht/Jana-Koehler", 2, "is there already"),
        ("new Uwe --because x --met fti=x", 2, "did you mean 'fit'?"),
        ("correct nordlicht fit --because x", 2, "--set KEY=VALUE is missing"),
        ("correct nordlicht fti --set evidence=x --because x", 2, "did you mean 'fit'?"),
        ("correct nordlicht fit --set evidenc=x --because x", 2, "an entry has no 'evidenc'; did you mean 'evidence'?"),
        ("correct nordlicht fit --set evidence --because x", 2, "has no '='"),
        ("correct nordlicht fit --set met=3.11.2026 --because x", 2, "write 2026-11-03"),
        ("correct nordlicht decision --set chance=high --because x", 2, "'high' is not a valid float range"),
        ("correct nordlicht decision --set chance=50 --because x", 2, "Invalid value for '--chance'"),
        ("correct nordlicht fit --set met=2026-12-01 --because x", 2, "lies after 2026-11-23"),
        ("correct nordlicht decision --set to=ready --because x", 1, "no way from 'new' to 'ready'"),
        ("correct nordlicht decision --set date=2026-10-01 --because x", 1, "follows one of 2026-10-20"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    workspace: Path, arguments: str, status: int, message: str
) -> None:
    found = run(workspace, *arguments.split())
    assert message in found.err
    assert (found.status, found.out) == (status, "")
    assert (workspace / JANA_PATH).read_text("utf-8") == JANA
    assert [path.name for path in (workspace / "contacts").rglob("*.md")] == ["jana-koehler.md"]


def test_stopping_takes_a_contact_a_reason_and_a_sentence(workspace: Path) -> None:
    out = done(workspace, "stop", "nordlicht", "no_need", "They plan with their own tool")
    assert "In Klärung → Beendet on 2026-11-23 (Kein Bedarf): They plan with their own tool" in out
    assert values(workspace)["decisions"][-1] == {
        "date": TODAY,
        "to": "stopped",
        "reason": "no_need",
        "because": "They plan with their own tool",
    }
    again = run(workspace, "stop", "nordlicht", "no_need", "x")
    assert (again.status, again.err) == (
        1,
        "crmtool: refused: nordlicht/jana-koehler is in 'stopped' and is ended already\n",
    )


def test_parking_brings_its_date_along(workspace: Path) -> None:
    done(
        workspace, "decide", "nordlicht", "Zurückgestellt", "--reason", "timing", "--revisit", "3m", "--because", "2027"
    )
    assert values(workspace)["revisit"] == "2027-02-23"
    assert values(workspace)["status"] == "parked"


def test_a_step_that_a_change_settles_is_removed_and_told(workspace: Path) -> None:
    found = run(workspace, "answer", "nordlicht", "buyer", "met", "--evidence", "The CFO")
    assert "next step removed, it is settled by this: Mit CFO klären, ob Q1 gilt" in found.out
    assert "next_step" not in values(workspace)


def test_a_next_step_is_set_replaced_and_removed(workspace: Path) -> None:
    done(workspace, "next", "nordlicht", "--do", "Ask", "--clarifies", "deadline", "--due", "7d", "--owner", "jonas")
    step = {"do": "Ask", "clarifies": "deadline", "due": "2026-11-30", "owner": "jonas"}
    assert values(workspace)["next_step"] == step
    done(workspace, "next", "nordlicht", "--do", "Ask again", "--clarifies", "deadline", "--due", "tomorrow")
    assert values(workspace)["next_step"] == {"do": "Ask again", "clarifies": "deadline", "due": "2026-11-24"}
    done(workspace, "next", "nordlicht", "--clear")
    assert "next_step" not in values(workspace)
    assert "has no next step" in run(workspace, "next", "nordlicht", "--clear").err


def test_a_step_that_clarifies_nothing_is_warned_of(workspace: Path) -> None:
    found = run(workspace, "next", "nordlicht", "--do", "x", "--clarifies", "fit", "--due", "7d")
    assert found.status == 0
    assert "[next-step-pointless]" in found.err


def test_waiting_begins_and_ends(workspace: Path) -> None:
    done(workspace, "block", "nordlicht", "--by", "Budget round", "--until", "2026-12-15", "--since", "yesterday")
    blocked = {"by": "Budget round", "since": "2026-11-22", "until": "2026-12-15"}
    assert values(workspace)["blocked"] == blocked
    done(workspace, "unblock", "nordlicht")
    assert (workspace / JANA_PATH).read_text("utf-8") == JANA


def test_a_correction_is_open(workspace: Path) -> None:
    done(workspace, "correct", "nordlicht", "budget@2026-10-28", "--set", "not_met=2026-10-27", "--because", "Misread")
    first = values(workspace)["criteria"]["budget"][0]
    assert first == {
        "not_met": "2026-10-27",
        "evidence": "40 T€ im Plan 2026",
        "corrected": {"date": TODAY, "because": "Misread"},
    }
    done(workspace, "correct", "nordlicht", "decision@2026-11-05", "--set", "chance=", "--because", "Never said")
    assert "chance" not in values(workspace)["decisions"][1]
    again = ("correct", "nordlicht", "decision", "--set", "chance=", "--because", "Never said")
    assert "nothing would change" in run(workspace, *again).err


def test_a_corrected_last_decision_takes_the_status_along(workspace: Path) -> None:
    text = JANA.replace("status: clarifying", "status: stopped").replace(
        "next_step:", '  - {date: 2026-11-10, to: stopped, reason: no_need, because: "No"}\nnext_step:'
    )
    (workspace / JANA_PATH).write_text(text.replace("stop_if:\n", "revisit: 2027-01-15\nstop_if:\n"), "utf-8")
    parked = ("--set", "to=parked", "--set", "reason=timing")
    done(workspace, "correct", "nordlicht", "decision", *parked, "--because", "They come back")
    assert values(workspace)["status"] == "parked"


def test_a_new_contact_is_written_into_the_folder_of_its_organization(workspace: Path) -> None:
    out = done(workspace, "new", "Uwe Ölßner", "--organization", "nordlicht logistik gmbh", "--because", "A colleague")
    path = "contacts/nordlicht/uwe-oelssner.md"
    assert f"Uwe Ölßner enters as 'Ungeklärt': {path}" in out
    assert (workspace / path).read_text("utf-8") == (
        "---\nname: Uwe Ölßner\norganization: nordlicht logistik gmbh\nstatus: new\n"
        'decisions:\n  - {date: 2026-11-23, to: new, because: "A colleague"}\n---\n'
    )


def test_a_new_contact_has_all_that_is_said_of_it(workspace: Path) -> None:
    more = [
        "--role",
        "CFO",
        "--email",
        "u@x.example",
        "--phone",
        "+49 40 1",
        "--url",
        "https://x.example",
        "--owner",
        "mira",
    ]
    more += ["--address", "Bremen, Am Wall", "--source", "Fair", "--tag", "a", "--tag", "b, c", "--value", "1000"]
    more += ["--met", "fit=85 people", "--not-met", "conflict=", "--chance", "0.2", "--date", "2026-11-20"]
    done(workspace, "new", "Uwe", "--organization", "Hansa Metall AG & Co. KG", "--because", "He asked", *more)
    assert values(workspace, "contacts/hansa-metall/uwe.md") == {
        "name": "Uwe",
        "organization": "Hansa Metall AG & Co. KG",
        "role": "CFO",
        "email": "u@x.example",
        "phone": "+49 40 1",
        "url": "https://x.example",
        "address": "Bremen, Am Wall",
        "source": "Fair",
        "owner": "mira",
        "tags": ["a", "b, c"],
        "value": 1000,
        "status": "new",
        "criteria": {"fit": {"met": "2026-11-20", "evidence": "85 people"}, "conflict": {"not_met": "2026-11-20"}},
        "decisions": [{"date": "2026-11-20", "to": "new", "because": "He asked", "chance": 0.2}],
    }
    assert run(workspace, "check", "--strict").status == 0


def test_a_namesake_is_told(workspace: Path) -> None:
    found = run(workspace, "new", "jana köhler", "--id", "other", "--because", "x")
    assert found.status == 0
    found = run(
        workspace, "new", "Jana Köhler", "--organization", "Nordlicht Logistik GmbH", "--id", "o", "--because", "x"
    )
    assert "there is a contact of that name already: nordlicht/jana-koehler" in found.err


def test_an_entry_that_requires_something_says_how_to_give_it(tmp_path: Path) -> None:
    rules = RULEBOOK.replace("capture: {to: new}", "capture: {to: new, requires: [fit]}")
    write_files(tmp_path, {"criteria.yaml": rules})
    found = run(tmp_path, "new", "Uwe", "--because", "x")
    assert found.status == 1
    assert 'say --met fit="…"  # 10 bis 200 Mitarbeitende, B2B, DACH?' in found.err
    assert run(tmp_path, "new", "Uwe", "--because", "x", "--met", "fit=85 people").status == 0


def test_a_limit_that_is_exceeded_is_told(workspace: Path) -> None:
    rules = (workspace / "criteria.yaml").read_text("utf-8").replace("limit: 12", "limit: 1")
    (workspace / "criteria.yaml").write_text(rules, "utf-8")
    done(workspace, "new", "Uwe", "--because", "x", "--met", "fit=x", "--not-met", "conflict=x")
    found = run(workspace, "decide", "uwe", "clarifying", "--because", "It fits")
    assert found.status == 0
    assert "2 contacts are in 'clarifying', 1 more than its limit of 1" in found.err


def test_an_entry_may_exceed_a_limit_too(workspace: Path) -> None:
    rules = (
        (workspace / "criteria.yaml").read_text("utf-8").replace("decide_within: 14d}", "decide_within: 14d, limit: 0}")
    )
    (workspace / "criteria.yaml").write_text(rules.replace("limit: 0", "limit: 1"), "utf-8")
    assert "limit" not in run(workspace, "new", "Uwe", "--because", "x").err
    assert "2 contacts are in 'new', 1 more than its limit of 1" in run(workspace, "new", "Ute", "--because", "x").err


def test_a_day_of_revisit_that_has_come_is_told(workspace: Path) -> None:
    (workspace / JANA_PATH).write_text(JANA.replace("stop_if:\n", "revisit: 2026-11-01\nstop_if:\n"), "utf-8")
    found = run(workspace, "decide", "nordlicht", "parked", "--reason", "timing", "--because", "2027")
    assert found.status == 0
    assert "its revisit of 2026-11-01 has come already; --revisit sets another day" in found.err


def test_a_dry_run_shows_the_change_and_writes_nothing(workspace: Path) -> None:
    out = done(workspace, "stop", "nordlicht", "no_need", "x", "--dry-run")
    assert out.startswith(f"--- a/{JANA_PATH}\n+++ b/{JANA_PATH}\n")
    assert "-status: clarifying\n+status: stopped\n" in out
    assert (workspace / JANA_PATH).read_text("utf-8") == JANA
    out = done(workspace, "new", "Uwe", "--because", "x", "--dry-run")
    assert out.startswith("--- /dev/null\n+++ b/contacts/uwe.md\n")
    assert not (workspace / "contacts" / "uwe.md").exists()


def test_errors_that_were_there_before_are_no_reason_to_refuse(workspace: Path) -> None:
    broken = JANA.replace("{met: 2026-11-03", "{met: 2026-12-03").replace(
        "conflict: {not_met: 2026-11-03", "conflict: {not_met: 2026-11-20"
    )
    (workspace / JANA_PATH).write_text(broken, "utf-8")
    assert run(workspace, "check").status == 1
    done(workspace, "answer", "nordlicht", "deadline", "met", "--evidence", "Until January")
    done(workspace, "answer", "nordlicht", "conflict", "not-met", "--evidence", "x", "--date", "2026-11-01")


def test_an_answer_may_be_said_as_files_write_it(workspace: Path) -> None:
    done(workspace, "answer", "nordlicht", "buyer", "not_met", "--evidence", "x")
    assert "buyer: {not_met: " in (workspace / JANA_PATH).read_text("utf-8")


def test_a_file_that_cannot_be_judged_is_left_alone(workspace: Path) -> None:
    (workspace / JANA_PATH).write_text(JANA.replace("name: Jana Köhler", "name: [Jana"), "utf-8")
    found = run(workspace, "answer", "nordlicht", "fit", "met")
    assert found.status == 2
    assert f"{JANA_PATH} has errors that must be mended first" in found.err


def test_a_workspace_schema_that_is_stricter_is_respected(workspace: Path) -> None:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "properties": {"next_step": False}}
    write_files(workspace, {"schemas/contact.schema.json": json.dumps(schema)})
    (workspace / JANA_PATH).write_text(JANA.replace("next_step:", "# next_step:"), "utf-8")
    found = run(workspace, "next", "nordlicht", "--do", "x", "--clarifies", "buyer", "--due", "7d")
    assert found.status == 1
    assert found.err.startswith("crmtool: refused: ")


def test_text_that_is_not_utf_8_is_refused(workspace: Path) -> None:
    found = run(workspace, "answer", "nordlicht", "buyer", "met", "--evidence", os.fsdecode(b"\xff"))
    assert found.status == 2
    assert "Invalid value for '--evidence': it is not UTF-8 text" in found.err


def test_control_characters_are_refused_and_line_breaks_folded(workspace: Path) -> None:
    found = run(workspace, "answer", "nordlicht", "buyer", "met", "--evidence", "a\x1b[31mb")
    assert found.status == 2
    assert "'a\\u001b[31mb' holds a control character" in found.err
    assert "\x1b" not in found.out + found.err
    done(workspace, "answer", "nordlicht", "buyer", "met", "--evidence", " a\n\tb ")
    assert values(workspace)["criteria"]["buyer"]["evidence"] == "a b"


def test_labels_and_any_letter_case_are_understood(workspace: Path) -> None:
    done(workspace, "answer", "nordlicht", "Entscheider bekannt", "yes", "--evidence", "CFO")
    done(workspace, "answer", "nordlicht", "DEADLINE", "no", "--evidence", "None")
    assert "yes on 2026-11-23" in done(workspace, "answer", "nordlicht", "pain", "Ja", "--evidence", "x")
    assert "no on 2026-11-23" in done(workspace, "answer", "nordlicht", "fit", "nein", "--evidence", "x")
    assert {"buyer", "deadline"} <= set(values(workspace)["criteria"])
    done(workspace, "stop", "nordlicht", "kein bedarf", "x")
    assert values(workspace)["decisions"][-1]["reason"] == "no_need"


def test_an_earlier_answer_is_told_not_to_count(workspace: Path) -> None:
    found = run(workspace, "answer", "nordlicht", "budget", "met", "--date", "2026-11-01", "--evidence", "x")
    assert "the answer of 2026-11-12 is later and goes on counting" in found.err


def test_waiting_longer_for_the_same_goes_on_since_when_it_began(workspace: Path) -> None:
    done(workspace, "block", "nordlicht", "--by", "Budget round", "--since", "2026-11-01")
    done(workspace, "block", "nordlicht", "--until", "2027-01-15")
    assert values(workspace)["blocked"] == {"by": "Budget round", "since": "2026-11-01", "until": "2027-01-15"}
    done(workspace, "block", "nordlicht", "--by", "The CFO")
    assert values(workspace)["blocked"] == {"by": "The CFO", "since": TODAY}


def test_a_contact_on_hold_is_put_off(workspace: Path) -> None:
    assert "which is not on hold" in run(workspace, "revisit", "nordlicht", "6w").err
    done(workspace, "decide", "nordlicht", "parked", "--reason", "timing", "--revisit", "1w", "--because", "2027")
    again = run(workspace, "decide", "nordlicht", "parked", "--reason", "timing", "--revisit", "1w", "--because", "x")
    assert again.err.splitlines()[1] == "    to put it off to another day: crmtool revisit nordlicht/jana-koehler DATE"
    assert "looked at again on 2027-01-04" in done(workspace, "revisit", "nordlicht", "6w")
    assert values(workspace)["revisit"] == "2027-01-04"
    assert "Waits for        2027-01-04, to be looked at again" in done(workspace, "why", "nordlicht")
    assert "DATE is missing" in run(workspace, "revisit", "nordlicht").err


def test_what_no_way_leads_on_from_is_told(workspace: Path) -> None:
    rules = (workspace / "criteria.yaml").read_text("utf-8")
    (workspace / "criteria.yaml").write_text(rules.replace('  stop:    {from: "*",', "  stop:    {from: new,"), "utf-8")
    done(workspace, "new", "Uwe", "--because", "x")
    done(workspace, "stop", "uwe", "no_need", "x")
    found = run(workspace, "decide", "uwe", "--because", "x")
    assert (found.status, "no decision can be taken yet" in found.err) == (1, True)
    assert "reopen → In Klärung lacks: answers dated after 2026-11-23: 1 or more, now 0" in found.err
    found = run(workspace, "stop", "nordlicht", "no_need", "x")
    assert "is in 'clarifying' and cannot be ended from there" in found.err
    assert "is decided ('stopped'): there is no next step" in run(workspace, "next", "uwe").err


def test_the_rules_cannot_be_bypassed_by_an_error_that_was_there_before(workspace: Path) -> None:
    ready = JANA.replace("status: clarifying", "status: ready").replace(
        "next_step:", '  - {date: 2026-11-10, to: ready, because: "Too early"}\nnext_step:'
    )
    (workspace / JANA_PATH).write_text(ready, "utf-8")
    assert "buyer (open)" in run(workspace, "check").out
    found = run(workspace, "correct", "nordlicht", "decision", "--set", "date=2026-11-06", "--because", "Misdated")
    assert found.status == 1
    assert "pain (answered only on 2026-11-09)" in found.err
    done(workspace, "answer", "nordlicht", "deadline", "met", "--evidence", "x", "--date", "2026-11-10")


def test_advice_is_about_the_decision_that_is_refused(workspace: Path) -> None:
    ready = JANA.replace("status: clarifying", "status: ready").replace(
        "next_step:", '  - {date: 2026-11-10, to: ready, because: "Too early"}\nnext_step:'
    )
    (workspace / JANA_PATH).write_text(ready, "utf-8")
    found = run(workspace, "decide", "nordlicht", "agree", "--because", "x")
    assert [line.split("  #")[0] for line in found.err.splitlines()[1:]] == [
        '    crmtool answer nordlicht/jana-koehler budget met --evidence "…"',
        '    crmtool answer nordlicht/jana-koehler deadline met --evidence "…"',
    ]


def test_a_broken_rule_book_is_told(workspace: Path) -> None:
    rules = (workspace / "criteria.yaml").read_text("utf-8")
    (workspace / "criteria.yaml").write_text(rules.replace("{has: revisit}", "{not: bugdet}"), "utf-8")
    found = run(workspace, "answer", "nordlicht", "buyer", "met")
    assert found.status == 0
    assert "criteria.yaml has errors; `crmtool rules check` tells them" in found.err


def test_no_contact_is_written_outside_of_the_workspace(workspace: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (workspace / "contacts" / "out").symlink_to(outside)
    found = run(workspace, "new", "Uwe", "--because", "x", "--id", "out/uwe")
    assert (found.status, list(outside.iterdir())) == (2, [])
    assert "lies behind a link that leads out of the workspace" in found.err


@pytest.mark.parametrize("id", ["a:b", "a/con", "x.", "a//b", "a\\b", "LPT1.x"])
def test_an_id_that_some_disks_cannot_hold_is_refused(workspace: Path, id: str) -> None:
    assert "is no id" in run(workspace, "new", "Uwe", "--because", "x", "--id", id).err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("new X --because b --value inf", "'inf' is no number"),
        ("new X --because b --value nan", "'nan' is no number"),
        ("decide nordlicht stop --reason no_need --because x --chance nan", "'nan' is no number"),
        ("correct nordlicht decision --set chance=nan --because x", "'nan' is no number"),
        ("correct nordlicht fit --set met=2026-11-03 --because x", "nothing would change"),
        ("correct nordlicht fit --set by= --because x", "nothing would change"),
        ("correct nordlicht decision --set because= --because x", "because cannot be removed; write what is right"),
        ("correct nordlicht decision@2026-11-04 --set to=new --because x", "write one of: decision@2026-11-05"),
        ("new X --because b --met fit=a --not-met fit=b", "'fit' is answered twice"),
        ("next nordlicht --clear --do x", "--clear removes the next step; leave out the others"),
        ("decide nordlicht mature --because x --revisit 1w", "'ready' is not on hold; leave --revisit out"),
        ("decide nordlicht mature --because x --reason timing", "'ready' asks for no reason; leave 'timing' out"),
    ],
)
def test_more_that_makes_no_sense_is_refused(workspace: Path, arguments: str, message: str) -> None:
    found = run(workspace, *arguments.split())
    assert message in found.err
    assert found.status != 0
    assert (workspace / JANA_PATH).read_text("utf-8") == JANA


def test_an_answer_that_was_a_no_is_corrected_in_either_order(workspace: Path) -> None:
    settings = ("--set", "not_met=2026-10-28", "--set", "met=")
    done(workspace, "correct", "nordlicht", "budget@2026-10-28", *settings, "--because", "Misread")
    assert values(workspace)["criteria"]["budget"][0]["not_met"] == "2026-10-28"
    again = ("correct", "nordlicht", "budget@2026-10-28", "--set", "evidence=x", "--because", "Misread")
    assert "it was corrected today with the same words" in run(workspace, *again).err


def test_a_correction_says_what_it_would_need(workspace: Path) -> None:
    (workspace / JANA_PATH).write_text(JANA.replace("stop_if:\n", "revisit: 2027-01-15\nstop_if:\n"), "utf-8")
    found = run(workspace, "correct", "nordlicht", "decision", "--set", "to=stopped", "--because", "x")
    assert found.err.splitlines()[1].startswith("    say --set reason=ID with one of: no_fit")


def test_who_stops_reading_has_found_no_error(workspace: Path) -> None:
    for n in range(300):
        (workspace / "contacts" / f"c{n}.md").write_text(JANA, "utf-8")
    command = f"{sys.executable} -m crmtool --today {TODAY} log | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=workspace, capture_output=True, check=False)
    assert done.returncode in (0, 141)
    assert done.stderr == b""


def test_an_editor_is_needed_and_its_work_is_checked(workspace: Path, tmp_path: Path) -> None:
    assert "no editor is known: set EDITOR" in run(workspace, "edit", "nordlicht", env={"EDITOR": "", "VISUAL": ""}).err
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/^status: .*/status: redy/' \"$1\"\n")
    editor.chmod(0o755)
    found = run(workspace, "edit", "nordlicht", env={"EDITOR": str(editor), "VISUAL": ""})
    assert found.status == 1
    assert "[unknown-status]" in found.out
    mending = run(workspace, "edit", "nordlicht", env={"EDITOR": "sed -i s/redy/clarifying/", "VISUAL": ""})
    assert (mending.status, mending.out) == (0, "● Clarify  In Klärung: Mit CFO klären, ob Q1 gilt – until 28 Nov\n")
    assert "nothing was changed" in run(workspace, "edit", "nordlicht", env={"EDITOR": "true", "VISUAL": ""}).err
    assert run(workspace, "edit", "nordlicht", env={"EDITOR": "false", "VISUAL": ""}).status == 1
    gone = run(workspace, "edit", "nordlicht", env={"EDITOR": "/nowhere/vi", "VISUAL": ""})
    assert (gone.status, "cannot be run" in gone.err) == (2, True)


def test_waiting_for_the_same_keeps_its_end(workspace: Path) -> None:
    done(workspace, "block", "nordlicht", "--by", "Budget round", "--until", "2027-01-15")
    done(workspace, "block", "nordlicht", "--by", "Budget round")
    assert values(workspace)["blocked"] == {"by": "Budget round", "since": TODAY, "until": "2027-01-15"}


def test_names_of_the_rules_are_understood_in_any_letter_case(workspace: Path) -> None:
    done(workspace, "answer", "nordlicht", "buyer", "MET", "--evidence", "x")
    done(workspace, "decide", "nordlicht", "PARK", "--reason", "TIMING", "--revisit", "6w", "--because", "x")
    assert values(workspace)["status"] == "parked"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("stop nordlicht no_need x --reason our_no", "REASON and --reason say the same; leave one out"),
        ("stop nordlicht no_need x --because y", "BECAUSE and --because say the same; leave one out"),
        ("correct nordlicht pain --set met= --because x", "an answer is either met or not_met"),
        ("correct nordlicht pain --set met=2026-11-09 --set not_met=2026-11-09 --because x", "either met or not_met"),
    ],
)
def test_what_contradicts_itself_is_refused(workspace: Path, arguments: str, message: str) -> None:
    found = run(workspace, *arguments.split())
    assert (found.status, message in found.err) == (2, True)
    assert (workspace / JANA_PATH).read_text("utf-8") == JANA


def test_a_decision_of_an_earlier_day_is_offered_as_of_that_day(workspace: Path) -> None:
    for criterion in ("buyer", "deadline"):
        done(workspace, "answer", "nordlicht", criterion, "met", "--evidence", "x")
    assert "write one of: mature, park, stop" in run(workspace, "decide", "nordlicht", "--because", "x").err
    earlier = run(workspace, "decide", "nordlicht", "--because", "x", "--date", "2026-11-20")
    assert "write one of: park, stop" in earlier.err


def test_a_field_that_the_decision_cannot_bring_along_stands_in_its_way(workspace: Path) -> None:
    rules = (workspace / "criteria.yaml").read_text("utf-8")
    (workspace / "criteria.yaml").write_text(rules.replace("{has: revisit}", "{has: phone}"), "utf-8")
    assert "write one of: stop\n" in run(workspace, "decide", "nordlicht", "--because", "x").err


def test_whoever_enters_on_hold_or_with_their_own_word(workspace: Path) -> None:
    rules = (workspace / "criteria.yaml").read_text("utf-8")
    hold = "  hold: {to: parked, requires: [{has: revisit}, pain]}\n  park:"
    (workspace / "criteria.yaml").write_text(rules.replace("  park:", hold), "utf-8")
    entering = ("new", "Uwe", "--to", "parked", "--reason", "timing", "--because", "x")
    found = run(workspace, *entering)
    assert "say when it is looked at again: --revisit DATE" in found.err
    assert 'say --met pain="…" --attested-by counterparty' in found.err
    done(workspace, *entering, "--revisit", "6w", "--met", "pain=Said so", "--attested-by", "counterparty")
    assert values(workspace, "contacts/uwe.md")["revisit"] == "2027-01-04"


def test_advice_for_a_correction_is_about_the_decision_that_lacks_something(workspace: Path) -> None:
    text = JANA.replace("status: clarifying", "status: clarifying\nrevisit: 2027-01-15").replace(
        "next_step:",
        '  - {date: 2026-11-06, to: parked, reason: timing, because: "Later"}\n'
        '  - {date: 2026-11-10, to: clarifying, because: "Back"}\nnext_step:',
    )
    (workspace / JANA_PATH).write_text(text, "utf-8")
    found = run(workspace, "correct", "nordlicht", "decision@2026-11-06", "--set", "reason=", "--because", "x")
    assert found.status == 1
    assert found.err.splitlines()[1].startswith("    say --set reason=ID with one of: timing")


def test_what_is_said_already_is_not_written_again(workspace: Path) -> None:
    said = ("answer", "nordlicht", "buyer", "met", "--evidence", "The CFO signs")
    done(workspace, *said)
    before = (workspace / JANA_PATH).read_bytes()
    again = run(workspace, *said)
    assert (again.status, again.err) == (2, "crmtool: nothing would change: it says so already\n")
    assert (workspace / JANA_PATH).read_bytes() == before
    done(workspace, *said[:-1], "The CFO and the CEO sign")
    assert len(values(workspace)["criteria"]["buyer"]) == 2


def test_what_is_decided_has_no_next_step_and_waits_for_nothing(workspace: Path) -> None:
    done(workspace, "stop", "nordlicht", "no_need", "They have their own")
    step = run(workspace, "next", "nordlicht", "--do", "x", "--clarifies", "buyer", "--due", "7d")
    assert (step.status, "is decided ('stopped'): there is no next step" in step.err) == (1, True)
    waits = run(workspace, "block", "nordlicht", "--by", "x")
    assert (waits.status, "is decided ('stopped'): it waits for nothing" in waits.err) == (1, True)


def test_days_of_a_correction_are_read_as_everywhere(workspace: Path) -> None:
    done(workspace, "correct", "nordlicht", "pain", "--set", "met=yesterday", "--because", "Misdated")
    assert values(workspace)["criteria"]["pain"]["met"] == "2026-11-22"

"""The commands that change a contact, as scripts call them: what they write, what they refuse, what they say."""

from __future__ import annotations

import json
import os
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
        "    # score 9 or more, now 5",
    ]
    assert (workspace / JANA_PATH).read_text("utf-8") == JANA


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        ("decide nordlicht agreed --because x", 1, "is in 'clarifying', from where no way leads to 'agreed'"),
        ("decide nordlicht recycle --because x", 1, "is in 'clarifying', from where no way leads to 'clarifying' (rec"),
        ("decide nordlicht redy --because x", 2, "no transition and no status 'redy'; did you mean 'ready'?"),
        ("decide nordlicht stop --because x", 1, "a decision for 'stopped' needs a reason"),
        ("decide nordlicht stop --because x --reason no_ned", 1, "did you mean 'no_need'?"),
        ("decide nordlicht park --reason timing --because x", 1, "say when it is looked at again: --revisit DATE"),
        ("decide nordlicht stop --reason no_need --because x --date 2026-11-01", 1, "follows one of 2026-11-05"),
        ("decide nordlicht stop --reason no_need --because x --date 2026-12-01", 2, "lies after 2026-11-23"),
        ("decide nordlicht stop --reason no_need", 2, "--because is missing"),
        ("decide nordlicht --because x", 2, "TRANSITION is missing; write one of: park, stop"),
        ("decide nordlicht stop --reason no_need --because=", 2, "--because is empty"),
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
        ("correct nordlicht decision --set chance=high --because x", 2, "chance 'high' is no number"),
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
    assert (again.status, again.err) == (1, "crmtool: refused: no way ends a contact that is in 'stopped'\n")


def test_parking_brings_its_date_along(workspace: Path) -> None:
    done(
        workspace, "decide", "nordlicht", "Zurückgestellt", "--reason", "timing", "--revisit", "3m", "--because", "2027"
    )
    assert values(workspace)["revisit"] == "2027-02-23"
    assert values(workspace)["status"] == "parked"


def test_a_step_that_a_change_settles_is_removed_and_told(workspace: Path) -> None:
    found = run(workspace, "answer", "nordlicht", "buyer", "met", "--evidence", "The CFO")
    assert "the next step is settled by this and removed: Mit CFO klären, ob Q1 gilt" in found.err
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
    assert "--evidence is not UTF-8 text" in found.err


def test_control_characters_reach_the_file_as_escapes_and_never_the_terminal(workspace: Path) -> None:
    found = run(workspace, "answer", "nordlicht", "buyer", "met", "--evidence", "a\x1b[31mb\u202ec")
    assert "\x1b" not in found.out + found.err
    assert '"a\\x1b[31mb\\u202ec"' in (workspace / JANA_PATH).read_text("utf-8")


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
    gone = run(workspace, "edit", "nordlicht", env={"EDITOR": "/nowhere/vi", "VISUAL": ""})
    assert (gone.status, "cannot be run" in gone.err) == (2, True)

"""A person at a terminal, who knows the names of the commands and answers questions, up to a yes and a no."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pexpect
import pytest

from tests.conftest import JANA, TODAY, crmtool
from tests.git.conftest import Repo, isolated  # noqa: F401 - no settings of whoever runs the tests

_TERMINAL_CODE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
CONTACT, CHOICE, WHY = "or a part of the id or name", "Number or name", "Why, in a sentence"
REST = "What does that rest on"
# As on a busy machine: who starts a program goes on only when that has long begun.
BUSY = """
import subprocess, sys, time
from crmtool.cli import main
class Popen(subprocess.Popen):
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        time.sleep(1)
subprocess.Popen = Popen
main(sys.argv[1:])
"""


@pytest.fixture
def crm(tmp_path: Path) -> Repo:
    """A new workspace in a repository with the hook on, and its first commit."""
    repo = Repo(tmp_path / "crm")
    assert crmtool("init", "crm", "--today", TODAY, cwd=tmp_path).status == 0
    repo.git("init", "--quiet", "-b", "main")
    assert repo.crmtool("hook", "install").returncode == 0
    repo.git("add", ".")
    repo.git("commit", "--quiet", "-m", "A new workspace")
    return repo


def talk(
    directory: Path,
    command: str,
    answers: Sequence[tuple[str, str]] = (),
    *,
    status: int = 0,
    env: Mapping[str, str] | None = None,
    raw: list[str] | None = None,
    program: Sequence[str] = ("-m", "crmtool"),
) -> str:
    """Run a command and answer its questions: pairs of what is waited for and what is typed; gives what was shown.

    `raw` takes the same with all that a terminal would obey; `program` tells Python what to run.
    """
    terminal: pexpect.spawn[str] = pexpect.spawn(
        sys.executable,
        [*program, *command.split()],
        cwd=str(directory),
        env={**os.environ, **(env or {})},
        encoding="utf-8",
        timeout=60,
        dimensions=(40, 100),
    )
    shown = ""
    for question, typed in answers:
        terminal.expect_exact(question)
        shown += (terminal.before or "") + question
        terminal.sendcontrol(typed[1].lower()) if typed.startswith("^") else terminal.sendline(typed)
    terminal.expect(pexpect.EOF)
    terminal.close()
    if raw is not None:
        raw.append(shown + (terminal.before or ""))
    shown = _TERMINAL_CODE.sub("", shown + (terminal.before or "")).replace("\r\n", "\n")
    assert "Traceback" not in shown
    assert terminal.exitstatus == status, shown
    return shown


def answer(criterion: str, yes: bool, rests_on: str, *more: tuple[str, str]) -> list[tuple[str, str]]:
    said = "yes" if yes else "no"
    return [(CONTACT, "jana"), (CHOICE, criterion), (f"{CHOICE}: ", said), (REST, rests_on), *more]


def test_one_contact_is_won_and_another_ended_by_answering_questions_alone(crm: Repo) -> None:
    ask = crm.top
    talk(
        ask, "new --commit", [("Who is it", "Jana Köhler"), ("organization", "Nordlicht AG"), (WHY[:3], "Recommended")]
    )
    not_yet = talk(ask, "decide", [(CONTACT, "jana"), (CHOICE, "qualify"), (CHOICE, "^C")], status=1)
    assert re.search(r"Not yet:\n +qualify +→ Clarifying +lacks: fit \(open\); a no to conflict \(open\)", not_yet)
    assert "'qualify' cannot be taken yet; it lacks: fit (open); a no to conflict (open)" in not_yet
    talk(ask, "answer --commit", answer("1", False, "Nobody of our customers"))
    talk(ask, "answer --commit", answer("fit", True, "85 people"))
    talk(ask, "decide --commit", [(CONTACT, "jana"), (CHOICE, "1"), (WHY, "It fits")])
    step = [(CONTACT, "jana"), (CHOICE, ""), ("What is to be done?", ""), ("By when", "")]
    assert "clarifies pain, due 2026-11-30" in talk(ask, "next --commit", step)
    settled = talk(ask, "answer", answer("pain", True, "12 hours a week", (CHOICE, "counterparty")))
    assert "next step removed, it is settled by this: Has the contact named the problem?" in settled
    for criterion in ("buyer", "budget", "deadline"):
        talk(ask, "answer", answer(criterion, True, "She says so"))
    talk(ask, "decide --commit", [(CONTACT, "jana"), (CHOICE, "mature"), (WHY, "All is known")])
    won = talk(ask, "decide --commit", [(CONTACT, "1"), (CHOICE, "agreed"[:4]), (WHY, "Signed")])
    assert "✓ Done  Agreed" in won
    ended = talk(ask, "stop --commit", [(CONTACT, "example"), (CHOICE, "our own"), (WHY, "We cannot serve them")])
    assert "✕ Done  Stopped" in ended

    assert crm.git("status", "--porcelain") == ""
    assert crmtool("check", "--strict", cwd=crm.top).status == 0
    subjects = crm.git("log", "--format=%s", "--reverse").splitlines()
    assert subjects == [
        "A new workspace",
        "Nordlicht AG · Jana Köhler: New",
        "Nordlicht AG · Jana Köhler: Reason against it clarified",
        "Nordlicht AG · Jana Köhler: Fits the profile clarified",
        "Nordlicht AG · Jana Köhler: New → Clarifying",
        "Nordlicht AG · Jana Köhler: next step",
        "Nordlicht AG · Jana Köhler: Clarifying → Ready to decide",
        "Nordlicht AG · Jana Köhler: Ready to decide → Agreed",
        "Example & Sons Ltd · Jo Example: New → Stopped",
    ]
    assert "Decider known: yes on 2026-11-23 – She says so" in crm.git("log", "-3", "--format=%b")


def test_a_due_stop_rule_offers_its_reason_and_its_sentence(workspace: Path) -> None:
    late = {"CRMTOOL_TODAY": "2026-12-06"}
    shown = talk(workspace, "stop nordlicht", [(f"{CHOICE} [no_decision]", ""), (WHY, "")], env=late)
    assert "Ohne Entscheider entscheidet niemand" in shown
    text = (workspace / "contacts/nordlicht/jana-koehler.md").read_text("utf-8")
    line = '{date: 2026-12-06, to: stopped, reason: no_decision, because: "Ohne Entscheider entscheidet niemand"}'
    assert line in text
    assert "next_step" not in text


def test_parking_asks_for_the_day_and_says_what_it_cannot_read(workspace: Path) -> None:
    again = "When is it looked at again"
    answers = [(CHOICE, "park"), (again, "15.1.2027"), ("write 2027-01-15", "2027-01-15")]
    shown = talk(workspace, "decide nordlicht", [*answers, (CHOICE, "timing"), (WHY, "Budget")], env=_today())
    assert "In Klärung → Zurückgestellt" in shown
    assert "revisit: 2027-01-15" in (workspace / "contacts/nordlicht/jana-koehler.md").read_text("utf-8")


def test_a_day_that_has_come_is_asked_for_anew(workspace: Path) -> None:
    file = workspace / "contacts/nordlicht/jana-koehler.md"
    file.write_text(JANA.replace("stop_if:\n", "revisit: 2026-11-01\nstop_if:\n"), "utf-8")
    answers = [(CHOICE, "park"), ("When is it looked at again", "6w"), (CHOICE, "timing"), (WHY, "Budget")]
    talk(workspace, "decide nordlicht", answers, env=_today())
    assert "revisit: 2027-01-04\n" in file.read_text("utf-8")


def test_what_a_file_says_is_never_obeyed_by_the_terminal(workspace: Path) -> None:
    rules = (workspace / "criteria.yaml").read_text("utf-8")
    hostile = rules.replace("Wer unterschreibt?", "Who?\\e]0;owned\\a").replace("Zurückgestellt", "\\e[2JHold")
    hostile = hostile.replace("label: \\e[2JHold", 'label: "\\e[2JHold"')
    (workspace / "criteria.yaml").write_text(hostile, "utf-8")
    raw: list[str] = []
    talk(workspace, "next nordlicht", [(CHOICE, "buyer"), ("to be done?", ""), ("By when", "")], env=_today(), raw=raw)
    talk(workspace, "decide nordlicht", [(CHOICE, "stop"), (CHOICE, "no_need"), (WHY, "x")], env=_today(), raw=raw)
    assert "\\u001b]0;owned" in raw[0]
    assert "\\u001b[2JHold" in raw[1]
    assert "\x1b]0" not in raw[0]
    assert "\x1b[2J" not in raw[1]


def test_in_an_empty_workspace_the_way_in_is_named(workspace: Path) -> None:
    (workspace / "contacts/nordlicht/jana-koehler.md").unlink()
    assert "there is no contact yet; `crmtool new` takes one in" in talk(workspace, "decide", status=2)


def test_four_eyes_are_asked_for(workspace: Path) -> None:
    file = workspace / "contacts/nordlicht/jana-koehler.md"
    ended = '  - {date: 2026-11-10, to: stopped, reason: no_need, because: "No"}\nnext_step:'
    file.write_text(JANA.replace("next_step:", ended).replace("status: clarifying", "status: stopped"), "utf-8")
    answers = [(CHOICE, "reopen"), (WHY, "They came back"), ("Who decides?", "Mira"), ("Who else", "Jonas")]
    talk(workspace, "decide nordlicht", answers, env=_today())
    assert "by: Mira, confirmed_by: Jonas}" in file.read_text("utf-8")


def test_a_correction_is_asked_for(workspace: Path) -> None:
    entries = [
        (CHOICE, "budget@2026-11-12"),
        (CHOICE, "evidence"),
        ("What is right", "CFO: 2028"),
        ("Why was it", "Misheard"),
    ]
    talk(workspace, "correct nordlicht", entries, env=_today())
    text = (workspace / "contacts/nordlicht/jana-koehler.md").read_text("utf-8")
    assert 'evidence: "CFO: 2028", corrected: {date: 2026-11-23, because: "Misheard"}}' in text


def test_waiting_is_asked_for(workspace: Path) -> None:
    shown = talk(
        workspace,
        "block",
        [(CONTACT, "nobody"), ("no contact 'nobody'", "1"), ("wait for?", "CFO"), ("Until when", "")],
        env=_today(),
    )
    assert "○ Wait" in shown


@pytest.mark.parametrize("key", ["^C", "^D"])
def test_who_breaks_off_changes_nothing(workspace: Path, key: str) -> None:
    shown = talk(workspace, "decide nordlicht", [(CHOICE, "stop"), (CHOICE, "1"), (WHY, key)], status=1, env=_today())
    assert shown.rstrip().endswith("Aborted!")
    assert (workspace / "contacts/nordlicht/jana-koehler.md").read_text("utf-8") == JANA


def _today() -> dict[str, str]:
    return {"CRMTOOL_TODAY": TODAY}


def _editor(directory: Path, *scripts: str) -> dict[str, str]:
    """Make an editor that changes the file by the next of several sed scripts each time."""
    editor = directory / "my editor"
    cases = "\n".join(f"{n}) sed -i '{script}' \"$file\" ;;" for n, script in enumerate(scripts))
    editor.write_text(f"""#!/bin/sh
for file; do :; done
printf '%s\\n' "$*" >> '{directory}/calls'
n=$(($(wc -l < '{directory}/calls') - 1))
case $n in
{cases}
esac
""")
    editor.chmod(0o755)
    return {"VISUAL": f"'{editor}' --wait", **_today()}


def test_edit_offers_to_open_the_file_again(workspace: Path, tmp_path: Path) -> None:
    env = _editor(
        tmp_path,
        "s/^status: clarifying/status: ready/",
        "s/^status: ready/status: clarifying/;s/^owner: .*/owner: jonas/",
    )
    shown = talk(workspace, "edit nordlicht", [(f"{CHOICE} [reopen]", "")], env=env)
    assert "[status-mismatch]" in shown
    assert "● Clarify  In Klärung" in shown
    assert (workspace / "contacts/nordlicht/jana-koehler.md").read_text("utf-8") == JANA.replace(
        "owner: mira", "owner: jonas"
    )
    assert len((tmp_path / "calls").read_text("utf-8").splitlines()) == 2


def test_edit_can_undo(workspace: Path, tmp_path: Path) -> None:
    env = _editor(tmp_path, "s/^status: .*/status: [/")
    assert "nothing was changed" in talk(workspace, "edit", [(CONTACT, "1"), (CHOICE, "undo")], env=env)
    assert (workspace / "contacts/nordlicht/jana-koehler.md").read_text("utf-8") == JANA


def test_edit_can_keep_what_is_wrong(workspace: Path, tmp_path: Path) -> None:
    env = _editor(tmp_path, "s/^status: .*/status: redy/")
    talk(workspace, "edit nordlicht", [(CHOICE, "keep")], env=env, status=1)
    assert "status: redy" in (workspace / "contacts/nordlicht/jana-koehler.md").read_text("utf-8")


@pytest.mark.parametrize("program", [("-m", "crmtool"), ("-c", BUSY)], ids=["quick", "busy"])
def test_ctrl_c_is_left_to_the_editor(workspace: Path, tmp_path: Path, program: tuple[str, ...]) -> None:
    editor = tmp_path / "editor"
    # A signal just before a `read` would be seen only after it.
    wait = "trap 'caught=yes' INT\necho typing\nuntil [ \"$caught\" ]; do sleep 0.05; done\necho caught\nread -r line\n"
    editor.write_text(f"#!/bin/sh\n{wait}sed -i 's/^owner: .*/owner: jonas/' \"$1\"\n")
    editor.chmod(0o755)
    env = {"VISUAL": str(editor), **_today()}
    shown = talk(workspace, "edit nordlicht", [("typing", "^C"), ("caught", "done")], env=env, program=program)
    assert "● Clarify  In Klärung" in shown
    assert "owner: jonas" in (workspace / "contacts/nordlicht/jana-koehler.md").read_text("utf-8")


def test_what_is_typed_can_be_edited(workspace: Path) -> None:
    left = "\x1b[D"
    typed = f"The CO{left}F"
    answers = [(CHOICE, "buyer"), (f"{CHOICE}: ", "yes"), (REST, typed)]
    talk(workspace, "answer nordlicht", answers, env=_today())
    assert 'evidence: "The CFO"' in (workspace / "contacts/nordlicht/jana-koehler.md").read_text("utf-8")


def test_the_second_person_is_asked_for_again(workspace: Path) -> None:
    file = workspace / "contacts/nordlicht/jana-koehler.md"
    ended = '  - {date: 2026-11-10, to: stopped, reason: no_need, because: "No"}\nnext_step:'
    file.write_text(JANA.replace("next_step:", ended).replace("status: clarifying", "status: stopped"), "utf-8")
    answers = [
        (CHOICE, "1"),
        (WHY, "They came back"),
        ("Who decides?", "Mira"),
        ("Who else", "mira"),
        ("another", "Jo"),
    ]
    talk(workspace, "decide nordlicht", answers, env=_today())
    assert "by: Mira, confirmed_by: Jo}" in file.read_text("utf-8")


def test_a_correction_asks_again_and_offers_what_there_is(workspace: Path) -> None:
    dated = [(CHOICE, "fit"), (CHOICE, "met"), ("What is right?", "4.11.2026"), ("write 2026-11-04", "2026-11-04")]
    talk(workspace, "correct nordlicht", [*dated, ("Why was it", "Misdated")], env=_today())
    assert "fit: {met: 2026-11-04" in (workspace / "contacts/nordlicht/jana-koehler.md").read_text("utf-8")
    who = [(CHOICE, "pain"), (CHOICE, "attested_by"), (CHOICE, "us"), ("Why was it", "They did not say so")]
    talk(workspace, "correct nordlicht", who, env=_today())
    assert "attested_by: us" in (workspace / "contacts/nordlicht/jana-koehler.md").read_text("utf-8")


def test_on_a_narrow_terminal_choices_keep_their_numbers(workspace: Path) -> None:
    shown = talk(workspace, "decide", [(CONTACT, "^C")], env=_today() | {"COLUMNS": "50"}, status=1)
    assert re.search(r"^ +1 +nordlicht/jana-koehler", shown, re.MULTILINE)


def test_undo_never_goes_over_what_somebody_else_wrote(workspace: Path, tmp_path: Path) -> None:
    file = workspace / "contacts/nordlicht/jana-koehler.md"
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/^status: .*/status: redy/' \"$1\"\n")
    editor.chmod(0o755)
    terminal: pexpect.spawn[str] = pexpect.spawn(
        sys.executable,
        ["-m", "crmtool", "edit", "nordlicht"],
        cwd=str(workspace),
        env={**os.environ, "VISUAL": str(editor), **_today()},
        encoding="utf-8",
        timeout=60,
    )
    terminal.expect_exact(CHOICE)
    with file.open("a", encoding="utf-8") as stream:
        stream.write("theirs\n")
    terminal.sendline("undo")
    terminal.expect_exact("was changed by somebody else since it was read")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 2
    assert file.read_text("utf-8").endswith("theirs\n")


def test_undo_brings_back_what_the_editor_removed_and_tells_what_was_wrong_before(
    workspace: Path, tmp_path: Path
) -> None:
    file = workspace / "contacts/nordlicht/jana-koehler.md"
    broken = JANA.replace("status: clarifying", "status: redy")
    file.write_text(broken, "utf-8")
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nrm "$1"\n')
    editor.chmod(0o755)
    shown = talk(workspace, "edit nordlicht", [(CHOICE, "undo")], env={"VISUAL": str(editor), **_today()}, status=1)
    assert "nothing was changed" in shown
    assert file.read_text("utf-8") == broken


def test_a_file_with_errors_can_be_picked_to_be_edited(workspace: Path, tmp_path: Path) -> None:
    broken = workspace / "contacts/broken.md"
    broken.write_text(JANA.replace("status: clarifying", "status: [x]"), "utf-8")
    env = _editor(tmp_path, r"s/^status: .*/status: clarifying/")
    talk(workspace, "edit", [(CONTACT, "broken")], env=env)
    assert broken.read_text("utf-8") == JANA


def test_a_reason_that_is_none_is_told_before_anything_is_asked(workspace: Path) -> None:
    shown = talk(workspace, "stop nordlicht no_ned", env=_today(), status=1)
    assert "did you mean 'no_need'?" in shown

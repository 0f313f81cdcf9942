"""What the shell is told: by functions that give what can be told, and never raise or print."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import CompletionItem, ShellComplete

from crmtool.cli import cli, completing
from crmtool.cli.session import COMPLETE_VARIABLE, Session, common_options
from crmtool.cli.shells import Bash
from crmtool.rules import ALL_RULES
from tests.conftest import JANA, TODAY, crmtool, write_files

CRITERIA = {"fit", "pain", "buyer", "budget", "deadline", "conflict"}


@click.group()
@common_options
def program() -> None:
    """A command line with a command for each thing that is completed."""


@program.command()
@click.argument("contact", shell_complete=completing.contacts)
@click.argument("to", shell_complete=completing.transitions)
@click.option("--reason", shell_complete=completing.reasons)
@common_options
def decide(contact: str, to: str, reason: str | None) -> None:
    """Decide."""


@program.command()
@click.argument("contact", shell_complete=completing.contacts)
@click.argument("criterion", shell_complete=completing.missing_criteria)
@click.option("--owner", shell_complete=completing.owners)
@click.option("--tag", shell_complete=completing.tags)
@common_options
def answer(contact: str, criterion: str, owner: str | None, tag: str | None) -> None:
    """Answer."""


@program.command()
@click.argument("contact", required=False)
@click.option("--reason", shell_complete=completing.ending_reasons)
@click.option("--criterion", shell_complete=completing.criteria)
@click.option("--missing", "criterion", shell_complete=completing.missing_criteria)
@click.option("--status", shell_complete=completing.statuses)
@click.option("--way", shell_complete=completing.transitions)
@click.option("--code", shell_complete=completing.codes)
@common_options
def stop(contact: str | None, **options: str | None) -> None:
    """Stop."""


@pytest.fixture(autouse=True)
def _in_the_workspace(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace)
    monkeypatch.setenv("CRMTOOL_TODAY", TODAY)


def _items(*words: str) -> list[CompletionItem[str]]:
    """Complete the last of the words."""
    shell = ShellComplete(program, {"obj": Session()}, "crmtool", COMPLETE_VARIABLE)
    return shell.get_completions(list(words[:-1]), words[-1])


def _values(*words: str) -> list[str]:
    return [item.value for item in _items(*words)]


def _add(root: Path, id: str, text: str | bytes = JANA) -> None:
    write_files(root, {f"contacts/{id}.md": text})


def test_contacts_by_the_beginning_of_their_id_or_path(workspace: Path) -> None:
    _add(workspace, "süd/öl")
    _add(workspace, "README")
    _add(workspace, "_draft")
    assert _values("answer", "") == ["nordlicht/jana-koehler", "süd/öl"]
    assert _values("answer", "SÜD") == ["süd/öl"]
    assert _values("answer", "su\u0308d") == ["süd/öl"]
    assert _values("answer", "contacts/s") == ["contacts/süd/öl.md"]


def test_contacts_by_a_part_of_their_id_or_name_only_where_none_begins_so(workspace: Path) -> None:
    _add(workspace, "ost/x", JANA.replace("Jana Köhler", "Nordine Meer"))
    assert _values("answer", "nord") == ["nordlicht/jana-koehler"]
    (found,) = _items("answer", "meer")
    assert (found.value, found.help) == ("ost/x", "Nordlicht Logistik GmbH · Nordine Meer")


def test_to_list_contacts_none_is_read(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from crmtool.workspace import WorkTree

    monkeypatch.delattr(WorkTree, "read")
    assert _values("answer", "nord") == ["nordlicht/jana-koehler"]
    assert _values("answer", "jana") == []


def test_what_a_terminal_would_obey_is_left_out_or_made_visible(workspace: Path) -> None:
    _add(workspace, "evil\x1b[2J")
    (workspace / "contacts" / os.fsdecode(b"latin\xe9.md")).write_text(JANA, "utf-8")
    _add(workspace, "plain", JANA.replace("name: Jana Köhler", 'name: "A\\eB\\nC"'))
    assert _values("answer", "") == ["nordlicht/jana-koehler", "plain"]
    assert [item.help for item in _items("answer", "a\x1bb")] == ["Nordlicht Logistik GmbH · A\\u001bB C"]


@pytest.mark.parametrize(
    ("day", "missing"),
    [
        (TODAY, ["buyer", "budget", "deadline"]),
        ("2026-11-06", ["pain", "buyer", "deadline"]),
    ],
)
def test_criteria_that_the_contact_lacks_on_the_day(day: str, missing: list[str]) -> None:
    assert _values("--today", day, "answer", "nordlicht/jana-koehler", "") == missing


def test_a_criterion_is_offered_with_its_question_and_may_be_answered_anew() -> None:
    (item,) = _items("answer", "jana", "buy")
    assert (item.value, item.help) == ("buyer", "Wer unterschreibt?")
    assert _values("answer", "jana", "fi") == ["fit"]


@pytest.mark.parametrize("contact", ["stop", "nobody"])
def test_without_a_contact_all_criteria_that_are_asked_are_offered(contact: str, workspace: Path) -> None:
    rules = workspace / "criteria.yaml"
    book = rules.read_text("utf-8")
    rules.write_text(book.replace("  buyer:    {", "  buyer:    {retired: 2026-11-23, "), "utf-8")
    words = ["stop", "--missing", ""] if contact == "stop" else ["answer", contact, ""]
    assert set(_values(*words)) == CRITERIA - {"buyer"}
    assert set(_values("stop", "--criterion", "")) == CRITERIA - {"buyer"}
    assert set(_values("--today", "2026-11-22", "stop", "--criterion", "")) == CRITERIA


def test_transitions_that_are_possible_now_with_where_they_lead() -> None:
    found = {item.value: item.help for item in _items("decide", "nordlicht/jana-koehler", "")}
    assert found == {"park": "→ Zurückgestellt", "stop": "→ Beendet"}


def test_a_transition_is_offered_once_all_that_it_requires_holds(workspace: Path) -> None:
    buyer = "  buyer: {met: 2026-11-21, evidence: Geschäftsführung}\n  deadline: {met: 2026-11-21, evidence: Mail}\n"
    _add(workspace, "nordlicht/jana-koehler", JANA.replace("criteria:\n", "criteria:\n" + buyer))
    assert _values("decide", "jana", "") == ["mature", "park", "stop"]
    assert _values("--today", "2026-11-20", "decide", "jana", "") == ["park", "stop"]


def test_a_status_is_offered_where_no_transition_is_called_so() -> None:
    assert _values("decide", "jana", "st") == ["stop"]
    assert _values("decide", "jana", "stopp") == ["stopped"]
    assert _values("decide", "jana", "ready") == []
    assert _values("decide", "nobody", "") == [
        "qualify",
        "mature",
        "agree",
        "recycle",
        "park",
        "resume",
        "stop",
        "reopen",
    ]
    assert _values("stop", "--way", "") == _values("decide", "nobody", "")


@pytest.mark.parametrize(
    ("to", "reasons"), [("park", {"timing", "waiting"}), ("parked", {"timing", "waiting"}), ("mature", set())]
)
def test_reasons_of_the_status_that_is_decided_for(to: str, reasons: set[str]) -> None:
    assert set(_values("decide", "jana", to, "--reason", "")) == reasons


def test_reasons_of_all_statuses_and_of_the_end(workspace: Path) -> None:
    assert {"timing", "no_fit"} < set(_values("decide", "--reason", ""))
    ending = {"no_fit", "no_need", "no_decision", "competitor", "our_no"}
    assert set(_values("stop", "jana", "--reason", "")) == set(_values("stop", "--reason", "")) == ending
    _add(workspace, "over", JANA.replace("to: clarifying", "to: stopped"))
    assert _values("stop", "over", "--reason", "") == []
    (item,) = _items("stop", "jana", "--reason", "no_n")
    assert (item.value, item.help) == ("no_need", "Kein Bedarf")


def test_statuses_owners_tags_and_codes(workspace: Path) -> None:
    _add(workspace, "ost/x", JANA.replace("owner: mira", "owner: Ada B\ntags: [b2b, ost]"))
    assert _values("stop", "--status", "") == ["new", "clarifying", "ready", "parked", "agreed", "stopped"]
    assert _values("answer", "--owner", "") == ["Ada B", "mira"]
    assert _values("answer", "--tag", "") == ["b2b", "ost"]
    assert _values("stop", "--code", "") == list(ALL_RULES)


def test_contacts_with_errors_do_not_hide_the_others(workspace: Path) -> None:
    _add(workspace, "broken", "no front matter")
    _add(workspace, "half", "---\nname: H\nowner: half\n---\n")
    (workspace / "contacts" / "gone.md").symlink_to("nowhere")
    assert _values("answer", "") == ["broken", "gone", "half", "nordlicht/jana-koehler"]
    assert _values("answer", "--owner", "") == ["half", "mira"]
    assert set(_values("answer", "broken", "")) == CRITERIA


def test_a_broken_rule_book_leaves_the_contacts(workspace: Path) -> None:
    (workspace / "criteria.yaml").write_text("statuses: [", "utf-8")
    assert _values("answer", "") == ["nordlicht/jana-koehler"]
    assert _values("answer", "--owner", "") == ["mira"]
    assert _values("answer", "jana", "") == _values("decide", "jana", "") == _values("stop", "--status", "") == []


def test_the_directory_is_that_of_the_line(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert _values("answer", "") == []
    assert _values("-C", str(workspace), "answer", "") == ["nordlicht/jana-koehler"]
    assert _values("answer", "-C", str(workspace), "") == ["nordlicht/jana-koehler"]
    monkeypatch.chdir(workspace)
    assert _values("-C", str(tmp_path / "nowhere"), "answer", "") == []


def test_a_shell_that_asks_in_an_unknown_way_is_told_nothing(workspace: Path) -> None:
    for asked in ("bash_complete", "tcsh_complete", "nothing"):
        run = crmtool(cwd=workspace, env={COMPLETE_VARIABLE: asked})
        assert (run.status, run.out, run.err) == (1, "", "")


def test_a_wrong_day_stops_only_what_needs_one() -> None:
    assert _values("--today", "soon", "answer", "") == ["nordlicht/jana-koehler"]
    assert _values("--today", "soon", "answer", "jana", "") == []


def _complete(line: str, cwd: Path) -> tuple[str, str]:
    words = line.split(" ")
    env = {COMPLETE_VARIABLE: "bash_complete", "COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    run = crmtool(cwd=cwd, env=env)
    assert run.status == 0
    return run.out, run.err


@pytest.mark.parametrize(
    "line", ["crmtool why x", "crmtool list --status x", "crmtool nope x", "crmtool -C /nowhere why x"]
)
def test_outside_of_a_workspace_nothing_is_told(line: str, tmp_path: Path) -> None:
    assert _complete(line, tmp_path) == ("\n", "")


@pytest.mark.parametrize(
    ("typed", "found", "needless"),
    [
        ("wh", "plain,why", {"crmtool.cli.look", "crmtool.workspace", "yaml"}),
        ("why\nnord", "plain,nordlicht/jana-koehler", {"crmtool.rules", "mkdocs"}),
        ("site\nbui", "plain,build", {"crmtool.workspace", "mkdocs"}),
        ("decide\njana\npar", "plain,park", {"mkdocs", "crmtool.report"}),
    ],
)
def test_what_is_not_needed_is_not_loaded(typed: str, found: str, needless: set[str], workspace: Path) -> None:
    code = "import sys; from crmtool.cli import main\ntry: main()\nfinally: print(*sys.modules)"
    at = str(len(typed.split()))
    asked = {COMPLETE_VARIABLE: "bash_complete", "COMP_WORDS": f"crmtool\n{typed}", "COMP_CWORD": at}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **asked}, capture_output=True, check=True, text=True
    )
    completed, modules = done.stdout.split("\n", 1)
    assert completed == found
    assert not {"rich", *needless} & set(modules.split())


@pytest.mark.parametrize(
    ("line", "words", "typed"),
    [
        ("crmtool --today = 2026-11-23 why x", ["--today=2026-11-23", "why"], "x"),
        ("crmtool list --status = x", ["list", "--status"], "x"),
        ("crmtool list --status =", ["list", "--status"], ""),
        ("crmtool list --status = ready --owner x", ["list", "--status=ready", "--owner"], "x"),
    ],
)
def test_bash_splits_words_at_equals_signs(
    line: str, words: list[str], typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMP_WORDS", line.replace(" ", "\n"))
    monkeypatch.setenv("COMP_CWORD", str(len(line.split()) - 1))
    assert Bash(program, {}, "crmtool", COMPLETE_VARIABLE).get_completion_args() == (words, typed)


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("why nord", ["nordlicht/jana-koehler"]),
        ("list --status re", ["ready"]),
        ("list --missing bu", ["buyer", "budget"]),
        ("list --owner m", ["mira"]),
        ("log --to park", ["parked"]),
        ("answer jana b", ["buyer", "budget"]),
        ("answer jana buyer not", ["not-met"]),
        ("decide jana p", ["park"]),
        ("decide jana park --reason t", ["timing"]),
        ("stop jana no_n", ["no_need"]),
        ("next jana --clarifies d", ["deadline"]),
        ("correct jana budget", ["budget@2026-11-12", "budget@2026-10-28"]),
        ("correct jana decision@2026-11", ["decision@2026-11-05"]),
        ("explain too-", ["too-deep", "too-large"]),
        ("rules gr", ["graph"]),
        ("completion z", ["zsh"]),
    ],
)
def test_the_commands_complete(line: str, values: list[str]) -> None:
    words = line.split()
    shell = ShellComplete(cli, {"obj": Session()}, "crmtool", COMPLETE_VARIABLE)
    assert [item.value for item in shell.get_completions(words[:-1], words[-1])] == values


@pytest.mark.parametrize(
    ("begun", "written"),
    [("s", r"süd\ \&\ o\'brien/\$1"), ('"s', r"""süd & o'brien/\$1"""), ("'s", r"süd & o'\''brien/$1")],
)
def test_bash_gets_words_quoted_as_they_were_begun(begun: str, written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMP_WORDS", f"crmtool\nwhy\n{begun}")
    monkeypatch.setenv("COMP_CWORD", "2")
    told = Bash(program, {}, "crmtool", COMPLETE_VARIABLE).format_completion(CompletionItem("süd & o'brien/$1"))
    kind, _, word = told.replace("\\\\", "\\").partition(",")
    assert (kind, word) == ("plain", written)

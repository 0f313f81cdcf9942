"""--rev: a workspace as Git has it in a revision, the rule book of that time too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import CompletionItem, ShellComplete
from click.testing import CliRunner, Result

from crmtool.cli import cli
from crmtool.cli.session import COMPLETE_VARIABLE, Session
from tests.git.conftest import Repo

COMMANDS = ("why jana", "focus", "board", "list", "log", "log jana", "progress")
STRICTER = Repo.rules.replace("Fits, or not", "Fits").replace("requires: [fit]}", "requires: [fit, budget]}")
FIT = 'criteria:\n  fit: {met: 2026-11-08, evidence: "85 people"}\ndecisions:'


@pytest.fixture
def then(repo: Repo) -> str:
    """The first commit, of 2026-11-10; since then the rules became stricter, and a criterion was answered."""
    repo.workspace()
    return commit(repo, "2026-11-10")


@pytest.fixture
def now(repo: Repo, then: str) -> str:
    repo.stage("criteria.yaml", STRICTER)
    repo.stage("contacts/jana.md", Repo.good.replace("decisions:", FIT))
    repo.stage("contacts/bo.md", Repo.good.replace("Jana Köhler", "Bo Berg"))
    return commit(repo, "2026-11-20")


def commit(repo: Repo, day: str) -> str:
    repo.git("commit", "--quiet", "--no-verify", "-m", "a change", GIT_COMMITTER_DATE=f"{day}T23:30:00-08:00")
    return repo.head()


def run(repo: Repo, *arguments: str, start: str = "") -> Result:
    return CliRunner().invoke(cli, ["-C", str(repo.top / start), *arguments], catch_exceptions=False)


def told(repo: Repo, *arguments: str, start: str = "") -> str:
    result = run(repo, *arguments, start=start)
    assert result.exit_code == 0, result.output
    return result.stdout


def values(repo: Repo, *arguments: str) -> Any:
    return json.loads(told(repo, *arguments, "--format", "json"))


def refused(repo: Repo, *arguments: str, start: str = "") -> str:
    done = repo.crmtool(*arguments, cwd=repo.top / start)
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr.removeprefix("crmtool: ").strip()


def test_the_files_and_the_rules_are_those_of_then(repo: Repo, then: str, now: str) -> None:
    missing = [
        condition["text"] for condition in values(repo, "why", "jana", "--rev", then)["missing"][0]["conditions"]
    ]
    assert missing == ["fit"]
    missing = [condition["text"] for condition in values(repo, "why", "jana")["missing"][0]["conditions"]]
    assert missing == ["budget"]
    assert values(repo, "why", "jana", "--rev", now)["missing"] == values(repo, "why", "jana")["missing"]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_present_is_told_alike_by_the_files_and_by_git(command: str, repo: Repo, now: str) -> None:
    here, there = values(repo, *command.split()), values(repo, *command.split(), "--rev", "HEAD", "--at", "today")
    assert there.pop("rev") == now
    assert there == here


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_only_on_the_disk_makes_no_difference(command: str, repo: Repo, now: str) -> None:
    before = told(repo, *command.split(), "--rev", "HEAD")
    repo.write("criteria.yaml", Repo.rules.replace("label: New", "label: Fresh"))
    repo.write("contacts/jana.md", "broken")
    repo.write("schemas/contact.schema.json", "{")
    (repo.top / "contacts" / "bo.md").unlink()
    assert told(repo, *command.split(), "--rev", "HEAD") == before


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("why jana", "▲ Plan · New for 9 days, as of 2026-11-10, commit {}"),
        ("focus", "What deserves attention on 2026-11-10, commit {}: 1 to plan"),
        ("board", "as of 2026-11-10, commit {}"),
        ("list", "as of 2026-11-10, commit {}"),
        ("log", "No decision up to 2026-11-10 in commit {}; 1 contact entered"),
        ("progress", "From 2026-11-03 to 2026-11-10, commit {}: 1 unchanged"),
        ("progress --since today", "Since 2026-11-10 in commit {}: 1 unchanged"),
    ],
)
def test_it_is_told_which_revision_is_shown(command: str, text: str, repo: Repo, then: str, now: str) -> None:
    lines = told(repo, *command.split(), "--rev", then).splitlines()
    assert lines[command.startswith("why")].startswith(text.format(then[:10]))


def test_csv_is_the_same_with_other_rows(repo: Repo, then: str, now: str) -> None:
    rows = told(repo, "list", "--rev", then, "--format", "csv").splitlines()
    assert rows[0] == told(repo, "list", "--format", "csv").splitlines()[0]
    assert [row.split(",")[0] for row in rows[1:]] == ["jana"]


@pytest.mark.parametrize(
    ("options", "day"),
    [
        ((), "2026-11-10"),
        (("--today", "2026-11-09"), "2026-11-09"),
        (("--at", "2026-11-05"), "2026-11-05"),
        (("--at", "2d"), "2026-11-21"),
    ],
)
def test_the_day_is_that_of_the_commit_unless_said_but_never_after_today(
    options: tuple[str, ...], day: str, repo: Repo, then: str
) -> None:
    assert values(repo, "list", "--rev", then, *options)["today"] == day


def test_revisions_are_named_as_git_names_them(repo: Repo, then: str, now: str) -> None:
    repo.git("tag", "-a", "round", "-m", "The round", then)
    for name in ("round", "HEAD~1", "main~", then[:8], "HEAD^{/a change}~1", "main@{1}"):
        assert values(repo, "list", "--rev", name)["rev"] == then


def test_json_has_no_rev_without_the_option(repo: Repo, now: str) -> None:
    assert not any("rev" in values(repo, *command.split()) for command in COMMANDS)


def test_a_renamed_contact_is_found_by_its_old_name(repo: Repo, then: str, now: str) -> None:
    repo.git("mv", "contacts/jana.md", "contacts/koehler.md")
    for wanted in ("jana", "Jana K", "contacts/jana.md"):
        assert values(repo, "why", wanted, "--rev", then)["contact"] == "jana"
    assert '"contact": "jana"' in told(repo, "why", "jana.md", "--rev", then, "--format", "json", start="contacts")
    missing = f"no contact 'koehler' in commit {then[:10]}: koehler came later, or was called otherwise then"
    assert refused(repo, "why", "koehler", "--rev", then).startswith(f"{missing}; ")
    assert refused(repo, "log", "koehler.md", "--rev", then, start="contacts").startswith("no contact 'koehler.md' in")


def test_a_contact_that_did_not_exist_then(repo: Repo, then: str, now: str) -> None:
    in_commit = f"in commit {then[:10]}"
    hint = f"`crmtool list --rev {then[:10]}` shows those of then"
    later = "bo came later, or was called otherwise then"
    assert refused(repo, "why", "Bo Berg", "--rev", then) == f"no contact 'Bo Berg' {in_commit}: {later}; {hint}"
    assert refused(repo, "why", "nobody", "--rev", then) == f"no contact 'nobody' {in_commit}; {hint}"
    near = "did you mean 'jana' (Jana Köhler)?"
    assert refused(repo, "why", "janna", "--rev", then) == f"no contact 'janna' {in_commit}; {near}"


def test_a_contact_that_exists_no_more(repo: Repo, then: str, now: str) -> None:
    (repo.top / "contacts" / "jana.md").unlink()
    assert values(repo, "why", "jana", "--rev", then)["contact"] == "jana"


def test_a_day_before_the_contact(repo: Repo, then: str) -> None:
    message = f"jana does not exist on 2026-10-01, commit {then[:10]}: its first decision is of 2026-11-01"
    assert refused(repo, "why", "jana", "--rev", then, "--at", "2026-10-01") == message


def test_revisions_that_are_unknown_or_hold_no_workspace(repo: Repo, tmp_path: Path) -> None:
    repo.stage("README.md", "Hello")
    empty = commit(repo, "2026-11-01")
    repo.workspace("sales/")
    commit(repo, "2026-11-02")
    missing = f"commit {empty[:10]} has no sales/criteria.yaml: the workspace did not exist then, or lay elsewhere"
    assert refused(repo, "list", "--rev", empty, start="sales") == missing
    unknown = "no commit 'v9' in this repository; `git log --oneline --all` lists them, `git fetch` may bring it"
    assert refused(repo, "focus", "--rev", "v9", start="sales") == unknown
    assert refused(repo, "focus", "--rev", "", start="sales").startswith("no commit ''")
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.top}", str(tmp_path / "clone"))
    shallow = f"no commit '{empty}' in this shallow clone; `git fetch --unshallow` brings all of them"
    assert refused(Repo(tmp_path / "clone"), "board", "--rev", empty, start="sales") == shallow


def test_outside_of_a_repository(tmp_path: Path) -> None:
    place = Repo(tmp_path)
    place.write("criteria.yaml", Repo.rules)
    assert refused(place, "list", "--rev", "HEAD") == f"{tmp_path} lies in no Git repository; `git init` makes one"


def test_errors_of_then_are_told_as_such(repo: Repo, then: str) -> None:
    repo.stage("contacts/jana.md", "broken")
    broken = commit(repo, "2026-11-11")[:10]
    repo.stage("criteria.yaml", Repo.rules.replace("kind: won", "kind: lost"))
    no_rules = commit(repo, "2026-11-12")[:10]
    repo.stage("schemas/contact.schema.json", "{")
    no_schema = commit(repo, "2026-11-13")[:10]
    repo.workspace()
    (repo.top / "schemas" / "contact.schema.json").unlink()
    left_out = run(repo, "list", "--rev", broken)
    assert (left_out.exit_code, left_out.stderr) == (
        0,
        f"left out, since they have errors in commit {broken}: contacts/jana.md\n",
    )
    assert refused(repo, "why", "jana", "--rev", broken) == f"contacts/jana.md has errors in commit {broken}"
    assert refused(repo, "focus", "--rev", no_rules).startswith(f"{no_rules}:criteria.yaml:8:66: ")
    assert refused(repo, "list", "--rev", no_schema).startswith(f"in commit {no_schema}: schemas/contact.schema.json: ")


def test_all_contacts_are_read_by_one_process(repo: Repo, tmp_path: Path) -> None:
    repo.workspace()
    for n in range(200):
        repo.stage(f"contacts/c{n}.md", Repo.good.replace("Jana", f"J{n}"))
    commit(repo, "2026-11-10")
    trace = tmp_path / "trace"
    assert repo.crmtool("list", "--rev", "HEAD", GIT_TRACE=str(trace)).stdout.count("\n") == 202
    commands = [line.split("built-in: git ")[1].split()[0] for line in trace.read_text("utf-8").splitlines()]
    assert commands.count("cat-file") == 1
    assert len(commands) <= 6


def test_branches_and_tags_are_completed(repo: Repo, now: str, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.git("branch", "meeting")
    repo.git("tag", "-a", "round-1", "-m", "The first round")
    monkeypatch.chdir(repo.top)

    def completed(typed: str) -> list[CompletionItem[str]]:
        shell = ShellComplete(cli, {"obj": Session()}, "crmtool", COMPLETE_VARIABLE)
        return shell.get_completions(["why", "jana", "--rev"], typed)

    assert [(item.value, item.help) for item in completed("m")] == [("main", "a change"), ("meeting", "a change")]
    assert [(item.value, item.help) for item in completed("round")] == [("round-1", "The first round")]
    monkeypatch.chdir(repo.top.parent)
    assert completed("") == []

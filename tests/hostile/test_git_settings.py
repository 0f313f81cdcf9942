"""A repository's own settings name programs: a command that only looks runs none of them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.git.conftest import GOOD, MakeRepo, Repo
from tests.hostile.conftest import ENDED, told

Trap = Callable[[str], str]
Ran = Callable[[], list[str]]
LOOKS = (
    "check",
    "check --base HEAD~1",
    "check --staged",
    "check --range HEAD~1..HEAD",
    "focus",
    "focus --rev HEAD~1",
    "why jana",
    "list --rev HEAD~1",
    "log",
    "progress",
    "board",
    "diff",
    "diff HEAD~1..HEAD",
    "blame jana",
    "blame jana --rev HEAD",
    "doctor",
    "export",
    "rules impact HEAD~1",
    "rules graph",
    "retention",
    "subject jana",
    "answer jana fit met --dry-run",
)
READ_VERSIONS = tuple(look for look in LOOKS if "HEAD~1" in look or look in ("diff", "blame jana", "subject jana"))
HOOKS = (
    "pre-commit",
    "post-index-change",
    "reference-transaction",
    "post-checkout",
    "fsmonitor-watchman",
    "pre-auto-gc",
)


def settings(trap: Trap, hooks: Path) -> dict[str, str]:
    for name in HOOKS:
        (hooks / name).symlink_to(trap(f"hook-{name}"))
    programs = {
        "core.fsmonitor",
        "core.sshCommand",
        "core.editor",
        "core.pager",
        "pager.log",
        "core.askPass",
        "core.gitProxy",
        "core.alternateRefsCommand",
        "diff.external",
        "diff.evil.textconv",
        "diff.evil.command",
        "filter.evil.clean",
        "filter.evil.smudge",
        "merge.crmtool.driver",
        "gpg.program",
        "credential.helper",
        "sequence.editor",
        "interactive.diffFilter",
        "uploadpack.packObjectsHook",
        "trailer.x.command",
    }
    named = {name: trap(name) for name in programs}
    aliases = {f"alias.{name}": f"!{trap(f'alias-{name}')}" for name in ("log", "ls-files", "rev-parse", "cat-file")}
    switched_on = {"commit.gpgSign": "true", "log.showSignature": "true", "submodule.recurse": "true"}
    return {**named, **aliases, **switched_on, "core.hooksPath": str(hooks), "protocol.ext.allow": "always"}


def as_file(named: Mapping[str, str]) -> str:
    """Write settings as Git keeps them: one such as diff.evil.textconv in the section `diff "evil"`."""
    lines = []
    for name, value in named.items():
        section, *below, key = name.split(".")
        lines.append(
            f'[{" ".join((section, *(f"{chr(34)}{each}{chr(34)}" for each in below)))}]\n\t{key} = "{value}"\n'
        )
    return "".join(lines)


@pytest.fixture
def stranger(repo: Repo, trap: Trap, tmp_path: Path) -> Repo:
    """A repository of two commits whose settings, included from a file, name programs wherever Git takes one."""
    repo.workspace().stage(".gitattributes", "* filter=evil diff=evil\n")
    repo.commit()
    repo.stage("contacts/jana.md", GOOD + "More.\n")
    repo.commit()
    (tmp_path / "hooks").mkdir()
    repo.write(".git/more", as_file(settings(trap, tmp_path / "hooks")))
    with (repo.top / ".git/config").open("a") as file:
        file.write("[include]\n\tpath = more\n")
    os.utime(repo.top / "criteria.yaml", (1, 1))  # Git has to look at the file again
    repo.write("contacts/jana.md", GOOD + "Other notes.\n")
    return repo


def test_who_looks_runs_nothing(stranger: Repo, ran: Ran) -> None:
    for look in LOOKS:
        assert told(*look.split(), at=stranger.top).status in (0, 1), look
        assert (look, ran()) == (look, [])


def test_the_traps_are_traps(stranger: Repo, ran: Ran) -> None:
    stranger.attempt("git", "status")
    stranger.attempt("git", "commit", "-am", "x")
    assert {"core.fsmonitor", "filter.evil.clean", "hook-pre-commit"} <= set(ran())


def test_who_commits_wants_the_hooks_of_the_repository(stranger: Repo, ran: Ran) -> None:
    assert told("answer", "jana", "fit", "met", "--commit", at=stranger.top).status != 0
    assert "hook-pre-commit" in ran(), "as with `git commit`: the reference says so"
    assert "core.fsmonitor" not in ran()


def remote(kind: str, trap: Trap, name: str) -> dict[str, str]:
    return {
        "ext": {f"remote.{name}.url": f"ext::{trap('ext')} %S"},
        "upload-pack": {f"remote.{name}.url": "/", f"remote.{name}.uploadpack": trap("uploadpack")},
        "ssh": {f"remote.{name}.url": "ssh://nowhere.invalid/x", "core.sshCommand": trap("core.sshCommand")},
        "helper": {f"remote.{name}.url": "/", f"remote.{name}.vcs": "evil"},
        "git": {f"remote.{name}.url": "git://nowhere.invalid/x", "core.gitProxy": trap("core.gitProxy")},
    }[kind]


@pytest.mark.parametrize("is_marked", [True, False])
def test_what_is_missing_is_not_fetched_by_a_program_of_the_repository(
    stranger: Repo, trap: Trap, ran: Ran, is_marked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A partial clone fetches what it lacks when it is read: its settings say how."""
    monkeypatch.setenv("GIT_SSH_COMMAND", "false")
    lose(stranger, "HEAD~1:contacts/jana.md", is_marked=is_marked)
    more = {"core.repositoryFormatVersion": "1", "extensions.partialClone": "r0"}
    for number, kind in enumerate(("ext", "upload-pack", "ssh", "helper", "git")):
        more |= {**remote(kind, trap, f"r{number}"), f"remote.r{number}.promisor": "true"}
    with (stranger.top / ".git/config").open("a") as file:
        file.write(as_file(more))
    for look in READ_VERSIONS:
        assert told(*look.split(), at=stranger.top).status in (0, 1, 2)
        assert (look, ran()) == (look, [])
    stranger.attempt("git", "cat-file", "-p", "HEAD~1:contacts/jana.md")
    assert ran() != [], "they are traps"


def lose(repo: Repo, what: str, *, is_marked: bool) -> None:
    id = repo.git("rev-parse", what).strip()
    file = repo.top / ".git/objects" / id[:2] / id[2:]
    file.unlink()
    if is_marked:
        repo.write(".git/objects/pack/pack-0.promisor", "")


def test_the_work_tree_is_where_the_repository_is(repo: Repo, outside: Path) -> None:
    repo.workspace().commit()
    repo.git("config", "core.worktree", str(outside.parent))
    done = told("check", "--staged", at=repo.top)
    assert (done.status, done.out) == (2, "")
    assert f"takes {outside.parent} for its work tree (core.worktree); `git -C " in done.err


@pytest.mark.parametrize("way", ["setting", "link"])
def test_hooks_are_not_written_to_where_a_repository_leads(repo: Repo, outside: Path, way: str) -> None:
    repo.workspace().commit()
    if way == "setting":
        repo.git("config", "core.hooksPath", str(outside))
    else:
        repo.attempt("rm", "-r", ".git/hooks")
        (repo.top / ".git/hooks").symlink_to(outside)
    for command in ("install", "uninstall"):
        done = told("hook", command, at=repo.top)
        assert done.status == 2
        assert "the hooks would lie outside of this repository, in " in done.err
    assert [file.name for file in outside.iterdir()] == ["secret.md"]


def test_settings_are_not_written_to_where_a_link_leads(repo: Repo, outside: Path) -> None:
    repo.workspace().commit()
    (repo.top / ".git/config").rename(outside / "config")
    (repo.top / ".git/config").symlink_to(outside / "config")
    before = (outside / "config").read_bytes()
    assert "leads out of" in told("hook", "install", at=repo.top).err
    assert (outside / "config").read_bytes() == before


def test_a_repository_of_somebody_else_is_left_to_git(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.workspace().commit()
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    done = told("check", "--staged", at=repo.top)
    assert done.status == 2
    assert "dubious ownership" in done.err
    assert "safe.directory" in done.err


def test_a_bare_repository_among_the_files_names_programs_in_vain(make_repo: MakeRepo, trap: Trap, ran: Ran) -> None:
    outer = make_repo("outer").workspace("inner/")
    outer.git("init", "-q", "--bare", "inner/bare")
    for name in ("HEAD", "config", "objects", "refs"):
        (outer.top / "inner/bare" / name).rename(outer.top / "inner" / name)
    for name, value in {"core.bare": "false", "core.worktree": ".", "core.fsmonitor": trap("fsmonitor")}.items():
        outer.git("config", "--file", "inner/config", name, value)
    for look in ("check --staged", "check", "diff", "doctor", "log"):
        told(*look.split(), at=outer.top / "inner")
    assert ran() == []


def test_who_looks_at_an_erasure_runs_no_filters(stranger: Repo, ran: Ran) -> None:
    """Git has to compare the files with what is committed, and an archive may say that an erasure was interrupted."""
    stranger.write("contacts/jana.md", ENDED)
    stranger.git("-c", "filter.evil.clean=", "-c", "core.hooksPath=", "-c", "core.fsmonitor=", "add", ".")
    marked = ran()
    os.utime(stranger.top / "contacts/jana.md", (1, 1))
    told_of = told("erase", "jana", at=stranger.top)
    assert (told_of.status, ran()) == (0, marked), told_of
    assert "not committed" in told_of.out + told_of.err, "the filter is off, the look is not"
    head = stranger.git("rev-parse", "HEAD").strip()
    note = {"before": {"refs/heads/x": "1", "refs/heads/main": "0"}, "after": {"refs/heads/main": head}}
    stranger.write(".git/crmtool-erase.json", json.dumps(note))
    os.utime(stranger.top / "contacts/jana.md", (2, 2))
    assert "interrupted" in told("erase", "jana", at=stranger.top).err
    assert ran() == marked


def test_a_folder_called_git_that_is_no_repository_leads_nowhere(repo: Repo) -> None:
    repo.workspace("sales/").commit()
    (repo.top / "sales/.git").mkdir()
    assert told("check", "--staged", at=repo.top / "sales").status == 0


@pytest.mark.parametrize(
    "command",
    [
        ("new", "Uwe Richter", "--because", "He asked"),
        ("answer", "jana", "fit", "met", "--evidence", "85 people"),
        ("next", "jana", "--do", "Ask", "--clarifies", "budget", "--due", "7d"),
        ("import", "leads.csv"),
        ("init", "hiring"),
    ],
    ids=lambda command: command[0],
)
def test_who_writes_files_alone_runs_nothing(stranger: Repo, ran: Ran, command: tuple[str, ...]) -> None:
    stranger.write("leads.csv", "Name,Email\nIda Berg,ida@berg.example\n")
    before = set(stranger.top.rglob("*.md")), (stranger.top / "contacts/jana.md").read_bytes()
    done = told(*command, at=stranger.top)
    assert (done.status, ran()) == (0, []), done
    assert before != (set(stranger.top.rglob("*.md")), (stranger.top / "contacts/jana.md").read_bytes())


def test_schemas_are_compared_without_filters(stranger: Repo, ran: Ran) -> None:
    stranger.write("schemas/contact.schema.json", "{}")
    assert "is not committed as it is" in told("init", "--schemas", at=stranger.top).err
    stranger.git("-c", "filter.evil.clean=", "-c", "core.fsmonitor=", "add", "schemas")
    stranger.git(
        "-c",
        "filter.evil.clean=",
        "-c",
        "core.fsmonitor=",
        "-c",
        "core.hooksPath=",
        "commit",
        "-qm",
        "x",
        "--no-gpg-sign",
    )
    marked = set(ran())
    os.utime(stranger.top / "schemas/contact.schema.json", (1, 1))
    assert "wrote schemas/contact.schema.json" in told("init", "--schemas", at=stranger.top).out
    assert set(ran()) == marked

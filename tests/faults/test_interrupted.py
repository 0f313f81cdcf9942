"""Killed or interrupted at every line that writes: a file is the old one or the new one, and a repeat completes it."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.conftest import JANA, TODAY, crmtool, write_files
from tests.faults.at_every_line import Outcome, Plan, files_of, outcomes
from tests.site.conftest import CONFIGURATION

CONTACT = "contacts/nordlicht/jana-koehler.md"
ANSWER = ["answer", "nordlicht/jana-koehler", "buyer", "met", "--evidence", "The CFO signs"]
NEW = ["new", "Uwe Richter", "--organization", "Hansa", "--because", "He asked"]
TWIN = JANA.replace("Jana", "Jan").replace("j.koehler", "jan")
LEADS = "Name;Firma;E-Mail\nIda Berg;Berg;ida@berg.example\nOle Olsen;Olsen;ole@olsen.example\n"
_WRITING = "crmtool/writing.py"
_KILLED, _INTERRUPTED = int(signal.SIGKILL), int(signal.SIGINT)
both = pytest.mark.parametrize("sent", [_KILLED, _INTERRUPTED], ids=["killed", "interrupted"])


def _outcomes(
    root: Path,
    sent: int,
    arguments: list[str],
    imported: Iterable[str],
    *traced: str,
    step: int = 1,
    repeats: bool = True,
) -> tuple[list[Outcome], Outcome]:
    """Give how the runs that were ended came out, and the one that was not, of which holds what holds for all."""
    before = files_of(root)
    plan = Plan(
        root=str(root), cwd=str(root), arguments=arguments, sent=sent, step=step, repeats=repeats,
        traced=[_WRITING, *traced], imported=[f"crmtool.{name}" for name in imported],
    )  # fmt: skip
    *ended, whole = outcomes(plan, CRMTOOL_TODAY=TODAY)
    assert whole.status == 0
    assert {outcome.status for outcome in ended} == {-_KILLED if sent == _KILLED else 1}
    for outcome in ended:
        unfinished = [name for name in outcome.files if name.endswith("unfinished")]
        assert len(unfinished) <= 1
        for path in outcome.files.keys() - set(unfinished):
            assert outcome.files[path] in (before.get(path), whole.files.get(path)), path
    return ended, whole


def _told(found: list[Outcome], path: str) -> set[str | None]:
    return {outcome.files.get(path) for outcome in found}


@both
def test_an_answer_is_there_or_not(workspace: Path, sent: int) -> None:
    imported = ("cli.change.answer", "report.edition", "cli.terminal")
    ended, whole = _outcomes(workspace, sent, ANSWER, imported, step=1 if sent == _KILLED else 3, repeats=False)
    assert "The CFO signs" in whole.files[CONTACT]
    assert len(ended) > (30 if sent == _KILLED else 10)
    assert _told(ended, CONTACT) == {JANA, whole.files[CONTACT]}
    # What a killed one left is no contact, and the next command takes it away.
    assert [name for name in whole.files if "unfinished" in name] == []
    assert crmtool("check", "--today", TODAY, cwd=workspace).status == 0


@both
def test_a_new_contact_is_whole_or_not_there(workspace: Path, sent: int) -> None:
    path = "contacts/hansa/uwe-richter.md"
    imported = ("cli.change.new", "report.edition", "cli.terminal")
    ended, whole = _outcomes(workspace, sent, NEW, imported, step=2, repeats=False)
    assert "He asked" in whole.files[path]
    assert _told(ended, path) == {None, whole.files[path]}
    assert [name for name in whole.files if "unfinished" in name] == []


@both
def test_an_import_goes_on_where_it_was_ended(workspace: Path, tmp_path: Path, sent: int) -> None:
    write_files(tmp_path, {"leads.csv": LEADS})
    imported = ("cli.importing", "app.importing", "check", "importers.tables.reading")
    command = ["import", str(tmp_path / "leads.csv")]
    ended, whole = _outcomes(workspace, sent, command, imported, "importing/writing.py", step=7)
    assert {len(outcome.files.keys() & whole.files.keys()) for outcome in ended} == {2, 3, 4}
    assert {outcome.again for outcome in ended} == {0}
    assert all(outcome.files_again == whole.files for outcome in ended)


def test_two_contacts_are_joined_once_however_often_it_is_begun(workspace: Path) -> None:
    write_files(workspace, {"contacts/twin.md": TWIN})
    imported = ("cli.change.merge_contacts", "report.edition", "cli.terminal")
    command = ["merge-contacts", "jana-koehler", "twin"]
    ended, whole = _outcomes(workspace, _KILLED, command, imported, "changing/joining.py", step=5)
    assert "contacts/twin.md" not in whole.files
    assert _told(ended, "contacts/twin.md") == {TWIN}
    assert whole.files[CONTACT] in _told(ended, CONTACT)
    assert {outcome.again for outcome in ended} == {0}
    assert all(outcome.files_again == whole.files for outcome in ended)


@both
def test_a_hook_that_was_there_is_never_lost(workspace: Path, sent: int) -> None:
    subprocess.run(["git", "init", "--quiet", "--template=", str(workspace)], check=True)
    mine, kept = ".git/hooks/pre-commit", ".git/hooks/pre-commit.before-crmtool"
    hook = write_files(workspace, {mine: "#!/bin/sh\nexit 0\n"}) / mine
    hook.chmod(0o755)
    ended, whole = _outcomes(workspace, sent, ["hook", "install"], ("cli.hook",), "crmtool/hooks.py", step=5)
    assert all("exit 0\n" in (o.files.get(mine, ""), o.files.get(kept, "")) or _is_there(o, mine, kept) for o in ended)
    assert {outcome.again for outcome in ended} == {0}
    assert all(outcome.files_again == whole.files for outcome in ended)
    if sent == _INTERRUPTED:  # then it stands where it stood, too
        assert all(mine in outcome.files for outcome in ended)


def _is_there(outcome: Outcome, *paths: str) -> bool:
    return any(outcome.files.get(path) == "#!/bin/sh\nexit 0\n" for path in paths)


def test_what_a_killed_installation_kept_is_put_back(workspace: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "--template=", str(workspace)], check=True)
    kept = write_files(workspace, {".git/hooks/pre-commit.before-crmtool": "#!/bin/sh\n"}) / ".git/hooks"
    run = crmtool("hook", "uninstall", cwd=workspace)
    assert run.out.startswith("pre-commit: is not installed; the hook that was there before is back\n")
    assert [file.name for file in kept.iterdir()] == ["pre-commit"]


def test_a_workspace_is_begun_again_until_it_has_its_rule_book(tmp_path: Path) -> None:
    root = tmp_path / "new"
    root.mkdir()
    ended, whole = _outcomes(root, _KILLED, ["init"], ("cli.init",), "app/setup.py", step=17)
    for outcome in ended:
        is_there = "criteria.yaml" in outcome.files
        assert outcome.again == (2 if is_there else 0)
        assert not is_there or outcome.files.keys() >= whole.files.keys()
        assert outcome.files_again == whole.files


def test_an_export_and_a_merge_leave_the_old_file_or_the_new_one(workspace: Path) -> None:
    sides = {"base": JANA, "ours": JANA.replace("42000", "1"), "theirs": f"{JANA}\nMore.\n", "out.csv": "old\n"}
    write_files(workspace, sides)
    export = ["export", "-o", "out.csv"]
    ended, whole = _outcomes(workspace, _KILLED, export, ("cli.export", "exporters.as_csv"), step=4)
    assert _told(ended, "out.csv") == {"old\n", whole.files["out.csv"]}
    merge = ["merge-driver", "base", "ours", "theirs", CONTACT]
    ended, whole = _outcomes(workspace, _KILLED, merge, ("cli.merge_driver", "app.merging", "check"), step=4)
    assert _told(ended, "ours") == {sides["ours"], whole.files["ours"]}


def test_a_site_is_whole_after_the_build_that_follows_a_killed_one(workspace: Path) -> None:
    write_files(workspace, {"site/mkdocs.yml": CONFIGURATION, "site/pages/x.md": "# X\n"})
    assert crmtool("--today", TODAY, "site", "build", cwd=workspace).status == 0
    (workspace / CONTACT).write_text(f"{JANA}\nMore.\n", "utf-8")
    traced = ("mkdocs_plugin/aside.py", "mkdocs_plugin/claim.py", "mkdocs_plugin/page_writing.py")
    imported = ("cli.site", "mkdocs_plugin")
    ended, whole = _site_outcomes(workspace, imported, traced)
    assert len(ended) > 3
    assert {outcome.again for outcome in ended} == {0}
    for outcome in ended:
        assert outcome.files_again == whole.files
        # Of the contacts' pages and data, none is lost while they stand aside.
        kept = {name.rpartition("/")[2] for name in outcome.files}
        assert kept >= {"jana-koehler.html", "contacts.json"}


def _site_outcomes(root: Path, imported: tuple[str, ...], traced: tuple[str, ...]) -> tuple[list[Outcome], Outcome]:
    plan = Plan(
        root=str(root), cwd=str(root), arguments=["site", "build"], sent=_KILLED, step=29,
        traced=list(traced), imported=["mkdocs.commands.build", *(f"crmtool.{name}" for name in imported)],
    )  # fmt: skip
    *ended, whole = outcomes(plan, CRMTOOL_TODAY=TODAY)
    return ended, whole


def test_a_cache_that_was_half_written_is_none(workspace: Path, tmp_path: Path) -> None:
    plan = Plan(
        root=str(workspace), cwd=str(workspace), arguments=["check"], sent=_KILLED, repeats=False,
        traced=["crmtool/cache.py:store,_replace,_prune"], imported=["crmtool.cli.check", "crmtool.app.sweeping"],
    )  # fmt: skip
    found = outcomes(plan, CRMTOOL_TODAY=TODAY, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert len(found) > 5
    assert [outcome.status for outcome in found] == [*[-_KILLED] * (len(found) - 1), 0]
    broken = workspace / CONTACT
    broken.write_text(JANA.replace("status: clarifying", "status: ready"), "utf-8")
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert "status-mismatch" in crmtool("--today", TODAY, "check", cwd=workspace, env=env).out

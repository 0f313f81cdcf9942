"""Several at once: nothing is lost, and whoever came second is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crmtool.app.changing import Draft, save
from crmtool.cli import cli
from crmtool.errors import CrmtoolError
from crmtool.writing import replace_unchanged
from tests.conftest import JANA, TODAY, write_files
from tests.git.conftest import Repo

CONTACT = "contacts/nordlicht/jana-koehler.md"
LEADS = "Name;Firma;E-Mail\nIda Berg;Berg;ida@berg.example\nOle Olsen;Olsen;ole@olsen.example\n"
_MANY = 4


def _at_once(cwd: Path, *commands: list[str]) -> list[tuple[int, str]]:
    """Start all, let them go on together once each has loaded what it needs, and tell how they ended."""
    loaded = "crmtool.cli.change.answer, crmtool.cli.importing, crmtool.cli.hook"
    code = f"import {loaded}; from crmtool.cli import main; input(); main()"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, *command], cwd=cwd, env={**os.environ, "CRMTOOL_TODAY": TODAY},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for command in commands
    ]  # fmt: skip
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    ended = [process.communicate(timeout=60)[0] for process in started]
    return [(process.returncode, said) for process, said in zip(started, ended, strict=True)]


def test_of_answers_at_once_each_is_written_or_told(workspace: Path) -> None:
    commands = [["answer", "nordlicht", "buyer", "met", "--evidence", f"Voice {n}"] for n in range(_MANY)]
    ended = _at_once(workspace, *commands)
    text = (workspace / CONTACT).read_text("utf-8")
    assert "Traceback" not in "".join(said for _, said in ended)
    for n, (status, said) in enumerate(ended):
        assert (f'"Voice {n}"' in text) is (status == 0)
        assert status == 0 or "was changed by somebody else since it was read; nothing was written" in said
    assert [path.name for path in (workspace / CONTACT).parent.iterdir()] == ["jana-koehler.md"]
    check = _at_once(workspace, ["check"])
    assert check[0][0] == 0, check


def test_imports_at_once_bring_everybody_in_once(workspace: Path) -> None:
    write_files(workspace, {"leads.csv": LEADS})
    ended = _at_once(workspace, *[["import", "leads.csv"]] * _MANY)
    for status, said in ended:
        assert status == 0 or "is there already; nothing was written" in said
    assert len(list(workspace.glob("contacts/*/*.md"))) == 3
    assert "2 skipped" in _at_once(workspace, ["import", "leads.csv"])[0][1]


def test_commits_at_once_lose_nothing(repo: Repo) -> None:
    repo.workspace()
    for n in range(_MANY):
        repo.stage(f"contacts/c{n}.md", Repo.good.replace("Jana", f"Jana{n}"))
    repo.commit()
    commands = [["answer", f"c{n}", "fit", "met", "--evidence", f"Voice {n}", "--commit"] for n in range(_MANY)]
    ended = _at_once(repo.top, *commands)
    made = [n for n, (status, _) in enumerate(ended) if status == 0]
    assert made
    for n, (status, said) in enumerate(ended):
        assert f"Voice {n}" in (repo.top / f"contacts/c{n}.md").read_text("utf-8")
        is_told = "the file is written, but Git did not make the commit" in said
        assert status == 0 or (is_told and ("index.lock" in said or "cannot lock ref" in said))
    changed = repo.git("log", "--format=", "--name-only", "HEAD", f"-{len(made)}").split()
    assert sorted(changed) == [f"contacts/c{n}.md" for n in made]
    assert repo.git("fsck") == ""


def _run(root: Path, *command: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(root), "--today", TODAY, *command])


def test_what_an_editor_saves_meanwhile_stays(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between reading and writing, somebody else saves the file."""

    def late(made: Draft) -> None:
        (workspace / CONTACT).write_text(f"{JANA}\nSaved by hand.\n", "utf-8")
        save(made)

    monkeypatch.setattr("crmtool.cli.change.finish.save", late)
    result = _run(workspace, "answer", "nordlicht", "buyer", "met")
    assert isinstance(result.exception, CrmtoolError)
    assert "was changed by somebody else since it was read; nothing was written" in str(result.exception)
    assert (workspace / CONTACT).read_text("utf-8") == f"{JANA}\nSaved by hand.\n"


def test_an_answer_in_the_middle_of_an_import_stays_and_the_rest_is_told(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(workspace, {"leads.csv": LEADS})
    assert _run(workspace, "import", "leads.csv").exit_code == 0
    write_files(workspace, {"leads.csv": LEADS.replace("Berg;", "Bergwerk;").replace("Olsen;", "Olsen AG;")})
    written: list[Path] = []

    def late(path: Path, old: bytes | None, new: bytes) -> None:
        if written:
            path.write_text("---\nSaved by hand\n", "utf-8")
        replace_unchanged(path, old, new)
        written.append(path)

    monkeypatch.setattr("crmtool.app.importing.writing.replace_unchanged", late)
    result = _run(workspace, "import", "leads.csv")
    assert isinstance(result.exception, CrmtoolError)
    assert "ole-olsen.md was changed by somebody else since it was read; nothing was written" in str(result.exception)
    assert result.exception.advice[0].startswith("1 of 2 files were written before that: contacts/")
    assert (workspace / "contacts/olsen/ole-olsen.md").read_text("utf-8") == "---\nSaved by hand\n"


def test_the_hook_judges_what_is_staged_whatever_an_editor_saves(repo: Repo) -> None:
    repo.workspace().commit()
    assert repo.crmtool("hook", "install").returncode == 0
    repo.stage("contacts/jana.md", Repo.bad)
    repo.write("contacts/jana.md", Repo.moved)  # saved after `git add`
    done = repo.try_commit()
    assert (done.returncode, "criteria-missing" in done.stdout + done.stderr) == (1, True)
    assert (repo.top / "contacts/jana.md").read_text("utf-8") == Repo.moved
    repo.git("add", "contacts/jana.md")
    repo.write("contacts/jana.md", "<<<")
    assert repo.try_commit().returncode == 0
    assert (repo.top / "contacts/jana.md").read_text("utf-8") == "<<<"


def test_installations_at_once_keep_the_hook_that_was_there(repo: Repo) -> None:
    repo.workspace().commit()
    mine = repo.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 0\n")
    mine.chmod(0o755)
    ended = _at_once(repo.top, *[["hook", "install"]] * _MANY)
    assert 0 in {status for status, _ in ended}
    assert "Traceback" not in "".join(said for _, said in ended)
    assert (repo.top / ".git/hooks/pre-commit.before-crmtool").read_text("utf-8") == "#!/bin/sh\nexit 0\n"
    assert "# crmtool:hook" in mine.read_text("utf-8")

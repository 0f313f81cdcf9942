"""What other systems do to files, by simulation: their names, their line ends, their locks."""

from __future__ import annotations

import errno
import unicodedata
from pathlib import Path

import pytest

from crmtool import writing
from crmtool.errors import CrmtoolError
from crmtool.writing import replace_unchanged
from tests.conftest import JANA, RULEBOOK, crmtool, write_files
from tests.git.conftest import Repo
from tests.git.erasing import left

NFC, NFD = "contacts/jana-köhler.md", unicodedata.normalize("NFD", "contacts/jana-köhler.md")
CHANGES = (
    ("answer", "jana-köhler", "buyer", "met", "--evidence", "The CFO signs", "--commit"),
    ("stop", "jana-köhler", "no_fit", "Too small", "--commit"),
)


def _in_order(repo: Repo, *command: str) -> str:
    done = repo.crmtool(*command)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


# --- Names ------------------------------------------------------------------------------------------------------------


def test_a_name_in_two_parts_on_the_disk_is_the_same_id(repo: Repo) -> None:
    """As macOS stores it, and Git as well without core.precomposeunicode, which Linux does not know."""
    assert NFC != NFD
    repo.stage("criteria.yaml", RULEBOOK)
    repo.write(NFD, JANA)
    repo.git("add", ".")
    repo.commit()
    for change in CHANGES:
        _in_order(repo, *change)
    assert "jana-köhler" in _in_order(repo, "list")
    _in_order(repo, "check", "--range", "HEAD~2..HEAD")
    assert "The CFO signs" in _in_order(repo, "blame", "jana-köhler")
    assert [file.name for file in (repo.top / "contacts").iterdir()] == [NFD.removeprefix("contacts/")]
    _in_order(repo, "erase", "jana-köhler", "--apply", "--mentions", "all")
    assert left(repo) == {}


@pytest.mark.parametrize("other", [NFD, "contacts/Jana-Köhler.md", "contacts/JANA-KÖHLER.md"])
def test_two_names_that_are_one_elsewhere_are_told(workspace: Path, other: str) -> None:
    write_files(workspace, {NFC: JANA, other: JANA})
    run = crmtool("--today", "2026-11-23", "check", cwd=workspace)
    assert run.status == 1
    assert run.out.count("[id-collision]") == 2


def test_a_name_of_which_only_the_case_changes_is_the_same_contact(repo: Repo) -> None:
    repo.stage("criteria.yaml", RULEBOOK)
    repo.stage("contacts/jana.md", JANA)
    repo.commit()
    repo.git("mv", "contacts/jana.md", "contacts/Jana.md")
    _in_order(repo, "check", "--staged")
    assert "1 contact renamed" in _in_order(repo, "diff")
    _in_order(repo, "answer", "Jana", "buyer", "met", "--commit")
    assert repo.git("ls-files", "contacts").split() == ["contacts/Jana.md"]
    _in_order(repo, "check", "--range", "HEAD~1..HEAD")


@pytest.mark.parametrize("id", ["con", "Aux", "nul.de", "team/lpt1", "jana.", "jana. ", "a:b", "a\\b", "a?", "x" * 300])
def test_an_id_that_some_disk_cannot_hold_is_refused(workspace: Path, id: str) -> None:
    run = crmtool("--today", "2026-11-23", "new", "Uwe", "--id", id, "--because", "Asked us", cwd=workspace)
    assert (run.status, run.out) == (2, "")
    assert "Traceback" not in run.err
    assert len(list(workspace.glob("contacts/**/*.md"))) == 1


@pytest.mark.parametrize("name", ["Con", "Aux", "Nul", "Lpt1"])
def test_a_person_who_is_called_as_a_device_gets_another_file(workspace: Path, name: str) -> None:
    run = crmtool("--today", "2026-11-23", "new", name, "--organization", name, "--because", "x", cwd=workspace)
    assert run.status == 0, run.err
    file = f"contacts/{name.lower()}-contact/{name.lower()}-contact.md"
    assert (workspace / file).exists()


# --- Line ends --------------------------------------------------------------------------------------------------------


def test_a_checkout_with_windows_line_ends_says_the_same_all_through(repo: Repo) -> None:
    repo.git("config", "core.autocrlf", "true")
    for path, text in (("criteria.yaml", RULEBOOK), (NFC, JANA)):
        repo.write(path, text.replace("\n", "\r\n"))
    repo.git("add", ".")
    repo.commit()
    assert b"\r" not in repo.git("cat-file", "blob", f"HEAD:{NFC}").encode()
    _in_order(repo, "check", "--strict")
    assert "nothing was decided or clarified" in _in_order(repo, "diff")
    for change in CHANGES:
        _in_order(repo, *change)
    data = (repo.top / NFC).read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") > 20
    assert repo.git("status", "--porcelain") == ""
    _in_order(repo, "check", "--staged")
    _in_order(repo, "check", "--range", "HEAD~2..HEAD")
    assert "The CFO signs" in _in_order(repo, "blame", "jana-köhler")


def test_two_branches_with_windows_line_ends_are_merged_answer_by_answer(repo: Repo) -> None:
    repo.git("config", "core.autocrlf", "true")
    repo.write(".gitattributes", "contacts/**/*.md merge=crmtool\n")
    for path, text in (("criteria.yaml", RULEBOOK), (NFC, JANA)):
        repo.write(path, text.replace("\n", "\r\n"))
    repo.git("add", ".")
    repo.commit()
    _in_order(repo, "hook", "install")
    repo.git("switch", "--quiet", "-c", "side")
    _in_order(repo, "answer", "jana", "buyer", "met", "--evidence", "The CFO signs", "--commit")
    repo.git("switch", "--quiet", "main")
    _in_order(repo, "answer", "jana", "deadline", "met", "--evidence", "By Christmas", "--commit")
    done = repo.attempt("git", "merge", "--no-edit", "side")
    assert done.returncode == 0, done.stdout + done.stderr
    data = (repo.top / NFC).read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")
    assert b"The CFO signs" in data
    assert b"By Christmas" in data
    _in_order(repo, "check")


# --- Locks ------------------------------------------------------------------------------------------------------------


def _busy(monkeypatch: pytest.MonkeyPatch, times: int) -> list[float]:
    """Have a file be open elsewhere, so that Windows does not let it be replaced, so many times; gives the pauses."""
    replace, pauses = Path.replace, list[float]()

    def refuse(path: Path, target: Path) -> Path:
        if len(pauses) < times:
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(writing, "sleep", pauses.append)
    return pauses


def test_a_file_that_somebody_reads_just_now_is_written_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_files(tmp_path, {"a.md": "old"}) / "a.md"
    pauses = _busy(monkeypatch, 2)
    replace_unchanged(file, b"old", b"new")
    assert (file.read_bytes(), len(pauses)) == (b"new", 2)


def test_a_file_that_stays_open_elsewhere_is_told_and_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_files(tmp_path, {"a.md": "old"}) / "a.md"
    pauses = _busy(monkeypatch, 99)
    with pytest.raises(CrmtoolError, match=r"a\.md cannot be written: The process cannot access the file$"):
        replace_unchanged(file, b"old", b"new")
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (b"old", [file])
    assert sum(pauses) < 1

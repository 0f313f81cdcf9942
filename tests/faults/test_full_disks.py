"""Out of space, of names, or of what a file may hold: the old file stays whole, and what was written is told."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import JANA, RULEBOOK, TODAY, crmtool, write_files
from tests.faults.conftest import MakeDisk
from tests.site.conftest import CONFIGURATION

CONTACT = "contacts/nordlicht/jana-koehler.md"
FILES = {"criteria.yaml": RULEBOOK, CONTACT: JANA}
LEADS = "Name;Firma;E-Mail\n" + "".join(f"Ole {n};Olsen {n};o{n}@olsen.example\n" for n in range(4))
ANSWER = ["answer", "nordlicht/jana-koehler", "buyer", "met", "--evidence", "The CFO signs"]
NEW = ["new", "Uwe Richter", "--id", "nordlicht/uwe", "--because", "Asked us"]
_ENVIRONMENT = {"COVERAGE_PROCESS_CONFIG": "", "CRMTOOL_TODAY": TODAY}  # coverage would write to the same full disk
_FULL = "No space left on device"


def _contents(top: Path) -> dict[str, bytes]:
    files = (file for file in top.rglob("*") if file.is_file() and not file.name.startswith("filler"))
    return {file.relative_to(top).as_posix(): file.read_bytes() for file in files}


def test_a_limit_on_the_size_of_files_leaves_the_old_one(workspace: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (256, 256))

    run = crmtool(*ANSWER, cwd=workspace, env=_ENVIRONMENT, preexec_fn=limit)
    assert (run.status, run.out) == (2, "")
    assert f"{CONTACT} cannot be written: File too large" in run.err
    assert _contents(workspace) == {path: text.encode() for path, text in FILES.items()}


_IMPORT = ["import", "../leads.csv"]
_WRITERS = (
    ANSWER,
    NEW,
    _IMPORT,
    [*_IMPORT, "--mapping", "map.yaml"],
    ["export", "-o", "old.csv"],
    ["export", "-o", "new.json"],
    ["init", "--ci", "github"],
    ["init", "--schemas"],
    ["merge-contacts", "jana-koehler", "twin"],
    ["merge-driver", "base", "ours", "theirs", CONTACT],
)


@pytest.mark.parametrize(
    ("command", "names"),
    [*((command, False) for command in _WRITERS), (ANSWER, True), (NEW, True), (_IMPORT, True)],
    ids=lambda given: " ".join(given[:3]) if isinstance(given, list) else "no names" if given else "no room",
)
def test_nothing_is_lost_on_a_full_disk_and_the_same_command_works_later(
    make_disk: MakeDisk, tmp_path: Path, command: list[str], names: bool
) -> None:
    write_files(tmp_path, {"leads.csv": LEADS})
    disk = make_disk("size=400k,nr_inodes=40")
    twin = JANA.replace("Jana", "Jan").replace("j.koehler", "jan")
    sides = {"base": JANA, "ours": JANA.replace("42000", "1"), "theirs": f"{JANA}\nMore.\n"}
    write_files(disk.top, {**FILES, **sides, "old.csv": "old\n", "contacts/twin.md": twin, "schemas/x": ""})
    before = _contents(disk.top)
    disk.use_up_names() if names else disk.fill()
    run = crmtool(*command, cwd=disk.top, env=_ENVIRONMENT)
    assert (run.status, run.out) == (2, "")
    assert run.err.count("\n") == 1
    assert f"cannot be written: {_FULL}" in run.err
    assert _contents(disk.top) == before
    for file in disk.top.glob("filler*"):
        file.unlink()
    assert crmtool(*command, cwd=disk.top, env=_ENVIRONMENT).status == 0


def test_an_import_that_comes_to_a_full_disk_tells_how_far_it_came_and_goes_on(
    make_disk: MakeDisk, tmp_path: Path
) -> None:
    write_files(tmp_path, {"leads.csv": LEADS})
    disk = make_disk("size=200k")
    write_files(disk.top, FILES)
    disk.fill(leave=2 * 4096)
    run = crmtool("import", "../leads.csv", cwd=disk.top, env=_ENVIRONMENT)
    assert (run.status, run.out) == (2, "")
    told = run.err.splitlines()
    assert told[0].endswith(f"cannot be written: {_FULL}")
    written = [path for path in _contents(disk.top) if path not in FILES]
    assert 0 < len(written) < 4
    assert told[1:] == [
        f"    {len(written)} of 4 files were written before that: {', '.join(sorted(written))}",
        "    the same import again goes on from there",
    ]
    disk.filler.unlink()
    assert f"{4 - len(written)} created" in crmtool("import", "../leads.csv", cwd=disk.top, env=_ENVIRONMENT).out
    assert len(_contents(disk.top)) == len(FILES) + 4


def test_a_new_workspace_on_a_disk_that_gets_full_is_begun_again(make_disk: MakeDisk) -> None:
    disk = make_disk("size=200k")
    disk.fill(leave=3 * 4096)
    run = crmtool("init", cwd=disk.top, env=_ENVIRONMENT)
    assert (run.status, run.out) == (2, "")
    assert run.err.endswith(f"cannot be written: {_FULL}\n")
    assert not (disk.top / "criteria.yaml").exists()
    disk.filler.unlink()
    assert crmtool("init", cwd=disk.top, env=_ENVIRONMENT).status == 0
    assert crmtool("check", "--strict", cwd=disk.top, env=_ENVIRONMENT).status == 0


def test_a_hook_that_was_there_stays_in_force_on_a_full_disk(make_disk: MakeDisk) -> None:
    disk = make_disk("size=600k")
    subprocess.run(["git", "init", "--quiet", "--template=", str(disk.top)], check=True)
    hook = write_files(disk.top, {**FILES, ".git/hooks/pre-commit": "#!/bin/sh\nexit 0\n"}) / ".git/hooks/pre-commit"
    hook.chmod(0o755)
    before = _contents(disk.top)
    disk.fill()
    run = crmtool("hook", "install", cwd=disk.top, env=_ENVIRONMENT)
    assert (run.status, run.out) == (2, "")
    assert run.err.endswith(f"hooks/pre-commit cannot be written: {_FULL}\n")
    assert _contents(disk.top) == before


def test_a_site_that_could_not_be_written_whole_is_told_and_built_later(make_disk: MakeDisk) -> None:
    disk = make_disk("size=1m")
    write_files(disk.top, {**FILES, "site/mkdocs.yml": CONFIGURATION, "site/pages/x.md": "# X\n"})
    disk.fill(leave=65536)
    run = crmtool("site", "build", cwd=disk.top, env=_ENVIRONMENT)
    assert (run.status, run.out) == (2, "")
    public = disk.top / "site" / "public"
    assert f"crmtool: the site in {public} is not whole: {_FULL}; mend that, then build it again\n" in run.err
    disk.filler.unlink()
    assert crmtool("site", "build", cwd=disk.top, env=_ENVIRONMENT).status == 0
    assert (public / "contacts" / "nordlicht" / "jana-koehler.html").read_bytes().endswith(b"</html>")
    assert not [file for file in public.iterdir() if file.name in (".crmtool-contacts", ".crmtool-data")]


def test_a_cache_that_cannot_be_written_changes_nothing(make_disk: MakeDisk, workspace: Path) -> None:
    disk = make_disk("size=16k")
    disk.fill()
    there = {**_ENVIRONMENT, "XDG_CACHE_HOME": str(disk.top)}
    plain = crmtool("check", cwd=workspace, env=_ENVIRONMENT)
    assert crmtool("check", cwd=workspace, env=there) == plain
    disk.filler.unlink()
    disk.fill(leave=4096)
    assert crmtool("check", cwd=workspace, env=there) == plain
    assert crmtool("check", cwd=workspace, env=there) == plain
    assert not [file for file in disk.top.rglob("*") if file.is_file() and file.suffix not in (".cache", "")]


@pytest.mark.parametrize("command", [["focus"], ["export"], ["check", "--format", "sarif"], ["explain", "schema"]])
def test_what_cannot_be_printed_is_told(workspace: Path, command: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "crmtool", "--today", TODAY, *command],
            cwd=workspace, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            env={**os.environ, "CRMTOOL_TRACEBACK": ""},
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (2, f"crmtool: the output cannot be written: {_FULL}\n")


def test_a_change_that_cannot_be_told_is_told_to_be_made(workspace: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "crmtool", "--today", TODAY, *ANSWER],
            cwd=workspace, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            env={**os.environ, "CRMTOOL_TRACEBACK": ""},
        )  # fmt: skip
    assert done.returncode == 2
    assert f"crmtool: {CONTACT} is written, but that cannot be told: {_FULL}\n" in done.stderr
    assert "The CFO signs" in (workspace / CONTACT).read_text("utf-8")

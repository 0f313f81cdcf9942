"""Files that are huge, endless, deep, wide or many: told in a line, in bounded time and memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crmtool.document import MAX_BYTES
from tests.conftest import JANA, RULEBOOK, Run, write_files
from tests.effort import calls
from tests.hostile.conftest import told

GIB = 2**30
BROAD = 2_000


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return write_files(tmp_path / "w", {"criteria.yaml": RULEBOOK, "contacts/jana.md": JANA})


def sparse(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        stream.truncate(2 * GIB)


def bounded(*arguments: str, at: Path, gib: float = 1.0) -> Run:
    """Run a command that may have so much memory and little processor time, and no more."""

    def limits() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (int(gib * GIB), int(gib * GIB)))
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    words = [sys.executable, "-m", "crmtool", *arguments]
    with subprocess.Popen(
        words,
        cwd=at,
        preexec_fn=limits,  # noqa: PLW1509 - no thread runs here
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        out, err = process.communicate(timeout=120)
    return Run(process.returncode, out.decode(), err.decode())


@pytest.mark.parametrize("name", ["contacts/big.md", "criteria.yaml", "schemas/contact.schema.json"])
@pytest.mark.parametrize("make", [sparse, lambda file: file.symlink_to("/dev/zero"), os.mkfifo])
def test_no_more_is_read_than_is_ever_wanted(workspace: Path, name: str, make: Callable[[Path], None]) -> None:
    (workspace / name).parent.mkdir(exist_ok=True)
    (workspace / name).unlink(missing_ok=True)
    make(workspace / name)
    done = bounded("check", at=workspace)
    assert done.status in (1, 2), done
    assert name in done.out + done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("name", ["in.csv", "in.vcf"])
def test_an_import_without_end_is_refused(workspace: Path, name: str) -> None:
    (workspace / name).symlink_to("/dev/zero")
    done = bounded("import", name, at=workspace)
    assert (done.status, done.out) == (2, "")
    assert f"{name} has more than 268,435,456 bytes; import it in parts" in done.err


def test_the_doctor_reads_beginnings(workspace: Path) -> None:
    subprocess.run(["git", "init", "-q", workspace], check=True)
    for name in (".pre-commit-config.yaml", ".gitlab-ci.yml", ".github/workflows/x.yml", ".git/hooks/pre-commit"):
        (workspace / name).parent.mkdir(parents=True, exist_ok=True)
        (workspace / name).symlink_to("/dev/zero")
    (workspace / ".circleci").mkdir()
    os.mkfifo(workspace / ".circleci/config.yml")  # whoever opens it waits for ever
    sparse(workspace / "site/mkdocs.yml")
    sparse(workspace / ".git/hooks/pre-merge-commit")
    (workspace / ".git/hooks/pre-merge-commit").chmod(0o755)
    done = bounded("doctor", at=workspace)
    assert done.status == 1
    assert "[hook]" in done.out


DEEP = {
    "flow": "extra: " + "[" * 100_000,
    "closed": "extra: " + "{a: " * 50_000 + "}" * 50_000,
    "block": "\n".join(f"{'  ' * depth}a:" for depth in range(700)),
    "dashes": "extra: \n  " + "- " * 100_000,
    "question marks": "? " * 100_000,
    "quotes": 'extra: "' + '\\"' * 100_000,
    "aliases": "a: &a [x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a]" for n in range(1000)),
    "tags": "a: " + "!x " * 100_000,
    "anchors": "a: " + "&x " * 100_000,
    "comments": "#" * 500_000,
    "colons": "a: " + ": " * 200_000,
    "wide": "\n".join(f"k{n}: {n}" for n in range(5_000)),
    "wide flow": "extra: {" + ", ".join(f"k{n}: {n}" for n in range(5_000)) + "}",
    "unclosed": "extra: {" * 50_000,
    "one line": "name: " + "x" * (MAX_BYTES - 100),
    "one key": "x" * (MAX_BYTES - 100) + ": 1",
    "blanks": " " * 900_000,
    "markers": "<<<<<<< x\n" * 10_000,
    "fences": "a: 1\n" + "--- \n" * 150_000,
}


DEEP_RULES = [text for name, text in DEEP.items() if name not in ("markers", "fences", "comments", "blanks")]


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_what_is_deep_or_wide_is_told(workspace: Path, text: str) -> None:
    write_files(workspace, {"contacts/evil.md": f"---\n{text}\n---\nNotes\n", "contacts/jana.md": JANA})
    done = told("check", "--format", "json", at=workspace)
    assert done.status == 1
    assert '"path": "contacts/evil.md"' in done.out
    assert '"contacts": 2' in done.out, "the others are checked"


@pytest.mark.parametrize("text", DEEP_RULES)
def test_a_rule_book_that_is_deep_or_wide_is_told(workspace: Path, text: str) -> None:
    write_files(workspace, {"criteria.yaml": f"{RULEBOOK}\n{text}\n"})
    assert told("rules", "check", at=workspace).status == 1


def test_very_many_findings_are_told(workspace: Path) -> None:
    decisions = "\n".join(f"  - {{date: 2026-02-30, to: s{n}, because: x}}" for n in range(BROAD))
    answers = "\n".join(f"  c{n}: {{met: 2026-02-30}}" for n in range(BROAD))
    write_files(
        workspace,
        {"contacts/evil.md": f"---\nname: x\nstatus: x\ncriteria:\n{answers}\ndecisions:\n{decisions}\n---\n"},
    )
    for form in ("text", "github", "json"):
        done = told("check", "--format", form, at=workspace)
        assert done.status == 1
        assert done.out.count("2026-02-30") == 200
        assert "more is wrong than the 200 things that are told" in done.out


def test_many_small_files_take_time_in_proportion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_files(tmp_path / "w", {"criteria.yaml": RULEBOOK})
    folder = root / "contacts/many"
    folder.mkdir(parents=True)
    for number in range(BROAD):
        (folder / f"{number}.md").write_bytes(b"")
    done = bounded("check", at=root, gib=0.6)
    assert (done.status, done.out.count("the file is empty")) == (1, BROAD)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})  # what other processes call is not counted
    assert calls(told, "check", at=root) < 1_000 * BROAD


def test_a_file_may_have_the_longest_of_names(workspace: Path) -> None:
    name = f"contacts/{'d' * 250}/{'x' * 250}.md"
    write_files(workspace, {name: JANA})
    assert told("check", at=workspace).status == 0
    assert told("why", "x" * 250, at=workspace).status == 0
    assert told("why", "y" * 100_000, at=workspace).status == 2


def test_mistakes_take_time_in_proportion_to_what_is_known(workspace: Path) -> None:
    """Each unknown word was once compared with each known one, by its id and by its label."""
    known = "".join(f"  kriterium_{n:04}: {{label: L{n}, question: Q}}\n" for n in range(BROAD))
    answers = "".join(f"  kriterien_{n:04}: {{met: 2026-11-01}}\n" for n in range(BROAD))
    book = RULEBOOK.replace("\ncriteria:\n", f"\ncriteria:\n{known}", 1)
    assert known in book
    contact = JANA.replace("\ncriteria:\n", f"\ncriteria:\n{answers}", 1)
    assert answers in contact
    write_files(workspace, {"criteria.yaml": book, "contacts/jana.md": contact})
    done = told("check", "contacts/jana.md", at=workspace)
    assert done.out.count("the rule book has no criterion") == BROAD
    assert len(done.out) < 1_000 * BROAD, "what is known is not listed for each"

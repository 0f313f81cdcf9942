"""What is remembered changes nothing: every check is compared with one that judges all files anew."""

from __future__ import annotations

import os
import random
import shutil
import time
from datetime import date
from pathlib import Path

import pytest

from crmtool import app, cache
from crmtool.app import remembering, sweeping
from crmtool.app.sweeping import swept
from crmtool.check import check
from crmtool.errors import CrmtoolError
from crmtool.finding import CheckResult
from crmtool.workspace import WorkTree
from tests.conftest import JANA, RULEBOOK, TODAY, write_files

DAY = date.fromisoformat(TODAY)


@pytest.fixture
def root(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with some contacts, one of them with an error, and an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    # The time of the last change need only differ from one edit to the next.
    monkeypatch.setattr("crmtool.workspace._UNSETTLED", 0)
    others = {f"contacts/x/{n}.md": JANA.replace("Jana", f"Jana {n}") for n in range(6)}
    return write_files(workspace, {**others, "contacts/wrong.md": JANA.replace("status: ", "status: un")})


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are judged anew, in this process."""
    paths: list[str] = []
    original = sweeping._checked

    def checked(sweep: object, document: object) -> object:
        paths.append(document.path)  # type: ignore[attr-defined]
        return original(sweep, document)  # type: ignore[arg-type]

    monkeypatch.setattr(sweeping, "_checked", checked)
    return paths


def anew(root: Path, day: date = DAY) -> CheckResult:
    return check(app.load(root), day)


def agree(root: Path, day: date = DAY) -> None:
    assert swept(root, day) == anew(root, day)


def entries(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "cache" / "crmtool").iterdir())


def test_the_second_check_reads_no_contact_and_says_the_same(root: Path, judged: list[str]) -> None:
    first = swept(root, DAY)
    assert first.findings
    assert len(judged) == len(first.paths)
    judged.clear()
    assert swept(root, DAY) == first == anew(root)
    assert judged == []


def test_only_what_changed_is_judged_anew(root: Path, judged: list[str]) -> None:
    swept(root, DAY)
    judged.clear()
    write_files(root, {"contacts/x/3.md": JANA.replace("status: ", "status: un")})
    agree(root)
    assert judged == ["contacts/x/3.md"]


def test_a_file_that_was_only_touched_is_not_judged_anew(root: Path, judged: list[str]) -> None:
    swept(root, DAY)
    judged.clear()
    (root / "contacts/x/3.md").touch()
    agree(root)
    assert judged == []


def test_a_change_that_keeps_size_and_time_is_seen(root: Path) -> None:
    swept(root, DAY)
    file = root / "contacts/x/3.md"
    before, text = file.stat(), file.read_bytes()
    time.sleep(0.02)
    file.write_bytes(text.replace(b"status: clarifying", b"status: clarifyinq"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    agree(root)
    assert any(finding.location.path == "contacts/x/3.md" for finding in swept(root, DAY).findings)


def test_what_was_changed_just_now_is_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crmtool.workspace._UNSETTLED", 10**12)
    swept(root, DAY)
    file = root / "contacts/x/3.md"
    file.write_bytes(file.read_bytes().replace(b"status: clarifying", b"status: clarifyinq"))
    agree(root)


def test_another_day_is_another_check(root: Path, judged: list[str]) -> None:
    swept(root, DAY)
    judged.clear()
    agree(root, date(2027, 6, 1))
    assert judged


@pytest.mark.parametrize(
    "change",
    [
        {"criteria.yaml": RULEBOOK.replace("limit: 12", "limit: 1")},
        {"criteria.yaml": "statuses: ["},
        {"schemas/contact.schema.json": '{"required": ["owner"]}'},
    ],
)
def test_another_rule_book_or_schema_is_another_check(root: Path, change: dict[str, str]) -> None:
    swept(root, DAY)
    write_files(root, change)
    agree(root)


def test_a_schema_that_cannot_be_used_is_refused_as_ever(root: Path) -> None:
    swept(root, DAY)
    write_files(root, {"schemas/contact.schema.json": "{"})
    with pytest.raises(CrmtoolError, match="not valid JSON"):
        swept(root, DAY)


def test_what_is_gone_is_forgotten(root: Path, tmp_path: Path) -> None:
    swept(root, DAY)
    (root / "contacts/wrong.md").unlink()
    agree(root)
    assert not any(b"wrong.md" in entry.read_bytes() for entry in entries(tmp_path))


@pytest.mark.parametrize("damage", [b"", b"{}", b"crmtool-cache 1 00\n[]", b"\xff\xfe"])
def test_a_damaged_cache_changes_nothing(root: Path, tmp_path: Path, damage: bytes) -> None:
    swept(root, DAY)
    for entry in entries(tmp_path):
        entry.write_bytes(damage)
    agree(root)
    agree(root)


def test_a_deleted_cache_changes_nothing(root: Path, tmp_path: Path) -> None:
    swept(root, DAY)
    shutil.rmtree(tmp_path / "cache")
    agree(root)


def test_what_another_program_remembers_is_not_asked(
    root: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    swept(root, DAY)
    monkeypatch.setattr(cache, "_known_program", [b"another"])
    judged.clear()
    agree(root)
    assert len(judged) == 8


def test_links_pipes_and_folders_are_looked_at_each_time(root: Path, tmp_path: Path) -> None:
    outside = write_files(tmp_path / "outside", {"a.md": JANA})
    (root / "contacts/link.md").symlink_to("x/1.md")
    (root / "contacts/out.md").symlink_to(outside / "a.md")
    (root / "contacts/folder.md").mkdir()
    os.mkfifo(root / "contacts/pipe.md")
    agree(root)
    agree(root)
    write_files(root, {"contacts/x/1.md": JANA.replace("status: ", "status: un")})
    agree(root)
    (root / "contacts/x/2.md").unlink()
    os.mkfifo(root / "contacts/x/2.md")
    agree(root)


def test_a_name_that_is_no_text_is_remembered(root: Path) -> None:
    write_files(root, {os.fsdecode(b"contacts/caf\xe9.md"): JANA})
    agree(root)
    agree(root)


def test_whatever_happens_to_the_files_the_answer_is_that_of_a_check_anew(root: Path) -> None:
    chance = random.Random(6)
    for _ in range(60):
        chance.choice(_CHANGES)(root, chance)
        time.sleep(0.005)
        agree(root, chance.choice((DAY, DAY, DAY, date(2026, 12, 24))))


def _files(root: Path) -> list[Path]:
    return sorted((root / "contacts").rglob("*.md"))


def _edit(root: Path, chance: random.Random) -> None:
    file = chance.choice(_files(root))
    file.write_text(chance.choice((JANA, JANA.replace("status: ", "status: un"), "---\n", JANA + "more\n")))


def _add(root: Path, chance: random.Random) -> None:
    write_files(root, {f"contacts/{chance.choice('abAB')}/{chance.choice('uvUV')}.md": JANA})


def _remove(root: Path, chance: random.Random) -> None:
    files = _files(root)
    if len(files) > 1:
        chance.choice(files).unlink()


def _rename(root: Path, chance: random.Random) -> None:
    file = chance.choice(_files(root))
    file.rename(file.with_name(f"{chance.randrange(100)}.md"))


def _swap(root: Path, chance: random.Random) -> None:
    one, other = chance.choice(_files(root)), chance.choice(_files(root))
    aside = root / "aside"
    one.rename(aside)
    if other != one:
        other.rename(one)
    aside.rename(other)


def _rules(root: Path, chance: random.Random) -> None:
    limit = f"limit: {chance.randrange(1, 9)}"
    write_files(root, {"criteria.yaml": RULEBOOK.replace("limit: 12", limit)})


_CHANGES = (_edit, _edit, _edit, _add, _remove, _rename, _swap, _rules)


@pytest.fixture
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(remembering, "_LEAST", 2)


@pytest.mark.usefixtures("_two_cores")
def test_shared_among_processes_the_answer_is_the_same(root: Path) -> None:
    agree(root)
    agree(root)


def test_two_at_once_do_each_other_no_harm(root: Path, tmp_path: Path) -> None:
    children = []
    for n in range(4):
        id = os.fork()
        if id == 0:
            status = 1
            try:
                for _ in range(10):
                    shutil.copy(root / "contacts/x/1.md", root / f"contacts/own{n}.md")
                    swept(root, DAY)
                status = 0
            finally:
                os._exit(status)
        children.append(id)
    assert [os.waitpid(id, 0)[1] for id in children] == [0] * 4
    agree(root)
    assert all(entry.name.startswith("check-") for entry in entries(tmp_path))


@pytest.mark.parametrize("reads", [1, 2, 3])
def test_a_rule_book_that_is_written_to_meanwhile_leaves_nothing_wrong_behind(
    root: Path, monkeypatch: pytest.MonkeyPatch, reads: int
) -> None:
    changed, seen, original = RULEBOOK.replace("conflict", "clash"), list[str](), WorkTree.read

    def read(tree: WorkTree, path: str) -> bytes:
        data = original(tree, path)
        if path == "criteria.yaml":
            seen.append(path)
            if len(seen) == reads:
                write_files(root, {path: changed})
        return data

    monkeypatch.setattr(WorkTree, "read", read)
    swept(root, DAY)
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(root.parent / "cache"))
    agree(root)

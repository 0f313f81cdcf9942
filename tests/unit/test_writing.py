"""Files are written whole or not at all, and never over what somebody else wrote meanwhile."""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from crmtool.errors import CrmtoolError
from crmtool.writing import replace_unchanged, write_atomic
from tests.conftest import write_files


def listed(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    write_atomic(tmp_path / "new/sub/a.md", b"one\r\n\xff")
    assert (tmp_path / "new/sub/a.md").read_bytes() == b"one\r\n\xff"
    write_atomic(tmp_path / "new/sub/a.md", b"")
    assert (tmp_path / "new/sub/a.md").read_bytes() == b""
    assert listed(tmp_path / "new/sub") == ["a.md"]


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755, 0o400])
def test_the_mode_of_a_file_is_kept(tmp_path: Path, mode: int) -> None:
    file = write_files(tmp_path, {"a.md": "old"}) / "a.md"
    file.chmod(mode)
    write_atomic(file, b"new")
    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert file.read_bytes() == b"new"


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        write_atomic(tmp_path / "a.md", b"new")
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == mode


def failing(error: OSError) -> Callable[..., None]:
    def fail(*_arguments: object, **_options: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(("owner", "step"), [(os, "fsync"), (Path, "chmod"), (Path, "replace")])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: object, step: str
) -> None:
    file = write_files(tmp_path, {"a.md": "old"}) / "a.md"
    monkeypatch.setattr(owner, step, failing(OSError(errno.ENOSPC, "No space left on device")))
    with pytest.raises(CrmtoolError, match=r"a\.md cannot be written: No space left on device$"):
        write_atomic(file, b"new")
    monkeypatch.undo()
    assert file.read_bytes() == b"old"
    assert listed(tmp_path) == ["a.md"]


def test_an_interruption_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_files(tmp_path, {"a.md": "old"}) / "a.md"

    def interrupt(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(file, b"new")
    assert file.read_bytes() == b"old"
    assert listed(tmp_path) == ["a.md"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    write_files(tmp_path, {"a": "a file"})
    with pytest.raises(CrmtoolError, match=r"b\.md cannot be written: (Not a directory|File exists)$"):
        write_atomic(tmp_path / "a/b.md", b"x")
    (tmp_path / "dir.md").mkdir()
    with pytest.raises(CrmtoolError, match=r"dir\.md cannot be written: Is a directory$"):
        write_atomic(tmp_path / "dir.md", b"x")
    assert listed(tmp_path) == ["a", "dir.md"]


def test_a_file_that_is_as_it_was_read_is_replaced(tmp_path: Path) -> None:
    file = write_files(tmp_path, {"a.md": "old"}) / "a.md"
    file.chmod(0o640)
    replace_unchanged(file, b"old", b"new")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert listed(tmp_path) == ["a.md"]


@pytest.mark.parametrize(
    ("there", "read", "message"),
    [
        ("other", b"old", r"a\.md was changed by somebody else since it was read; nothing was written"),
        (None, b"old", r"a\.md is gone since it was read; nothing was written"),
        ("other", None, r"a\.md is there already; nothing was written"),
    ],
)
def test_a_file_that_was_changed_meanwhile_is_left_alone(
    tmp_path: Path, there: str | None, read: bytes | None, message: str
) -> None:
    write_files(tmp_path, {"a.md": there} if there is not None else {})
    with pytest.raises(CrmtoolError, match=message):
        replace_unchanged(tmp_path / "a.md", read, b"new")
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == ({"a.md": there} if there else {})


def test_a_new_file_is_made_with_its_folder(tmp_path: Path) -> None:
    replace_unchanged(tmp_path / "a" / "b.md", None, b"new")
    assert (tmp_path / "a" / "b.md").read_bytes() == b"new"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    write_files(tmp_path, {"real/a.md": "old"})
    link = tmp_path / "a.md"
    link.symlink_to("real/a.md")
    replace_unchanged(link, b"old", b"new")
    assert link.is_symlink()
    assert (tmp_path / "real" / "a.md").read_bytes() == b"new"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_owner_and_group_are_kept(tmp_path: Path) -> None:
    file = write_files(tmp_path, {"a.md": "old"}) / "a.md"
    os.chown(file, 1234, 2345)
    replace_unchanged(file, b"old", b"new")
    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 2345)


def test_where_the_owner_cannot_be_kept_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_files(tmp_path, {"a.md": "old"}) / "a.md"
    monkeypatch.setattr(os, "chown", failing(PermissionError(errno.EPERM, "Operation not permitted")))
    foreign = os.stat_result((*file.stat()[:4], 4711, 4711, *file.stat()[6:]))
    monkeypatch.setattr(Path, "stat", _of_a_foreigner(Path.stat, file, foreign))
    with pytest.raises(CrmtoolError, match=r"its owner and group \(4711:4711\) cannot be kept"):
        replace_unchanged(file, b"old", b"new")
    monkeypatch.undo()
    assert file.read_bytes() == b"old"
    assert listed(tmp_path) == ["a.md"]


def _of_a_foreigner(real: Callable[..., os.stat_result], file: Path, told: os.stat_result) -> Callable[..., object]:
    return lambda path, **options: told if path == file else real(path, **options)


def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_files(tmp_path, {"a.md": "old"}) / "a.md"
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everything
    with pytest.raises(CrmtoolError, match=r"a\.md is read-only to you; `ls -l` shows whose it is"):
        replace_unchanged(file, b"old", b"new")
    assert file.read_bytes() == b"old"


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes here")
def test_extended_attributes_are_kept(tmp_path: Path) -> None:
    file = write_files(tmp_path, {"a.md": "old"}) / "a.md"
    try:
        os.setxattr(file, "user.crm", b"x")
    except OSError:
        pytest.skip("this disk has no extended attributes")
    replace_unchanged(file, b"old", b"new")
    assert os.getxattr(file, "user.crm") == b"x"


def test_what_a_killed_program_left_is_taken_away(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.md": "old", ".crmtool-abc.unfinished": "half", ".crmtool-mine": "kept"})
    replace_unchanged(tmp_path / "a.md", b"old", b"new")
    assert listed(tmp_path) == [".crmtool-mine", "a.md"]


def test_of_many_writers_at_once_one_wins_and_the_others_are_told(tmp_path: Path) -> None:
    file = write_files(tmp_path, {"a.md": "old"}) / "a.md"
    told: list[str] = []

    def write(n: int) -> None:
        try:
            replace_unchanged(file, b"old", f"new {n}".encode())
        except CrmtoolError as error:
            told.append(str(error))

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 7
    assert file.read_text("utf-8").startswith("new ")
    assert listed(tmp_path) == ["a.md"]

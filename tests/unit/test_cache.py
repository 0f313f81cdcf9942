from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import time

import pytest

from crmtool import cache


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache; gives the folder of its entries."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "crmtool"


def entry(home: Path) -> Path:
    (file,) = home.iterdir()
    return file


def be_program(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    monkeypatch.setattr(cache, "__version__", version)
    monkeypatch.setattr(cache, "_known_program", [])


def test_what_was_stored_is_given_back_byte_for_byte() -> None:
    cache.store("check", "/a", b"one\n\0two")
    assert cache.load("check", "/a") == b"one\n\0two"
    cache.store("check", "/a", b"")
    assert cache.load("check", "/a") == b""


def test_kinds_and_keys_are_kept_apart() -> None:
    cache.store("check", "/a", b"one")
    assert cache.load("check", "/b") is None
    assert cache.load("site", "/a") is None


def test_a_key_may_be_a_path_that_is_no_text() -> None:
    key = os.fsdecode(b"/caf\xe9")
    cache.store("check", key, b"one")
    assert cache.load("check", key) == b"one"


@pytest.mark.parametrize("damage", [b"", b"x", b"crmtool-cache 2 0\none", b"\xff" * 100])
def test_a_damaged_entry_is_none(home: Path, damage: bytes) -> None:
    cache.store("check", "/a", b"one")
    entry(home).write_bytes(damage)
    assert cache.load("check", "/a") is None


def test_an_entry_that_was_cut_short_or_altered_is_none(home: Path) -> None:
    cache.store("check", "/a", b"one and more")
    whole = entry(home).read_bytes()
    for damaged in (whole[:-1], whole + b"x", whole.replace(b"one", b"two")):
        entry(home).write_bytes(damaged)
        assert cache.load("check", "/a") is None


def test_an_entry_put_in_the_place_of_another_is_none(home: Path) -> None:
    cache.store("check", "/a", b"one")
    whole = entry(home).read_bytes()
    cache.store("check", "/b", b"two")
    for file in home.iterdir():
        file.write_bytes(whole)
    assert (cache.load("check", "/a"), cache.load("check", "/b")) == (b"one", None)


def test_each_program_has_its_own_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    be_program(monkeypatch, "1")
    cache.store("check", "/a", b"one")
    be_program(monkeypatch, "2")
    assert cache.load("check", "/a") is None
    cache.store("check", "/a", b"two")
    be_program(monkeypatch, "1")
    assert cache.load("check", "/a") == b"one"


def test_entries_are_for_their_user_alone(home: Path) -> None:
    cache.store("check", "/a", b"one")
    assert home.stat().st_mode & 0o777 == 0o700
    assert entry(home).stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    cache.store("check", "/a", b"one")
    assert cache.load("check", "/a") is None


def test_without_a_home_there_is_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("no home")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    assert cache.folder() is None
    cache.store("check", "/a", b"one")
    assert cache.load("check", "/a") is None


def test_a_relative_folder_is_none_as_the_convention_has_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert cache.folder() == tmp_path / ".cache" / "crmtool"


@pytest.mark.parametrize(
    ("platform", "place"), [("darwin", "Library/Caches/crmtool"), ("win32", "Local/crmtool/cache")]
)
def test_other_systems_have_other_folders(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, place: str
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    monkeypatch.setattr("sys.platform", platform)
    assert cache.folder() == tmp_path / place


def test_entries_that_nobody_used_for_a_month_are_deleted(home: Path) -> None:
    cache.store("check", "/old", b"one")
    old = entry(home)
    left = home / f".{old.name}.123"
    left.write_bytes(b"what a killed process left")
    beside = home / "notes.txt"
    beside.write_text("not ours")
    for file in (old, left, beside):
        os.utime(file, (time() - 40 * 24 * 3600,) * 2)
    cache.store("check", "/new", b"two")
    assert cache.load("check", "/old") is None
    assert cache.load("check", "/new") == b"two"
    assert sorted(home.iterdir()) == sorted((beside, *home.glob("check-*")))


def test_an_entry_that_is_read_is_kept_though_nobody_writes_it(home: Path) -> None:
    cache.store("check", "/quiet", b"one")
    quiet = entry(home)
    os.utime(quiet, (time() - 29 * 24 * 3600,) * 2)
    assert cache.load("check", "/quiet") == b"one"
    assert quiet.stat().st_mtime > time() - 3600


def test_an_entry_that_was_used_today_is_not_touched_again(home: Path) -> None:
    cache.store("check", "/a", b"one")
    os.utime(entry(home), (time() - 3600,) * 2)
    before = entry(home).stat().st_mtime_ns
    assert cache.load("check", "/a") == b"one"
    assert entry(home).stat().st_mtime_ns == before


def test_a_damaged_entry_is_not_kept_by_being_read(home: Path) -> None:
    cache.store("check", "/a", b"one")
    entry(home).write_bytes(b"x")
    os.utime(entry(home), (time() - 29 * 24 * 3600,) * 2)
    assert cache.load("check", "/a") is None
    assert entry(home).stat().st_mtime < time() - 28 * 24 * 3600


def test_many_may_write_and_read_at_once(home: Path) -> None:
    values = [bytes([65 + n]) * 50_000 for n in range(8)]
    cache.store("check", "/a", values[0])

    def use(n: int) -> bytes | None:
        cache.store("check", "/a", values[n % 8])
        return cache.load("check", "/a")

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(use, range(200)))
    assert set(seen) <= set(values)
    assert entry(home).name.startswith("check-")


def test_a_folder_into_which_others_may_write_is_not_used(home: Path) -> None:
    cache.store("check", "/a", b"one")
    home.chmod(0o777)
    assert cache.folder() is None
    assert cache.load("check", "/a") is None
    cache.store("check", "/b", b"two")
    assert len(list(home.iterdir())) == 1


def test_a_folder_within_a_workspace_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "criteria.yaml").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    cache.store("check", "/a", b"one")
    assert not (tmp_path / ".cache").exists()


def test_a_link_does_not_lead_into_a_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "workspace" / "below").mkdir(parents=True)
    (tmp_path / "workspace" / "criteria.yaml").write_text("")
    (tmp_path / "link").symlink_to("workspace/below")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "link"))
    cache.store("check", "/a", b"one")
    assert cache.folder() is None
    assert list((tmp_path / "workspace" / "below").iterdir()) == []


def test_a_link_that_leads_elsewhere_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "big").mkdir()
    (tmp_path / "link").symlink_to("big")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "link"))
    cache.store("check", "/a", b"one")
    assert cache.load("check", "/a") == b"one"
    assert len(list((tmp_path / "big" / "crmtool").iterdir())) == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_folder_that_cannot_be_looked_into_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    monkeypatch.setenv("XDG_CACHE_HOME", str(closed / "below"))
    cache.store("check", "/a", b"one")
    assert cache.load("check", "/a") is None
    closed.chmod(0o700)


@pytest.mark.parametrize("name", ["x" * 300, "loop"])
def test_a_folder_that_cannot_be_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / name / "below"))
    cache.store("check", "/a", b"one")
    assert cache.load("check", "/a") is None


def test_a_package_that_was_updated_makes_another_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    be_program(monkeypatch, "1")
    before = cache._program()
    assert before == cache._program()
    (tmp_path / "elsewhere" / "babel").mkdir(parents=True)
    (tmp_path / "elsewhere" / "babel" / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path / "elsewhere")
    monkeypatch.delitem(sys.modules, "babel", raising=False)
    be_program(monkeypatch, "1")
    assert cache._program() != before

"""Disks that are full or cannot be written to, and repositories that no settings of a user's reach."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from errno import ENOSPC
from pathlib import Path

import pytest

from tests.git.conftest import isolated, make_repo, repo

__all__ = ["isolated", "make_repo", "repo"]


@dataclass(frozen=True, kw_only=True)
class Disk:
    """A disk of its own, and what fills it up."""

    top: Path

    @property
    def filler(self) -> Path:
        return self.top / "filler"

    def fill(self, leave: int = 0) -> None:
        """Leave no room, or only so many bytes."""
        handle = os.open(self.filler, os.O_WRONLY | os.O_CREAT)
        try:
            while True:
                os.write(handle, b"x" * 512)
        except OSError as error:
            assert error.errno == ENOSPC  # noqa: PT017
            os.ftruncate(handle, os.fstat(handle).st_size - leave)
        finally:
            os.close(handle)

    def use_up_names(self) -> None:
        """Leave room, but for no further file."""
        try:
            for n in range(10_000):
                (self.top / f"filler-{n}").touch()
        except OSError as error:
            assert error.errno == ENOSPC  # noqa: PT017


MakeDisk = Callable[..., Disk]
_NOT_ALLOWED = re.compile("(?i)permission denied|not permitted|superuser|only root|cannot mount .* read-only")
"""What mount says to whoever may not; the last of it where AppArmor forbids it."""


@pytest.fixture
def make_disk(tmp_path: Path) -> Iterator[MakeDisk]:
    """Mount a small disk, with the options that are given; skips where that is not allowed."""
    mounted: list[Path] = []

    def make(options: str) -> Disk:
        top = tmp_path / f"disk{len(mounted)}"
        top.mkdir()
        _mount("-t", "tmpfs", "-o", options, "tmpfs", str(top))
        mounted.append(top)
        return Disk(top=top)

    yield make
    for top in mounted:
        subprocess.run(["umount", "--lazy", str(top)], check=True)


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Callable[[Path], Path]]:
    """Show a folder at another place, where nothing can be written."""
    mounted: list[Path] = []

    def lock(folder: Path) -> Path:
        place = tmp_path / f"locked{len(mounted)}"
        place.mkdir()
        _mount("--bind", str(folder), str(place))
        mounted.append(place)
        _mount("-o", "remount,ro,bind", str(place))
        return place

    yield lock
    for place in mounted:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def _mount(*arguments: str) -> None:
    program = shutil.which("mount")
    if program is None:
        pytest.skip("there is no program to mount with")
    env = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run([program, *arguments], capture_output=True, check=False, text=True, env=env)
    if done.returncode and _NOT_ALLOWED.search(done.stderr):
        pytest.skip("nothing can be mounted here")
    assert done.returncode == 0, done.stderr

"""Where a repository keeps its own files, told without asking git."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_SUFFIX_OF_PROMISED = ".promisor"
_MOST_NOTED = 64 * 1024 * 1024
_READ_FIRST = ("commondir", "HEAD", "index", "config.worktree")
_READ_FIRST_OF_SHARED = ("config", "packed-refs")


def is_sparse(top: Path, environment: Mapping[str, str]) -> bool:
    """Whether a work tree may lack a part of what the index has: once it had a sparse checkout."""
    return (_own(top, environment) / "info" / "sparse-checkout").exists()


def is_partial(top: Path, environment: Mapping[str, str]) -> bool:
    """Whether a repository is a partial clone, which fetches a content when it is read: Git marks what it fetched."""
    packs = _shared(top, environment) / "objects" / "pack"
    with suppress(OSError), os.scandir(packs) as entries:
        return any(entry.name.endswith(_SUFFIX_OF_PROMISED) for entry in entries)
    return False


def marker_above(directory: Path, environment: Mapping[str, str]) -> Path | None:
    """Give what marks a repository around a directory, be it one that Git cannot read; None where nothing does.

    It is looked for as far as Git does: neither above a mount point nor above what it is told to stop at.
    """
    if environment.get("GIT_DIR"):
        return Path(environment["GIT_DIR"])
    start = Path(os.path.realpath(directory))
    told = environment.get("GIT_CEILING_DIRECTORIES", "").split(os.pathsep)
    ceilings = {os.path.realpath(each) for each in told if each}
    for place in (start, *start.parents):
        if place != start and (str(place) in ceilings or place.stat().st_dev != start.stat().st_dev):
            return None
        if os.path.lexists(place / ".git"):
            return place / ".git"
    return None


def noted(file: Path) -> str:
    """Give what a repository's own file notes; nothing where it is none: a link, a pipe, or of more than any size."""
    with suppress(OSError, ValueError):  # of a name with a NUL
        if stat.S_ISREG(file.lstat().st_mode):
            with file.open("rb") as stream:
                data = stream.read(_MOST_NOTED + 1)
            return os.fsdecode(data) if len(data) <= _MOST_NOTED else ""
    return ""


def waited_for(marker: Path, environment: Mapping[str, str]) -> Path | None:
    """Give a file that Git reads of every repository, where it is a pipe or a device, which may never end.

    None where there is no such file, or where the environment names the repository.
    """
    if environment.get("GIT_DIR"):
        return None
    own, shared = _own(marker.parent, environment), _shared(marker.parent, environment)
    read = [own / name for name in _READ_FIRST] + [shared / name for name in _READ_FIRST_OF_SHARED]
    return next((file for file in (*read, marker.parent / ".mailmap") if _is_waited_for(file)), None)


def head_files(top: Path, environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Give the files that change when HEAD does: the one that names its branch, and the log of its commits."""
    own = Path(os.path.realpath(_own(top, environment)))
    return own / "HEAD", own / "logs" / "HEAD"


def _own(top: Path, environment: Mapping[str, str]) -> Path:
    """Give what Git calls the directory of a repository; one that is bare is `top` itself."""
    named = environment.get("GIT_DIR")
    if named:
        return Path(named)
    place = top / ".git"
    if place.is_file():  # of another work tree of the repository, or of a submodule
        return top / noted(Path(os.path.realpath(place))).removeprefix("gitdir: ").removesuffix("\n")
    return place if place.is_dir() else top


def _shared(top: Path, environment: Mapping[str, str]) -> Path:
    """Give the directory that all work trees of a repository share."""
    named = environment.get("GIT_COMMON_DIR")
    if named:
        return Path(named)
    own = _own(top, environment)
    return own / noted(own / "commondir").removesuffix("\n")


def _is_waited_for(file: Path) -> bool:
    with suppress(OSError, ValueError):
        mode = file.stat().st_mode
        return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
    return False

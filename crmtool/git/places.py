"""Where a repository keeps its own files, told without asking git."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_SUFFIX_OF_PROMISED = ".promisor"


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
        return top / os.fsdecode(place.read_bytes()).removeprefix("gitdir: ").removesuffix("\n")
    return place if place.is_dir() else top


def _shared(top: Path, environment: Mapping[str, str]) -> Path:
    """Give the directory that all work trees of a repository share."""
    named = environment.get("GIT_COMMON_DIR")
    if named:
        return Path(named)
    own = _own(top, environment)
    with suppress(FileNotFoundError):
        return own / os.fsdecode((own / "commondir").read_bytes()).removesuffix("\n")
    return own

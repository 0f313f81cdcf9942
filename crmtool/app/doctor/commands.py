"""Commands to be pasted: they do the same from wherever the doctor was started, be it below or outside."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from crmtool.errors import CrmtoolError
from crmtool.git import Repository
from crmtool.workspace import find_root


def crmtool(root: Path, *words: str) -> str:
    """Write a command of crmtool's for a workspace."""
    try:
        is_inside = find_root(Path.cwd()).resolve() == root.resolve()
    except CrmtoolError:
        is_inside = False
    return shlex.join(("crmtool", *(() if is_inside else ("-C", named(root))), *words))


def git(repository: Repository, *words: str, path: Path | None = None) -> str:
    """Write a command of Git's for a repository, at its end a path of the work tree."""
    try:
        is_inside = Repository.find(Path.cwd()).top == repository.top
    except CrmtoolError:
        is_inside = False
    start = Path.cwd() if is_inside else repository.top
    paths = () if path is None else (named(path, start),)
    return shlex.join(("git", *(() if is_inside else ("-C", named(repository.top))), *words, *paths))


def append(file: Path, line: str) -> str:
    """Write a command that adds a line to a file, also to one whose last line has no end or that is not there yet."""
    return f"printf '\\n%s\\n' {shlex.quote(line)} >> {shlex.quote(named(file))}"


def named(path: Path, start: Path | None = None) -> str:
    """Name a path from a directory, by default the current one, so that no program takes it for something else."""
    path, start = path.resolve(), (start or Path.cwd()).resolve()
    if path.anchor != start.anchor:
        return str(path)
    name = os.path.relpath(path, start)
    return f"./{name}" if name.startswith(("-", ":")) else name

"""Have Git merge contacts by crmtool: by a line in .gitattributes and a command in Git's configuration.

The line is committed, the command is each clone's own. Where either is missing, Git merges contacts as any text.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from crmtool.contact import FOLDER
from crmtool.errors import CrmtoolError
from crmtool.git import Repository, workspaces
from crmtool.git.belonging import refuse_foreign
from crmtool.workspace import find_root
from crmtool.writing import refuse_led_out, write_atomic

ATTRIBUTES = ".gitattributes"
DRIVER = "crmtool"
LINE = f"{FOLDER}**/*.md merge={DRIVER}"
_COMMENT = "# Contacts are merged answer by answer; `crmtool hook install` tells Git how."
_EXAMPLES = (f"{FOLDER}a.md", f"{FOLDER}a/b.md")
_NAME = ("config", "--local", f"merge.{DRIVER}.name", "contacts, answer by answer")
_COMMAND_KEY = f"merge.{DRIVER}.driver"

# Git hands this to sh at the top level, with the temporary files of both sides and their base in the place of %A, %B
# and %O; only from 2.44 on it puts the names of both sides into that of %X and %Y. Status 0 is a clean merge, 113 a
# conflict. Anything else, such as the 1 of a Python that lacks a module, is a program that is gone or broken: to take
# that for a conflict would leave our side alone in the file.
_BEFORE = (
    'o=%X t=%Y; [ "$o" != "%%X" ] || o=ours t=theirs; '
    'run() { "$@" merge-driver --conflict-status 113 --marker-size %L --ours-label "$o" --theirs-label "$t" '
    "-- %O %A %B %P </dev/null; "
    "case $? in 0) exit 0 ;; 113) exit 1 ;; esac; }; run "
)
_AFTER = (
    " -P -m crmtool; ! command -v crmtool >/dev/null 2>&1 || run crmtool; "
    "echo 'crmtool cannot be run, so this contact is merged as text: reinstall it and run `crmtool hook install`' >&2; "
    'git merge-file --marker-size=%L -L "$o" -L base -L "$t" %A %O %B || exit 1'
)

DriverState = Literal["set", "gone", "absent", "foreign"]
"""Of the command in Git's configuration: it can be run, its Python is gone, it is missing, it is not ours."""


def install(repository: Repository, start: Path, *, add_line: bool = True) -> list[str]:
    """Set the merge driver up for each workspace that Git knows of, and the one around `start`.

    Where a .gitattributes lacks the line, it is added, or else only told of. Tells what was done, raises CrmtoolError.
    """
    lines = (line for root in _roots(repository, start) for line in _line(repository, root, add=add_line))
    return [set_command(repository), *lines]


def uninstall(repository: Repository) -> list[str]:
    """Take the command out of Git's configuration; the line in .gitattributes stays, for others have it, too."""
    if _own_command(repository) is None:
        return ["merge driver: is not set up"]
    _refuse_elsewhere(repository)
    repository.run("config", "--local", "--remove-section", f"merge.{DRIVER}")
    return [f"merge driver: removed; {ATTRIBUTES} stays as it is, and Git merges contacts as text"]


def set_command(repository: Repository) -> str:
    """Have this repository and its work trees run this crmtool; tells what was done, raises CrmtoolError."""
    before, command = _own_command(repository), _command(sys.executable or "")
    if before == command:
        return "merge driver: is set up already"
    _refuse_elsewhere(repository)
    repository.run(*_NAME)
    repository.run("config", "--local", _COMMAND_KEY, command)
    return f"merge driver: {'set up' if before is None else 'renewed'}"


def _refuse_elsewhere(repository: Repository) -> None:
    """Refuse to write settings that a repository itself has led to, be it by a link or as those of another one."""
    refuse_foreign(repository)
    own = repository.top / os.fsdecode(repository.run("rev-parse", "--git-path", "config")).removesuffix("\n")
    refuse_led_out(own.parent, own)


def with_line(data: bytes) -> bytes | None:
    """Give what a workspace's .gitattributes should hold, its own bytes first; None where it speaks of merging already.

    For a directory of which Git cannot be asked yet.
    """
    lines = data.decode("utf-8", "replace").splitlines()
    return None if any(map(_is_about_merging, lines)) else _appended(data)


def attribute(repository: Repository, root: Path) -> str:
    """Give how Git merges a workspace's contacts: the name of a driver, `set`, `unset` or `unspecified`."""
    prefix = repository.prefix(root)
    told = repository.run("check-attr", "-z", "merge", "--", *(prefix + example for example in _EXAMPLES))
    values = told.decode("utf-8", "replace").split("\0")[2::3]
    return next((value for value in values if value != DRIVER), DRIVER)


def driver_state(repository: Repository) -> DriverState:
    """Tell whether the command in Git's configuration can be run."""
    command = _configured(repository)
    if command is None:
        return "absent"
    try:
        python = "".join(shlex.split(command[len(_BEFORE) : -len(_AFTER)].replace("%%", "%")))
    except ValueError:
        return "foreign"
    if command != _command(python):
        return "foreign"
    return "set" if Path(python).is_file() else "gone"


def _roots(repository: Repository, start: Path) -> list[Path]:
    roots = {repository.top / prefix for prefix in workspaces(repository.index())}
    with suppress(CrmtoolError):  # in no workspace, or in one outside of this repository
        roots.add(repository.top / repository.prefix(find_root(start)))
    # A rule book alone, such as a template, has no contacts that could be merged.
    return sorted(root for root in roots if (root / FOLDER).is_dir())


def _line(repository: Repository, root: Path, *, add: bool) -> list[str]:
    file = root / ATTRIBUTES
    name = repository.prefix(root) + ATTRIBUTES
    merged = attribute(repository, root)
    if merged == DRIVER:
        return []
    if merged != "unspecified":
        return [f"notice: {name} or one above it has contacts merged otherwise (merge: {merged}); that stays as it is"]
    if not add:
        return [f"notice: {name} does not have contacts merged so; `crmtool hook install --merge-only` adds the line"]
    refuse_led_out(repository.top, file)
    try:
        data = file.read_bytes() if file.exists() else b""
    except OSError as error:
        raise CrmtoolError(f"{file} cannot be read: {error.strerror}") from None
    write_atomic(file, _appended(data))
    return [f"{name}: has contacts merged by crmtool from now on; commit it"]


def _appended(data: bytes) -> bytes:
    newline = b"\r\n" if b"\r\n" in data else b"\n"
    gap = (b"" if data.endswith(b"\n") else newline) + newline if data else b""
    return data + gap + newline.join((_COMMENT.encode(), LINE.encode(), b""))


def _is_about_merging(line: str) -> bool:
    pattern, *attributes = line.split() or [""]
    about = any(re.fullmatch(r"[-!]?merge(=.*)?", each) for each in attributes)
    return about and any(fnmatchcase(f"/{example}", f"*/{pattern.lstrip('/')}") for example in _EXAMPLES)


def _command(python: str) -> str:
    return _BEFORE + shlex.quote(python).replace("%", "%%") + _AFTER


def _own_command(repository: Repository) -> str | None:
    return _configured(repository, "--local")


def command(repository: Repository) -> str:
    """Give the command in Git's configuration by which contacts are merged; empty where there is none."""
    return _configured(repository) or ""


def _configured(repository: Repository, *scope: str) -> str | None:
    # `--default` spares a status of its own for what is not set.
    value = repository.run("config", *scope, "--default", "", "--get", _COMMAND_KEY).decode("utf-8", "surrogateescape")
    return value.removesuffix("\n") or None

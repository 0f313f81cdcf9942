"""Make a new workspace; give one the schemas as they are shipped now."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crmtool import merge_setup
from crmtool.app import templates
from crmtool.errors import CrmtoolError
from crmtool.git import Repository
from crmtool.resources import shipped
from crmtool.snapshot import RULEBOOK, UnreadableError
from crmtool.writing import refuse_led_out, write_atomic

_IGNORE_FILE = ".gitignore"
_IGNORED = b"site/public/"


@dataclass(frozen=True, kw_only=True)
class NewWorkspace:
    """What was made: paths from the root; files that were there already are `kept`."""

    written: tuple[str, ...]
    kept: tuple[str, ...]


def init(root: Path, today: date, *, template: str, language: str) -> NewWorkspace:
    """Make a workspace in a directory, keeping every file that is there; raises CrmtoolError where one exists."""
    if exists(root):
        raise CrmtoolError(f"{root} holds a workspace already: {RULEBOOK} is there")
    if root.exists() and not root.is_dir():
        raise CrmtoolError(f"{root} is not a directory")
    files = templates.files(template, language, today)
    for path in (*files, _IGNORE_FILE, merge_setup.ATTRIBUTES):
        refuse_led_out(root, root / path)
    kept = tuple(path for path in files if (root / path).exists())
    new = {path: text.encode() for path, text in files.items() if path not in kept}
    for path, added in ((_IGNORE_FILE, _ignoring), (merge_setup.ATTRIBUTES, merge_setup.with_line)):
        whole = added(_present(root / path))
        if whole is not None:
            new[path] = whole
    # The rule book comes last: a workspace that was interrupted while it was made can be made again.
    for path in sorted(new, key=RULEBOOK.__eq__):
        write_atomic(root / path, new[path])
    return NewWorkspace(written=tuple(new), kept=kept)


def exists(root: Path) -> bool:
    """Whether a directory holds a workspace."""
    return (root / RULEBOOK).exists()


def renew_schemas(root: Path) -> NewWorkspace:
    """Write the schemas as they are shipped over a workspace's own; raises CrmtoolError where something would be lost.

    Nothing is lost of what Git has: a schema that is not committed as it lies there is refused.
    """
    for path in templates.SCHEMAS:
        refuse_led_out(root, root / path)
    shipped_now = {path: shipped(*path.split("/")).read_bytes() for path in templates.SCHEMAS}
    new = {path: data for path, data in shipped_now.items() if _present(root / path) != data}
    for path in new:
        if (root / path).exists() and not _is_committed(root, path):
            raise CrmtoolError(f"{path} is not committed as it is, and would be lost; commit it or move it away first")
    for path, data in new.items():
        write_atomic(root / path, data)
    return NewWorkspace(written=tuple(new), kept=tuple(path for path in shipped_now if path not in new))


def set_merge_driver(root: Path) -> str | None:
    """Have Git merge a workspace's contacts by crmtool; tells what was done, None where there is no repository yet."""
    try:
        repository = Repository.around(root)
        return merge_setup.set_command(repository) if repository else None
    except CrmtoolError as error:  # the workspace is there all the same
        return f"merge driver: not set up: {error}"


def _is_committed(root: Path, path: str) -> bool:
    try:
        repository = Repository.find(root)
        entry = repository.tree("HEAD").entries.get(repository.prefix(root) + path)
        # `git status` would run the filters that a repository's settings name.
        with closing(repository.objects) as objects:
            committed = objects.read(entry[1]) if entry else None
        return committed is not None and _lines(committed) == _lines((root / path).read_bytes())
    except (CrmtoolError, UnreadableError, OSError):
        return False


def _lines(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _present(file: Path) -> bytes:
    if file.exists() and not file.is_file():
        raise CrmtoolError(f"{file} is not a file")
    return file.read_bytes() if file.exists() else b""


def _ignoring(data: bytes) -> bytes | None:
    """Give what .gitignore should hold, its own bytes first; None where it ignores the site already."""
    lines = data.splitlines()
    if _IGNORED in (line.strip() for line in lines):
        return None
    newline = b"\r\n" if b"\r\n" in data else b"\n"
    return data + (newline if lines and not data.endswith(b"\n") else b"") + _IGNORED + newline

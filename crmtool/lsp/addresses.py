"""Files as an editor addresses them, and back."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from pygls.uris import to_fs_path

from crmtool.errors import CrmtoolError
from crmtool.workspace import find_root


def address(file: Path) -> str:
    """Give the address of a file, also of one whose name is no UTF-8."""
    return file.as_uri()


def file_at(uri: str) -> Path | None:
    """Give the file at an address; None where that is none of a file."""
    try:
        path = to_fs_path(uri) if uri.startswith("file:") else None
    except ValueError:  # what is no address at all, such as file://[
        return None
    return Path(path) if path and "\0" not in path and Path(path).is_absolute() else None


def root_above(uri: str) -> Path | None:
    """Give the root of the workspace in which a file or folder lies, there or not yet; None where that is none."""
    found = place_in(uri)
    return found[0] if found else None


def place_in(uri: str) -> tuple[Path, str] | None:
    """Give the root of the workspace in which a file lies, there or not yet, and its path there; None without one."""
    place = file_at(uri)
    if place is None:
        return None
    with suppress(CrmtoolError, OSError):
        directory = next(each for each in (place, *place.parents) if each.is_dir())
        root = find_root(directory)
        return root, (directory.resolve() / place.relative_to(directory)).relative_to(root).as_posix()
    return None

"""Files as an editor addresses them, and back."""

from __future__ import annotations

from pathlib import Path

from pygls.uris import from_fs_path, to_fs_path


def address(file: Path) -> str:
    """Give the address of a file."""
    return from_fs_path(str(file)) or ""


def file_at(uri: str) -> Path | None:
    """Give the file at an address; None where that is none of a file."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return Path(path) if path and "\0" not in path else None

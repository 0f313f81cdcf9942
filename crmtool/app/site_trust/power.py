"""What needs the user's word, and how a value is named in it."""

from __future__ import annotations

import reprlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Power:
    """Something that needs the user's word: what it is, in words, and the files whose content is part of it."""

    text: str
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a site's files lie: `base` is what paths are relative to, `pages` its docs_dir, `root` the workspace."""

    base: Path
    pages: Path
    root: Path


def shown(value: object) -> str:
    """Name a value that is no text, or not meant to be, shortly: it may hold others many times over."""
    return repr(value) if isinstance(value, str) else _SHORT.repr(value)


def named(value: object) -> str:
    """Name what should be a text, as it stands: two of them never read alike."""
    return value if isinstance(value, str) else shown(value)


_SHORT = reprlib.Repr()
_SHORT.maxlevel, _SHORT.maxstring, _SHORT.maxother = 3, 100, 100

"""What was found out before, kept outside of the work tree: it saves time and never decides an answer.

Each entry is a file of its own that says which program wrote it and what its bytes must hash to. One that is absent,
damaged, or of another program is as good as none, so the folder can be deleted at any time, and several processes may
read and write it at once: each writes a whole file and puts it in place in one step, and the last one wins.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from threading import get_ident
from time import time

from crmtool import __version__

_FORMAT = b"crmtool-cache 1"
_PACKAGE = Path(__file__).parent
_IS_CHECKOUT = (_PACKAGE.parent / "pyproject.toml").exists()
_SUFFIX = ".cache"
_RULEBOOK = "criteria.yaml"
_USED = ("yaml", "jsonschema_rs", "babel", "jinja2", "markdown_it", "nh3", "mkdocs")
"""Packages beside this one on which results rest."""
_DAY = 24 * 3600
_LONGEST_KEPT = 30 * _DAY
"""Seconds after which an entry that nobody used is deleted."""


def folder() -> Path | None:
    """Give the folder of this user's entries; None where there is none that may be used.

    That is so where there is no home, where others may write into the folder, and where it lies in a workspace.
    """
    home = _home()
    place = None if home is None else _place(home)
    return place if place is not None and _is_private(place) else None


@lru_cache
def _place(home: Path) -> Path | None:
    """Give where a folder really lies, links followed; None where that is within a workspace."""
    place = Path(os.path.realpath(home))
    # Where that cannot be told, it cannot be written to either.
    return None if any(os.path.exists(above / _RULEBOOK) for above in place.parents) else place  # noqa: PTH110 - raises


def _is_private(place: Path) -> bool:
    try:
        about = place.stat()
    except OSError:
        return True  # where it can be made, it is made for the user alone
    return not hasattr(os, "getuid") or (about.st_uid == os.getuid() and not about.st_mode & 0o022)


def _home() -> Path | None:
    with suppress(RuntimeError):
        given = Path(os.environ.get("XDG_CACHE_HOME", ""), "crmtool")
        if given.is_absolute():
            return given
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local", "crmtool", "cache")
        return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "crmtool"
    return None


def content_id(*parts: bytes) -> str:
    """Give an id that only the same bytes have, part by part."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def load(kind: str, key: str) -> bytes | None:
    """Give the bytes that this program stored under a kind and a key; None where there are none that can be used."""
    file = _file(kind, key)
    try:
        data = file.read_bytes() if file else b""
    except OSError:
        return None
    head, _, payload = data.partition(b"\n")
    if file is None or head != _head(key, payload):
        return None
    _mark_used(file)
    return payload


def store(kind: str, key: str, payload: bytes) -> None:
    """Keep bytes under a kind and a key, for this user alone; nothing happens where that is not possible."""
    file = _file(kind, key)
    if file is None:
        return
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _replace(file, _head(key, payload) + b"\n" + payload)
        _prune(file.parent)


def _file(kind: str, key: str) -> Path | None:
    home = folder()
    return home / f"{kind}-{content_id(_program(), key.encode(errors='surrogateescape'))}{_SUFFIX}" if home else None


def _head(key: str, payload: bytes) -> bytes:
    return b" ".join((_FORMAT, content_id(_program(), key.encode(errors="surrogateescape"), payload).encode()))


def _replace(file: Path, data: bytes) -> None:
    # Not flushed to the disk: what a crash leaves of it does not have the hash that it says.
    draft = file.with_name(f".{file.name}.{os.getpid()}-{get_ident()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        draft.replace(file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _mark_used(file: Path) -> None:
    """Let an entry that is read and never changes be kept; once a day is enough."""
    with suppress(OSError):
        if file.stat().st_mtime < time() - _DAY:
            os.utime(file)


def _prune(home: Path) -> None:
    oldest = time() - _LONGEST_KEPT
    for file in home.iterdir():
        if _SUFFIX in file.name and file.stat().st_mtime < oldest:
            file.unlink()


_known_program: list[bytes] = []


def _program() -> bytes:
    """Name the program whose results these are: its version, Python's, and the packages beside it.

    A checkout, which changes without a new version, is named by its files.
    """
    if not _known_program:
        parts = [__version__, sys.version, _packages()]
        if _IS_CHECKOUT:
            parts += _listed(_PACKAGE)
        _known_program.append(content_id(*(part.encode() for part in parts)).encode())
    return _known_program[0]


def _packages() -> str:
    """Name the state of the folders in which packages are installed: it changes when one comes, goes or is updated.

    The packages are looked for and not imported.
    """
    found = (find_spec(name) for name in _USED)
    homes = {Path(spec.origin).parent.parent for spec in found if spec and spec.origin}
    if not _IS_CHECKOUT:
        homes.add(_PACKAGE.parent)
    return " ".join(f"{home} {home.stat().st_mtime_ns}" for home in sorted(homes))


def _listed(directory: str | Path) -> list[str]:
    found: list[str] = []
    for entry in sorted(os.scandir(directory), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _listed(entry.path) if entry.name != "__pycache__" else []
        else:
            about = entry.stat()
            found.append(f"{entry.path} {about.st_mtime_ns} {about.st_size}")
    return found

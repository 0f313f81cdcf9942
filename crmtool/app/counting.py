"""Tell whoever waits how many contact files have been read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from crmtool.contact import is_contact_path
from crmtool.snapshot import Snapshot

Tell = Callable[[int, int], None]
"""Takes how many files have been read, and of how many."""

_listening: ContextVar[Tell | None] = ContextVar("listening", default=None)


@contextmanager
def listening(tell: Tell) -> Iterator[None]:
    """Be told of each contact file that is read meanwhile, without anyone in between having to know of it."""
    token = _listening.set(tell)
    try:
        yield
    finally:
        _listening.reset(token)


def counted(snapshot: Snapshot, only: Collection[str] | None = None) -> Snapshot:
    """Give a snapshot whose reading is told to whoever listens; `only` are the contacts that will be read."""
    tell = _listening.get()
    return snapshot if tell is None else _Counted(snapshot, only, tell)


class _Counted:
    """A Snapshot that counts the contact files that are read."""

    def __init__(self, snapshot: Snapshot, only: Collection[str] | None, tell: Tell) -> None:
        self._snapshot = snapshot
        self._only = only
        self._tell = tell
        self._done = 0
        self._total = sum(map(is_contact_path, only or ()))

    def paths(self) -> Iterable[str]:
        """List the files, and know from then on how many contacts there are."""
        paths = tuple(self._snapshot.paths())
        self._total = sum(map(is_contact_path, paths if self._only is None else self._only))
        return paths

    def read(self, path: str) -> bytes:
        """Give a file's bytes and tell of it; raises UnreadableError."""
        if is_contact_path(path):
            self._done += 1
            self._tell(self._done, self._total)
        return self._snapshot.read(path)

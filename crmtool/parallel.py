"""Work shared among the cores: forked processes that know all that this one knows, and hand back plain values."""

from __future__ import annotations

import gc
import marshal
import os
import signal
import threading
import time
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import pairwise
from typing import Any, TypeVar

from crmtool.errors import CrmtoolError

Item = TypeVar("Item")

_MOST = 8
"""More processes than this wait for the disk, not for each other."""
_BAR = "rich.live"
_LOOK_EVERY = 0.2
"""So many seconds a process works on that nobody waits for any more."""

settled = threading.Lock()
"""Held by a thread while it is at something, as an import, that a forked process could not go on with."""


def mapped(work: Callable[[Sequence[Item]], Any], items: Sequence[Item], *, least: int) -> list[Any]:
    """Do some work on all items, shared among the cores; gives what it made of each share, in the order of the items.

    `work` takes a share of the items and gives what `marshal` can carry: numbers, texts, bytes, lists, dicts, None. A
    share has at least `least` items: where there are fewer for two, all are worked on here, and so where a process
    cannot be forked. What a share raises is raised here, a CrmtoolError as itself.
    """
    shares = _shares(items, least)
    children: list[_Child] = []
    try:
        children.extend(_Child(work, share) for share in shares[1:])
        return [work(shares[0]), *(child.result() for child in children)]
    finally:
        for child in children:
            child.end()


def _shares(items: Sequence[Item], least: int) -> list[Sequence[Item]]:
    count = max(1, min(_cores(), len(items) // max(1, least)))
    ends = [len(items) * n // count for n in range(count + 1)]
    return [items[start:end] for start, end in pairwise(ends)]


def _cores() -> int:
    if not hasattr(os, "fork") or not hasattr(os, "sched_getaffinity") or not _is_alone():
        return 1
    return min(_MOST, len(os.sched_getaffinity(0)))


def _is_alone() -> bool:
    """Whether nothing else runs in this process that a child could find half done.

    A timer only waits, or holds `settled`, and what draws the bar for who waits has no part in the work.
    """
    others = (thread for thread in threading.enumerate() if thread is not threading.current_thread())
    return all(isinstance(thread, threading.Timer) or type(thread).__module__ == _BAR for thread in others)


class _Child:
    """A forked process that works on one share and writes what it made of it into a pipe."""

    def __init__(self, work: Callable[[Sequence[Item]], Any], share: Sequence[Item]) -> None:
        self._output, given = os.pipe()
        parent = os.getpid()
        with settled, warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads: see `_is_alone`
            self._id = os.fork()
        if self._id == 0:
            _be_child(partial(work, share), given, parent)
        os.close(given)

    def result(self) -> Any:
        """Wait for what the child made; raises what it raised."""
        with open(self._output, "rb", closefd=False) as stream:
            data = stream.read()
        kind, value = marshal.loads(data) if data else ("lost", "a process that shared the work was ended")
        if kind == "made":
            return value
        if kind == "refused":
            raise CrmtoolError(*value)
        if kind == "system":
            raise OSError(*value)
        raise RuntimeError(value)

    def end(self) -> None:
        """Leave nothing of the child behind, whether or not it is done."""
        os.close(self._output)
        with suppress(ProcessLookupError):
            os.kill(self._id, signal.SIGKILL)
        os.waitpid(self._id, 0)


def _be_child(work: Callable[[], Any], output: int, parent: int) -> None:
    """Work, answer and end, without any of what the parent process has yet to do at its end."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl+C, and ends this process
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
        gc.disable()  # what it leaves behind goes with it
        told = _told(work)
        with open(output, "wb") as stream:
            stream.write(told)
    finally:
        os._exit(0)


def _end_with(parent: int) -> None:
    """End once the parent process has been killed: what this one still wrote would be in somebody's way."""
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY)
    os._exit(1)


def _told(work: Callable[[], Any]) -> bytes:
    try:
        return marshal.dumps(("made", work()))
    except CrmtoolError as error:
        return marshal.dumps(("refused", (str(error), error.advice)))
    except OSError as error:
        return marshal.dumps(("system", (error.errno, error.strerror, str(error.filename))))
    except Exception as error:
        return marshal.dumps(("failed", f"{type(error).__name__}: {error}"))

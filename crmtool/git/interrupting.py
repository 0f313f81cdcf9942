"""Signals that ask a program to end, while it does what must not be left half done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn

_TERMINATING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
_ENDING = [signal.SIGINT, *_TERMINATING]


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let SIGTERM and a closed terminal end the work as Ctrl+C does: by an exception, so that it is cleared up."""

    def end(number: int, _: object) -> NoReturn:
        raise SystemExit(128 + number)

    with _handlers(dict.fromkeys(_TERMINATING, end)):
        yield


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put off what would end the work, here and in programs that are run meanwhile, to when it is done."""
    heard: list[int] = []
    masked = hasattr(signal, "pthread_sigmask")
    with _handlers({number: lambda heard_of, _: heard.append(heard_of) for number in _ENDING}):
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING) if masked else set()
        try:
            yield
        finally:
            if masked:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)  # what has come meanwhile is heard now
    for number in heard[:1]:
        signal.raise_signal(number)


@contextmanager
def _handlers(wanted: Mapping[int, Any]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in wanted}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:  # as nohup asks for
            signal.signal(number, wanted[number])
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

"""Run one input again, and make it smaller while it breaks the same."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.fuzz.target import Target

_SLOW = 2.0
"""No input of 64 KiB may take more seconds than that."""


class TooSlowError(Exception):
    """An input that took too long."""


def failure(target: Target, data: bytes, slow: float = _SLOW) -> Exception | None:
    """Run an input; give what it raises, be it that it takes too long."""
    begun = time.process_time()
    try:
        target.check(data)
    except Exception as error:
        return error
    took = time.process_time() - begun
    return TooSlowError(f"{took:.1f} s") if took > slow else None


def signature(error: Exception) -> tuple[str, ...]:
    """Tell one fault from another: by what is raised and the innermost places of ours."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f"{Path(frame.filename).name}:{frame.name}" for frame in frames if "site-packages" not in frame.filename]
    return (type(error).__name__, *ours[-2:])


def minimised(target: Target, data: bytes, error: Exception, seconds: float) -> bytes:
    """Leave out stretches of an input, ever shorter ones, as long as it breaks in the same way."""
    wanted, until = signature(error), time.monotonic() + seconds
    return shortened(data, lambda less: _is_same(target, less, wanted), lambda: time.monotonic() > until)


def _is_same(target: Target, data: bytes, wanted: tuple[str, ...]) -> bool:
    error = failure(target, data)
    return error is not None and signature(error) == wanted


def shortened(data: bytes, breaks: Callable[[bytes], bool], is_over: Callable[[], bool]) -> bytes:
    """Leave out what can be left out of data that `breaks`; stops when it `is_over`."""
    length = len(data) // 2
    while length and not is_over():
        at = 0
        while at < len(data) and not is_over():
            less = data[:at] + data[at + length :]
            if breaks(less):
                data = less
            else:
                at += length
        length //= 2
    return data

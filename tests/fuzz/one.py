"""Run one target under libFuzzer: `python -m tests.fuzz.one TARGET [LIBFUZZER-OPTION…]`."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

atheris: Any = import_module("atheris")  # there is none for some systems, nor for its types

WATCHED = ["crmtool"]
"""Packages whose branches guide the search."""
_SLOW = 4.0
"""Seconds of processor time that are looked into: watched code is slower than it is in use."""


def main(name: str, options: list[str]) -> None:
    """Never returns: libFuzzer ends the process."""
    with atheris.instrument_imports(include=WATCHED):  # to the end: much is imported when it is first needed
        from tests.fuzz.replaying import failure
        from tests.fuzz.target import load

        target = load(name)
        for seed in target.seeds[:2]:  # so that the first inputs do not pay for what is imported late
            target.check(seed)

        def run(data: bytes) -> None:
            error = failure(target, data, slow=_SLOW)
            if error is not None:
                raise error

        atheris.Setup([f"fuzz-{name}", *options], run)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

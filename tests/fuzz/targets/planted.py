"""A fault that was put there: what looks for faults has to find it, and make its input small."""

from __future__ import annotations

from crmtool.text import is_placeholder
from tests.fuzz.target import Target


def check(data: bytes) -> None:
    is_placeholder(data.decode(errors="replace"))  # something that is watched
    assert b"!" not in data


TARGET = Target(name="planted", check=check, explore=lambda: None, seeds=(b"a",), most_bytes=8)

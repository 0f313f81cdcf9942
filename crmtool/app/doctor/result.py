"""What the doctor finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "notice", "problem"]


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing that was looked at.

    `mend` is the command that mends it, or where there is none what to do; only for what is not in order. A code may
    come up several times, such as once for each remote.
    """

    code: str
    state: State
    message: str
    mend: str | None = None


def ok(code: str, message: str) -> Check:
    """Make a check of something that is in order."""
    return Check(code=code, state="ok", message=message)


def notice(code: str, message: str, mend: str | None = None) -> Check:
    """Make a check of something that one should know."""
    return Check(code=code, state="notice", message=message, mend=mend)


def problem(code: str, message: str, mend: str) -> Check:
    """Make a check of something that should be mended."""
    return Check(code=code, state="problem", message=message, mend=mend)

"""Texts merged by a program that knows nothing of what they say: how it is called, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Favour(StrEnum):
    """What to take where both sides have changed the same lines; without it, that is a conflict."""

    OURS = "ours"
    THEIRS = "theirs"
    UNION = "union"


@dataclass(frozen=True, slots=True)
class TextMerged:
    """A merged text; it holds marks of conflict unless it `is_clean`."""

    data: bytes
    is_clean: bool


class TextMerge(Protocol):
    """Merges texts line by line."""

    def __call__(self, base: bytes, ours: bytes, theirs: bytes, favour: Favour | None = None) -> TextMerged | None:
        """Merge two versions of a text; None for what is no text."""

"""Chance that falls the same way everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")

SEED = "crmtool bench 1"


class Dice:
    """Draws that follow from the seed and from what they are drawn for."""

    def __init__(self, *drawn_for: object) -> None:
        key = "/".join(map(str, (SEED, *drawn_for))).encode()
        self._state = int.from_bytes(blake2b(key, digest_size=8).digest(), "big")

    def below(self, end: int) -> int:
        """Draw a whole number from 0 up to, but not including, `end`."""
        # A linear congruential generator with Knuth's constants for 64 bits, of which the upper half is good enough.
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) & 0xFFFF_FFFF_FFFF_FFFF
        return (self._state >> 32) * end >> 32

    def between(self, first: int, last: int) -> int:
        """Draw a whole number from `first` to `last`, both included."""
        return first + self.below(last - first + 1)

    def chance(self, percent: int) -> bool:
        """Say yes in so many of a hundred cases."""
        return self.below(100) < percent

    def pick(self, of: Sequence[T]) -> T:
        """Draw one of several."""
        return of[self.below(len(of))]

    def some(self, of: Sequence[T], count: int) -> list[T]:
        """Draw so many that stand one after another, going round at the end: none twice."""
        first = self.below(len(of))
        return [of[(first + n) % len(of)] for n in range(min(count, len(of)))]

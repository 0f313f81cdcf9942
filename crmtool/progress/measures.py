"""The statistics behind the figures. Each knows of how many cases it is made, and whether that is enough to tell."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

MINIMUM = 5
"""With fewer cases than this a figure says more about each case than about the whole: too few."""

_Z_95 = 1.959964  # the 97.5th percentile of the standard normal distribution


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """So many of so many: `contacts` are the ids behind the part and `rest` those behind what is left, once a case."""

    part: int
    whole: int
    contacts: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()

    @classmethod
    def of(cls, cases: Iterable[tuple[str, bool]]) -> Share:
        """Count cases, each a contact's id and whether it belongs to the part."""
        listed = tuple(cases)
        contacts = tuple(id for id, counts in listed if counts)
        rest = tuple(id for id, counts in listed if not counts)
        return cls(part=len(contacts), whole=len(listed), contacts=contacts, rest=rest)

    @property
    def value(self) -> float | None:
        """The part over the whole, between 0 and 1; None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def n(self) -> int:
        """Of how many cases the share is."""
        return self.whole

    @property
    def is_enough(self) -> bool:
        """Whether there are enough cases to tell anything."""
        return self.n >= MINIMUM


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How values lie: the middle one and the 85th percentile, both None where there is no value.

    The median of an even number of values is the mean of the two middle ones. The percentile is by nearest rank: the
    smallest value that at least 85 % of the values do not exceed, always one that occurred.
    """

    n: int
    median: float | None
    p85: float | None

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        """Describe values."""
        ranked = sorted(values)
        if not ranked:
            return cls(n=0, median=None, p85=None)
        return cls(n=len(ranked), median=median(ranked), p85=nearest_rank(ranked, 85))

    @property
    def is_enough(self) -> bool:
        """Whether there are enough values to tell anything."""
        return self.n >= MINIMUM


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Between which shares the true one may well lie."""

    low: float
    high: float


def nearest_rank(ranked: list[float], percent: int) -> float:
    """Give a percentile of sorted values by nearest rank: the value of rank ceil(percent / 100 * n), from 1."""
    rank = -(-percent * len(ranked) // 100)  # whole numbers: 0.85 * n need not be exact
    return ranked[max(rank, 1) - 1]


def wilson(share: Share) -> Interval | None:
    """Give the 95 % score interval of a share (E. B. Wilson, JASA 22, 1927); None of nothing.

    With p = part / n and z = 1.959964: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n).
    """
    n, p = share.whole, share.value
    if p is None:
        return None
    z2 = _Z_95**2
    centre, scale = p + z2 / (2 * n), 1 + z2 / n
    half = _Z_95 * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return Interval(low=max((centre - half) / scale, 0), high=min((centre + half) / scale, 1))


def brier(forecasts: Iterable[tuple[float, bool]]) -> float | None:
    """Give the mean of (forecast − outcome)², the outcome being 1 or 0; None without a forecast. 0 is best.

    This is the usual form for a yes or no, half of what G. W. Brier (Monthly Weather Review 78, 1950) sums over both.
    """
    squares = [(stated - came) ** 2 for stated, came in forecasts]
    return math.fsum(squares) / len(squares) if squares else None

"""How cost grows with size: the slope between two sizes where both are drawn as logarithms. 1 is linear."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import log

from bench.job import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A job's cost at each size, as (contacts, cost), smallest size first: seconds or bytes."""

    name: str
    title: str
    points: tuple[tuple[int, float], ...]

    @property
    def exponents(self) -> list[tuple[int, int, float]]:
        """Give (from, to, exponent) for each two sizes that follow each other."""
        return [
            (small, large, exponent(small, low, large, high)) for (small, low), (large, high) in pairwise(self.points)
        ]


def exponent(small: int, low: float, large: int, high: float) -> float:
    """Give the power of the size that cost grows with, from (`small`, `low`) to (`large`, `high`)."""
    return log(high / low) / log(large / small)


def lines(series: Iterable[Series], cost: Callable[[Series], float | None]) -> list[Line]:
    """Give a line for each job that was measured at several sizes, in the order in which they first come."""
    found: dict[str, dict[int, float]] = {}
    titles: dict[str, str] = {}
    for one in series:
        value = cost(one)
        if value:
            found.setdefault(one.name, {})[one.contacts] = value
            titles.setdefault(one.name, one.title)
    return [
        Line(name=name, title=titles[name], points=tuple(sorted(points.items())))
        for name, points in found.items()
        if len(points) > 1
    ]

"""The goals of speed and scale, and whether a run met them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.job import Series

MANY = 100_000  # contacts, of which memory is asked
GIB = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A cost that is to stay within a bound. Both are computed of the costs measured, by the names of their jobs."""

    text: str
    cost: Callable[[Mapping[str, float]], float]
    bound: Callable[[Mapping[str, float]], float]
    unit: str = "s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of a goal: its cost and its bound, or None for both where something was not measured."""

    goal: Goal
    cost: float | None = None
    bound: float | None = None

    @property
    def share(self) -> float | None:
        """Give the cost as a share of the bound: 1 or less is met."""
        return None if self.cost is None or not self.bound else self.cost / self.bound

    @property
    def told(self) -> str:
        """Say how it came out."""
        if self.share is None:
            return "not measured"
        if self.share <= 1:
            return f"met, at {self.share:.0%} of the bound"
        return f"missed by {self.share - 1:.0%}"


GOALS = (
    Goal(
        text='hook, one changed contact: at most 3 × python -c "import click, yaml"',
        cost=lambda costs: costs["hook"],
        bound=lambda costs: 3 * costs["imports"],
    ),
    Goal(
        text="hook, one changed contact: faster than check-jsonschema on that one file",
        cost=lambda costs: costs["hook"],
        bound=lambda costs: costs["check-jsonschema-one"],
    ),
    Goal(
        text="check, nothing cached: at most yaml.load with CSafeLoader alone",
        cost=lambda costs: costs["check-cold"],
        bound=lambda costs: costs["yaml"],
    ),
    Goal(
        text="check, one contact changed: at most 2 × git status and the interpreter's start",
        cost=lambda costs: costs["check-changed"],
        bound=lambda costs: 2 * costs["git-status"] + costs["python"],
    ),
    Goal(
        text="site build, cold: faster than Hugo, same content and frame",
        cost=lambda costs: costs["site-cold"],
        bound=lambda costs: costs["hugo"],
    ),
    Goal(
        text="site build, cold: at least 8 × faster than mkdocs build of plain pages",
        cost=lambda costs: costs["site-cold"],
        bound=lambda costs: costs["mkdocs"] / 8,
    ),
    Goal(
        text="site build, one contact changed: under 1/8 of the cold build",
        cost=lambda costs: costs["site-changed"],
        bound=lambda costs: costs["site-cold"] / 8,
    ),
    Goal(
        text="site serve: saved file to served page, the reports it touches included, in under 0.3 s",
        cost=lambda costs: costs["serve-reports"],
        bound=lambda costs: 0.3,  # noqa: ARG005 a bound of its own
    ),
    Goal(
        text="lsp: from its start to the first findings in under 1 s",
        cost=lambda costs: costs["edit-first"],
        bound=lambda costs: 1.0,  # noqa: ARG005 a bound of its own
    ),
    Goal(
        text="lsp: from a keystroke to what is found in under 0.1 s",
        cost=lambda costs: costs["edit-key"],
        bound=lambda costs: 0.1,  # noqa: ARG005 a bound of its own
    ),
    Goal(
        text=f"memory: {MANY:,} contacts checked in under 1 GiB",
        cost=lambda costs: costs["memory"] / GIB,
        bound=lambda costs: 1.0,  # noqa: ARG005 a bound of its own
        unit="GiB",
    ),
)


def costs_of(series: list[Series], contacts: int) -> dict[str, float]:
    """Give the median seconds of the jobs on so many contacts, and as `memory` the peak of checking MANY, in bytes."""
    costs = {one.name: one.wall for one in series if one.contacts == contacts}
    peaks = [one.peak for one in series if (one.name, one.contacts) == ("check-cold", MANY) and one.peak]
    return costs | ({"memory": float(peaks[0])} if peaks else {})


def judge(costs: Mapping[str, float]) -> list[Verdict]:
    """Judge all goals by what was measured."""
    return [_judge(goal, costs) for goal in GOALS]


def _judge(goal: Goal, costs: Mapping[str, float]) -> Verdict:
    try:
        return Verdict(goal=goal, cost=goal.cost(costs), bound=goal.bound(costs))
    except KeyError:
        return Verdict(goal=goal)

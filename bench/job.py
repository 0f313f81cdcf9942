"""What is measured: jobs, and the series of samples that come of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from bench.measuring import Command, Sample


def nothing() -> None:
    """Prepare nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One thing to measure. Neither `prepare`, before each run, nor `restore`, after it, is measured.

    `against` names the jobs whose cost this one's is divided by in the table.
    """

    name: str
    title: str
    command: Command
    prepare: Callable[[], None] = nothing
    restore: Callable[[], None] = nothing
    against: tuple[str, ...] = ()
    peer: bool = False

    def run(self, *, watch: bool) -> Sample:
        """Prepare, measure, restore."""
        self.prepare()
        try:
            return self.command.measure(watch=watch)
        finally:
            self.restore()


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The samples of a job on a workspace of so many contacts, and the most memory seen in the round before them."""

    name: str
    title: str
    contacts: int
    samples: tuple[Sample, ...]
    peak: int | None = None
    against: tuple[str, ...] = ()

    @property
    def wall(self) -> float:
        """Give the median of the seconds by the clock."""
        return median(sample.wall for sample in self.samples)

    @property
    def cpu(self) -> float:
        """Give the median of the processors' seconds."""
        return median(sample.cpu for sample in self.samples)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A job that was not measured, and why."""

    name: str
    reason: str

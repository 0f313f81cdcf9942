"""Let jobs take turns, so that a busy moment of the machine hits all of them."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.job import Job, Series, Skipped
from bench.measuring import FailedError, Sample

STARTED = time.monotonic()
SLOW = 20.0  # seconds; what takes longer runs once
PEER_SLOW = 4.0  # seconds; a peer that takes longer runs three times


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The moment by time.monotonic() at which no further round is begun."""

    until: float

    @property
    def left(self) -> float:
        """Tell how many seconds are left; below 0 where it is over."""
        return self.until - time.monotonic()


def rounds_for(job: Job, first: float, runs: int) -> int:
    """Tell how many rounds a job gets whose first run took so many seconds; 1 means that the first one counts."""
    if first > SLOW:
        return 1
    return min(runs, 3) if job.peer and first > PEER_SLOW else runs


def take_turns(jobs: Sequence[Job], contacts: int, runs: int, budget: Budget) -> tuple[list[Series], list[Skipped]]:
    """Measure jobs in rounds. The first round warms the disk and watches memory; it counts only for what runs once.

    A peer that fails is skipped and said so; a job of crmtool or a floor that fails ends it all with FailedError.
    """
    skipped: list[Skipped] = []
    first: dict[str, Sample] = {}
    for job in jobs:
        tell(f"{contacts} contacts: {job.title}")
        try:
            first[job.name] = job.run(watch=True)
        except FailedError as failed:
            if not job.peer:
                raise
            skipped.append(Skipped(name=job.name, reason=str(failed)))
    running = [job for job in jobs if job.name in first]
    wanted = {job.name: rounds_for(job, first[job.name].wall, runs) for job in running}
    samples = {name: [first[name]] if count == 1 else [] for name, count in wanted.items()}
    _further_rounds(running, wanted, samples, budget)
    return [_series(job, contacts, samples[job.name] or [first[job.name]], first[job.name]) for job in running], skipped


def _further_rounds(
    jobs: Sequence[Job], wanted: dict[str, int], samples: dict[str, list[Sample]], budget: Budget
) -> None:
    for number in range(1, max(wanted.values(), default=0) + 1):
        if budget.left < 0:
            tell(f"the time is over after {number - 1} rounds")
            return
        tell(f"round {number} of {max(wanted.values())}")
        for job in jobs:
            if len(samples[job.name]) < wanted[job.name]:
                samples[job.name].append(job.run(watch=False))


def _series(job: Job, contacts: int, samples: Sequence[Sample], first: Sample) -> Series:
    return Series(
        name=job.name,
        title=job.title,
        contacts=contacts,
        samples=tuple(samples),
        peak=first.peak,
        against=job.against,
    )


def tell(text: str) -> None:
    """Say what is being done, and how long the run has gone on."""
    print(f"{time.monotonic() - STARTED:5.0f} s  {text}", file=sys.stderr, flush=True)

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.job import Job, nothing
from bench.measuring import FailedError, command
from bench.rounds import Budget, rounds_for, take_turns

LONG = Budget(until=math.inf)
OVER = Budget(until=0)


def job(name: str, program: str = "true", *, peer: bool = False, prepare: Callable[[], None] = nothing) -> Job:
    made = command(program, cwd=Path.cwd(), env=os.environ)
    return Job(name=name, title=name, command=made, peer=peer, prepare=prepare)


def test_jobs_take_turns_and_the_first_round_does_not_count() -> None:
    ran: list[str] = []
    jobs = [job(name, prepare=lambda name=name: ran.append(name)) for name in "ab"]  # type: ignore[misc]
    series, skipped = take_turns(jobs, 7, 3, LONG)
    assert "".join(ran) == "ab" * 4
    assert [(one.name, one.contacts, len(one.samples)) for one in series] == [("a", 7, 3), ("b", 7, 3)]
    assert not skipped


def test_a_peer_that_fails_is_skipped() -> None:
    series, skipped = take_turns([job("bad", "false", peer=True), job("good")], 1, 2, LONG)
    assert [one.name for one in series] == ["good"]
    assert [(one.name, "exit status 1" in one.reason) for one in skipped] == [("bad", True)]


def test_anything_else_that_fails_ends_the_run() -> None:
    with pytest.raises(FailedError):
        take_turns([job("bad", "false")], 1, 2, LONG)


def test_when_the_time_is_over_the_first_round_counts() -> None:
    ((series,), _) = take_turns([job("a")], 1, 5, OVER)
    assert len(series.samples) == 1


def test_what_is_restored_is_restored_after_a_failure() -> None:
    restored: list[bool] = []
    made = command("false", cwd=Path.cwd(), env=os.environ)
    with pytest.raises(FailedError):
        Job(name="bad", title="", command=made, restore=lambda: restored.append(True)).run(watch=False)
    assert restored == [True]


@pytest.mark.parametrize(
    ("peer", "first", "rounds"),
    [(False, 0.1, 5), (False, 10, 5), (False, 21, 1), (True, 1, 5), (True, 10, 3), (True, 21, 1)],
)
def test_what_takes_long_gets_fewer_rounds(peer: bool, first: float, rounds: int) -> None:
    assert rounds_for(job("a", peer=peer), first, 5) == rounds

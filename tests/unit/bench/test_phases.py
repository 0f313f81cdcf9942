from __future__ import annotations

import time
from pathlib import Path

import pytest

from bench.job import Series
from bench.measuring import Sample
from bench.phases import Found, Options, measure_growth
from bench.plan import NAMES, PEERS, Choice
from bench.rounds import Budget


def checked(contacts: int, seconds: float) -> Series:
    return Series(name="check-cold", title="", contacts=contacts, samples=(Sample(wall=seconds, cpu=0),))


def test_what_a_job_takes_is_expected_to_grow_as_the_contacts_do() -> None:
    found = Found(series=[checked(100, 1), checked(1000, 4)])
    assert found.expected("check-cold", 100_000) == pytest.approx(400)
    assert found.expected("site-cold", 100_000) == 0


def test_a_large_size_is_left_out_where_there_is_no_time_for_it(tmp_path: Path) -> None:
    found = Found(series=[checked(1000, 4)])
    budget = Budget(until=time.monotonic() + 1000)
    options = Options(runs=5, edits=1, choice=Choice(names=frozenset()), budget=budget, quick=False)
    measure_growth(tmp_path, 100_000, options, found)
    assert [skipped.name for skipped in found.skipped] == ["check-cold"]
    assert found.skipped[0].reason.startswith("100,000 contacts would take about 3200 s, and ")
    assert not list(tmp_path.iterdir())


def test_only_what_is_asked_for_is_taken() -> None:
    assert Choice(names=frozenset()).takes("check-cold")
    assert Choice(names=frozenset({"why"})).takes("focus", "why")
    assert not Choice(names=frozenset({"why"})).takes("focus")


def test_no_two_jobs_have_the_same_name() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert {name for peer in PEERS for name in peer.names} < set(NAMES)

"""Each target, shortly: what is kept for it, what hypothesis thinks of, and a moment of libFuzzer."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.running import run
from tests.fuzz.target import DATA, NAMES, kept, load

RUNS = {"reader": 1000, "rulebook": 40, "conditions": 100, "editor": 100, "merge": 40, "importers": 40, "site": 30}


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=f"{name}-{path.name}") for name in NAMES for path in kept(name)]
)
def test_what_is_kept_breaks_nothing(path: Path) -> None:
    load(path.parent.name).check(path.read_bytes())


def test_all_that_is_kept_is_for_a_target() -> None:
    assert {folder.name for folder in DATA.iterdir()} <= set(NAMES) == set(RUNS)  # Git keeps no empty folder


@pytest.mark.parametrize("name", NAMES)
def test_what_hypothesis_thinks_of(name: str) -> None:
    load(name).explore()


@pytest.mark.skipif(find_spec("atheris") is None, reason=f"no atheris for {sys.platform} and this Python")
@pytest.mark.parametrize("name", NAMES)
def test_a_moment_of_libfuzzer(name: str, tmp_path: Path) -> None:
    target = load(name)
    outcome = run(target, tmp_path, f"-runs={RUNS[name]}", "-seed=1")
    assert outcome.status == 0, outcome.log[-3000:]
    assert outcome.findings == ()
    assert outcome.executions >= RUNS[name]
    assert outcome.edges > 500  # else nothing guides it

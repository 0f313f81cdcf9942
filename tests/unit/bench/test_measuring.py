from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bench.measuring import FailedError, command

NEEDS_PROC = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is told on Linux alone")


def run(tmp_path: Path, code: str, *, tells: bool = False, watch: bool = False) -> float | None:
    made = command(sys.executable, "-c", code, cwd=tmp_path, env=os.environ, tells=tells).measure(watch=watch)
    return made.peak if watch else made.wall


def test_what_tells_its_own_time_is_believed(tmp_path: Path) -> None:
    assert run(tmp_path, 'print("first"); print(\'{"wall": 12.5, "cpu": 3}\')', tells=True) == 12.5


def test_the_processor_time_of_what_it_starts_counts(tmp_path: Path) -> None:
    inner = "import time; end = time.process_time() + 0.2\nwhile time.process_time() < end: pass"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}], check=True)"
    assert command(sys.executable, "-c", code, cwd=tmp_path, env=os.environ).measure(watch=False).cpu >= 0.2


def test_a_failure_says_what_was_printed(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="exit status 3\nno good"):
        run(tmp_path, "print('no good'); raise SystemExit(3)")


HOLD = "held = bytearray(60 << 20); import time; time.sleep(3)"


@NEEDS_PROC
@pytest.mark.parametrize(
    ("code", "mebibytes"),
    [
        pytest.param(HOLD, 60, id="one process"),
        pytest.param(
            f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HOLD!r}])", 60, id="in what it starts"
        ),
        pytest.param(
            f"import os; shared = bytearray(100 << 20); child = os.fork(); {HOLD}; child and os.waitpid(child, 0)",
            220,
            id="what a fork shares counts once",
        ),
    ],
)
def test_the_most_memory_held_is_seen(tmp_path: Path, code: str, mebibytes: int) -> None:
    peak = run(tmp_path, code, watch=True)
    assert peak is not None
    # A busy machine takes pages away; processes are looked at one after the other, not all in one moment.
    assert 0.9 * mebibytes <= peak / (1 << 20) < mebibytes + 60

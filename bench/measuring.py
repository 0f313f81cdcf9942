"""Run a program and tell what it cost: seconds by the clock and of the processors, and the most memory it held."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bench.memory import tree_memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What one run cost: `wall` and `cpu` (user and system, of all it started) in seconds, `peak` in bytes."""

    wall: float
    cpu: float
    peak: int | None = None


class FailedError(Exception):
    """A program that was to be measured failed; the message has what it printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A program with its place and its settings. One that `tells` prints wall and cpu as JSON and is believed."""

    arguments: tuple[str, ...]
    cwd: Path
    env: Mapping[str, str]
    tells: bool = False

    def run(self) -> None:
        """Run it without measuring."""
        self.measure(watch=False)

    def measure(self, *, watch: bool) -> Sample:
        """Run it; watched, its memory is looked at again and again, which costs the run a little time."""
        with tempfile.TemporaryFile() as out:
            sample = _run(self, out, watch=watch)
            if not self.tells:
                return sample
            out.seek(0)
            told = json.loads(out.read().splitlines()[-1])
        return Sample(wall=told["wall"], cpu=told["cpu"], peak=sample.peak)


def command(*arguments: str | Path, cwd: Path, env: Mapping[str, str], tells: bool = False) -> Command:
    """Make a command of its words."""
    return Command(arguments=tuple(map(str, arguments)), cwd=cwd, env=env, tells=tells)


def _run(what: Command, out: IO[bytes], *, watch: bool) -> Sample:
    start = time.perf_counter()
    process = subprocess.Popen(
        what.arguments, cwd=what.cwd, env=what.env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
    )
    peak = _watched(process.pid, start) if watch else None
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise FailedError(_told(what.arguments, process.returncode, out))
    return Sample(wall=wall, cpu=used.ru_utime + used.ru_stime, peak=peak)


def _watched(process: int, start: float) -> int | None:
    """Watch a process to its end, the more rarely the longer it runs, and give the most memory seen."""
    peak = 0
    while os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        peak = max(peak, tree_memory(process))
        passed = time.perf_counter() - start
        time.sleep(min(0.25, passed / 100) if passed > 0.1 else 0)
    return peak or None


def _told(arguments: Sequence[str], status: int, out: IO[bytes]) -> str:
    out.seek(0)
    text = out.read().decode(errors="replace").strip()
    return f"{' '.join(arguments)[:300]}\nexit status {status}\n{text[-2000:]}"

"""A target under libFuzzer in a process of its own, and what came of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tests.conftest import ROOT
from tests.fuzz.target import Target, kept

_STATISTIC = re.compile(r"^stat::(\w+):\s+(\d+)$", re.MULTILINE)
_STATE = re.compile(r"cov: (\d+) ft: \d+ corp: (\d+)/")
_TIMEOUT = 120
"""Seconds after which an input is taken for one that never ends; what is merely slow is told by processor time."""
_MEMORY_MB = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run came to; `findings` are the files of inputs that broke something, `status` that of the process."""

    executions: int
    seconds: float
    edges: int
    corpus: int
    findings: tuple[Path, ...]
    status: int
    log: str


def run(target: Target, folder: Path, *options: str) -> Outcome:
    """Let libFuzzer work on a target; what it finds out stays in a folder, for the next run."""
    corpus, findings = folder / "corpus", folder / "findings"
    for each in (corpus, findings):
        each.mkdir(parents=True, exist_ok=True)
    _plant(target, corpus)
    before = set(findings.iterdir())
    command = [sys.executable, "-m", "tests.fuzz.one", target.name, str(corpus), f"-artifact_prefix={findings}/"]
    if target.words:
        (folder / "words").write_text("".join(_dictionary(target)), "ascii")
        command.append(f"-dict={folder / 'words'}")
    command += [f"-max_len={target.most_bytes}", "-print_final_stats=1"]
    command += [f"-timeout={_TIMEOUT}", f"-report_slow_units={_TIMEOUT}", f"-rss_limit_mb={_MEMORY_MB}", *options]
    begun = os.times()
    done = subprocess.run(
        command, cwd=ROOT, env=_environment(), capture_output=True, text=True, errors="replace", check=False
    )
    ended = os.times()
    return _outcome(done, ended.children_user - begun.children_user, set(findings.iterdir()) - before)


def _outcome(done: subprocess.CompletedProcess[str], seconds: float, findings: set[Path]) -> Outcome:
    log = done.stdout + done.stderr
    statistics = {name: int(value) for name, value in _STATISTIC.findall(log)}
    edges, corpus = (_STATE.findall(log) or [(0, 0)])[-1]
    return Outcome(
        executions=statistics.get("number_of_executed_units", 0),
        seconds=seconds,
        edges=int(edges),
        corpus=int(corpus),
        findings=tuple(sorted(findings)),
        status=done.returncode,
        log=log,
    )


def _plant(target: Target, corpus: Path) -> None:
    for seed in (*target.seeds, *(path.read_bytes() for path in kept(target.name))):
        (corpus / sha256(seed).hexdigest()[:16]).write_bytes(seed)


def _dictionary(target: Target) -> Iterator[str]:
    for word in target.words:
        escaped = "".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "surrogatepass"))
        yield f'"{escaped}"\n'


def _environment() -> dict[str, str]:
    """Leave out what would measure the coverage of tests, and let sets be in the same order in every run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE_", "COV_CORE"))}
    return {**kept, "PYTHONHASHSEED": "0"}

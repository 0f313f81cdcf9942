"""Fuzz for a while: `python -m tests.fuzz [TARGET…]`; run inputs again: `… TARGET --replay FILE…`."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from tests.conftest import ROOT
from tests.fuzz.replaying import failure, minimised
from tests.fuzz.running import Outcome, run
from tests.fuzz.target import DATA, NAMES, Target, load

_HEADER = f"{'target':<12}{'executions':>12}{'CPU s':>9}{'per s':>8}{'edges':>8}{'corpus':>8}{'findings':>10}"
_MINIMISING = 60.0


def main() -> int:
    """Fuzz or replay; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(NAMES)}; all by default")
    parser.add_argument("--seconds", type=int, default=300, help="time for each target (default: 300)")
    parser.add_argument("--seed", type=int, default=0, help="of the search; 0 draws one")
    parser.add_argument("--cache", type=Path, default=ROOT / ".fuzz", help="where inputs are kept (default: .fuzz)")
    parser.add_argument("--replay", nargs="+", type=Path, metavar="FILE", help="run these inputs instead")
    options = parser.parse_args()
    if unknown := set(options.targets) - {*NAMES, "planted"}:
        parser.error(f"there is no target {', '.join(sorted(unknown))}; choose of {', '.join(NAMES)}")
    if options.replay:
        if len(options.targets) != 1:
            parser.error("name the one target whose inputs are to be run")
        return _replay(load(options.targets[0]), options.replay)
    if find_spec("atheris") is None:
        parser.error(
            "there is no atheris for this system and this Python; hypothesis works without it: pytest tests/fuzz"
        )
    return _fuzz(options.targets or NAMES, options)


def _fuzz(names: Sequence[str], options: argparse.Namespace) -> int:
    told: list[str] = []
    _tell(_HEADER)
    for name in names:
        target = load(name)
        arguments = (f"-max_total_time={options.seconds}", f"-seed={options.seed}")
        outcome = run(target, options.cache / name, *arguments)
        found = [text for path in outcome.findings if (text := _finding(target, path))]
        if outcome.status and not outcome.findings:
            found.append("\n".join((f"{name}: libFuzzer ended with {outcome.status}", *outcome.log.splitlines()[-30:])))
        _tell(_row(name, outcome, len(found)))
        told += found
    for text in told:
        _tell(f"\n{text}")
    return 1 if told else 0


def _row(name: str, outcome: Outcome, findings: int) -> str:
    rate = outcome.executions / outcome.seconds if outcome.seconds else 0
    return (
        f"{name:<12}{outcome.executions:>12,}{outcome.seconds:>9.0f}{rate:>8.0f}"
        f"{outcome.edges:>8,}{outcome.corpus:>8,}{findings:>10}"
    )


def _finding(target: Target, path: Path) -> str:
    """Tell what a finding is, how to run it again, and how to keep it; nothing of what only waited for a processor."""
    error = failure(target, path.read_bytes())
    if error is None:
        path.unlink()
        return ""
    small = path.with_name(f"small-{path.name}")
    small.write_bytes(minimised(target, path.read_bytes(), error, _MINIMISING))
    return "\n".join(
        (
            f"{target.name}: {type(error).__name__}: {str(error)[:300]}",
            f"  run it again:  python -m tests.fuzz {target.name} --replay {small}",
            f"  keep it:       cp {small} {DATA.relative_to(ROOT) / target.name}/SHORT-NAME",
        )
    )


def _replay(target: Target, paths: list[Path]) -> int:
    errors = 0
    for path in paths:
        error = failure(target, path.read_bytes())
        errors += error is not None
        _tell(f"{path}: {'passes' if error is None else ''.join(traceback.format_exception(error))}")
    return 1 if errors else 0


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

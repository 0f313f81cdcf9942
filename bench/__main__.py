"""Measure crmtool beside its floors and its peers, all in one run: `make bench`, or `python -m bench --help`.

The workspaces are made from a seed and a contact's number, so every run on every machine measures the same bytes.
The jobs take turns, so that a busy moment hits all of them; the first round warms the disk and is not counted.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench.ground import make_ground
from bench.machine import machine
from bench.making.repository import write_workspace
from bench.measuring import FailedError
from bench.peers.versions import versions
from bench.peers.workshop import Workshop
from bench.phases import Found, Options, measure_growth, measure_main
from bench.plan import NAMES, Choice
from bench.report import Run, as_json, as_svg, as_text
from bench.rounds import Budget, tell

__all__ = ["write_workspace"]
OUTPUT = Path("build", "bench")
RESERVE = 0.3  # of the budget, kept for the growth over sizes


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.split("\n")[0])
    add = parser.add_argument
    add("--contacts", type=int, default=10_000, help="size of the main table (default: %(default)s)")
    add("--sizes", default="100,1000,10000,100000", help="sizes of the growth, or none (default: %(default)s)")
    add("--runs", type=int, default=5, help="rounds that a median is taken of (default: %(default)s)")
    add("--edits", type=int, default=100, help="edits while serving (default: %(default)s)")
    add("--only", default="", metavar="NAME,...", help=f"only these jobs: {', '.join(NAMES)}")
    add("--budget", type=float, default=1020, help="seconds after which no round is begun (default: %(default)s)")
    add("--no-install", action="store_true", help="skip the peers that would have to be installed")
    add("--quick", action="store_true", help="100 contacts, one round, nothing installed: whether it runs at all")
    add("--output", type=Path, default=OUTPUT, help="where bench.json, .md and .svg go (default: %(default)s)")
    options = parser.parse_args(arguments)
    if options.quick:
        options.contacts, options.sizes, options.runs, options.edits = 100, "50,100", 1, 3
    unknown = set(filter(None, options.only.split(","))) - set(NAMES)
    if unknown:
        parser.error(f"unknown job: {', '.join(sorted(unknown))}")
    return options


def measure(given: argparse.Namespace) -> Run:
    """Measure what the command line asks for."""
    start, told = time.monotonic(), machine()
    choice = Choice(names=frozenset(filter(None, given.only.split(","))))
    sizes = [int(size) for size in filter(None, given.sizes.split(",")) if int(size) != given.contacts]
    found = Found()
    (given.output / "tools").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="crmtool-bench-") as folder:
        base = Path(folder)
        shop = Workshop(
            tools=(given.output / "tools").resolve(),
            scratch=base / "peers",
            may_install=not (given.no_install or given.quick),
        )

        def options(share: float) -> Options:
            budget = Budget(until=start + given.budget * share)
            return Options(runs=given.runs, edits=given.edits, choice=choice, budget=budget, quick=given.quick)

        tell(f"{given.contacts} contacts: making them")
        measure_main(make_ground(base, given.contacts), shop, options(1 - RESERVE if sizes else 1), found)
        for size in sizes:
            measure_growth(base, size, options(1), found)
    return Run(
        machine=told,
        contacts=given.contacts,
        seconds=time.monotonic() - start,
        series=found.series,
        skipped=found.skipped,
        notes=[*found.notes, f"Versions: {versions(shop.tools)}."],
    )


def main() -> None:
    """Measure, print the tables, and write them with all samples and the plot."""
    given = parse(sys.argv[1:])
    try:
        run = measure(given)
    except FailedError as failed:
        sys.exit(str(failed))
    text = as_text(run)
    for name, content in (("bench.md", text), ("bench.json", as_json(run)), ("bench.svg", as_svg(run))):
        (given.output / name).write_text(content, "utf-8")
    print(text)
    print(f"Written: {given.output}/bench.json, bench.md, bench.svg", file=sys.stderr)


if __name__ == "__main__":
    main()

"""Measure `crmtool check` beside Python's start and beside PyYAML alone, all in one run.

The contacts are made from their number alone, so every run on every machine checks the same bytes. The jobs take turns,
so that a busy moment of the machine hits all of them; the first round warms the disk and is not counted.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

TODAY = "2026-11-23"
CRMTOOL = Path(sys.executable).with_name("crmtool")

RULE_BOOK = """\
version: 1
name: Bench
language: en
statuses:
  new: {label: New, meaning: Unclear, kind: active, asks: Worth it?, decide_within: 14d}
  clarifying: {label: Clarifying, meaning: Fits, kind: active, asks: Is there a decision?, decide_within: 30d}
  ready: {label: Ready, meaning: All know what to decide, kind: active, asks: Yes or no?, decide_within: 21d}
  agreed: {label: Agreed, meaning: Said yes, kind: won}
  stopped: {label: Stopped, meaning: Ended on purpose, kind: ended}
criteria:
  fit: {label: Fits, question: "10 to 200 people, B2B?", weight: 2}
  pain: {label: Problem named, question: Did they name it?, attested_by: counterparty, weight: 3}
  buyer: {label: Buyer known, question: Who signs?, weight: 3, valid_for: 180d}
  budget: {label: Budget confirmed, question: Is there a budget?, weight: 2, valid_for: 90d}
transitions:
  capture: {to: new}
  qualify: {from: new, to: clarifying, requires: [fit]}
  mature: {from: clarifying, to: ready, requires: [pain, {any: [buyer, budget]}, {score: 7}]}
  agree: {from: ready, to: agreed, requires: [budget]}
  stop: {from: "*", to: stopped}
"""

# Times PyYAML and nothing else: the files are read, and the front matter is cut out, before the clock starts.
YAML_ALONE = """
import sys, time, pathlib, yaml
texts = [p.read_text(encoding="utf-8").split("---\\n")[1] for p in sorted(pathlib.Path(sys.argv[1]).rglob("*.md"))]
start = time.perf_counter()
for text in texts:
    yaml.load(text, Loader=yaml.CSafeLoader)
print(time.perf_counter() - start)
"""


def contact(number: int) -> str:
    """A contact file: each third has only been noted, each third is being clarified, each third is ready."""
    first = date(2026, 8, 1) + timedelta(days=number % 60)
    days = [first + timedelta(days=n) for n in (0, 3, 7, 15, 30, 40)]
    stage = number % 3
    lines = [
        "---",
        f"name: Jana Köhler {number}",
        f"organization: Nordlicht Logistik {number % 97} GmbH",
        "role: Leiterin Disposition",
        f"email: jana{number}@nordlicht.example",
        "source: Empfehlung von Petersen & Co",
        f"value: {1000 + number % 50 * 500}",
        f"status: {('new', 'clarifying', 'ready')[stage]}",
        "criteria:",
        f'  fit: {{met: {days[1]}, evidence: "{10 + number % 180} Mitarbeitende, B2B, Bremen"}}',
        *[
            "  pain:",
            f"    met: {days[3]}",
            f"    evidence: \"Mail: 'Wir verlieren {number % 20 + 1} Stunden pro Woche'\"",
            "    attested_by: counterparty",
            "  buyer:",
            f'    - {{not_met: {days[3]}, evidence: "Noch nicht benannt"}}',
            f'    - {{met: {days[4]}, evidence: "Geschäftsführung unterschreibt"}}',
        ][: stage * 7],
        "decisions:",
        f'  - {{date: {days[0]}, to: new, because: "Empfehlung; passt ins Raster"}}',
        *[
            f'  - {{date: {days[2]}, to: clarifying, because: "Passt ins Profil", chance: 0.4}}',
            f'  - {{date: {days[5]}, to: ready, because: "Alle wissen, worum es geht"}}',
        ][:stage],
        'next_step: {do: "Mit CFO klären, ob Q1 gilt", clarifies: budget, due: 2026-11-28}',
        "---",
        "",
        f"Gespräch am {days[1]}: freundlich, sachlich, {number % 40 + 5} Minuten.",
        "",
    ]
    return "\n".join(lines)


def write_workspace(root: Path, contacts: int) -> None:
    """Write a workspace of so many contacts, a hundred to a folder."""
    (root / "criteria.yaml").write_text(RULE_BOOK, encoding="utf-8")
    for number in range(contacts):
        path = root / "contacts" / f"{number // 100:04}" / f"{number:06}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(contact(number), encoding="utf-8")


def run(*command: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> tuple[str, float]:
    """Run a program; what it prints, and the seconds it takes. One that fails ends the measurement."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\nexit status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout, seconds


def check(root: Path, *options: str) -> tuple[str, float]:
    """Run `crmtool check` with an empty cache."""
    with tempfile.TemporaryDirectory() as cache:
        env = os.environ | {"XDG_CACHE_HOME": cache}
        return run(CRMTOOL, "--today", TODAY, "check", *options, cwd=root, env=env)


def measure(root: Path, runs: int) -> dict[str, float]:
    """Median seconds of each job over so many rounds."""
    python = sys.executable
    jobs: dict[str, Callable[[], float]] = {
        'python -c "import click, yaml"': lambda: run(python, "-c", "import click, yaml", cwd=root)[1],
        "yaml.load, CSafeLoader, alone": lambda: float(run(python, "-c", YAML_ALONE, "contacts", cwd=root)[0]),
        "crmtool check, nothing cached": lambda: check(root)[1],
    }
    rounds = [{name: job() for name, job in jobs.items()} for _ in range(runs + 1)]
    return {name: statistics.median(one[name] for one in rounds[1:]) for name in jobs}


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--contacts", type=int, default=1000, help="how many contacts (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="rounds the median is taken of (default: %(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_workspace(root, options.contacts)
        report = json.loads(check(root, "--format", "json")[0])
        if (report["contacts"], report["errors"]) != (options.contacts, 0):
            sys.exit(f"crmtool saw {report['contacts']} contacts and {report['errors']} errors in the workspace made")
        medians = measure(root, options.runs)
    floor, alone, _ = medians.values()
    print(f"{options.contacts} contacts, median of {options.runs} rounds")
    print(f"{'':32} {'ms':>9} {'x floor':>9} {'x yaml':>9}")
    for name, seconds in medians.items():
        print(f"{name:32} {seconds * 1000:9.1f} {seconds / floor:9.2f} {seconds / alone:9.2f}")


if __name__ == "__main__":
    main()

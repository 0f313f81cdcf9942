"""Change the code in every small way, and see whether a test notices: `make mutants`.

mutmut makes the mutants and runs the tests that touch each of them, as [tool.mutmut] in pyproject.toml says. What it
does not change is code outside of functions, and functions with a decorator of another name than classmethod.
Ends with status 1 where a mutant lives that known.txt does not explain, or where known.txt explains one that does not.
Arguments are names of mutants, such as 'crmtool.conditions.*', and options of `mutmut run`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.mutants.telling import KILLED, LEFT_OUT, file_of, mutant_of, read_known, table

KNOWN = Path(__file__).with_name("known.txt")
MUTMUT = str(Path(sys.executable).with_name("mutmut"))


def mutmut(*arguments: str) -> str:
    """Ask mutmut for something."""
    return subprocess.run([MUTMUT, *arguments], check=True, capture_output=True, text=True).stdout


def run(arguments: list[str]) -> None:
    """Make the mutants and try them; a terminal shows how far that is."""
    shutil.rmtree("mutants", ignore_errors=True)
    is_seen = sys.stdout.isatty()
    output = None if is_seen else subprocess.PIPE
    done = subprocess.run([MUTMUT, "run", *arguments], check=False, stdout=output, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(f"{(done.stdout or '')[-5000:]}\nmutmut ended with status {done.returncode}")


def main(arguments: list[str]) -> int:
    """Run and tell."""
    start = time.monotonic()
    run(arguments)
    lines = (line.strip().rpartition(": ") for line in mutmut("results", "--all", "true").splitlines())
    results = {name: result for name, _, result in lines if name}
    living = {
        name: mutant_of(name, mutmut("show", name))
        for name, result in results.items()
        if result not in (*KILLED, *LEFT_OUT)
    }
    known = read_known(KNOWN.read_text("utf-8"))
    new = {name: mutant for name, mutant in living.items() if mutant not in known}
    unsure = {file_of(name) for name, result in results.items() if result in LEFT_OUT}
    stale = [mutant for mutant in known.keys() - living.values() if mutant.path not in unsure]
    for name, mutant in new.items():
        print(f"\n{results[name]}: {name}\n{mutant}")
    for mutant in sorted(stale, key=str):
        print(f"\n{KNOWN.name} explains one that does not live, or is not there:\n{mutant}")
    print(f"\n{table(results, living.keys() - new.keys())}")
    print(
        f"\n{time.monotonic() - start:.0f} s; {len(new)} to be killed or explained, {len(stale)} explained for nothing"
    )
    return 1 if new or stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

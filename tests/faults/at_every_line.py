"""Run a command again and again, ended by a signal at one line after the other of the modules that write.

A program, not a test: it gives as JSON how each run ended, what lay in the folder then, and what after the same command
was run once more. One process imports everything and forks for each run, so that a run takes little more than its work.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

from crmtool.check import check
from crmtool.cli import main
from crmtool.snapshot import read_content
from crmtool.workspace import WorkTree, load_schemas

_MOST = 2000
_LEFT_OUT = ("objects", "index", "logs", "COMMIT_EDITMSG", "refs")
"""What changes in a repository with the time of a commit."""


_TEMPORARY = re.compile(r"/\.crmtool-\w+\.unfinished$")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is run where, which signal comes in which modules, and what is imported before; each `step`th line counts.

    A traced module may be narrowed down to functions: `crmtool/cache.py:_replace,store`.
    """

    root: str
    cwd: str
    arguments: list[str]
    sent: int
    traced: list[str]
    imported: list[str]
    step: int = 1
    repeats: bool = True


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a run ended, what lay there, and both of the same command once more, if the plan repeats it.

    The last run came to its end.
    """

    status: int
    files: dict[str, str]
    again: int
    files_again: dict[str, str]


def outcomes(plan: Plan, **environment: str) -> list[Outcome]:
    """Run a plan in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.at_every_line", json.dumps(asdict(plan))],
        env={**os.environ, **environment},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
        timeout=300,
    )
    return [Outcome(**each) for each in json.loads(done.stdout)]


def files_of(root: Path) -> dict[str, str]:
    """Give all files below a folder, links by where they lead, what Git changes by itself left out."""
    found: dict[str, str] = {}
    for folder, folders, names in os.walk(root):
        if folder.endswith(".git"):
            folders[:] = [name for name in folders if name not in _LEFT_OUT]
        for file in (Path(folder, name) for name in names if name not in _LEFT_OUT):
            name = _TEMPORARY.sub("/unfinished", f"/{file.relative_to(root).as_posix()}").removeprefix("/")
            found[name] = file.read_bytes().decode("utf-8", "backslashreplace")
    return found


def _run(plan: Plan) -> list[dict[str, Any]]:
    root, kept = Path(plan.root), Path(f"{plan.root}.kept")
    for name in plan.imported:
        import_module(name)
    _warm_up(root)
    shutil.copytree(root, kept, symlinks=True)
    found: list[dict[str, Any]] = []
    for wanted in range(1, _MOST, plan.step):
        status = _forked(lambda at=wanted: _ended_at(plan, at))  # type: ignore[misc]
        files = files_of(root)
        again = _forked(lambda: _plainly(plan)) if status and plan.repeats else 0
        found.append(asdict(Outcome(status=status, files=files, again=again, files_again=files_of(root))))
        if status == 0:
            break
        shutil.rmtree(root)
        shutil.copytree(kept, root, symlinks=True)
    shutil.rmtree(kept)
    return found


def _warm_up(root: Path) -> None:
    """Load here what every command needs, and so not in every one of the processes."""
    if (root / "criteria.yaml").exists():
        files = WorkTree(root)
        check(read_content(files, load_schemas(files)), date(2026, 11, 23))


def _forked(work: Callable[[], None]) -> int:
    pid = os.fork()
    if not pid:
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        try:
            work()
        except SystemExit as ended:
            os._exit(ended.code if isinstance(ended.code, int) else 0)
        finally:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _plainly(plan: Plan) -> None:
    os.chdir(plan.cwd)
    main(plan.arguments)


def _ended_at(plan: Plan, wanted: int) -> None:
    passed = 0
    traced = [
        (file.replace("/", os.sep), names.split(",")) for file, _, names in (t.partition(":") for t in plan.traced)
    ]

    def lines(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal passed
        if event == "line":
            passed += 1
            if passed == wanted:
                os.kill(os.getpid(), plan.sent)
        return lines

    def calls(frame: FrameType, _event: str, _argument: object) -> Any:
        code = frame.f_code
        is_meant = any(code.co_filename.endswith(f) and (code.co_name in names or names == [""]) for f, names in traced)
        return lines if is_meant else None

    sys.settrace(calls)
    _plainly(plan)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_run(Plan(**json.loads(sys.argv[1])))))

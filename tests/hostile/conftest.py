"""What a stranger's workspace is looked at with: real repositories, shut off, and commands run as a user runs them."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from crmtool.cli import main
from tests.conftest import Run
from tests.git.conftest import isolated, make_repo, repo

__all__ = ["isolated", "make_repo", "repo"]


ENDED = """---
name: Jana Köhler
status: stopped
decisions:
  - {date: 2026-11-01, to: new, because: "Asked us"}
  - {date: 2026-11-02, to: stopped, because: "No budget"}
---
"""


def told(*arguments: str, at: Path) -> Run:
    """Run a command in this process, as in a directory of the workspace; no traceback is let through."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    before, status = Path.cwd(), 0
    os.chdir(at)
    try:
        with patch.object(sys, "stdout", out), patch.object(sys, "stderr", err):
            main(list(arguments))
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        os.chdir(before)
    texts = [stream.detach().getvalue().decode("utf-8", "surrogateescape") for stream in (out, err)]
    return Run(status, *texts)


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A directory beside the workspace, with a file that is nobody's business."""
    place = tmp_path / "outside"
    place.mkdir()
    (place / "secret.md").write_text("SECRET\n", "utf-8")
    return place


@pytest.fixture
def trap(tmp_path: Path) -> Callable[[str], str]:
    """Make programs that leave a mark where they are run; `ran` tells which."""
    folder = tmp_path / "trapped"
    folder.mkdir()

    def make(name: str) -> str:
        program = tmp_path / "traps" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\necho ran > "{folder}/{name}"\nexit 1\n', "utf-8")
        program.chmod(0o755)
        return str(program)

    return make


@pytest.fixture
def ran(tmp_path: Path) -> Callable[[], list[str]]:
    """Tell which of the programs that are traps were run."""
    return lambda: sorted(file.name for file in (tmp_path / "trapped").iterdir())

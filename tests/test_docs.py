"""The commands in the README and the docs are run, and what they show is what comes out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, TODAY

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
_MARK = "@@ next command @@"
_WITH_BLOCKS = [page for page in PAGES if _BLOCK.search(page.read_text("utf-8"))]


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of this repository's workspace, with crmtool on the PATH."""
    for name in ("contacts", "schemas", "site"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("public"))
    shutil.copy(ROOT / "criteria.yaml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", _WITH_BLOCKS, ids=_name)
def test_what_the_docs_show_is_what_comes_out(page: Path, clone: Path) -> None:
    for block in _BLOCK.findall(page.read_text("utf-8")):
        commands, expected = _commands_and_output(block)
        script = "\n".join(f"{command} 2>/dev/null\necho '{_MARK}'" for command in commands)
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path, "CRMTOOL_TODAY": TODAY, "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            ["bash", "-euc", script], cwd=clone, env=environment, capture_output=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stderr.decode()
        assert done.stdout.decode().split(f"{_MARK}\n")[:-1] == expected


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)):
        assert (page.parent / target).exists(), f"{_name(page)} links to {target}"


def _commands_and_output(block: str) -> tuple[list[str], list[str]]:
    commands: list[str] = []
    outputs: list[str] = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            commands.append(line[2:].rstrip("\n"))
            outputs.append("")
        else:
            outputs[-1] += line
    return commands, outputs

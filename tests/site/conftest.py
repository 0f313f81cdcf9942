"""Workspaces with a site, and both programs that build it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crmtool.app.site_trust import asked
from crmtool.serving.builder import Builder
from tests.conftest import JANA, ROOT, RULEBOOK, TODAY, Run, crmtool, write_files

CONFIGURATION = """site_name: Neukunden
docs_dir: pages
site_dir: public
use_directory_urls: false
theme: {name: crmtool}
plugins: [crmtool]
"""
UWE = """---
name: Uwe "Blitz" <Richter>
organization: Hansa & Söhne
status: clarifying
decisions:
  - {date: 2026-10-01, to: new, because: "Messe"}
  - {date: 2026-10-12, to: clarifying, because: "Passt"}
---
Notizen zu [Jana](https://nordlicht.example).
"""
FILES = {
    "criteria.yaml": RULEBOOK,
    "contacts/nordlicht/jana-koehler.md": JANA,
    "contacts/hansa & söhne/uwe #1 100%.md": UWE,
    "site/mkdocs.yml": CONFIGURATION,
    "site/pages/runde.md": "# Runde\n\nZum [Fokus](index.md).\n",
}


def build_with(
    program: str, configuration: Path, *options: str, today: str = TODAY, command: str = "build", by_loop: bool = False
) -> Run:
    """Build a site as `mkdocs build` or `properdocs build` does; each contact's page by its loop if so told."""
    started = ["tests.site.by_loop", program] if by_loop else [program]
    done = subprocess.run(
        [sys.executable, "-m", *started, command, "-f", str(configuration), *options],
        cwd=ROOT if by_loop else configuration.parent,
        env={**os.environ, "CRMTOOL_TODAY": today, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        check=False,
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


def tree(directory: Path) -> dict[str, bytes]:
    """Every file below a directory with its bytes."""
    return {str(file.relative_to(directory)): file.read_bytes() for file in directory.rglob("*") if file.is_file()}


def builder_of(configuration: Path, root: Path) -> Builder:
    """What builds the pages that are served; all that the configuration asks for was allowed."""
    allowed = asked(configuration, root)
    return Builder(configuration=configuration, address="http://127.0.0.1:1/", day=TODAY, allowed=allowed)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a site, its names full of what addresses and pages must encode."""
    return write_files(tmp_path / "arbeits platz", FILES)


@pytest.fixture
def build(root: Path) -> Callable[..., Run]:
    """Build the workspace's site by `crmtool site build`."""
    return lambda *options: crmtool("--today", TODAY, "site", "build", *options, cwd=root)

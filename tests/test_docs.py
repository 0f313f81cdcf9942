"""The commands in the README and the docs are run, and what they show is what comes out; links lead somewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, TODAY
from tests.docs import headings, pages

_ENGLISH, _GERMAN = (ROOT / "docs" / folder / "tutorial.md" for folder in ("", "de"))


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of this repository's workspace."""
    root = tmp_path / "clone"
    for name in ("contacts", "schemas", "site"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("public"))
    shutil.copy(ROOT / "criteria.yaml", root)
    return root


@pytest.mark.parametrize("page", [page for page in pages.PAGES if pages.has_commands(page)], ids=pages.name)
def test_what_the_docs_show_is_what_comes_out(
    page: Path, clone: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    start = tmp_path / "empty" if pages.starts_empty(page) else clone
    start.mkdir(exist_ok=True)
    shown: list[str] = []
    expected: list[str] = []
    for walk in pages.walks(page):
        done = subprocess.run(
            ["bash", "-euc", walk.script],
            cwd=start,
            env=_environment(page),
            capture_output=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        shown.extend(pages.outputs(done.stdout.decode()))
        expected.extend(walk.expected)
    if request.config.getoption("--update-golden"):
        page.write_text(pages.printing(page, shown), "utf-8")
    else:
        assert shown == expected


def _environment(page: Path) -> dict[str, str]:
    """A reader's: crmtool on the PATH, a name for commits, for a walk a window of 88 columns and no day but its own."""
    people = {
        f"GIT_{who}_{what}": f"mira@{who}.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {"COLUMNS": "88"} if pages.starts_empty(page) else {"CRMTOOL_TODAY": TODAY}
    return {**os.environ, **people, "PATH": path, "PYTHONIOENCODING": "utf-8", **own}


@pytest.mark.parametrize("page", pages.PAGES, ids=pages.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in headings.links(page.read_text("utf-8")):
        assert headings.is_there(page, target), f"{pages.name(page)} links to {target}"


def test_the_tutorial_takes_ten_minutes() -> None:
    for page in (_ENGLISH, _GERMAN):
        assert len(pages.prose(page).split()) <= 1500
        assert len(pages.commands(page)) <= 30


def test_the_tutorial_is_the_same_walk_in_both_languages() -> None:
    english, german = ([_kind(command) for command in pages.commands(page)] for page in (_ENGLISH, _GERMAN))
    assert english == german


def _kind(command: str) -> list[str]:
    """The programs and their subcommands, without names of things."""
    return re.findall(r"(?:^|&& )((?:crmtool|git) \w+|\w+)", command)

"""What the commit hook loads and starts: every commit waits for it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.git.conftest import Repo

NEEDLESS = {
    *("asyncio", "concurrent", "http", "importlib.metadata", "multiprocessing", "pydoc", "shutil", "sqlite3", "ssl"),
    *("tempfile", "unittest", "xml"),
    *("babel", "jinja2", "jsonschema", "markdown", "markdown_it", "mkdocs", "nh3", "referencing", "rich", "watchdog"),
}
# Tells on its error output what was loaded, beyond what any Python of this environment loads when it starts.
CODE = """
import sys
before = set(sys.modules)
from crmtool.cli import main
try:
    main(["check", "--staged"])
finally:
    print(*sorted(set(sys.modules) - before), sep="\\n", file=sys.stderr)
"""


def loaded(repo: Repo, status: int) -> set[str]:
    done = repo.attempt(sys.executable, "-c", CODE)
    assert done.returncode == status, done.stderr
    return set(done.stderr.splitlines())


@pytest.fixture
def changed(repo: Repo) -> Repo:
    repo.workspace().commit()
    repo.stage("contacts/jana.md", repo.moved)
    return repo


def test_no_more_of_the_program_is_loaded_than_is_written_down(
    changed: Repo, golden: Callable[[str, str], None]
) -> None:
    own = {name for name in loaded(changed, status=0) if name.partition(".")[0] == "crmtool"}

    golden("git/hook_modules.txt", "".join(f"{name}\n" for name in sorted(own)))


def test_no_large_package_is_loaded(changed: Repo) -> None:
    assert not NEEDLESS & loaded(changed, status=0)


def test_nor_is_one_to_refuse_a_decision(changed: Repo) -> None:
    changed.stage("contacts/jana.md", changed.bad)

    assert not NEEDLESS & loaded(changed, status=1)


def test_git_is_started_no_more_often_than_needed(changed: Repo, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    done = changed.crmtool("check", "--staged", cwd=None, GIT_TRACE=str(trace))
    assert done.returncode == 0, done.stderr

    commands = [line.split("built-in: git ")[1].split()[0] for line in trace.read_text().splitlines()]
    assert sorted(commands) == ["cat-file", "diff-index", "ls-files", "rev-parse", "rev-parse", "rev-parse"]

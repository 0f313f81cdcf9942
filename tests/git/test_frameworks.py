"""The hook as pre-commit and prek run it, from what .pre-commit-hooks.yaml says."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from tests.git.conftest import Repo

HOOKS_FILE = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
BOTH = ("--hook-type", "pre-commit", "--hook-type", "pre-merge-commit")


@pytest.fixture(params=["pre-commit", "prek"])
def tool(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the command of a framework; crmtool is on PATH, as it is in the environment that they would make."""
    program = tmp_path / "bin" / "crmtool"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m crmtool "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit home"))
    monkeypatch.setenv("PREK_HOME", str(tmp_path / "prek home"))
    if request.param == "pre-commit":
        found = [sys.executable, "-m", "pre_commit"] if importlib.util.find_spec("pre_commit") else None
    else:
        path = shutil.which("prek", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
        found = [path] if path else None
    if found is None:
        pytest.skip(f"{request.param} is not installed")
    return found


@pytest.fixture
def configured(repo: Repo, tool: list[str]) -> Repo:
    """A committed workspace with a configuration that says of the hook all that our file says, but for its language.

    With `language: python` both tools would fetch and build packages first.
    """
    hooks = [hook | {"language": "system"} for hook in yaml.safe_load(HOOKS_FILE.read_text("utf-8"))]
    repo.stage(".pre-commit-config.yaml", yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}))
    repo.workspace().commit()
    done = repo.attempt(*tool, "install", *BOTH)
    assert done.returncode == 0, done.stdout + done.stderr
    return repo


def test_what_the_file_says() -> None:
    [hook] = yaml.safe_load(HOOKS_FILE.read_text("utf-8"))
    assert hook["entry"] == "crmtool check --staged"
    assert hook["always_run"] is True, "a commit that only deletes hands no file to a hook"
    assert hook["pass_filenames"] is False
    assert hook["stages"] == ["pre-commit", "pre-merge-commit", "manual"]


def test_commits(configured: Repo) -> None:
    configured.stage("contacts/jana.md", configured.bad)
    configured.write("contacts/jana.md", configured.moved)
    refused = configured.try_commit()
    assert refused.returncode == 1
    assert "criteria-missing" in refused.stdout + refused.stderr
    assert (configured.top / "contacts/jana.md").read_text("utf-8") == configured.moved
    assert configured.try_commit("--all").returncode == 0


def test_a_commit_that_only_deletes(configured: Repo) -> None:
    configured.git("rm", "-q", "contacts/jana.md")
    refused = configured.try_commit()
    assert refused.returncode == 1
    assert "contact-deleted" in refused.stdout + refused.stderr


def test_merges(configured: Repo) -> None:
    configured.git("switch", "-qc", "theirs")
    configured.stage("contacts/jana.md", configured.moved)
    configured.commit()
    configured.git("switch", "-q", "main")
    stricter = configured.rules.replace("to: ready, requires: [fit]", "to: ready, requires: [fit, budget]")
    configured.stage("criteria.yaml", stricter)
    configured.commit()
    refused = configured.attempt("git", "merge", "-m", "x", "theirs")
    assert refused.returncode == 1
    assert "Is there a budget?" in refused.stdout + refused.stderr


def test_by_hand(configured: Repo, tool: list[str]) -> None:
    configured.stage("contacts/jana.md", configured.bad)
    done = configured.attempt(*tool, "run", "--hook-stage", "manual", "--all-files")
    assert done.returncode == 1
    assert "criteria-missing" in done.stdout + done.stderr


def test_our_own_hook_beside_theirs(configured: Repo) -> None:
    """Both are wanted: theirs runs first, and is what remains when ours is removed."""
    entry = "sh -c 'echo from the framework; exit ${THEIRS:-0}' --"
    hook = {"id": "x", "name": "x", "language": "system", "always_run": True, "verbose": True, "entry": entry}
    configured.stage(".pre-commit-config.yaml", yaml.safe_dump({"repos": [{"repo": "local", "hooks": [hook]}]}))
    configured.commit()
    installed = configured.crmtool("hook", "install")
    assert "manages hooks here; list crmtool in .pre-commit-config.yaml instead" in installed.stderr
    configured.stage("contacts/jana.md", configured.bad)
    refused = configured.try_commit()
    assert refused.returncode == 1
    output = refused.stdout + refused.stderr
    assert output.index("from the framework") < output.index("criteria-missing")
    assert "criteria-missing" not in configured.attempt("env", "THEIRS=1", "git", "commit", "-m", "x").stderr
    configured.crmtool("hook", "uninstall")
    assert configured.try_commit().returncode == 0

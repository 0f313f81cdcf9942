"""Real repositories, shut off from the settings of whoever runs the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

RULES = """\
version: 1
name: Kunden
language: en
currency: EUR
statuses:
  new: {label: New, meaning: "Worth our attention?", kind: active, asks: "Worth it?", decide_within: 14d}
  ready: {label: Ready, meaning: "All know what is to be decided", kind: active, asks: "Yes or no?", decide_within: 21d}
  agreed: {label: Agreed, meaning: "The contact said yes", kind: won}
  stopped: {label: Stopped, meaning: "We or they said no", kind: ended}
criteria:
  fit: {label: Fits, question: "Between 10 and 200 people?"}
  budget: {label: Budget, question: "Is there a budget?"}
transitions:
  capture: {to: new}
  mature: {from: new, to: ready, requires: [fit]}
  agree: {from: ready, to: agreed, requires: [budget]}
  stop: {from: "*", to: stopped}
"""
GOOD = """\
---
name: Jana Köhler
status: new
decisions:
  - {date: 2026-11-01, to: new, because: "Asked us"}
---

Notes.
"""
BAD = """\
---
name: Jana Köhler
status: ready
decisions:
  - {date: 2026-11-01, to: new, because: "Asked us"}
  - {date: 2026-11-09, to: ready, because: "Looks fine"}
---

Notes.
"""
MOVED = BAD.replace("decisions:", 'criteria:\n  fit: {met: 2026-11-08, evidence: "85 people"}\ndecisions:')


@dataclass(frozen=True)
class Repo:
    """A work tree, and what one does in it."""

    top: Path

    rules = RULES
    good = GOOD
    bad = BAD
    moved = MOVED

    def attempt(
        self, *arguments: str, given: str | None = None, cwd: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a program, whatever its status."""
        return subprocess.run(
            arguments,
            cwd=cwd or self.top,
            env=os.environ | environment,
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )

    def git(self, *arguments: str, given: str | None = None, **environment: str) -> str:
        """Run git, which must succeed; gives its output."""
        done = self.attempt("git", *arguments, given=given, cwd=None, **environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def try_commit(self, *options: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        """Commit, as far as the hook lets it through."""
        return self.attempt("git", "commit", "-m", "a change", *options, given=given)

    def crmtool(self, *arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the whole program."""
        return self.attempt(sys.executable, "-m", "crmtool", *arguments, cwd=cwd, **environment)

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file of the work tree."""
        file = self.top / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content)
        return file

    def stage(self, path: str, content: str | bytes) -> None:
        """Write a file and add it to the index."""
        self.write(path, content)
        self.git("add", "--", path)

    def commit(self, *options: str) -> str:
        """Commit what is staged without asking a hook; gives the commit's id."""
        self.git("commit", "--quiet", "--no-verify", "-m", "a change", *options)
        return self.head()

    def head(self) -> str:
        """Give the commit that is checked out."""
        return self.git("rev-parse", "HEAD").strip()

    def workspace(self, prefix: str = "") -> Repo:
        """Stage a rule book and one contact."""
        self.stage(f"{prefix}criteria.yaml", RULES)
        self.stage(f"{prefix}contacts/jana.md", GOOD)
        return self


@pytest.fixture(autouse=True)
def isolated(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    for name in [name for name in os.environ if name.startswith(("GIT_", "PRE_COMMIT", "PREK"))]:
        monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    settings = {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_NAME": "Mira",
        "GIT_AUTHOR_EMAIL": "mira@crm.example",
        "GIT_AUTHOR_DATE": "2026-11-20T10:00:00+01:00",
        "GIT_COMMITTER_NAME": "Mira",
        "GIT_COMMITTER_EMAIL": "mira@crm.example",
        "GIT_COMMITTER_DATE": "2026-11-21T10:00:00+01:00",
        "GIT_EDITOR": "true",
        "CRMTOOL_TODAY": "2026-11-23",
        "COLUMNS": "200",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)


MakeRepo = Callable[..., Repo]


@pytest.fixture
def make_repo(tmp_path: Path) -> MakeRepo:
    """Make a repository in a directory of its own."""

    def make(name: str = "repo", *options: str) -> Repo:
        top = tmp_path / name
        subprocess.run(["git", "init", "--quiet", "-b", "main", *options, str(top)], check=True)
        return Repo(top.resolve())

    return make


@pytest.fixture
def repo(make_repo: MakeRepo) -> Repo:
    """Make an empty repository, in a directory whose name has a space."""
    return make_repo("my crm")

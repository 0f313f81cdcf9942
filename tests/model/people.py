"""A team's clones of one shared repository, with hook and merge driver as `crmtool hook install` sets them up."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from crmtool.cli import cli
from crmtool.cli.session import Session
from crmtool.errors import CrmtoolError
from tests.conftest import Run
from tests.model.cards import Card, Tree, notes, read_card
from tests.model.rules import RULES

NAMES = ("mira", "jonas", "ada")
STARTING = date(2026, 11, 2)
IN_LINES = """\
---
name: Ida Lines  # k1
owner: mira
tags: [one, two]

status: new
criteria:
  fit:
    met: 2026-10-20
    evidence: "a1 it's: 85 people, B2B"
decisions:
  # k2
  - date: 2026-10-19
    to: new
    because: 'd1 asked us'
---
"""
IN_BRACES = """\
---
name: "Bo Braces"
status: ready   # k3
tags: [one, two]
owner: jonas
criteria:
  fit: {met: 2026-10-20, evidence: "a2 yes"}
  budget: [ {not_met: 2026-10-21, evidence: 'a3 no'},   {met: 2026-10-30, evidence: "a4 yes"} ]
decisions: [{date: 2026-10-20, to: new, because: "d2 met us"}, {date: 2026-10-22, to: ready, because: "d3 fits"}]
next_step: {do: "Ask for it", clarifies: clash, due: 2026-11-28}
---
"""
CONTACTS = {
    "contacts/ida-lines.md": IN_LINES + notes("Ida Lines"),
    "contacts/bo-braces.md": (IN_BRACES + notes("Bo Braces")).replace("\n", "\r\n"),
}
FILES = {
    "criteria.yaml": RULES,
    ".gitattributes": "* -text\ncontacts/**/*.md merge=crmtool\n",
    "contacts/README.md": "Who we talk to.\n",
    "contacts/north/README.md": "Those in the north.\n",
}
_SETTINGS = ("core.fsync=none", "gc.auto=0", "maintenance.auto=false", "advice.detachedHead=false")


@dataclass
class Trees:
    """The contact files of commits, read once; all clones share them."""

    known: dict[str, Tree] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)
    cards: dict[bytes, Card | None] = field(default_factory=dict)

    def card(self, raw: bytes) -> Card | None:
        """Read a file, once."""
        if raw not in self.cards:
            self.cards[raw] = read_card(raw)
        return self.cards[raw]


@dataclass(frozen=True)
class Person:
    """Somebody with a clone."""

    name: str
    top: Path
    trees: Trees
    said: list[str]
    """What all have typed, for whoever wants to see it."""

    def attempt(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run git, whatever its status."""
        self.said.append(f"{self.name}: git {' '.join(arguments)}")
        own = {f"GIT_{who}_NAME": self.name for who in ("AUTHOR", "COMMITTER")}
        return subprocess.run(
            ["git", *arguments],
            cwd=self.top,
            env=os.environ | own | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def git(self, *arguments: str) -> str:
        """Run git, which must succeed; gives its output without the last line break."""
        done = self.attempt(*arguments)
        assert done.returncode == 0, f"git {arguments}: {done.stdout}{done.stderr}"
        return done.stdout.removesuffix("\n")

    def ask(self, *arguments: str) -> str:
        """Ask git something that changes nothing."""
        answer = self.git(*arguments)
        self.said.pop()
        return answer

    def crmtool(self, *arguments: str) -> Run:
        """Run a command of crmtool, in this process."""
        self.said.append(f"{self.name}: crmtool {' '.join(arguments)}")
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            try:
                cli.main(args=["-C", str(self.top), *arguments], prog_name="crmtool", obj=Session())
            except SystemExit as ended:
                status = int(ended.code or 0)
            except CrmtoolError as error:
                status = error.status
                err.write(f"crmtool: {error}\n")
        return Run(status, out.getvalue(), err.getvalue())

    def head(self) -> str:
        """Give the commit that is checked out."""
        return self.ask("rev-parse", "HEAD")

    def branch(self) -> str:
        """Give the branch that is checked out."""
        return self.ask("symbolic-ref", "--short", "HEAD")

    def refs(self, *options: str) -> list[str]:
        """List the other branches, here and of the shared repository."""
        told = self.ask("for-each-ref", "--format=%(refname:short)", *options, "refs/heads", "refs/remotes")
        return sorted({*told.splitlines()} - {self.branch(), "origin/HEAD", "origin"})

    def unmerged(self) -> list[str]:
        """List the other branches that have something which is not here."""
        return self.refs("--no-merged", "HEAD")

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether a commit has another one in its past."""
        done = self.attempt("merge-base", "--is-ancestor", old, new)
        self.said.pop()
        return done.returncode == 0

    def is_clean(self) -> bool:
        """Whether all is committed."""
        return self.ask("status", "--porcelain") == ""

    def files(self) -> dict[str, bytes]:
        """Give the contact files as they lie in the work tree."""
        folder = self.top / "contacts"
        found = {file.relative_to(self.top).as_posix(): file for file in sorted(folder.rglob("*.md"))}
        return {path: file.read_bytes() for path, file in found.items() if file.name != "README.md"}

    def tree(self) -> Tree:
        """Give the contacts in the work tree, none of which may be broken."""
        return self._cards(self.files())

    def tree_of(self, rev: str) -> Tree:
        """Give the contacts of a commit."""
        commit = self.ask("rev-parse", f"{rev}^{{commit}}")
        if commit not in self.trees.known:
            self.trees.known[commit] = self._cards(dict(self._read(commit)))
        return self.trees.known[commit]

    def _cards(self, files: Mapping[str, bytes]) -> Tree:
        found: dict[str, Card] = {}
        for path, raw in files.items():
            card = self.trees.card(raw)
            assert card is not None, f"{path} is broken:\n{raw.decode()}"
            found[path] = card
        return found

    def _read(self, commit: str) -> Iterator[tuple[str, bytes]]:
        for line in self.ask("ls-tree", "-r", commit, "contacts/").splitlines():
            blob, path = line.split(maxsplit=3)[2:]
            if not path.endswith("README.md"):
                if blob not in self.trees.blobs:
                    command = ["git", "cat-file", "blob", blob]
                    self.trees.blobs[blob] = subprocess.run(
                        command, cwd=self.top, capture_output=True, check=True
                    ).stdout
                yield path, self.trees.blobs[blob]

    def write(self, path: str, raw: bytes) -> None:
        """Write a file of the work tree."""
        self.said.append(f"{self.name}: writes {path}")
        file = self.top / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)


@dataclass
class Office:
    """Where teams get their clones from: made once, then copied."""

    folder: Path
    made: int = 0

    @cached_property
    def template(self) -> Path:
        """Make a shared repository with a workspace, and a clone for each."""
        top = self.folder / "template"
        _run(self.folder, "init", "--quiet", "--bare", "--template=", "-b", "main", str(top / "shared.git"))
        for i, name in enumerate(NAMES):
            _run(top, "clone", "--quiet", "--template=", "shared.git", name)
            for setting in _SETTINGS:
                _run(top / name, "config", *setting.split("="))
            person = Person(name, top / name, Trees(), [])
            if i == 0:
                for path, text in (FILES | CONTACTS).items():
                    person.write(path, text.encode())
                person.git("symbolic-ref", "HEAD", "refs/heads/main")
                person.git("add", "-A")
                person.git("commit", "--quiet", "-m", "start")
                person.git("push", "--quiet", "-u", "origin", "main")
            person.git("remote", "set-url", "origin", "../shared.git")
            assert person.crmtool("hook", "install").status == 0
        return top

    def team(self, count: int) -> tuple[list[Person], Path]:
        """Give people with clones of a new shared repository, and where these lie."""
        self.made += 1
        top = self.folder / f"team{self.made}"
        shutil.copytree(self.template, top, symlinks=True)
        trees, said = Trees(), list[str]()
        return [Person(name, top / name, trees, said) for name in NAMES[:count]], top


def _run(cwd: Path, *arguments: str) -> None:
    cwd.mkdir(parents=True, exist_ok=True)
    subprocess.run(["git", *arguments], cwd=cwd, check=True, capture_output=True)

"""The workspaces that jobs run in, and what they change there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bench.making.life import TODAY
from bench.making.repository import changeable, single_commits
from bench.making.rulebook import LABEL
from bench.measuring import Command, command

PYTHON = sys.executable
CRMTOOL = Path(PYTHON).with_name("crmtool")


def clean_environment() -> dict[str, str]:
    """Give the environment of all jobs: nobody's Git settings, a fixed day, no colours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "CRMTOOL_", "XDG_"))}
    who = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in _WHO.items()}
    return kept | who | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "CRMTOOL_TODAY": str(TODAY),
        "NO_COLOR": "1",
    }  # fmt: skip


_WHO = {"NAME": "Mira Bench", "EMAIL": "mira@bench.example"}


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A workspace of so many contacts with Git history; caches stand beside it, in `caches`."""

    root: Path
    contacts: int
    caches: Path

    @cached_property
    def edits(self) -> Edits:
        """Give the changes that jobs make here; each is a new one."""
        return Edits(root=self.root, paths=changeable(self.contacts))

    @property
    def files(self) -> Path:
        """Tell where the contacts stand."""
        return self.root / "contacts"

    @property
    def last_commits(self) -> str:
        """Give the range of the commits that change one contact each."""
        return f"HEAD~{single_commits(self.contacts)}..HEAD"

    def cache(self, name: str) -> Path:
        """Tell where the cache of this name stands."""
        return self.caches / name

    def environment(self, cache: str = "shared") -> Mapping[str, str]:
        """Give the environment of a job that uses the cache of this name."""
        return clean_environment() | {"XDG_CACHE_HOME": str(self.cache(cache))}

    def crmtool(self, *arguments: str, cache: str = "shared") -> Command:
        """Give a call of crmtool in this workspace."""
        return command(CRMTOOL, *arguments, cwd=self.root, env=self.environment(cache))

    def git(self, *arguments: str) -> Command:
        """Give a call of Git in this workspace."""
        return command("git", *arguments, cwd=self.root, env=self.environment())

    def copy(self, name: str) -> Ground:
        """Copy the workspace, as it is, to stand beside it under another name."""
        root = self.root.with_name(f"{self.root.name}-{name}")
        shutil.copytree(self.root, root, symlinks=True)
        copied = Ground(root=root, contacts=self.contacts, caches=self.caches / name)
        copied.git("update-index", "-q", "--refresh").run()
        return copied


def make_ground(base: Path, contacts: int) -> Ground:
    """Make the workspace in a process of its own, so that this one stays small and is not seen in what it starts."""
    root = base / f"contacts-{contacts}"
    making = command(
        PYTHON, "-m", "bench.making", str(contacts), root, cwd=Path(__file__).parents[1], env=clean_environment()
    )
    making.run()
    return Ground(root=root, contacts=contacts, caches=base / f"caches-{contacts}")


class Edits:
    """Changes of contacts that are still open, each another: it adds an answer, the next time round takes it back."""

    def __init__(self, *, root: Path, paths: Sequence[str]) -> None:
        self._root, self._paths, self._made = root, paths, 0
        self._before: dict[str, bytes] = {}

    @property
    def paths(self) -> Sequence[str]:
        """Give the paths of the contacts that are changed, in this order."""
        return self._paths

    @property
    def coming(self) -> str:
        """Tell whose turn it is."""
        return self._paths[self._made % len(self._paths)]

    def make(self) -> str:
        """Make the next change, saved as an editor saves: written beside it and moved into place. Give the path."""
        path, number = self.coming, self._made
        before = self._before.setdefault(path, (self._root / path).read_bytes())
        again = number // len(self._paths) % 2
        save(self._root / path, before if again else with_answer(before, number))
        self._made += 1
        return path

    def undo(self) -> None:
        """Put all contacts back as they were."""
        for path, content in self._before.items():
            if (self._root / path).read_bytes() != content:
                save(self._root / path, content)


def with_answer(contact: bytes, number: int) -> bytes:
    """Add the answer to `deadline` to a contact that has none."""
    answer = f'  deadline: {{met: {TODAY}, evidence: "Der Beirat tagt am {number + 1}. Tag"}}\ndecisions:\n'
    return contact.replace(b"decisions:\n", answer.encode(), 1)


def save(file: Path, content: bytes) -> None:
    """Write a file beside its place and move it there."""
    beside = file.with_name(f".{file.name}.saving")
    beside.write_bytes(content)
    beside.replace(file)


def change_rule(root: Path) -> None:
    """Change the label of a status in the rule book, or change it back."""
    file = root / "criteria.yaml"
    text = file.read_text("utf-8")
    old, new = f"label: {LABEL}\n", f"label: {LABEL} (neu)\n"
    save(file, (text.replace(old, new) if old in text else text.replace(new, old)).encode())


def stage(ground: Ground) -> None:
    """Make the next change of a contact and hand it to Git's index."""
    path = ground.edits.make()
    subprocess.run(["git", "add", path], cwd=ground.root, env=dict(ground.environment()), check=True)

"""Workspaces on the disk: plain, or as a Git repository whose history `git fast-import` writes.

The history: first the contacts arrive, many to a commit, in the order in which their lives went on; then each commit
changes one contact, or takes one in. The last step of anybody is the last commit.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bench.making.contact import Story, story
from bench.making.life import KINDS, life
from bench.making.people import person
from bench.making.rulebook import RULE_BOOK

SINGLE_COMMITS = 1000
ARRIVALS = 250  # commits, at most
AUTHOR = "Mira Bench <mira@bench.example>"
SITE = """\
site_name: Neukunden
docs_dir: pages
site_dir: public
use_directory_urls: false
theme:
  name: crmtool
plugins:
  - crmtool
"""
FILES = {
    "criteria.yaml": RULE_BOOK,
    ".gitignore": "/site/public/\n",
    "site/mkdocs.yml": SITE,
    "site/pages/runde.md": "# Runde\n\nMontags um neun.\n",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The commit that brings a contact to where it is after so many steps."""

    day: date
    number: int
    steps: int


def write_workspace(root: Path, contacts: int) -> None:
    """Write a workspace of so many contacts as it is today, without Git."""
    for path, text in _files(contacts):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())


def write_repository(root: Path, contacts: int) -> None:
    """Write the same workspace as a Git repository with its history."""
    git = ("git", "-C", str(root))
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(root)], check=True)
    importing = [*git, "-c", "fastimport.unpackLimit=0", "fast-import", "--quiet"]
    with subprocess.Popen(importing, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        for part in history(contacts):
            process.stdin.write(part)
        process.stdin.close()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, importing)
    subprocess.run([*git, "reset", "--quiet", "--hard", "main"], check=True)


def history(contacts: int) -> Iterator[bytes]:
    """Give the stream for `git fast-import`, in parts."""
    changes = [
        Change(day=step.day, number=number, steps=after)
        for number in range(contacts)
        for after, step in enumerate(life(number), 1)
    ]
    changes.sort(key=lambda change: (change.day, change.number, change.steps))
    start = len(changes) - single_commits(contacts)
    single = changes[start:]
    earlier = {change.number: change for change in changes[:start]}
    arriving = sorted(earlier.values(), key=lambda change: (change.day, change.number))
    yield _commit(changes[0].day, 0, "Start with a rule book")
    yield from (_file(path, text) for path, text in FILES.items())
    for at, batch in enumerate(_batches(arriving), 1):
        yield _commit(batch[-1].day, at, f"Take in {len(batch)} contacts")
        for change in batch:
            told = story(change.number, contacts)
            yield _file(told.who.path, told.text(change.steps))
    for at, change in enumerate(single, ARRIVALS + 1):
        told = story(change.number, contacts)
        yield _commit(change.day, at, _message(told, change.steps))
        yield _file(told.who.path, told.text(change.steps))
    yield b"done\n"


def changeable(contacts: int) -> list[str]:
    """Give the paths of contacts in clarification that have no answer to `deadline` yet: a job may give them one."""
    found = (number for number in range(contacts) if life(number)[-1].kind in ("qualify", "pain", "no_buyer"))
    return [person(number).path for number in found]


def single_commits(contacts: int) -> int:
    """Tell how many of the last commits change one contact each: half of all steps, and SINGLE_COMMITS at most."""
    return min(SINGLE_COMMITS, sum(len(life(number)) for number in range(contacts)) // 2)


def _files(contacts: int) -> Iterator[tuple[str, str]]:
    yield from FILES.items()
    for number in range(contacts):
        told = story(number, contacts)
        yield told.who.path, told.text(len(told.steps))


def _batches(changes: list[Change]) -> Iterator[list[Change]]:
    size = max(1, -(-len(changes) // ARRIVALS))
    for start in range(0, len(changes), size):
        yield changes[start : start + size]


def _commit(day: date, at: int, message: str) -> bytes:
    # The number of the commit parts those of one day.
    when = datetime(day.year, day.month, day.day, 8, tzinfo=UTC) + timedelta(seconds=at)
    text = message.encode()
    return b"commit refs/heads/main\ncommitter %s %d +0000\ndata %d\n%s\n" % (
        *(AUTHOR.encode(), when.timestamp(), len(text), text),
    )


def _file(path: str, text: str) -> bytes:
    data = text.encode()
    return b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data)


def _message(told: Story, steps: int) -> str:
    kind = told.steps[steps - 1].kind
    what = (
        f"decide for {KINDS[kind].to}" if KINDS[kind].to else f"answer {', '.join(c for c, _ in KINDS[kind].answers)}"
    )
    return f"{person(told.who.number).name}: {what}"

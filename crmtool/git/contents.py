"""All objects of a repository, one after the other, from one git process however many there are."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

from crmtool.errors import CrmtoolError
from crmtool.git.program import as_text, message_of, reading_command
from crmtool.git.repository import Repository
from crmtool.records import dataclass

LARGEST = 64 * 1024 * 1024
"""Bytes up to which an object is looked into."""
_EVERY = ("--batch-all-objects", "--unordered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    """An object: its id, its kind (blob, tree, commit or tag), and its bytes; None where they are too many."""

    id: str
    kind: str
    data: bytes | None


def contents(repository: Repository, ids: Iterable[str]) -> Iterator[Object]:
    """Read objects by their ids, in that order; those that are missing are left out. Raises CrmtoolError.

    What a partial clone has left at its remote is fetched first.
    """
    ids = list(ids)
    repository.objects.bring(ids)
    with tempfile.TemporaryFile() as wanted:
        wanted.writelines(f"{id}\n".encode() for id in ids)
        wanted.seek(0)
        yield from _read(repository, (), wanted)


def everything(repository: Repository) -> Iterator[Object]:
    """Read every object that is there, reachable or not; raises CrmtoolError."""
    yield from _read(repository, _EVERY, None)


def _read(repository: Repository, options: tuple[str, ...], given: IO[bytes] | None) -> Iterator[Object]:
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(
            reading_command(*options),
            cwd=repository.top,
            env=repository.environment,
            stdin=given or subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        ) as process,
    ):
        assert process.stdout is not None
        yield from _objects(process.stdout)
        if process.wait():
            errors.seek(0)
            done = subprocess.CompletedProcess[bytes]((), process.returncode, b"", errors.read())
            raise CrmtoolError(f"git cat-file: {message_of(done)}")


def _objects(output: IO[bytes]) -> Iterator[Object]:
    while header := output.readline():
        if header.endswith(b" missing\n"):
            continue
        id, kind, told = as_text(header).split()
        size = int(told)
        data = output.read(size) if size <= LARGEST else None
        if data is None:
            _pass_over(output, size)
        output.read(1)
        yield Object(id=id, kind=kind, data=data)


def _pass_over(output: IO[bytes], size: int) -> None:
    while size:
        size -= len(output.read(min(size, 1024 * 1024))) or size


def tree_names(tree: Object) -> set[bytes]:
    """Give the names in a tree object."""
    length = len(tree.id) // 2  # that of the ids, which stand there as bytes
    return set(re.findall(rb"[0-7]+ ([^\0]+)\0(?s:.{%d})" % length, tree.data or b""))

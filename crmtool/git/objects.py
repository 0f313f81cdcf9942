"""Contents by their object ids."""

from __future__ import annotations

import subprocess
import weakref
from collections import deque
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import IO

from crmtool.document import MAX_BYTES
from crmtool.git.program import reading_command
from crmtool.snapshot import LostError

# Few enough that all requests fit into a pipe at once, and that their contents take little memory.
_BATCH = 64


class Objects:
    """The contents of a repository, from one `git cat-file` process that runs from the first reading to `close`."""

    def __init__(self, top: Path, environment: Mapping[str, str]) -> None:
        self._top, self._environment = top, environment
        self._process: subprocess.Popen[bytes] | None = None
        self._expected: deque[str] = deque()
        self._arrived: dict[str, bytes] = {}
        self._brought: set[str] = set()
        self._is_new = False
        self._finalizer: weakref.finalize[[subprocess.Popen[bytes]], Objects] | None = None

    def read(self, id: str) -> bytes:
        """Give a content, at most one byte more than is ever read of a file; raises LostError.

        Raises CrmtoolError where the remote of a partial clone would have to give it, and does not.
        """
        if id not in self._arrived:
            self._fetch(self._batch(id))
        if id not in self._arrived and self._is_partial:
            self._bring({id})
            self._fetch([id])
        data = self._arrived.pop(id, None)
        if data is None:
            raise LostError(f"Git cannot read the object {id}", "run `git fsck`; a clone or a backup may have it")
        return data

    def expect(self, ids: Iterable[str]) -> None:
        """Say what will be read, in this order; it is then asked for in batches."""
        self._expected = deque(ids)
        self._is_new = len(self._expected) > 1

    def bring(self, ids: Iterable[str]) -> None:
        """Let a partial clone fetch at once what it would fetch one by one; raises CrmtoolError."""
        missing = set(ids) - self._brought if self._is_partial else set[str]()
        if missing:
            self._bring(missing)

    def close(self) -> None:
        """End the process; reading more starts another one."""
        self._expected.clear()
        self._arrived.clear()
        self._stop()

    def _stop(self) -> None:
        if self._finalizer is not None:
            self._finalizer()
        self._process = self._finalizer = None

    def _batch(self, id: str) -> list[str]:
        if not self._expected or self._expected[0] != id:
            return [id]
        if self._is_new:
            self._is_new = False
            self.bring(self._expected)
        return [self._expected.popleft() for _ in range(min(_BATCH, len(self._expected)))]

    @cached_property
    def _is_partial(self) -> bool:
        from crmtool.git.places import is_partial

        return is_partial(self._top, self._environment)

    def _bring(self, ids: set[str]) -> None:
        from crmtool.git.promised import bring

        bring(self._top, self._environment, ids)
        self._brought |= ids

    def _fetch(self, ids: list[str]) -> None:
        try:
            output = self._ask(ids)
            for id in ids:
                self._receive(id, output)
        except (OSError, EOFError):
            # What has not arrived is asked for again, alone, when it is read.
            self._stop()

    def _ask(self, ids: list[str]) -> IO[bytes]:
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("".join(f"{id}\n" for id in ids).encode())
        process.stdin.flush()
        return process.stdout

    def _receive(self, id: str, output: IO[bytes]) -> None:
        header = output.readline()
        if not header:
            raise EOFError
        if header.endswith(b" missing\n"):
            return
        size = int(header.split()[2])
        data = output.read(min(size, MAX_BYTES + 1))
        if len(data) < size and len(data) <= MAX_BYTES:
            raise EOFError
        self._arrived[id] = data
        if len(data) < size:
            raise EOFError  # cheaper than reading on through what may be gigabytes
        output.read(1)

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            reading_command(),
            cwd=self._top,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._process = process
        self._finalizer = weakref.finalize(self, _end, process)
        return process


def _end(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()

"""The git program: how it is run, and what it says when it fails."""

from __future__ import annotations

import os
import select
import selectors
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from crmtool.errors import CrmtoolError

Done = subprocess.CompletedProcess[bytes]
OLDEST = (2, 24)
"""The first Git that runs a hook before it commits a merge."""

# With these, hooks are told where the repository is; what is relative is meant from the directory they run in.
_LOCATIONS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")
# `git --glob-pathspecs commit` and its like hand these on to hooks.
_PATHSPEC_SETTINGS = ("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS")
# A repository's own settings may name programs. What asks Git which files may have changed is one of them.
_GIT = ("git", "-c", "core.fsmonitor=")
# No remote is asked unless crmtool says so: settings name the programs by which that is done. What Git lacks in a
# partial clone it would fetch by itself; the first of these, which no address can begin with, ends that in any version.
_ALLOWED, _NO_PROTOCOL = "GIT_ALLOW_PROTOCOL", "/"
_OFFLINE = {_ALLOWED: _NO_PROTOCOL, "GIT_NO_LAZY_FETCH": "1"}

# Folders that hold one another are a few bytes, and name more files than any disk could hold.
_MOST_BYTES = 512 * 1024 * 1024
_MOST_RECORDS = 2_000_000
_PASSING = 10
"""So many times as much may be read by whoever keeps only what is wanted of it: memory is not at stake, but time."""
_FIELDS = {"ls-tree": 1, "ls-files": 1, "diff-tree": 2, "diff-index": 2, "log": 6}
"""Those of a record, each ended by NUL, of the commands that list files, changes or commits."""
_MOST_MEMORY = 1024 * 1024 * 1024
_GATHERING = (*_FIELDS, "status")
"""The commands that may first gather all that they will list, without a word."""
_PIECEMEAL = "16m"
_PAUSE = 0.5
_AT_ONCE = 64 * 1024
_IS_WINDOWS = os.name == "nt"


class TooMuchError(CrmtoolError):
    """Git would give more than is ever read."""


def git_environment() -> dict[str, str]:
    """Give the environment for git: that of this process, fit for any directory, with messages in English."""
    environment = {name: value for name, value in os.environ.items() if name not in _PATHSPEC_SETTINGS}
    for name in _LOCATIONS:
        if environment.get(name):
            environment[name] = str(Path.cwd() / environment[name])
    settings = {"LC_ALL": "C", "GIT_LITERAL_PATHSPECS": "1", "GIT_OPTIONAL_LOCKS": "0"}
    # Who may push refs/replace/* could else show the check another commit than the one that everybody gets.
    return environment | settings | _OFFLINE | {"GIT_NO_REPLACE_OBJECTS": "1"}


def online(environment: Mapping[str, str]) -> dict[str, str]:
    """Give an environment in which git may ask remotes, as far as that of this process lets it."""
    kept = {name: value for name, value in environment.items() if name not in _OFFLINE}
    return kept | {name: os.environ[name] for name in _OFFLINE if name in os.environ}


def git_command(*arguments: str) -> list[str]:
    """Give the words that run git, with the settings of a repository switched off that would run programs."""
    return [*_GIT, *arguments]


def reading_command(*options: str) -> list[str]:
    """Give the words that run git to give contents, large ones piece by piece, whatever the repository's settings."""
    return git_command("-c", f"core.bigFileThreshold={_PIECEMEAL}", "cat-file", "--batch", *options)


def run_git(
    directory: Path,
    environment: Mapping[str, str],
    *arguments: str,
    given: bytes = b"",
    take: Callable[[bytes], object] | None = None,
) -> Done:
    """Run git to its end, whatever its status; raises CrmtoolError where it cannot be run at all.

    `given` is what it reads from its standard input. With `take`, its output is given to that piece by piece, and none
    is kept.
    """
    output = _Heard(arguments[0], take)
    command = git_command(*arguments)
    try:
        process = subprocess.Popen(
            command,
            cwd=directory,
            env=environment,
            stdin=subprocess.PIPE if given else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except OSError as error:
        raise _not_run(directory, environment, error) from None
    with process:
        try:
            # Windows cannot wait for several pipes at once.
            errors = _told_at_once(process, output, given) if _IS_WINDOWS else _told(process, output, given)
        except BaseException:
            process.kill()
            raise
    return Done(command, process.returncode, output.kept(), errors)


def _told_at_once(process: subprocess.Popen[bytes], output: _Heard, given: bytes) -> bytes:
    told, errors = process.communicate(given or None)
    output.take(told)
    return errors


def _told(process: subprocess.Popen[bytes], output: _Heard, given: bytes) -> bytes:
    """Hear what git writes to both of its outputs, as `communicate` does, but not without bounds; give its errors."""
    assert process.stdout is not None
    assert process.stderr is not None
    command, errors = output.command, _Heard(output.command)
    look = time.monotonic() + _PAUSE
    with selectors.PollSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ, output.goes_on)
        selector.register(process.stderr, selectors.EVENT_READ, errors.goes_on)
        if process.stdin is not None:
            selector.register(process.stdin, selectors.EVENT_WRITE, _Given(process.stdin, given).goes_on)
        while selector.get_map():
            for key, _ in selector.select(_PAUSE):
                if not key.data(key.fd):
                    selector.unregister(key.fileobj)
            if command in _GATHERING and time.monotonic() > look:
                _refuse_greedy(process.pid, command)
                look = time.monotonic() + _PAUSE
    return errors.kept()


class Amount:
    """How much there is of what a command gives."""

    def __init__(self, command: str, *, times: int = 1) -> None:
        self._command, self._fields, self._times = command, _FIELDS.get(command, 0), times
        self._bytes = self._ended = 0

    def add(self, *data: bytes, ended: int) -> None:
        """Add to it, with the number of fields that are ended; raises TooMuchError, at `times` as much as is kept."""
        self._bytes += sum(map(len, data))
        self._ended += ended if self._fields else 0
        if self._bytes > _MOST_BYTES * self._times or self._ended > self._fields * _MOST_RECORDS * self._times:
            raise _too_much(self._command, self._times)


class _Heard:
    """What git has written to one of its outputs, kept or given on."""

    def __init__(self, command: str, take: Callable[[bytes], object] | None = None) -> None:
        self.command = command
        self._parts: list[bytes] = []
        self.take = take or self._parts.append
        self._amount = Amount(command, times=_PASSING if take else 1)

    def goes_on(self, pipe: int) -> bool:
        """Take what is there; whether there may be more. Raises TooMuchError where it is more than is ever read."""
        data = os.read(pipe, _AT_ONCE)
        self._amount.add(data, ended=data.count(b"\0"))
        self.take(data)
        return bool(data)

    def kept(self) -> bytes:
        """Give all that was kept."""
        return b"".join(self._parts)


class _Given:
    """What git is yet to read from its standard input."""

    def __init__(self, pipe: IO[bytes], given: bytes) -> None:
        self._pipe, self._rest = pipe, memoryview(given)

    def goes_on(self, pipe: int) -> bool:
        """Write as much as surely fits; whether there is more to write, and somebody who reads it."""
        try:
            self._rest = self._rest[os.write(pipe, self._rest[: select.PIPE_BUF]) :]
        except BrokenPipeError:
            self._rest = self._rest[:0]
        if not self._rest:
            with suppress(BrokenPipeError):
                self._pipe.close()
        return bool(self._rest)


def _refuse_greedy(process: int, command: str) -> None:
    """Refuse a git that has taken too much memory, where the system tells of it (Linux does)."""
    taken = 0
    with suppress(OSError, ValueError, IndexError):
        told = Path(f"/proc/{process}/status").read_text("ascii", "replace")
        taken = int(told.split("\nRssAnon:")[1].split()[0]) * 1024  # files that it has mapped cost nobody anything
    if taken > _MOST_MEMORY:
        raise _too_much(command)


def _too_much(command: str, times: int = 1) -> TooMuchError:
    told = f"git {command} was ended: the files of a version, or of its changes, are more than are ever read"
    what = "this repository is too large for crmtool: give the workspace a repository of its own"
    return TooMuchError(f"{told} ({_MOST_RECORDS * times:,}); {what}")


def _not_run(directory: Path, environment: Mapping[str, str], error: OSError) -> CrmtoolError:
    import shutil

    if shutil.which("git", path=environment.get("PATH")) is None:
        return CrmtoolError("the git program is needed for this and was not found on PATH")
    return CrmtoolError(f"git cannot be run in {directory}: {error.strerror}")


def message_of(done: Done) -> str:
    """Give what git said on one line, with the command that it advises."""
    lines = [line for line in as_text(done.stderr).splitlines() if line.strip()]
    said = next((line for line in lines if line.startswith(("fatal: ", "error: "))), lines[0] if lines else "")
    advice = next((line.strip() for line in lines if line.startswith("\tgit ")), "")
    code = done.returncode
    ended = f"ended with status {code}" if code >= 0 else f"ended by signal {-code}; try again"
    message = said.removeprefix("fatal: ").removeprefix("error: ") or ended
    return f"{message}; try `{advice}`" if advice else message


def as_text(output: bytes) -> str:
    """Decode what git writes: paths are UTF-8 to it, and a path that is not comes back the same when encoded."""
    return output.decode("utf-8", "surrogateescape")

"""The git program: how it is run, and what it says when it fails."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

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


def run_git(directory: Path, environment: Mapping[str, str], *arguments: str, given: bytes = b"") -> Done:
    """Run git to its end, whatever its status; raises CrmtoolError where it cannot be run at all.

    `given` is what it reads from its standard input.
    """
    try:
        return subprocess.run(
            git_command(*arguments),
            cwd=directory,
            env=environment,
            input=given or None,
            stdin=None if given else subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        import shutil

        if shutil.which("git", path=environment.get("PATH")) is None:
            raise CrmtoolError("the git program is needed for this and was not found on PATH") from None
        raise CrmtoolError(f"git cannot be run in {directory}: {error.strerror}") from None


def message_of(done: Done) -> str:
    """Give what git said on one line, with the command that it advises."""
    lines = [line for line in as_text(done.stderr).splitlines() if line.strip()]
    said = next((line for line in lines if line.startswith(("fatal: ", "error: "))), lines[0] if lines else "")
    advice = next((line.strip() for line in lines if line.startswith("\tgit ")), "")
    message = said.removeprefix("fatal: ").removeprefix("error: ") or f"ended with status {done.returncode}"
    return f"{message}; try `{advice}`" if advice else message


def as_text(output: bytes) -> str:
    """Decode what git writes: paths are UTF-8 to it, and a path that is not comes back the same when encoded."""
    return output.decode("utf-8", "surrogateescape")

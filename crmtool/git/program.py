"""The git program: how it is run, and what it says when it fails."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from crmtool.errors import CrmtoolError

Done = subprocess.CompletedProcess[bytes]

# With these, hooks are told where the repository is; what is relative is meant from the directory they run in.
_LOCATIONS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY")
# `git --glob-pathspecs commit` and its like hand these on to hooks.
_PATHSPEC_SETTINGS = ("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS")


def git_environment() -> dict[str, str]:
    """Give the environment for git: that of this process, fit for any directory, with messages in English."""
    environment = {name: value for name, value in os.environ.items() if name not in _PATHSPEC_SETTINGS}
    for name in _LOCATIONS:
        if environment.get(name):
            environment[name] = str(Path.cwd() / environment[name])
    settings = {"LC_ALL": "C", "GIT_LITERAL_PATHSPECS": "1", "GIT_OPTIONAL_LOCKS": "0"}
    # Who may push refs/replace/* could else show the check another commit than the one that everybody gets.
    return environment | settings | {"GIT_NO_REPLACE_OBJECTS": "1"}


def run_git(directory: Path, environment: Mapping[str, str], *arguments: str, given: bytes = b"") -> Done:
    """Run git to its end, whatever its status; raises CrmtoolError where it cannot be run at all.

    `given` is what it reads from its standard input.
    """
    try:
        return subprocess.run(
            ["git", *arguments],
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

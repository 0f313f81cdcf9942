"""Whether Git merges contacts by crmtool."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from crmtool import merge_setup
from crmtool.app.doctor import commands
from crmtool.app.doctor.result import Check, notice, ok, problem
from crmtool.git import Repository
from crmtool.text import visible


def examine(repository: Repository, root: Path) -> Iterator[Check]:
    """Look at the line in .gitattributes and the command in Git's configuration."""
    merged = merge_setup.attribute(repository, root)
    if merged not in (merge_setup.DRIVER, "unspecified"):
        yield notice("merge-attributes", f".gitattributes has contacts merged otherwise (merge: {merged})")
        return
    set_up = commands.crmtool(root, "hook", "install", "--merge-only")
    yield _attributes(repository, root, merged, set_up)
    yield _command(repository, set_up)


def _attributes(repository: Repository, root: Path, merged: str, set_up: str) -> Check:
    if merged == "unspecified":
        return problem("merge-attributes", "no .gitattributes has contacts merged answer by answer", set_up)
    file = repository.prefix(root) + merge_setup.ATTRIBUTES
    if (repository.top / file).exists() and not repository.run("ls-files", "--", file):
        told = f"{file} is not in Git yet, so others merge contacts as text"
        return notice("merge-attributes", told, commands.git(repository, "add", path=root / merge_setup.ATTRIBUTES))
    return ok("merge-attributes", ".gitattributes has contacts merged by crmtool")


def _command(repository: Repository, set_up: str) -> Check:
    state = merge_setup.driver_state(repository)
    if state == "absent":
        return problem("merge-driver", "Git is not told here how to merge contacts, and does it as text", set_up)
    if state == "foreign":
        return _own_command(merge_setup.command(repository), set_up)
    if state == "gone" and shutil.which("crmtool") is None:
        return problem("merge-driver", "the Python that should merge contacts is gone", set_up)
    return ok("merge-driver", "Git merges contacts by crmtool")


def _own_command(command: str, set_up: str) -> Check:
    program = (command.split() or [""])[0]
    if shutil.which(program) is None and "=" not in program:
        return problem("merge-driver", f"{visible(program)}, which should merge contacts, cannot be run", set_up)
    if program == "crmtool":
        return ok("merge-driver", "Git merges contacts by crmtool, by a command of your own")
    return notice("merge-driver", "merge.crmtool.driver is another version's or your own", set_up)

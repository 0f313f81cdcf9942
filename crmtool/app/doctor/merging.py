"""Whether Git merges contacts by crmtool."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from crmtool import merge_setup
from crmtool.app.doctor.result import Check, notice, ok, problem
from crmtool.git import Repository

_SET_UP = "crmtool hook install --merge-only"


def examine(repository: Repository, root: Path) -> Iterator[Check]:
    """Look at the line in .gitattributes and the command in Git's configuration."""
    merged = merge_setup.attribute(repository, root)
    if merged not in (merge_setup.DRIVER, "unspecified"):
        yield notice("merge-attributes", f".gitattributes has contacts merged otherwise (merge: {merged})")
        return
    yield _attributes(repository, root, merged)
    yield _command(repository)


def _attributes(repository: Repository, root: Path, merged: str) -> Check:
    if merged == "unspecified":
        return problem("merge-attributes", "no .gitattributes has contacts merged answer by answer", _SET_UP)
    file = repository.prefix(root) + merge_setup.ATTRIBUTES
    if (repository.top / file).exists() and not repository.run("ls-files", "--", file):
        told = f"{file} is not in Git yet, so others merge contacts as text"
        return notice("merge-attributes", told, f"git add {merge_setup.ATTRIBUTES}")
    return ok("merge-attributes", ".gitattributes has contacts merged by crmtool")


def _command(repository: Repository) -> Check:
    state = merge_setup.driver_state(repository)
    if state == "absent":
        return problem("merge-driver", "Git is not told here how to merge contacts, and does it as text", _SET_UP)
    if state == "foreign":
        return notice("merge-driver", "merge.crmtool.driver is another version's or your own", _SET_UP)
    if state == "gone" and shutil.which("crmtool") is None:
        return problem("merge-driver", "the Python that should merge contacts is gone", _SET_UP)
    return ok("merge-driver", "Git merges contacts by crmtool")

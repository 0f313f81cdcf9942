"""What a sparse checkout must not leave out of a workspace."""

from __future__ import annotations

import shlex
from pathlib import Path

from crmtool.errors import CrmtoolError
from crmtool.git import Repository
from crmtool.git.places import is_sparse
from crmtool.snapshot import SCHEMA_FOLDER


def refuse_without_schemas(root: Path) -> None:
    """Refuse to judge files by other schemas than the workspace's own; raises CrmtoolError."""
    try:
        repository = Repository.find(root)
    except CrmtoolError:
        return
    if not is_sparse(repository.top, repository.environment):
        return
    schemas = repository.prefix(root) + SCHEMA_FOLDER.removesuffix("/")
    if repository.run("ls-files", "-t", "--full-name", "-z", "--", schemas).startswith(b"S "):
        add = f"git sparse-checkout add {shlex.quote(schemas)}"
        raise CrmtoolError(f"this sparse checkout leaves out {schemas}, by which all files are checked; `{add}`")

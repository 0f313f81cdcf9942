"""Whether a repository belongs to the work tree by way of which it was found.

What lies in `.git` may be somebody else's work and name any other repository. What it cannot do is have that one name
this work tree.
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from crmtool.errors import CrmtoolError
from crmtool.git.places import noted
from crmtool.git.program import as_text, run_git
from crmtool.git.repository import Repository

_NAMED = ("GIT_DIR", "GIT_COMMON_DIR")


def refuse_foreign(repository: Repository) -> None:
    """Refuse to write hooks and settings of a repository that lies elsewhere and knows of no such work tree.

    One that the environment names is the user's own choice; raises CrmtoolError.
    """
    common = _place(repository, "--git-common-dir")
    mine = (repository.top, *(Path(repository.environment[name]) for name in _NAMED if name in repository.environment))
    if any(common.is_relative_to(_real(place)) for place in mine):
        return
    if not _is_linked(repository, common) and not _is_set_apart(repository, common):
        what = f"{repository.top} leads to the repository {common}, which does not know it as a work tree"
        raise CrmtoolError(f"{what}; its hooks and settings are left alone; {_remedy(repository, common)}")


def _remedy(repository: Repository, common: Path) -> str:
    top = str(_real(repository.top))
    if _place(repository, "--absolute-git-dir") != common:
        return f"if it is yours, `{shlex.join(('git', '-C', top, 'worktree', 'repair'))}` tells it of this one"
    name = shlex.join(("git", f"--git-dir={common}", "config", "core.worktree", top))
    return f"if it is yours and has no other work tree, `{name}` tells it of this one"


def _is_linked(repository: Repository, common: Path) -> bool:
    """Whether it was made by `git worktree add`: the repository notes where its file `.git` is."""
    own = _place(repository, "--absolute-git-dir")
    back = own / noted(own / "gitdir").removesuffix("\n")
    return own.parent == common / "worktrees" and back.name == ".git" and _real(back.parent) == _real(repository.top)


def _is_set_apart(repository: Repository, common: Path) -> bool:
    """Whether the settings of the repository name the work tree.

    Git writes that for a submodule, but not for `--separate-git-dir` or a `.git` that is a link: there its owner does.
    """
    own = _place(repository, "--absolute-git-dir")
    told = run_git(repository.top, repository.environment, "config", "--get", "core.worktree")
    named = as_text(told.stdout).removesuffix("\n")
    return bool(named) and own == common and _real(own / named) == _real(repository.top)


def _place(repository: Repository, question: str) -> Path:
    return _real(repository.top / as_text(repository.run("rev-parse", question)).removesuffix("\n"))


def _real(place: Path) -> Path:
    return Path(os.path.realpath(place))

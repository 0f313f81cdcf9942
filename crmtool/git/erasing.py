"""Rewrite a whole history: aside first, so that whatever goes wrong, the repository stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crmtool.errors import CrmtoolError
from crmtool.git.aside import aside, bring_over, rewrite_aside
from crmtool.git.interrupting import uninterrupted
from crmtool.git.readiness import git_directory
from crmtool.git.refs import calm, refs_of
from crmtool.git.repository import Repository
from crmtool.git.rewriting_plan import HistoryPlan
from crmtool.git.switching import LOOK, UNCHANGED, forget_beside, reset_files, switch, unfinished
from crmtool.records import dataclass


@dataclass(frozen=True, kw_only=True)
class Looks:
    """What is looked at on the way, each raising CrmtoolError where it is not as it must be.

    `aside` gets the rewritten repository before anything else has changed, `again` looks at the one that is to change
    right before that, and `then` does what else belongs to the change, once the files are those of the new history.
    """

    aside: Callable[[Repository], None]
    again: Callable[[], None]
    then: Callable[[], None]


def rewrite(repository: Repository, plan: HistoryPlan, program: Sequence[str], looks: Looks) -> None:
    """Rewrite all commits and tags that can be reached from any ref, then the index and the work tree.

    All refs change at once. Where it fails or is interrupted before that, nothing has changed; raises CrmtoolError.
    """
    quiet = calm(repository)
    before = refs_of(quiet)
    try:
        with aside(quiet, before) as copy:
            rewrite_aside(copy, plan, program)
            looks.aside(copy)
            after = refs_of(copy)
            bring_over(copy, quiet, before, after)
    except (CrmtoolError, OSError) as error:
        raise CrmtoolError(f"the history was not rewritten: {said(error)}; {UNCHANGED}") from None
    with uninterrupted():
        looks.again()
        switch(quiet, before, after)
        try:
            forget_beside(git_directory(quiet))
            reset_files(quiet)
            looks.then()
        except OSError as error:
            what = f"the history is rewritten, but not all is done: {said(error)}; {LOOK}"
            raise CrmtoolError(f"{what}; finish it by hand, in this order", unfinished(quiet)) from None


def said(error: Exception) -> str:
    """Give what an error says, with the file that it is about."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)

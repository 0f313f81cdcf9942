"""Look at a rewritten history before anything leads to it: whether all of it is there, and nothing of the file."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.app.privacy.drafting import Confirmed, Erasure
from crmtool.app.privacy.searching import versions_of
from crmtool.errors import CrmtoolError
from crmtool.git import Repository
from crmtool.git.contents import contents
from crmtool.git.program import as_text
from crmtool.privacy.texts import text_of
from crmtool.text import short_id


def look_aside(erasure: Erasure, confirmed: Confirmed, copy: Repository) -> None:
    """Raise CrmtoolError where a version of the person's file is left, a message names them, or a commit is lost."""
    known = erasure.known
    commits = as_text(copy.run("rev-list", "--all")).split()
    if len(commits) != len(known.commits):
        raise CrmtoolError(f"{len(known.commits)} commits became {len(commits)}")
    objects = {line.split(" ", 1)[0] for line in as_text(copy.run("rev-list", "--objects", "--all")).splitlines()}
    for id in objects & _own_contents(erasure):
        raise CrmtoolError(f"a version of {known.path} is left, object {short_id(id)}")
    if confirmed.messages:
        for name in _speaking(erasure, copy, commits):
            raise CrmtoolError(f"what {name} says still names the person")


def _own_contents(erasure: Erasure) -> set[str]:
    """Give the contents of the file, but for those that another file has, too."""
    known = erasure.known
    own = {(id, path) for here in known.places.values() for path, (_, id) in here.items()}
    shared = {id for id, paths in versions_of(known.commits).items() if any((id, path) not in own for path in paths)}
    return {id for id, _ in own} - shared


def _speaking(erasure: Erasure, copy: Repository, commits: list[str]) -> Iterator[str]:
    traces = erasure.known.traces
    for each in contents(copy, commits):
        body = (each.data or b"").partition(b"\n\n")[2]
        if traces.may_be_in(body, certainly=True) and traces.is_in(text_of(body).text):
            yield f"{each.kind} {short_id(each.id)}"

"""Tell what an erasure would do, and what remains to be done by hand."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.app.privacy.drafting import Confirmed, Erasure
from crmtool.errors import CrmtoolError
from crmtool.git.aside import filter_program
from crmtool.git.pushing import pushes
from crmtool.privacy.by_hand import ByHand, by_hand
from crmtool.privacy.erasing import Outline


def outline(erasure: Erasure, confirmed: Confirmed, asked: Confirmed) -> Outline:
    """Give what an erasure would do where some is confirmed, and more is asked about."""
    known = erasure.known
    changed, more = _ids(erasure, confirmed), _ids(erasure, asked)
    return Outline(
        contact=known.contact.id,
        title=known.contact.title,
        path=erasure.path,
        text=erasure.text,
        with_history=erasure.with_history,
        in_repository=known.repository is not None,
        traces=known.traces,
        paths=known.paths,
        commits=len(known.own_commits),
        files=known.found.files,
        said=known.said,
        tips=erasure.tips,
        obstacles=(*((each.what, each.todo) for each in erasure.obstacles), *_missing_program(erasure)),
        unread=known.found.unread,
        replaced=confirmed.paths,
        asked=asked.paths - confirmed.paths,
        changed=changed,
        asked_about=more - changed,
        called=tuple(name for name in erasure.tips if known.traces.in_names.found_in(name)),
    )


def _ids(erasure: Erasure, confirmed: Confirmed) -> frozenset[str]:
    makers = erasure.makers if confirmed.people else ()
    return frozenset(each.id for each in (*erasure.said(confirmed), *makers))


def _missing_program(erasure: Erasure) -> Iterator[tuple[str, str]]:
    try:
        if erasure.with_history:
            filter_program()
    except CrmtoolError as error:
        yield str(error), ", ".join(error.advice)


def remaining(erasure: Erasure) -> tuple[ByHand, ...]:
    """List what remains to be done by hand."""
    repository = erasure.known.repository
    remotes = pushes(repository, erasure.tips) if repository and erasure.with_history else ()
    return by_hand(
        remotes,
        with_history=erasure.with_history,
        in_repository=repository is not None,
        is_shallow=repository is not None and repository.is_shallow(),
    )

"""Tell what an erasure would do, and what remains to be done by hand."""

from __future__ import annotations

from collections.abc import Collection

from crmtool.app.privacy.drafting import Erasure
from crmtool.git.pushing import push_commands
from crmtool.privacy.by_hand import ByHand, by_hand
from crmtool.privacy.erasing import Outline


def outline(erasure: Erasure, replaced: Collection[str], asked: Collection[str]) -> Outline:
    """Give what an erasure would do where the mentions in some files are replaced, and others are asked about."""
    known = erasure.known
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
        obstacles=tuple((each.what, each.todo) for each in erasure.obstacles),
        unread=known.found.unread,
        replaced=frozenset(replaced),
        asked=frozenset(asked),
    )


def remaining(erasure: Erasure) -> tuple[ByHand, ...]:
    """List what remains to be done by hand."""
    repository = erasure.known.repository
    pushes = push_commands(repository) if repository and erasure.with_history else ()
    return by_hand(pushes, with_history=erasure.with_history, in_repository=repository is not None)

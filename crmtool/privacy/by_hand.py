"""What remains to be done by hand once a contact is erased."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from crmtool.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """Something to be done, with the commands for it where there are some."""

    what: str
    commands: tuple[str, ...] = ()


_SHALLOW = ByHand(
    what="this clone is shallow: former names and addresses that only the missing history has were not looked for;"
    " look for them by hand"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """A remote, with the commands that overwrite its `branches`, and those for `tags` if it has them."""

    name: str
    branches: tuple[str, ...]
    tags: tuple[str, ...]


def by_hand(
    remotes: Sequence[Remote], *, with_history: bool, in_repository: bool, is_shallow: bool
) -> tuple[ByHand, ...]:
    """List what crmtool cannot do; `is_shallow` tells that a part of the history is not here."""
    return (
        *_history(remotes, with_history=with_history, in_repository=in_repository),
        *([_SHALLOW] if is_shallow else []),
        ByHand(what="other clones and forks: have them deleted and cloned anew; to pull would mix the old history in"),
        ByHand(
            what="the hosting service: pull requests, issues and caches keep old commits; close what names the person,"
            " and ask its support to collect garbage"
        ),
        ByHand(what="backups, the one made before this included: delete them when they are needed no more"),
        ByHand(what="built sites: build them anew wherever they are published", commands=("crmtool site build",)),
        ByHand(what="exports and what was made of them: address books, calendars, spreadsheets"),
        ByHand(what="mailboxes, calendars, shared drives and the program that the contact was imported from"),
    )


def _history(remotes: Sequence[Remote], *, with_history: bool, in_repository: bool) -> Iterator[ByHand]:
    if with_history and remotes:
        for remote in remotes:
            yield from _remote(remote)
    elif with_history:
        yield ByHand(what="this repository has no remote to push to; if it lies anywhere else, overwrite it there")
    elif in_repository:
        what = "the history still has everything; commit what changed (the hook may take it for rewritten: --no-verify)"
        yield ByHand(what=what)


def _remote(remote: Remote) -> Iterator[ByHand]:
    if remote.branches:
        what = (
            f"overwrite the branches of {remote.name}, before anybody fetches or pulls: that would bring the old"
            " history back; one that is refused has commits that are not here: ask whose they are, and have them kept"
        )
        yield ByHand(what=what, commands=remote.branches)
    listing = f"git ls-remote {shlex.quote(remote.name)}"
    if remote.tags:
        what = f"overwrite the tags of {remote.name}: those that it has, as `{listing}` tells, and no others"
        yield ByHand(what=what, commands=remote.tags)
    what = (
        f"look at what else {remote.name} has: branches and tags that are not here keep the old history;"
        " delete them there"
    )
    yield ByHand(what=what, commands=(listing,))

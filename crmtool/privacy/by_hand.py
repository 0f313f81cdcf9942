"""What remains to be done by hand once a contact is erased."""

from __future__ import annotations

from collections.abc import Sequence

from crmtool.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """Something to be done, with the commands for it where there are some."""

    what: str
    commands: tuple[str, ...] = ()


def by_hand(pushes: Sequence[str], *, with_history: bool, in_repository: bool) -> tuple[ByHand, ...]:
    """List what crmtool cannot do; `pushes` are the commands that bring the new history to the remotes."""
    first: tuple[ByHand, ...] = ()
    if with_history and pushes:
        what = (
            "overwrite the history at the remotes, before anybody fetches or pulls: that would bring the old one back"
        )
        first = (ByHand(what=what, commands=tuple(pushes)),)
    elif with_history:
        first = (ByHand(what="this repository has no remote to push to; if it lies anywhere else, overwrite it there"),)
    elif in_repository:
        what = "the history still has everything; commit what changed (the hook may take it for rewritten: --no-verify)"
        first = (ByHand(what=what),)
    return (
        *first,
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

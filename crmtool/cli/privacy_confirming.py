"""Ask what else is erased beside a contact's own file, and whether to begin."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from crmtool.cli import prompting
from crmtool.cli.session import Session
from crmtool.formats import privacy_words
from crmtool.text import visible

if TYPE_CHECKING:
    from crmtool.app.privacy.drafting import Confirmed, Erasure
    from crmtool.privacy.findings import FileMentions

ASK, ALL, NONE = "ask", "all", "none"
_MOST_SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What can be confirmed: `files` with mentions but for those to be kept, those `wanted`, and who made commits."""

    files: tuple[FileMentions, ...]
    wanted: frozenset[str]
    people: bool

    def of(self, way: str) -> Confirmed:
        """Give what is confirmed by `all` or `none`; what is another contact's own only where it is named."""
        from crmtool.app.privacy.drafting import Confirmed

        is_all = way == ALL
        paths = {file.path for file in self.files if is_all and not file.shared}
        return Confirmed(paths=frozenset(paths | self.wanted), messages=is_all, people=is_all and self.people)

    def asked(self) -> Confirmed:
        """Give all that is asked about."""
        return replace(self.of(ALL), paths=frozenset(file.path for file in self.files) | self.wanted)


def confirmed(session: Session, erasure: Erasure, choice: Choice, way: str) -> Confirmed:
    """Ask for what is not told yet, and at a terminal whether to begin at all."""
    told = choice.of(way)
    if way == ASK:
        chosen = {file.path for file in choice.files if file.path in choice.wanted or _is_wanted(session, file)}
        told = replace(
            told,
            paths=frozenset(chosen) | choice.wanted,
            messages=_are_messages_wanted(session, erasure, choice),
            people=choice.people and _are_makers_wanted(session, erasure),
        )
    if prompting.can_ask() and not _ask("Erase now? This cannot be undone."):
        prompting.say(session, "nothing was changed")
        raise click.Abort
    return told


def _is_wanted(session: Session, file: FileMentions) -> bool:
    for line in privacy_words.file_lines(file, _MOST_SHOWN):
        prompting.say(session, f"  {line}")
    if file.shared:
        shared = " and ".join(file.shared)
        prompting.say(session, f"  it is another contact's own file, which has the same {shared}: look at who is meant")
    return _ask(f"Replace the mentions in {visible(file.path)}?")


def _are_messages_wanted(session: Session, erasure: Erasure, choice: Choice) -> bool:
    own = {said.id for said in erasure.said(choice.of(NONE))}
    others = [said for said in erasure.messages if said.id not in own]
    for line in privacy_words.said_lines(others):
        prompting.say(session, f"  {line}")
    return bool(others) and _ask("Replace the mentions in what these commits and tags say?")


def _are_makers_wanted(session: Session, erasure: Erasure) -> bool:
    for line in privacy_words.said_lines(erasure.makers):
        prompting.say(session, f"  {line}")
    return bool(erasure.makers) and _ask("Take the person's name and address from these, which they made?")


def _ask(question: str) -> bool:
    return click.confirm(question, err=not sys.stdout.isatty())

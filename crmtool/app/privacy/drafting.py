"""What erasing a contact would do: found out, and nothing changed."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from crmtool.app.look import View
from crmtool.app.privacy.history_planning import HistoryPlanning, in_the_way, nameless, needs_of_all_times
from crmtool.app.privacy.knowing import Knowledge, know, repository_of
from crmtool.check import check
from crmtool.contact import Contact
from crmtool.document import Document, read_contact
from crmtool.errors import RefusedError
from crmtool.finding import Severity
from crmtool.git.readiness import Obstacle, obstacles
from crmtool.git.refs import checked_out, refs_of
from crmtool.git.rewriting_plan import HistoryPlan
from crmtool.git.switching import LOOK, unfinished
from crmtool.git.tree import LINK
from crmtool.privacy.findings import FileMentions, Said
from crmtool.privacy.needs import Needs
from crmtool.privacy.tombstone import tombstone, tombstone_path
from crmtool.rulebook import Kind, RuleBook
from crmtool.snapshot import Content, with_contact
from crmtool.text import visible

_MOST_REQUIRED = 20


@dataclass(frozen=True, kw_only=True)
class Confirmed:
    """What else is erased beside the contact's file.

    `paths` are the files in which mentions are replaced; `messages` tells that those in the messages of other commits
    than changed the file, and of tags, go too, and `people` that the person goes who made commits.
    """

    paths: frozenset[str]
    messages: bool
    people: bool


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """What is to be erased, and how; `obstacles` keep it from being done in the history.

    `path` is where in the workspace the anonymous `text` will stand in the place of the contact's file, and `token` is
    what names it. `tips` are the refs of the repository with the ids that they lead to now, and `head` is the one that
    is checked out.
    """

    known: Knowledge
    token: str
    needs: Needs
    path: str
    text: str
    obstacles: tuple[Obstacle, ...]
    tips: Mapping[str, str]
    head: str

    @property
    def with_history(self) -> bool:
        """Whether the history is rewritten, too."""
        return self.known.past is not None

    @cached_property
    def mentions(self) -> tuple[FileMentions, ...]:
        """The other files with certain mentions in which these can be replaced."""
        files = (file for file in self.known.found.files if file.is_certain and not file.is_binary)
        return tuple(file for file in files if not file.is_ignored)

    @cached_property
    def messages(self) -> tuple[Said, ...]:
        """The commits and tags whose messages are changed."""
        return tuple(said for said in self.known.said if said.spans)

    @cached_property
    def makers(self) -> tuple[Said, ...]:
        """The commits and tags that the person made."""
        return tuple(said for said in self.known.said if said.people)

    def said(self, confirmed: Confirmed) -> tuple[Said, ...]:
        """The commits and tags whose messages are changed: those that changed the file, and others if confirmed."""
        own = {commit.id for commit in self.known.own_commits}
        return tuple(said for said in self.messages if confirmed.messages or said.id in own)

    def history_plan(self, confirmed: Confirmed) -> HistoryPlan | None:
        """Plan how the history is rewritten; None where it is left as it is."""
        if self.known.past is None:
            return None
        planning = HistoryPlanning(self.known, self.known.past, self.needs, self.token)
        try:
            return planning.plan(confirmed.paths, self.said(confirmed), self.makers if confirmed.people else ())
        finally:
            self.known.past.repository.objects.close()

    def new_path(self, path: str) -> str:
        """Give the path that a file of now with mentions gets: another one only where it names the person."""
        top = self.known.files.top
        return next(each for each in nameless(self.known, path, self.token) if each == path or _is_free(top, each))


def _is_free(top: Path, path: str) -> bool:
    folders = (parent for parent in (top / path).parents if parent.is_relative_to(top))
    return not os.path.lexists(top / path) and all(each.is_dir() or not os.path.lexists(each) for each in folders)


def draft_erasure(
    view: View, wanted: str, start: Path, token: str, *, also: Iterable[str] = (), with_history: bool = True
) -> Erasure:
    """Find out what erasing a contact would do; raises RefusedError for one that is undecided, and CrmtoolError.

    `token` is random and becomes the name of what is left. Without a repository the history is left out.
    """
    _refuse_unfinished(view.root)
    known = know(view, wanted, start, also, with_history=with_history)
    _refuse(known.contact, known.rulebook)
    _refuse_in_the_way(known, token)
    needs, text = _anonymous(known, needs_of_all_times(known), token, view.day)
    repository = known.past.repository if known.past else None
    return Erasure(
        known=known,
        token=token,
        needs=needs,
        path=tombstone_path(token),
        text=text,
        obstacles=(*(obstacles(repository) if repository else ()), *_own_obstacles(known)),
        tips=refs_of(repository) if repository else {},
        head=checked_out(repository) if repository else "",
    )


def _refuse_unfinished(root: Path) -> None:
    repository = repository_of(root)
    commands = unfinished(repository) if repository else ()
    if commands:
        told = "refused: an erasure was interrupted after it had rewritten the history"
        raise RefusedError(f"{told}; {LOOK}; finish it, in this order", commands)


def _refuse(contact: Contact, rulebook: RuleBook) -> None:
    shown = visible(contact.id)
    status = rulebook.statuses.get(contact.decisions[-1].to)
    if status is None or status.is_undecided:
        ending = next((each for each in rulebook.statuses.values() if each.kind is Kind.ENDED), None)
        reason = f" {next(iter(ending.reasons))}" if ending and ending.reasons else ""
        command = f'crmtool stop {shlex.quote(contact.id)}{reason} "Why it ends"'
        where = f"in '{status.id}'" if status else "in a status that the rule book lacks"
        message = f"refused: {shown} is still {where}; what is erased stays in the statistics as what was decided"
        raise RefusedError(message, (f"end it first: {visible(command)}",))


def _refuse_in_the_way(known: Knowledge, token: str) -> None:
    path = in_the_way(known, token)
    if path is not None:
        what = f"refused: the file {visible(path)} stands where a folder is to be; nothing was changed"
        todo = "give it another name; where it was ever committed, in all commits, as git-filter-repo can"
        raise RefusedError(what, (todo,))


def _own_obstacles(known: Knowledge) -> Iterable[Obstacle]:
    if known.past is None:
        return
    head = known.past.repository.head()
    entry = known.places.get(head or "", {}).get(known.path)
    if entry is None:
        yield Obstacle(what=f"{known.path} is not in the last commit", todo="commit it first, or use --without-history")
    elif entry[0] == LINK:
        yield Obstacle(what=f"{known.path} is a symbolic link", todo="put the file itself there and commit that")


def _anonymous(known: Knowledge, needs: Needs, token: str, day: date) -> tuple[Needs, str]:
    """Write what is left of the contact, with what the workspace's schema requires; refuse where the rules would."""
    path = tombstone_path(token)
    for _ in range(_MOST_REQUIRED):
        text = tombstone(known.contact, needs, known.words, traces=known.traces)
        document = read_contact(path, text.encode())
        shapes = known.content.schemas.contact.shape(document)
        absent = [".".join(map(str, (*shape.place, shape.absent))) for shape in shapes if shape.absent]
        missing = [field for field in absent if field not in needs.fields]
        if not missing:
            break
        needs = needs.also(*missing)
    text = tombstone(known.contact, needs, known.words, traces=known.traces)
    errors = _new_errors(known.content, known.contact, read_contact(path, text.encode()), day)
    if errors:
        message = f"refused: what would be left of {visible(known.contact.id)} is not allowed: {'; '.join(errors)}"
        raise RefusedError(message, ("let the rules or the schema allow it, then erase",))
    return needs, text


def _new_errors(content: Content, contact: Contact, document: Document, day: date) -> list[str]:
    """Tell what is wrong with a file that was not wrong with the contact's."""
    before = _errors(content, content.documents[contact.path], day)
    after = _errors(content, document, day)
    return [message for code, message in after if code not in {known for known, _ in before}]


def _errors(content: Content, document: Document, day: date) -> list[tuple[str, str]]:
    others = replace(content, paths=tuple(path for path in content.paths if path != document.path))
    found = check(with_contact(others, document), day, partial=True).findings
    own = (finding for finding in found if finding.location.path == document.path)
    return [(finding.code, finding.message) for finding in own if finding.severity is Severity.ERROR]

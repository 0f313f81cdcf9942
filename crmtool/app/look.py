"""Look at a workspace: judge its contacts, find one of them."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from crmtool.app import read, usable_rulebook
from crmtool.app.loading import shown
from crmtool.app.naming import NoContactError, read_named
from crmtool.app.notes import Notes
from crmtool.assessment import Assessment
from crmtool.contact import Contact, contact_id
from crmtool.errors import CrmtoolError
from crmtool.report.edition import Edition, edition
from crmtool.report.language import Language
from crmtool.rulebook import RuleBook
from crmtool.snapshot import RULEBOOK, Content, Snapshot
from crmtool.text import visible
from crmtool.workspace import WorkTree

if TYPE_CHECKING:
    from crmtool.app.revisions import Revision


@dataclass(frozen=True, kw_only=True)
class View:
    """What is looked at: a workspace as of a day, its files as they lie on the disk or as a revision has them."""

    root: Path
    day: date
    revision: Revision | None = None

    @property
    def when(self) -> str:
        """The day, and the commit where it is not the files on the disk."""
        return f"{self.day}, commit {self.revision.short}" if self.revision else str(self.day)

    @property
    def within(self) -> str:
        """Where something stands, to be put behind what is said of it: empty for the files on the disk."""
        return f" in commit {self.revision.short}" if self.revision else ""

    @contextmanager
    def files(self) -> Iterator[Snapshot]:
        """Give the files; raises CrmtoolError where the revision has none, and tells of it in what is raised inside."""
        if self.revision is None:
            yield WorkTree(self.root)
            return
        with self.revision.snapshot() as files:
            try:
                yield files
            except NoContactError:
                raise
            except CrmtoolError as error:
                raise CrmtoolError(f"in commit {self.revision.short}: {error}", error.advice) from None

    def rulebook(self, content: Content) -> RuleBook:
        """Give the rule book of what was read; raises CrmtoolError with its first error where it cannot be used."""
        return usable_rulebook(content, self.revision.name(RULEBOOK) if self.revision else RULEBOOK)


def judge(view: View) -> Edition:
    """Judge every contact of a workspace, told in English; raises CrmtoolError where the rule book cannot be used."""
    if view.revision is None:
        content = shown(view.root)
    else:
        with view.files() as files:
            content = read(files)
    unjudged = set(content.documents) - set(content.contacts)
    rulebook, notes = view.rulebook(content), Notes(content)
    return _in_english(edition(content.contacts.values(), rulebook, view.day, bodies=notes, unjudged=unjudged))


def judge_one(contact: Contact, rulebook: RuleBook, day: date) -> Edition:
    """Judge one contact, told in English; nothing where it cannot be judged on that day."""
    return _in_english(edition([contact], rulebook, day))


def find_judged(view: View, wanted: str, start: Path) -> tuple[Edition, Assessment]:
    """Find one contact's assessment among all; raises CrmtoolError where the contact cannot be judged."""
    contact, content = find_contact(view, wanted, start)
    rulebook, day = view.rulebook(content), view.day
    decision = contact.decided_by(day)
    if decision is None:
        first = min(decision.day for decision in contact.decisions)
        raise CrmtoolError(f"{visible(contact.id)} does not exist on {view.when}: its first decision is of {first}")
    if decision.to not in rulebook.statuses:
        raise CrmtoolError(f"{visible(contact.id)}: the rule book{view.within} has no status {visible(decision.to)!r}")
    only = judge_one(contact, rulebook, day)
    return only, only.assessments[0]


def find_contact(view: View, wanted: str, start: Path) -> tuple[Contact, Content]:
    """Find a contact and read at least its file; raises CrmtoolError where there is none, or its file has errors."""
    try:
        with view.files() as files:
            path, content = read_named(view.root, wanted, start, files)
    except NoContactError as error:
        if view.revision is None:
            raise
        raise CrmtoolError(_unknown_then(view.revision, view.root, wanted, start, error.near)) from None
    contact = content.contacts.get(path)
    if contact is None:
        told = "" if view.revision else f": `crmtool check {shlex.quote(visible(path))}` tells them"
        raise CrmtoolError(f"{visible(path)} has errors{view.within}{told}")
    return contact, content


def _unknown_then(revision: Revision, root: Path, wanted: str, start: Path, near: str) -> str:
    try:
        path, _ = read_named(root, wanted, start)
        now = f": {visible(contact_id(path))} came later, or was called otherwise then"
    except CrmtoolError:
        now = ""
    hint = near or f"`crmtool list --rev {revision.short}` shows those of then"
    return f"no contact {visible(wanted)!r} in commit {revision.short}{now}; {hint}"


def _in_english(told: Edition) -> Edition:
    # The terminal speaks English; the rule book's language is that of the site.
    return replace(told, language=Language("en"))

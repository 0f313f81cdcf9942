"""A change that is not written yet: what the file would hold, and what the rules say to it."""

from __future__ import annotations

import difflib
import shlex
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from crmtool.app import usable_rulebook
from crmtool.app.changing.advice import Asked, Command, advice
from crmtool.app.changing.news import Standing, news
from crmtool.app.changing.target import Target
from crmtool.check import check
from crmtool.contact import Contact, NextStep
from crmtool.document import Document, read_contact
from crmtool.edit import Change, EditError, edited
from crmtool.edit.intents import drop, settles_step
from crmtool.edit.notes import with_note
from crmtool.errors import CrmtoolError, RefusedError
from crmtool.finding import Finding, Severity
from crmtool.rulebook import RuleBook
from crmtool.rules.base import Held, WorkspaceSubject
from crmtool.rules.limit_exceeded import RULE as LIMIT_EXCEEDED
from crmtool.snapshot import RULEBOOK, Content, with_contact
from crmtool.text import visible
from crmtool.writing import replace_unchanged


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A file as it would be written; `before` is None for a new one.

    `warnings` are the findings that it would bring; `settled` is the next step that the change leaves without a point
    and that is removed for that; `has_broken_rules` tells that the rule book has errors itself.
    """

    root: Path
    path: str
    before: bytes | None
    data: bytes
    contact: Contact
    content: Content
    warnings: tuple[Finding, ...] = ()
    settled: NextStep | None = None
    has_broken_rules: bool = False

    @property
    def file(self) -> Path:
        """Where the file lies."""
        return self.root / self.path

    def diff(self) -> str:
        """Give the change as a unified diff, line ends left out."""
        old = [] if self.before is None else self.before.decode().splitlines()
        name = "/dev/null" if self.before is None else f"a/{self.path}"
        lines = difflib.unified_diff(old, self.data.decode().splitlines(), name, f"b/{self.path}", lineterm="")
        return "\n".join(lines)


def draft(target: Target, changes: Iterable[Change], note: str = "", *, correcting: bool = False) -> Draft:
    """Draft changes of a contact, and a note below its notes; raises CrmtoolError.

    That is a RefusedError, with all that the rules have against the changes, where these bring errors; those that the
    file had before are no reason to refuse. `correcting` tells that advice is for `correct`.
    """
    changes = tuple(changes)
    made = _drafted(target, changes, note)
    if settles_step(target.contact, made.contact, target.rulebook, target.today):
        made = replace(_drafted(target, (*changes, *drop("next_step")), note), settled=target.contact.next_step)
    before = _standing(target.content, target.path, target.rulebook, target.today)
    return _unless_refused(made, before, target.rulebook, target.today, "correct" if correcting else "change")


def draft_new(root: Path, content: Content, path: str, data: bytes, today: date) -> Draft:
    """Draft a new contact file; raises RefusedError with all that the rules have against it, and CrmtoolError."""
    made = _judged(root, content, None, read_contact(path, data), data)
    return _unless_refused(made, None, usable_rulebook(content), today, "new")


def exceeded_limit(made: Draft, others: Content, today: date) -> str:
    """Tell that a draft's status then holds more contacts than its limit, of all in the workspace; empty where not."""
    everyone = {**others.contacts, made.path: made.contact}
    taken = ((contact.id, contact.decided_by(today)) for contact in everyone.values())
    held = tuple(Held(contact=id, status=last.to, since=last.day) for id, last in taken if last)
    place = ("statuses", made.contact.decisions[-1].to, "limit")
    subject = WorkspaceSubject(rulebook=others.rulebook, paths=others.paths, held=held, partial=False)
    return next((seen.message for _, seen in LIMIT_EXCEEDED.check(subject) if seen.place == place), "")


def save(made: Draft) -> None:
    """Write a draft, if the file is still as it was read; raises CrmtoolError."""
    if made.before != made.data:
        replace_unchanged(made.file, made.before, made.data)


def _drafted(target: Target, changes: tuple[Change, ...], note: str) -> Draft:
    try:
        after = edited(target.path, target.data, changes)
    except EditError as error:
        shown = visible(target.path)
        opens = f"`crmtool edit {shlex.quote(shown)}` opens it"
        raise CrmtoolError(f"{shown}: {error}; nothing was written: {opens}") from None
    data = with_note(after.data, note)
    document = read_contact(target.path, data) if note else after.document
    return _judged(target.root, target.content, target.data, document, data)


def _judged(root: Path, content: Content, before: bytes | None, document: Document, data: bytes) -> Draft:
    path, content = document.path, with_contact(content, document)
    contact = content.contacts.get(path)
    if contact is None:
        told = [problem.message for problem in content.documents[path].problems]
        told += [shape.message for shape in content.shapes.get(path, ())]
        raise RefusedError(f"refused: the file could not be read any more: {'; '.join(told)}")
    return Draft(root=root, path=path, before=before, data=data, contact=contact, content=content)


def _unless_refused(made: Draft, before: Standing | None, rulebook: RuleBook, today: date, command: Command) -> Draft:
    """Give a draft with the warnings that it brings; raises RefusedError where it brings errors."""
    after = _standing(made.content, made.path, rulebook, today)
    new = news(before, after)
    errors = [found for found in new.findings if found.severity is Severity.ERROR]
    if errors:
        message = "; ".join(found.message for found in errors)
        asked = Asked(
            contact=made.contact,
            rulebook=rulebook,
            today=today,
            decisions=new.decisions,
            decides=before is None or len(made.contact.decisions) > len(before.contact.decisions),
            command=command,
        )
        raise RefusedError(f"refused: {message}", advice(errors, asked))
    return replace(made, warnings=new.findings, has_broken_rules=after.has_broken_rules)


def _standing(content: Content, path: str, rulebook: RuleBook, today: date) -> Standing:
    findings = check(content, today, partial=True).findings
    broken = any(found.location.path == RULEBOOK and found.severity is Severity.ERROR for found in findings)
    own = tuple(found for found in findings if found.location.path == path)
    return Standing(contact=content.contacts[path], rulebook=rulebook, findings=own, has_broken_rules=broken)

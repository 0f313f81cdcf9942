"""What a rule book that is being written does to the contacts, worked out a contact at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from crmtool.app.live.workspace import LiveWorkspace
from crmtool.check import check_contact
from crmtool.contact import Contact
from crmtool.difference.rules import Definition, compared_rules
from crmtool.document import Document, LateDocument, read_contact_text
from crmtool.finding import Finding, Severity
from crmtool.impact import Effect, effects
from crmtool.rulebook import RuleBook
from crmtool.snapshot import Content


@dataclass(frozen=True, kw_only=True)
class LiveImpact:
    """What a changed rule book does: `before` names the one that it is compared with.

    `definitions` are those that differ, `effects` are of contacts that are judged otherwise, `errors` those that
    contacts newly have, the first of each.
    """

    before: str
    definitions: tuple[Definition, ...] = ()
    effects: tuple[Effect, ...] = ()
    errors: tuple[Finding, ...] = ()


def impact_of(workspace: LiveWorkspace) -> Iterator[LiveImpact | None]:
    """Judge one contact after the other by the rule book as it stands and as it was; the last thing given counts.

    That is None where the rules are the same, or one of the two rule books cannot be used. As the one that was counts
    that of HEAD, else the one that is saved.
    """
    name, before = _before(workspace)
    after, day = workspace.rules, workspace.day
    if before is None or before.rulebook is None or after.rulebook is None:
        yield None
        return
    differing = compared_rules(before, after, day)
    if differing is None:
        yield None
        return
    judged: list[Effect] = []
    errors: list[Finding] = []
    for effect in effects(list(workspace.contacts.values()), before.rulebook, after.rulebook, day):
        judged += [effect] if effect.differs else []
        errors += _new_errors(workspace, effect.contact, before.rulebook, after.rulebook)
        yield None
    yield LiveImpact(before=name, definitions=differing.definitions, effects=tuple(judged), errors=tuple(errors))


def _before(workspace: LiveWorkspace) -> tuple[str, Content | None]:
    base = workspace.committed()
    return ("HEAD", base.rules) if base is not None else ("the saved file", workspace.saved_rules())


def _new_errors(workspace: LiveWorkspace, contact: Contact, before: RuleBook, after: RuleBook) -> list[Finding]:
    """Give the first error that a contact has under one rule book and not under the other; none where there is none."""
    document = LateDocument.of(contact.path, dict(contact.fields), "", partial(_read, workspace, contact.path))
    now = _errors(workspace, document, contact, after)
    known = {finding.code for finding in _errors(workspace, document, contact, before)} if now else set()
    return [finding for finding in now if finding.code not in known][:1]


def _errors(workspace: LiveWorkspace, document: Document, contact: Contact, rulebook: RuleBook) -> list[Finding]:
    found = check_contact(document, (), contact, rulebook, workspace.day).findings
    return [finding for finding in found if finding.severity is Severity.ERROR]


def _read(workspace: LiveWorkspace, path: str) -> tuple[Document, str]:
    return read_contact_text(path, workspace.document(path).text.encode("utf-8", "surrogatepass")), ""

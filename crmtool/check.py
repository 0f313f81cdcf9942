"""All rules over a workspace, and over what changed since a version before: content in, sorted findings out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from crmtool.contact import Contact, contact_id, is_contact_path
from crmtool.document import Document
from crmtool.finding import Finding, Location, Observation, Severity
from crmtool.impact import effects
from crmtool.renames import pair_renames
from crmtool.rulebook import RuleBook
from crmtool.rules import ALL_RULES
from crmtool.rules.base import (
    ChangeRule,
    ChangeSubject,
    ContactRule,
    ContactSubject,
    HistoryRule,
    HistorySubject,
    Rule,
    RuleBookRule,
    RuleBookSubject,
    WorkspaceRule,
    WorkspaceSubject,
)
from crmtool.snapshot import RULEBOOK, Content
from crmtool.text import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What a changed rule book does to a contact: verdict and distance before and after, None where there is none."""

    contact: str
    verdict_before: str | None
    verdict_after: str | None
    distance_before: int | None
    distance_after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What a check found: `paths` are the contact files that were looked at."""

    today: date
    paths: tuple[str, ...]
    findings: tuple[Finding, ...]
    impact: tuple[Impact, ...] = ()

    @property
    def contacts(self) -> int:
        """How many contact files were looked at."""
        return len(self.paths)

    def count(self, severity: Severity) -> int:
        """Count the findings of a severity."""
        return sum(finding.severity is severity for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Which contacts a change carried over from another workspace (by path, as they were there), or into one."""

    arrived: Mapping[str, Contact] = field(default_factory=dict)
    left: frozenset[str] = frozenset()


def check(
    content: Content, today: date, base: Content | None = None, *, moves: Moves | None = None, partial: bool = False
) -> CheckResult:
    """Check a workspace as of `today`, and against a version before where one is given.

    `partial` says that not every contact was read: then nothing is said about the whole, such as limits.
    """
    subject = WorkspaceSubject(content=content, today=today, partial=partial)
    findings = [*_reading(content), *_rulebook(content), *_contacts(content, today), *_workspace(subject)]
    findings += _changes(content, base, moves or Moves())
    return CheckResult(
        today=today,
        paths=tuple(content.documents),
        findings=tuple(sorted(findings, key=_order)),
        impact=impact(content.contacts.values(), base.rulebook if base else None, content.rulebook, today),
    )


def impact(
    contacts: Iterable[Contact], before: RuleBook | None, after: RuleBook | None, today: date
) -> tuple[Impact, ...]:
    """List the contacts that another rule book judges differently as of `today`."""
    if before is None or after is None or before == after:
        return ()
    return tuple(
        Impact(
            contact=effect.contact.id,
            verdict_before=effect.before.verdict,
            verdict_after=effect.after.verdict,
            distance_before=effect.before.distance,
            distance_after=effect.after.distance,
        )
        for effect in effects(contacts, before, after, today)
        if (effect.before.verdict, effect.before.distance) != (effect.after.verdict, effect.after.distance)
    )


def _reading(content: Content) -> Iterator[Finding]:
    for document in (content.rulebook_document, *content.documents.values()):
        for problem in document.problems:
            location = document.location(problem.span)
            yield _finding(ALL_RULES[problem.code], location, problem.message, problem.hint)
        for shape in content.shapes.get(document.path, ()):
            location = document.locate(shape.place, on_key=shape.on_key)
            yield _finding(ALL_RULES[shape.code], location, shape.message, shape.hint)


def _rulebook(content: Content) -> Iterator[Finding]:
    document = content.rulebook_document
    if content.rulebook is None or document.values is None:
        return
    for flaw in content.rulebook.flaws:
        yield _finding(ALL_RULES["schema"], document.locate(flaw.place), flaw.message, flaw.hint)
    subject = RuleBookSubject(rulebook=content.rulebook, values=document.values)
    for rule in ALL_RULES.values():
        if isinstance(rule, RuleBookRule):
            yield from _observed(rule, document, rule.check(subject))
        elif isinstance(rule, ContactRule) and rule.check_rulebook:
            yield from _observed(rule, document, rule.check_rulebook(subject))


def _contacts(content: Content, today: date) -> Iterator[Finding]:
    if content.rulebook is None:
        return
    rules = [rule for rule in ALL_RULES.values() if isinstance(rule, ContactRule)]
    for path, contact in content.contacts.items():
        subject = ContactSubject(contact=contact, rulebook=content.rulebook, today=today)
        for rule in rules:
            yield from _observed(rule, content.documents[path], rule.check(subject))


def _workspace(subject: WorkspaceSubject) -> Iterator[Finding]:
    for rule in ALL_RULES.values():
        if isinstance(rule, WorkspaceRule):
            yield from _placed(rule, subject.content, rule.check(subject))


def _changes(content: Content, base: Content | None, moves: Moves) -> Iterator[Finding]:
    renamed = pair_renames(texts_gone(content, base), texts_new(content, base)) if base else {}
    before = {path: base.contacts.get(renamed.get(path, path)) for path in content.contacts} if base else {}
    yield from _rewritten(content, before | dict(moves.arrived))
    if base is not None:
        gone = base.contacts.keys() - set(content.paths) - set(renamed.values()) - moves.left
        locked = tuple(path for path in content.paths if path.endswith("/"))  # folders that cannot be read
        deleted = tuple(base.contacts[path] for path in sorted(gone) if not path.startswith(locked))
        history = HistorySubject(before=base, after=content, deleted=deleted)
        for rule in ALL_RULES.values():
            if isinstance(rule, HistoryRule):
                yield from _placed(rule, content, rule.check(history))


def texts_gone(content: Content, base: Content) -> dict[str, str]:
    """Give the texts of the contact files that the version before had and this one lacks, by path."""
    paths = set(content.paths)
    return {path: document.text for path, document in base.documents.items() if path not in paths}


def texts_new(content: Content, base: Content | None) -> dict[str, str]:
    """Give the texts of the contact files that the version before lacked, by path."""
    paths = set(base.paths) if base else set()
    return {path: document.text for path, document in content.documents.items() if path not in paths}


def _rewritten(content: Content, before: Mapping[str, Contact | None]) -> Iterator[Finding]:
    rules = [rule for rule in ALL_RULES.values() if isinstance(rule, ChangeRule)]
    for path, after in content.contacts.items():
        past = before.get(path)
        if past is not None:
            subject = ChangeSubject(before=past, after=after)
            for rule in rules:
                yield from _observed(rule, content.documents[path], rule.check(subject))


def _observed(rule: Rule, document: Document, observations: Iterable[Observation]) -> Iterator[Finding]:
    for seen in observations:
        yield _finding(rule, document.locate(seen.place, on_key=seen.on_key), seen.message, seen.hint)


def _placed(rule: Rule, content: Content, observations: Iterable[tuple[str, Observation]]) -> Iterator[Finding]:
    for path, seen in observations:
        document = content.rulebook_document if path == RULEBOOK else content.documents.get(path)
        location = document.locate(seen.place, on_key=seen.on_key) if document else Location(path=path)
        yield _finding(rule, location, seen.message, seen.hint)


def _finding(rule: Rule, location: Location, message: str, hint: str) -> Finding:
    return Finding(
        code=rule.code,
        severity=rule.severity,
        location=location,
        message=one_line(message),
        hint=hint,
        contact=contact_id(location.path) if is_contact_path(location.path) else None,
    )


def _order(finding: Finding) -> tuple[bool, str, int, int, str, str]:
    # The rule book first: what is wrong there may be the cause of what follows.
    place = finding.location
    return place.path != RULEBOOK, place.path, place.line, place.column, finding.code, finding.message

"""All rules over a workspace, and over what changed since a version before: content in, sorted findings out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date

from crmtool.contact import Contact, Fields, contact_id, folded, is_contact_path, joined_ids, readable
from crmtool.document import Document
from crmtool.finding import CheckResult, Finding, Impact, Location, Observation
from crmtool.impact import effects
from crmtool.records import dataclass
from crmtool.renames import pair_renames
from crmtool.rulebook import RuleBook
from crmtool.rules import ALL_RULES
from crmtool.rules.answer_rewritten import without_misspelt
from crmtool.rules.base import (
    ChangeRule,
    ChangeSubject,
    ContactRule,
    ContactSubject,
    Held,
    HistoryRule,
    HistorySubject,
    Rule,
    RuleBookRule,
    RuleBookSubject,
    WorkspaceRule,
    WorkspaceSubject,
)
from crmtool.rules.joined import without_parted
from crmtool.shapes import Shape
from crmtool.snapshot import RULEBOOK, Content
from crmtool.text import one_line

_CONTACT_RULES = tuple(rule for rule in ALL_RULES.values() if isinstance(rule, ContactRule))
_CHANGE_RULES = tuple(rule for rule in ALL_RULES.values() if isinstance(rule, ChangeRule))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found in one contact file, and which status its contact is in; None where that cannot be told."""

    findings: tuple[Finding, ...]
    held: Held | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Which contact files a change carried elsewhere: `renamed` within the workspace (new path → old path).

    `arrived` came over from another workspace (by path, with what they said there), and `left` went into one.
    """

    renamed: Mapping[str, str]
    arrived: Mapping[str, Fields] = field(default_factory=dict)
    left: frozenset[str] = frozenset()


def check(
    content: Content, today: date, base: Content | None = None, *, moves: Moves | None = None, partial: bool = False
) -> CheckResult:
    """Check a workspace as of `today`, and against a version before where one is given.

    `partial` says that not every contact was read: then nothing is said about the whole, such as limits.
    """
    rulebook = content.rulebook
    new_rules = base is not None and base.rulebook is not None and base.rulebook != rulebook
    checked = [
        check_contact(
            document, content.shapes.get(path, ()), content.contacts.get(path), rulebook, today, new_rules=new_rules
        )
        for path, document in content.documents.items()
    ]
    findings = [*check_rules(content), *(finding for one in checked for finding in one.findings)]
    subject = WorkspaceSubject(rulebook=rulebook, paths=content.paths, held=all_held(checked), partial=partial)
    findings += check_whole(subject, content.rulebook_document, content.documents.get)
    findings += check_changes(content, base, moves)
    return CheckResult(
        today=today,
        paths=tuple(content.documents),
        findings=in_order(findings),
        impact=impact(content.contacts.values(), base.rulebook if base else None, rulebook, today),
    )


def check_contact(
    document: Document,
    shapes: Iterable[Shape],
    contact: Contact | None,
    rulebook: RuleBook | None,
    today: date,
    *,
    new_rules: bool = False,
) -> Checked:
    """Check one contact file by itself; `contact` is None where it cannot be judged.

    `new_rules` says that the rule book is not the one under which the contact was last checked.
    """
    findings = list(_reading(document, shapes))
    if contact is None or rulebook is None:
        return Checked(findings=tuple(findings), held=None)
    subject = ContactSubject(contact=contact, rulebook=rulebook, today=today, new_rules=new_rules)
    for rule in _CONTACT_RULES:
        findings += _observed(rule, document, rule.check(subject))
    decision = contact.decided_by(today)
    held = Held(contact=contact.id, status=decision.to, since=decision.day) if decision else None
    return Checked(findings=tuple(findings), held=held)


def check_rules(content: Content) -> Iterator[Finding]:
    """Check the rule book by itself."""
    yield from _reading(content.rulebook_document, content.shapes.get(RULEBOOK, ()))
    yield from _rulebook(content)


def check_whole(
    subject: WorkspaceSubject, rulebook: Document, document: Callable[[str], Document | None]
) -> Iterator[Finding]:
    """Check what no file shows by itself; `document` gives that of a contact file in which something is found."""
    for rule in ALL_RULES.values():
        if isinstance(rule, WorkspaceRule):
            yield from _placed(rule, rulebook, document, rule.check(subject))


def all_held(checked: Iterable[Checked]) -> tuple[Held, ...]:
    """List the contacts of which it can be told which status they are in."""
    return tuple(one.held for one in checked if one.held is not None)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put findings in the order in which they are told."""
    return tuple(sorted(findings, key=_order))


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


def _reading(document: Document, shapes: Iterable[Shape]) -> Iterator[Finding]:
    for problem in document.problems:
        yield _finding(ALL_RULES[problem.code], document.location(problem.span), problem.message, problem.hint)
    for shape in shapes:
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


def check_changes(content: Content, base: Content | None, moves: Moves | None = None) -> Iterator[Finding]:
    """Check what changed since a version before, of the contacts that were read of both.

    A definition that only got another id is the same one, and so is what contacts said by it.
    """
    if moves is None:
        moves = Moves(renamed=pair_renames(texts_gone(content, base), texts_new(content, base)) if base else {})
    past = past_of(base) if base else {}
    before = {path: past[old] for path in content.contacts if (old := moves.renamed.get(path, path)) in past}
    for path, subject in _changed(content, base, before, moves.arrived):
        for change_rule in _CHANGE_RULES:
            yield from _observed(change_rule, content.documents[path], change_rule.check(subject))
    if base is not None:
        gone = past.keys() - set(content.paths) - set(moves.renamed.values()) - moves.left
        locked = tuple(path for path in content.paths if path.endswith("/"))  # folders that cannot be read
        deleted = {path: past[path] for path in sorted(gone) if not path.startswith(locked)}
        history = HistorySubject(before=base, after=content, deleted=deleted, read=_reader(content, base))
        for rule in ALL_RULES.values():
            if isinstance(rule, HistoryRule):
                placed = content.rulebook_document, content.documents.get
                yield from _placed(rule, *placed, rule.check(history))


def past_of(base: Content) -> dict[str, Fields]:
    """Give what a version before says of its contacts, by path.

    What it says of one that no contact can have is no past: it may just have been mended.
    """
    return {
        path: base.contacts[path].fields if path in base.contacts else readable(document.values)
        for path, document in base.documents.items()
        if document.values is not None
    }


def _reader(content: Content, base: Content | None) -> Callable[[Fields], Fields]:
    """Give what reads contacts of both versions by the ids that the rule book has now.

    Those of now, too: one that still has an old id was left out of a rename, and nothing in it was rewritten.
    """
    if base is None or base.rulebook == content.rulebook:
        return lambda values: values
    from crmtool.redefining import redefined  # few commits change the rules

    return redefined(base.rulebook, content.rulebook).values


def texts_gone(content: Content, base: Content) -> dict[str, str]:
    """Give the texts of the contact files that the version before had and this one lacks, by path."""
    paths = set(content.paths)
    return {path: document.text for path, document in base.documents.items() if path not in paths}


def texts_new(content: Content, base: Content | None) -> dict[str, str]:
    """Give the texts of the contact files that the version before lacked, by path."""
    paths = set(base.paths) if base else set()
    return {path: document.text for path, document in content.documents.items() if path not in paths}


def _changed(
    content: Content, base: Content | None, before: Mapping[str, Fields], arrived: Mapping[str, Fields]
) -> Iterator[tuple[str, ChangeSubject]]:
    """Give what each contact that has a past says, and what of that past must still stand in it; by path."""
    read = _reader(content, base)
    past = {**before, **arrived}
    joined = {folded(id) for fields in past.values() for id in joined_ids(fields)}
    back = {
        id: read(each.fields)
        for path, each in content.contacts.items()
        if joined and path not in past and (id := folded(each.id)) in joined
    }
    rulebooks = [book for book in (base and base.rulebook, content.rulebook) if book]
    known = {id for book in rulebooks for id in book.criteria}
    for path, after in content.contacts.items():
        if path in past:
            then, now = read(past[path]), read(after.fields)
            if path not in arrived:  # what came from another workspace was joined there, and had the criteria of that
                then = without_parted(then, back)
                if len(rulebooks) > 1:
                    then = without_misspelt(then, now, known, rulebooks[-1].criteria)
            yield path, ChangeSubject(before=then, after=now)


def _observed(rule: Rule, document: Document, observations: Iterable[Observation]) -> Iterator[Finding]:
    for seen in observations:
        yield _finding(rule, document.locate(seen.place, on_key=seen.on_key), seen.message, seen.hint)


def _placed(
    rule: Rule,
    rulebook: Document,
    document: Callable[[str], Document | None],
    observations: Iterable[tuple[str, Observation]],
) -> Iterator[Finding]:
    for path, seen in observations:
        found = rulebook if path == RULEBOOK else document(path)
        location = found.locate(seen.place, on_key=seen.on_key) if found else Location(path=path)
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

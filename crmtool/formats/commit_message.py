"""A commit message that tells what was decided and clarified about a contact. Labels are the rule book's own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from crmtool.contact import Answer, Contact, Decision
from crmtool.difference.entries import LogDifference, Past, compared_answers, compared_decisions
from crmtool.formats import entry_words as words
from crmtool.rewriting import Kind
from crmtool.rulebook import RuleBook
from crmtool.text import one_line

_LONGEST_SUBJECT = 72
_SHORTEST_TITLE = 20
_FIELDS = {
    "next_step": ("next step", "next step removed"),
    "blocked": ("blocked", "blocked no longer"),
    "revisit": ("revisit", "revisit removed"),
    "stop_if": ("stop dates", "stop dates removed"),
}
"""What a subject says of a field that was set, and of one that was removed."""


def commit_message(before: Contact | None, after: Contact, rulebook: RuleBook) -> str:
    """Tell what `after` has that `before` had not; what was decided stands in the subject."""
    decisions, answers = compared_decisions(before, after), compared_answers(before, after)
    decided, clarified = _new_decisions(decisions, after), _new_answers(answers, after)
    subject = _with_title(one_line(after.title), _subject(before, after, decided, clarified, rulebook))
    body = [_decision(after, decision, rulebook) for decision in decided]
    body += [f"{words.criterion(rulebook, given.criterion)}: {words.answer(given)}" for given in clarified]
    body += _pasts(decisions, answers, rulebook)
    body += _others(before, after)
    return "\n".join([subject, "", *(body or [_unnamed(before, after)]), "", f"Contact: {after.id}"])


def _subject(
    before: Contact | None, after: Contact, decisions: list[Decision], answers: list[Answer], rulebook: RuleBook
) -> str:
    if decisions and decisions[-1] != after.decisions[-1]:
        return "an earlier decision added" if len(decisions) == 1 else "earlier decisions added"
    if decisions:
        source = before.decisions[-1].to if before else None
        way = [*([source] if source else []), *(decision.to for decision in decisions)]
        return " → ".join(words.status(rulebook, status) for status in way)
    if answers:
        criteria = dict.fromkeys(words.criterion(rulebook, answer.criterion) for answer in answers)
        return f"{', '.join(criteria)} clarified"
    if before and before.fields == after.fields:
        return "notes"
    changed = [
        told[key not in after.fields]
        for key, told in _FIELDS.items()
        if before and before.fields.get(key) != after.fields.get(key)
    ]
    corrected = before is not None and (before.decisions, before.criteria) != (after.decisions, after.criteria)
    return ", ".join([*([_corrected_to(before, after, rulebook)] if corrected else []), *changed]) or "changed"


def _corrected_to(before: Contact | None, after: Contact, rulebook: RuleBook) -> str:
    if before is None or before.status == after.status:
        return "corrected"
    return f"corrected, {words.status(rulebook, before.status)} → {words.status(rulebook, after.status)}"


def _unnamed(before: Contact | None, after: Contact) -> str:
    only_notes = before is not None and before.fields == after.fields
    return "Only the notes were changed." if only_notes else "Fields that decide nothing were changed."


def _decision(after: Contact, decision: Decision, rulebook: RuleBook) -> str:
    source = next((old.to for old, new in pairwise(after.decisions) if new == decision), None)
    return words.move(source, decision, rulebook)


def _others(before: Contact | None, after: Contact) -> Iterator[str]:
    """Tell of the fields that stand beside decisions and answers."""
    if after.next_step and (before is None or before.next_step != after.next_step):
        yield f"Next step: {words.next_step(after.next_step)}"
    if before and before.next_step and not after.next_step:
        yield f"Next step removed: {one_line(before.next_step.do)}"
    if after.blocked and (before is None or before.blocked != after.blocked):
        yield f"Waits for: {words.blocked(after.blocked)}"
    if before and before.blocked and not after.blocked:
        yield "Waits no longer."
    if after.revisit and (before is None or before.revisit != after.revisit):
        yield f"Looked at again on {after.revisit}."
    if before and before.stop_if != after.stop_if:
        yield f"Stop dates: {words.stop_dates(after.stop_if) or 'none any more'}"


def _pasts(decisions: LogDifference[Decision], answers: LogDifference[Answer], rulebook: RuleBook) -> Iterator[str]:
    """Tell which old entries were corrected, into what and why, and which are gone."""
    for decided in decisions.past:
        now = words.dated(decided.after, rulebook) if decided.after else ""
        yield _past(decided, words.dated(decided.before, rulebook), now)
    for said in answers.past:
        label = words.criterion(rulebook, said.before.criterion)
        yield _past(said, f"{label}, {words.answer(said.before)}", words.answer(said.after) if said.after else "")


def _past(past: Past[Answer] | Past[Decision], before: str, now: str) -> str:
    if past.kind is not Kind.CORRECTED:  # what stands for it now is told as new
        return f"Removed: {before}"
    return f"Corrected: {before}; now {now}" + (f" ({one_line(past.why)})" if past.why else "")


def _new_decisions(found: LogDifference[Decision], after: Contact) -> list[Decision]:
    new = {*found.added, *(past.after for past in found.past if past.kind is not Kind.CORRECTED)}
    return [decision for decision in after.decisions if decision in new]


def _new_answers(found: LogDifference[Answer], after: Contact) -> list[Answer]:
    new = {*found.added, *(past.after for past in found.past if past.kind is not Kind.CORRECTED)}
    return [answer for answers in after.criteria.values() for answer in answers if answer in new]


def _with_title(title: str, told: str) -> str:
    """Put a subject together; where it is too long the title is cut, for what was decided is what counts."""
    room = max(_LONGEST_SUBJECT - len(f": {told}"), _SHORTEST_TITLE)
    return _clipped(f"{_clipped(title, room)}: {told}", _LONGEST_SUBJECT)


def _clipped(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    whole_words = text[:room].rpartition(" ")[0]
    return (whole_words or text[: room - 1]).rstrip(" ,:→·") + "…"

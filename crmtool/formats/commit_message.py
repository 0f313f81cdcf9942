"""A commit message that tells what was decided and clarified about a contact. Labels are the rule book's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest

from crmtool.contact import Answer, Contact, Decision
from crmtool.rulebook import RuleBook
from crmtool.text import one_line

_LONGEST_SUBJECT = 72
_FIELDS = ("next_step", "blocked", "revisit", "stop_if")


def commit_message(before: Contact | None, after: Contact, rulebook: RuleBook) -> str:
    """Tell what `after` has that `before` had not; what was decided stands in the subject."""
    decisions = _new_decisions(before, after)
    answers = _new_answers(before, after)
    subject = f"{one_line(after.title)}: {_subject(before, after, decisions, answers, rulebook)}"
    body = [*(_decision(after, decision, rulebook) for decision in decisions)]
    body += [f"{_label(rulebook, answer.criterion)}: {_answer(answer)}" for answer in answers]
    body += list(_others(before, after, rulebook))
    return "\n".join([_clipped(subject), "", *(body or [_unnamed(before, after)]), "", f"Contact: {after.id}"])


def _subject(
    before: Contact | None, after: Contact, decisions: list[Decision], answers: list[Answer], rulebook: RuleBook
) -> str:
    if decisions and decisions[-1] != after.decisions[-1]:
        return "an earlier decision added" if len(decisions) == 1 else "earlier decisions added"
    if decisions:
        source = before.decisions[-1].to if before else None
        way = [*([source] if source else []), *(decision.to for decision in decisions)]
        return " → ".join(_status(rulebook, status) for status in way)
    if answers:
        return ", ".join(dict.fromkeys(_label(rulebook, answer.criterion) for answer in answers)) + " clarified"
    if before and before.fields == after.fields:
        return "notes"
    changed = [key.replace("_", " ") for key in _FIELDS if before and before.fields.get(key) != after.fields.get(key)]
    corrected = before is not None and (before.decisions, before.criteria) != (after.decisions, after.criteria)
    return ", ".join([*([_corrected_to(before, after, rulebook)] if corrected else []), *changed]) or "changed"


def _corrected_to(before: Contact | None, after: Contact, rulebook: RuleBook) -> str:
    if before is None or before.status == after.status:
        return "corrected"
    return f"corrected, {_status(rulebook, before.status)} → {_status(rulebook, after.status)}"


def _unnamed(before: Contact | None, after: Contact) -> str:
    only_notes = before is not None and before.fields == after.fields
    return "Only the notes were changed." if only_notes else "Fields that decide nothing were changed."


def _decision(after: Contact, decision: Decision, rulebook: RuleBook) -> str:
    source = next((old.to for old, new in pairwise(after.decisions) if new == decision), None)
    way = f"{_status(rulebook, source)} → " if source else ""
    reason = f" ({_reason(rulebook, decision)})" if decision.reason else ""
    persons = [f"by {one_line(decision.by)}"] if decision.by else []
    persons += [f"confirmed by {one_line(decision.confirmed_by)}"] if decision.confirmed_by else []
    who = f" [{', '.join(persons)}]" if persons else ""
    return f"{way}{_status(rulebook, decision.to)}{reason}: {one_line(decision.because)}{who}"


def _others(before: Contact | None, after: Contact, rulebook: RuleBook) -> Iterator[str]:
    """Tell what is neither a new decision nor a new answer: corrections, and the fields that stand beside them."""
    if before is not None:
        yield from _corrections(before, after, rulebook)
    if after.next_step and (before is None or before.next_step != after.next_step):
        yield f"Next step: {one_line(after.next_step.do)} (due {after.next_step.due})"
    if before and before.next_step and not after.next_step:
        yield f"Next step removed: {one_line(before.next_step.do)}"
    if after.blocked and (before is None or before.blocked != after.blocked):
        until = f" (until {after.blocked.until})" if after.blocked.until else ""
        yield f"Waits for: {one_line(after.blocked.by)}{until}"
    if before and before.blocked and not after.blocked:
        yield "Waits no longer."
    if after.revisit and (before is None or before.revisit != after.revisit):
        yield f"Looked at again on {after.revisit}."
    if before and before.stop_if != after.stop_if:
        yield "Stop dates: " + ("; ".join(f"{one_line(s.when)} ({s.by})" for s in after.stop_if) or "none any more")


def _corrections(before: Contact, after: Contact, rulebook: RuleBook) -> Iterator[str]:
    for old, new in _paired(before.decisions, after.decisions):
        if old and new:
            yield f"Corrected: {_decided(old, rulebook)}; now {_decided(new, rulebook)}"
        elif old:
            yield f"Removed: {_decided(old, rulebook)}"
    for criterion, answers in after.criteria.items():
        known = {_corrected(answer) for answer in before.criteria.get(criterion, ())}
        now = [answer for answer in answers if answer.corrected and _corrected(answer) not in known]
        if known and now:
            yield f"Corrected: {_label(rulebook, criterion)}, now {'; '.join(_answer(answer) for answer in now)}"


def _decided(decision: Decision, rulebook: RuleBook) -> str:
    reason = f" ({_reason(rulebook, decision)})" if decision.reason else ""
    return f"{decision.day} {_status(rulebook, decision.to)}{reason}: {one_line(decision.because)}"


def _new_decisions(before: Contact | None, after: Contact) -> list[Decision]:
    paired = _paired(before.decisions if before else (), after.decisions)
    return [new for old, new in paired if new and not old]


def _paired(before: Sequence[Decision], after: Sequence[Decision]) -> Iterator[tuple[Decision | None, Decision | None]]:
    """Pair the decisions that differ: an old one with what stands in its place, a new or a removed one with none."""
    old, new = ([replace(decision, index=0) for decision in log] for log in (before, after))
    for what, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield from zip_longest(before[start:end], after[new_start:new_end])


def _new_answers(before: Contact | None, after: Contact) -> list[Answer]:
    found = []
    for criterion, answers in after.criteria.items():
        known = Counter(_said(answer) for answer in (before.criteria.get(criterion, ()) if before else ()))
        for answer in answers:
            known[_said(answer)] -= 1
            if known[_said(answer)] < 0 and not answer.corrected:
                found.append(answer)
    return found


def _said(answer: Answer) -> tuple[object, ...]:
    return answer.day, answer.met, answer.evidence, answer.attested_by, answer.by


def _corrected(answer: Answer) -> tuple[object, ...]:
    return *_said(answer), answer.corrected


def _answer(answer: Answer) -> str:
    evidence = f" – {one_line(answer.evidence)}" if answer.evidence else ""
    return f"{'yes' if answer.met else 'no'} on {answer.day}{evidence}"


def _label(rulebook: RuleBook, criterion: str) -> str:
    rule = rulebook.criteria.get(criterion)
    return one_line(rule.label) if rule else criterion


def _status(rulebook: RuleBook, status: str) -> str:
    rule = rulebook.statuses.get(status)
    return one_line(rule.label) if rule else status


def _reason(rulebook: RuleBook, decision: Decision) -> str:
    rule = rulebook.statuses.get(decision.to)
    return one_line(rule.reasons.get(decision.reason or "", decision.reason or "")) if rule else str(decision.reason)


def _clipped(subject: str) -> str:
    if len(subject) <= _LONGEST_SUBJECT:
        return subject
    whole_words = subject[:_LONGEST_SUBJECT].rpartition(" ")[0]
    return (whole_words or subject[: _LONGEST_SUBJECT - 1]).rstrip(" ,:→") + "…"

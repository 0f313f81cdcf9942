"""A commit message that tells what was decided and clarified about a contact. Labels are the rule book's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest
from typing import TypeVar

from crmtool.contact import Answer, Contact, Decision
from crmtool.edit.changes import value_at
from crmtool.rewriting import CORRECTED
from crmtool.rulebook import RuleBook
from crmtool.text import one_line

_LONGEST_SUBJECT = 72
_SHORTEST_TITLE = 20
_Entry = TypeVar("_Entry", Answer, Decision)
_FIELDS = {
    "next_step": ("next step", "next step removed"),
    "blocked": ("blocked", "blocked no longer"),
    "revisit": ("revisit", "revisit removed"),
    "stop_if": ("stop dates", "stop dates removed"),
}
"""What a subject says of a field that was set, and of one that was removed."""


def commit_message(before: Contact | None, after: Contact, rulebook: RuleBook) -> str:
    """Tell what `after` has that `before` had not; what was decided stands in the subject."""
    decisions = _new_decisions(before, after)
    answers = _new_answers(before, after)
    subject = _with_title(one_line(after.title), _subject(before, after, decisions, answers, rulebook))
    body = [*(_decision(after, decision, rulebook) for decision in decisions)]
    body += [f"{one_line(rulebook.criterion_label(answer.criterion))}: {_answer(answer)}" for answer in answers]
    body += list(_others(before, after, rulebook))
    return "\n".join([subject, "", *(body or [_unnamed(before, after)]), "", f"Contact: {after.id}"])


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
        criteria = dict.fromkeys(one_line(rulebook.criterion_label(answer.criterion)) for answer in answers)
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
    return f"corrected, {_status(rulebook, before.status)} → {_status(rulebook, after.status)}"


def _unnamed(before: Contact | None, after: Contact) -> str:
    only_notes = before is not None and before.fields == after.fields
    return "Only the notes were changed." if only_notes else "Fields that decide nothing were changed."


def _decision(after: Contact, decision: Decision, rulebook: RuleBook) -> str:
    source = next((old.to for old, new in pairwise(after.decisions) if new == decision), None)
    way = f"{_status(rulebook, source)} → " if source else ""
    reason = f" ({_reason(rulebook, decision.to, decision.reason)})" if decision.reason else ""
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
    """Tell which old entries were corrected, into what and why, and which are gone."""
    for old, new in _paired(before.decisions, after.decisions):
        if old:
            now = f"; now {_decided(new, rulebook)}{_why(after, new)}" if new else ""
            yield f"{'Corrected' if new else 'Removed'}: {_decided(old, rulebook)}{now}"
    for criterion, answers in before.criteria.items():
        label = one_line(rulebook.criterion_label(criterion))
        for said, answer in _paired(answers, after.criteria.get(criterion, ())):
            if said:
                now = f"; now {_answer(answer)}{_why(after, answer)}" if answer else ""
                yield f"{'Corrected' if answer else 'Removed'}: {label}, {_answer(said)}{now}"


def _why(after: Contact, entry: Answer | Decision) -> str:
    because = value_at(after.fields, (*entry.place, CORRECTED, "because"))
    return f" ({one_line(because)})" if isinstance(because, str) else ""


def _decided(decision: Decision, rulebook: RuleBook) -> str:
    reason = f" ({_reason(rulebook, decision.to, decision.reason)})" if decision.reason else ""
    return f"{decision.day} {_status(rulebook, decision.to)}{reason}: {one_line(decision.because)}"


def _new_decisions(before: Contact | None, after: Contact) -> list[Decision]:
    return list(_added(before.decisions if before else (), after.decisions))


def _new_answers(before: Contact | None, after: Contact) -> list[Answer]:
    known = before.criteria if before else {}
    return [new for id, answers in after.criteria.items() for new in _added(known.get(id, ()), answers)]


def _added(before: Sequence[_Entry], after: Sequence[_Entry]) -> Iterator[_Entry]:
    return (new for old, new in _paired(before, after) if new and not old)


def _paired(before: Sequence[_Entry], after: Sequence[_Entry]) -> Iterator[tuple[_Entry | None, _Entry | None]]:
    """Pair the entries that differ: an old one with its correction; what was added or removed with none."""
    matcher = SequenceMatcher(None, list(map(_said, before)), list(map(_said, after)), autojunk=False)
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        if what == "equal":
            continue
        old, new = before[start:end], after[new_start:new_end]
        corrections = [entry for entry in new if entry.corrected][: len(old)]
        yield from zip_longest(old, corrections)
        yield from ((None, entry) for entry in new if entry not in corrections)


def _said(entry: Answer | Decision) -> Answer | Decision:
    """Give an entry without where it stands."""
    return replace(entry, index=0) if isinstance(entry, Decision) else replace(entry, place=())


def _answer(answer: Answer) -> str:
    evidence = f" – {one_line(answer.evidence)}" if answer.evidence else ""
    return f"{'yes' if answer.met else 'no'} on {answer.day}{evidence}"


def _status(rulebook: RuleBook, status: str) -> str:
    return one_line(rulebook.status_label(status))


def _reason(rulebook: RuleBook, status: str, reason: str) -> str:
    return one_line(rulebook.reason_label(status, reason))


def _with_title(title: str, told: str) -> str:
    """Put a subject together; where it is too long the title is cut, for what was decided is what counts."""
    room = max(_LONGEST_SUBJECT - len(f": {told}"), _SHORTEST_TITLE)
    return _clipped(f"{_clipped(title, room)}: {told}", _LONGEST_SUBJECT)


def _clipped(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    whole_words = text[:room].rpartition(" ")[0]
    return (whole_words or text[: room - 1]).rstrip(" ,:→·") + "…"

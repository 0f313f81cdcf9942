"""What two versions of a contact's file differ in, as far as it decides anything. Its notes are never looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from crmtool.assessment import Assessment, assess
from crmtool.contact import Answer, Blocked, Contact, Decision, NextStep, StopIf
from crmtool.difference.entries import Past, compared_answers, compared_decisions
from crmtool.progress.change import Direction, direction, progress_since, way
from crmtool.progress.log import Logged, log
from crmtool.rulebook import Kind, RuleBook
from crmtool.stopping import StopDue

FieldValue: TypeAlias = NextStep | Blocked | tuple[StopIf, ...] | date | float | str | None
_FIELDS: Mapping[str, Callable[[Contact], FieldValue]] = {
    "next_step": lambda contact: contact.next_step,
    "blocked": lambda contact: contact.blocked,
    "revisit": lambda contact: contact.revisit,
    "stop_if": lambda contact: contact.stop_if,
    "value": lambda contact: contact.value,
    "owner": lambda contact: contact.text("owner") or None,
}
_TOLD = ("criteria", "decisions", "status", *_FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDifference:
    """A field that stands beside decisions and answers, before and after; None where it is absent or empty."""

    key: str
    before: FieldValue
    after: FieldValue


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDifference:
    """A contact in two versions, None where it does not exist, both judged as of one day under one rule book.

    `direction` is where it went: by status, else by distance, else by clarity; one that is new, from where it entered.
    `decided` and `clarified` are the decisions (the entry among them, whose outcome is None) and the answers that the
    second version has on top; `past` are entries of the first one that were corrected, rewritten or removed. `judged_*`
    is None where there is nothing to be judged. `stops_due` are reasons to stop that only the second version gives,
    `stops_gone` those that only the first one gave; `others` are further keys of the front matter that differ.
    """

    before: Contact | None
    after: Contact | None
    direction: Direction = Direction.UNCHANGED
    decided: tuple[Logged, ...] = ()
    clarified: tuple[Answer, ...] = ()
    past: tuple[Past[Decision] | Past[Answer], ...] = ()
    judged_before: Assessment | None = None
    judged_after: Assessment | None = None
    stops_due: tuple[StopDue, ...] = ()
    stops_gone: tuple[StopDue, ...] = ()
    fields: tuple[FieldDifference, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def contact(self) -> Contact:
        """The contact as it is, or as it last was."""
        contact = self.after or self.before
        assert contact is not None
        return contact

    @property
    def renamed_from(self) -> str | None:
        """The id that it had before, where that was another one."""
        return self.before.id if self.before and self.after and self.before.id != self.after.id else None

    @property
    def decisions(self) -> tuple[Logged, ...]:
        """The decisions taken; an entry is none."""
        return tuple(found for found in self.decided if found.outcome is not None)

    @property
    def verdict_changed(self) -> bool:
        """Whether it is in both versions and has another verdict in the second."""
        old, new = self.judged_before, self.judged_after
        return old is not None and new is not None and old.verdict is not new.verdict

    @property
    def is_untold_end(self) -> bool:
        """Whether its file is gone while a decision on it was still to come."""
        return self.after is None and self.judged_before is not None and self.judged_before.status.is_undecided

    @property
    def is_empty(self) -> bool:
        """Whether nothing that decides anything differs."""
        told = (self.decided, self.clarified, self.past, self.fields, self.others, self.renamed_from)
        return self.before is not None and self.after is not None and not any(told)


def compared_contact(
    before: Contact | None, after: Contact | None, rulebook: RuleBook, day: date
) -> ContactDifference | None:
    """Compare a contact in two versions, at least one of which it is in; None where nothing differs that decides."""
    start = assess(before, rulebook, day) if before else None
    if after is None:
        return ContactDifference(before=before, after=None, judged_before=start)
    end = assess(after, rulebook, day)
    decisions, answers = compared_decisions(before, after), compared_answers(before, after)
    added = {decision.index for decision in decisions.added}
    found = ContactDifference(
        before=before,
        after=after,
        direction=_direction(before, start, end, rulebook),
        decided=tuple(each for each in log([after], rulebook, date.max)[::-1] if each.decision.index in added),
        clarified=answers.added,
        past=(*decisions.past, *answers.past),
        judged_before=start,
        judged_after=end,
        stops_due=_more(end, start),
        stops_gone=_more(start, end),
        fields=_fields(before, after),
        others=_others(before, after) if before else (),
    )
    return None if found.is_empty else found


def _direction(before: Contact | None, start: Assessment | None, end: Assessment | None, rules: RuleBook) -> Direction:
    """Tell where a contact went; `ended` is one that is ended now and was not, and what was decided before stays."""
    if end is None:
        return Direction.UNCHANGED
    if before is None:
        return direction(progress_since(date.min, end, rules))
    if start is None or (start.status.kind is end.status.kind and not end.status.is_undecided):
        return Direction.UNCHANGED
    return Direction.ENDED if end.status.kind is Kind.ENDED else way(start, end)


def _more(one: Assessment | None, other: Assessment | None) -> tuple[StopDue, ...]:
    known = {(stop.rule, stop.because) for stop in other.stop_due} if other else set()
    return tuple(stop for stop in one.stop_due if (stop.rule, stop.because) not in known) if one else ()


def _fields(before: Contact | None, after: Contact) -> tuple[FieldDifference, ...]:
    values = ((key, value(before) if before else None, value(after)) for key, value in _FIELDS.items())
    found = (FieldDifference(key=key, before=old or None, after=new or None) for key, old, new in values)
    return tuple(field for field in found if field.before != field.after)


def _others(before: Contact, after: Contact) -> tuple[str, ...]:
    keys = dict.fromkeys((*before.fields, *after.fields))
    found = tuple(key for key in keys if key not in _TOLD and before.fields.get(key) != after.fields.get(key))
    is_status_alone = before.status != after.status and before.decisions == after.decisions
    return ("status", *found) if is_status_alone else found

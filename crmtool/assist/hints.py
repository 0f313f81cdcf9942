"""What follows from a contact's dates and the rules, told within its lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crmtool.assessment import Assessment
from crmtool.assist.editing import Editing
from crmtool.assist.standing import days, english, pending, validity
from crmtool.assist.told import short
from crmtool.assist.tree import Entry, entries
from crmtool.contact import Contact
from crmtool.finding import Place
from crmtool.report.edition import Edition
from crmtool.rules.references import value_at
from crmtool.situation import Present, State
from crmtool.text import LINE_BREAK, Span

_DAY_FIELDS = (("revisit",), ("blocked", "until"))


@dataclass(frozen=True, kw_only=True)
class Hint:
    """A text behind the offset."""

    offset: int
    text: str


def hints(editing: Editing, within: Span) -> tuple[Hint, ...]:
    """Give the hints of a contact that stand within a span, in their order.

    Each stands behind a value that says what it was told of. So none is wrong while the contact is not what it was when
    it could be read last; while the file cannot be read there are none.
    """
    contact, here, assessment = editing.contact, editing.here, editing.assessment
    written = entries(editing.document) if editing.is_contact else {}
    if not written or contact is None or here is None or assessment is None or editing.rulebook is None:
        return ()
    edition = english(editing.rulebook, editing.day)
    found = [
        *_standing(editing, written, assessment, edition),
        *_answers(editing, written, here, edition),
        *_days(editing, written, contact),
    ]
    return tuple(sorted((each for each in found if within.start <= each.offset <= within.end), key=lambda h: h.offset))


def _standing(
    editing: Editing, written: dict[Place, Entry], assessment: Assessment, edition: Edition
) -> Iterator[Hint]:
    status = _behind(editing, written, ("status",), assessment.status.id)
    if status is None:
        return
    told = ", ".join(filter(None, (days(assessment.why_here.days), pending(assessment))))
    yield Hint(offset=status, text=told)
    ahead = ", ".join(_outlooks(edition, assessment))
    criteria = written.get(("criteria",))
    if ahead:
        yield Hint(offset=_line_end(editing.text, criteria.head.end) if criteria else status, text=ahead)


def _outlooks(edition: Edition, assessment: Assessment) -> Iterator[str]:
    for outlook in assessment.outlooks:
        target, count = short(edition.status(outlook.to)), len(outlook.missing)
        requires = edition.rulebook.transitions[outlook.transition].requires
        yield f"{count} of {len(requires)} missing for {target}" if count else f"ready for {target}"


def _answers(editing: Editing, written: dict[Place, Entry], here: Present, edition: Edition) -> Iterator[Hint]:
    situation = here.situation
    for id in situation.contact.criteria:
        answer, rule = situation.latest(id), situation.rulebook.criteria.get(id)
        if answer is None or rule is None or not rule.is_asked(editing.day):
            continue
        place = (*answer.place, "met" if answer.met else "not_met")
        offset = _behind(editing, written, place, answer.day.isoformat())
        state = situation.state(id)
        does_not_count = edition.state(state) if state in (State.UNATTESTED, State.EXPIRED) else ""
        told = ", ".join(filter(None, (does_not_count, validity(situation, answer))))
        if offset is not None and told:
            yield Hint(offset=offset, text=told)


def _days(editing: Editing, written: dict[Place, Entry], contact: Contact) -> Iterator[Hint]:
    due = contact.next_step.due if contact.next_step else None
    revisit, until = contact.revisit, contact.blocked.until if contact.blocked else None
    stops = ((("stop_if", index, "by"), stop.by) for index, stop in enumerate(contact.stop_if))
    dated = ((("next_step", "due"), due), *zip(_DAY_FIELDS, (revisit, until), strict=True), *stops)
    for place, day in dated:
        offset = _behind(editing, written, place, day.isoformat()) if day else None
        if day is not None and offset is not None:
            yield Hint(offset=offset, text=_away(day, editing.day, "late" if place[0] == "next_step" else "ago"))


def _away(day: date, today: date, past: str) -> str:
    count = (day - today).days
    if count == 0:
        return "today"
    return f"in {days(count)}" if count > 0 else f"{days(-count)} {past}"


def _behind(editing: Editing, written: dict[Place, Entry], place: Place, value: str) -> int | None:
    """Tell where the value at a place ends; None where it is not that value."""
    entry = written.get(place)
    return entry.span.end if entry and value_at(editing.document.values or {}, place) == value else None


def _line_end(text: str, offset: int) -> int:
    found = LINE_BREAK.search(text, offset)
    return found.start() if found else len(text)

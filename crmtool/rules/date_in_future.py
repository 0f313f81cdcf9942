"""date-in-future."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crmtool.contact import Answer, Contact, Decision
from crmtool.finding import Observation, Place
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report each answer, decision and correction dated after today."""
    for what, day, place in _dated(subject.contact):
        if day > subject.today:
            yield Observation(
                message=f"the {what} is dated {day}; today is {subject.today}",
                hint="write the day on which it happened; what is planned goes into `next_step` or `revisit`",
                place=place,
            )


def _dated(contact: Contact) -> Iterator[tuple[str, date, Place]]:
    for criterion, answers in contact.criteria.items():
        for answer in answers:
            yield f"answer to '{criterion}'", answer.day, (*answer.place, "met" if answer.met else "not_met")
            yield from _correction(answer)
    for decision in contact.decisions:
        yield f"decision for '{decision.to}'", decision.day, (*decision.place, "date")
        yield from _correction(decision)


def _correction(entry: Answer | Decision) -> Iterator[tuple[str, date, Place]]:
    if entry.corrected:
        yield "correction", entry.corrected, (*entry.place, "corrected", "date")


RULE = ContactRule(
    code="date-in-future",
    title="An entry is dated after today",
    why="Answers and decisions tell what was clarified and decided, not what is hoped for. One dated tomorrow would "
    "change a verdict overnight, with nobody doing anything.",
    remedy="Write the day on which it happened. Plans have their own places: `next_step.due`, `blocked.until`, "
    "`revisit` and `stop_if`. Where a colleague's entry is dated tomorrow, it is tomorrow there already: a team "
    "that is spread over the world agrees on one place and sets `TZ` to it.",
    valid=(
        Example(files=contact("status:", "revisit: 2027-02-01\nstatus:")),
        Example(files=contact(), today="2026-11-05"),
    ),
    invalid=(
        Example(files=contact(), today="2026-11-04", at=(CONTACT_PATH, 9, 12)),
        Example(
            files=contact("conflict: {not_met: 2026-11-03", "conflict: {not_met: 2026-11-30"), at=(CONTACT_PATH, 6, 23)
        ),
        Example(
            files=contact("85 people}", "85 people, corrected: {date: 2027-11-03, because: Not 58}}"),
            at=(CONTACT_PATH, 5, 65),
        ),
    ),
    check=check,
)

"""next-step-overdue."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation, Severity
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report a next step that was due before today, while the contact is still to be decided on."""
    step, here = subject.contact.next_step, subject.here
    if step and here and here.status.is_undecided and step.due < subject.today:
        days = (subject.today - step.due).days
        yield Observation(
            message=f"the next step was due on {step.due}, {days} {'day' if days == 1 else 'days'} ago",
            hint=f"if it is done, write what '{step.clarifies}' turned out to be; if not, a new `due:` or another step",
            place=("next_step", "due"),
        )


def _step(due: str) -> tuple[str, str]:
    return "decisions:", f"next_step: {{do: Ask the buyer, clarifies: pain, due: {due}}}\ndecisions:"


RULE = ContactRule(
    code="next-step-overdue",
    severity=Severity.WARNING,
    title="The next step is past its date",
    why="A step that is put off again and again says something: perhaps nobody wants the answer. Seeing the date pass "
    "is the moment to ask whether to go on.",
    remedy="Take the step and write what it clarified, set a new date on purpose, or stop. A step due today is not "
    "overdue.",
    valid=(Example(files=contact(*_step("2026-11-23"))),),
    invalid=(Example(files=contact(*_step("2026-11-22")), at=(CONTACT_PATH, 7, 54)),),
    check=check,
)

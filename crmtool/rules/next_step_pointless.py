"""next-step-pointless."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.assessment import step_is_pointless, worth_clarifying
from crmtool.finding import Observation, Severity
from crmtool.rulebook import Kind
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact
from crmtool.rules.hints import ways
from crmtool.situation import Present


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report a next step that clarifies nothing that is missing; what criterion it names is another rule's business."""
    step, here = subject.contact.next_step, subject.here
    if step and here and step_is_pointless(here):
        message, hint = _told(here, step.clarifies)
        yield Observation(message=message, hint=hint, place=("next_step", "clarifies"))


def _told(here: Present, criterion: str) -> tuple[str, str]:
    if not here.status.is_undecided:
        return f"a contact in '{here.status.id}' needs no next step", "remove `next_step`, or decide to go on first"
    if here.status.kind is Kind.HOLD:
        return f"'{criterion}' is answered already", "name a question that is open"
    message = f"the next step clarifies '{criterion}', which is not missing for any decision that can come next"
    wanted = worth_clarifying(here)
    if wanted:
        return message, f"name what is missing: {', '.join(wanted)}"
    leaving = ways(here.situation.rulebook.leaving(here.status.id))
    return message, f"nothing is missing: decide, and remove `next_step`; from here lead: {leaving}"


def _step(clarifies: str) -> tuple[str, str]:
    return "decisions:", f"next_step: {{do: Ask the buyer, clarifies: {clarifies}, due: 2026-11-30}}\ndecisions:"


_STOPPED = (
    "status: clarifying",
    "status: stopped",
    "profile}\n",
    "profile}\n  - {date: 2026-11-20, to: stopped, because: No need, reason: no_fit}\n",
)
_PARKED = (
    "status: clarifying",
    "status: parked\nrevisit: 2027-01-15",
    "profile}\n",
    "profile}\n  - {date: 2026-11-20, to: parked, because: No money before May}\n",
)

RULE = ContactRule(
    code="next-step-pointless",
    severity=Severity.WARNING,
    title="The next step clarifies nothing that is missing",
    why="A step is worth its time when it settles a question on which the next decision hangs. Anything else is "
    "activity, however busy it feels.",
    remedy="Let the step clarify one of the criteria that are missing (`crmtool why` lists them). Where nothing is "
    "missing, decide.",
    valid=(
        Example(files=contact(*_step("pain"))),
        Example(files=contact(*_PARKED, *_step("pain"))),
    ),
    invalid=(
        Example(files=contact(*_step("fit")), at=(CONTACT_PATH, 7, 43)),
        Example(files=contact(*_STOPPED, *_step("pain")), at=(CONTACT_PATH, 7, 43)),
        Example(files=contact(*_PARKED, *_step("fit")), at=(CONTACT_PATH, 8, 43)),
    ),
    check=check,
)

"""answer-expired."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation, Severity
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact
from crmtool.rules.hints import answer_line
from crmtool.situation import State


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report each latest answer that has expired, while the contact is still to be decided on."""
    here = subject.here
    if here is None or not here.status.is_undecided:
        return
    for criterion in subject.contact.criteria:
        rule = subject.rulebook.criteria.get(criterion)
        if rule is None or rule.valid_for is None or not rule.is_asked(subject.today):
            continue
        answer = here.situation.latest(criterion)
        if answer and here.situation.state(criterion) is State.EXPIRED:
            line = answer_line(subject.contact, subject.rulebook, criterion, subject.today, met=answer.met)
            yield Observation(
                message=f"the {'yes' if answer.met else 'no'} to '{criterion}' of {answer.day} was valid for "
                f"{rule.valid_for}, until {rule.valid_for.after(answer.day)}",
                hint=f"ask again; if it is still so, write below `criteria:`\n{line}",
                place=(*answer.place, "met" if answer.met else "not_met"),
            )


_CONFLICT = "  conflict: {not_met: 2026-11-03}\n"
_BUDGET = f"{_CONFLICT}  budget: {{met: 2026-08-24, evidence: In the plan}}\n"

RULE = ContactRule(
    code="answer-expired",
    severity=Severity.WARNING,
    title="An answer has expired",
    why="Budgets are cut and deadlines pass. The rule book says with `valid_for` how long an answer can be relied on; "
    "after that the question is open again, and a decision that needs it has to wait.",
    remedy="Ask again and add the new answer to the old one, as a list, oldest first. Do not change the date of the "
    "old one: it is true that it was so then.",
    valid=(
        # Valid through its last day: 90 days after 25 August.
        Example(files=contact(_CONFLICT, _BUDGET.replace("08-24", "08-25"))),
        # Nobody has to confirm a budget any more once the contact is stopped.
        Example(
            files=contact(
                _CONFLICT,
                _BUDGET,
                "status: clarifying",
                "status: stopped",
                "profile}\n",
                "profile}\n  - {date: 2026-11-20, to: stopped, because: No need, reason: no_fit}\n",
            )
        ),
    ),
    invalid=(
        Example(files=contact(_CONFLICT, _BUDGET), at=(CONTACT_PATH, 7, 17)),
        Example(
            files=contact(
                _CONFLICT,
                f"{_CONFLICT}  budget:\n    - {{met: 2026-06-01, evidence: Planned}}\n"
                "    - {not_met: 2026-07-01, evidence: Struck}\n",
            ),
            at=(CONTACT_PATH, 9, 17),
        ),
    ),
    check=check,
)

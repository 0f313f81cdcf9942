"""rules-self-transition."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation
from crmtool.rules.base import Example, RuleBookRule, RuleBookSubject
from crmtool.rules.examples import RULEBOOK_PATH, rulebook
from crmtool.rules.references import ids_at


def check(subject: RuleBookSubject) -> Iterator[Observation]:
    """Report each transition that names its own target in `from`."""
    for transition in subject.rulebook.transitions.values():
        for place, id in ids_at(subject.values, ("transitions", transition.id, "from")):
            if id == transition.target:
                yield Observation(
                    message=f"the transition '{transition.id}' leads from '{id}' to itself",
                    hint=f"take '{id}' out of `from`, or write another status in `to`",
                    place=place,
                )


RULE = RuleBookRule(
    code="rules-self-transition",
    title="A transition leads from a status to itself",
    why="A decision changes the status. One that changes nothing would only start the deadlines anew, and that is how "
    "contacts are kept alive without anything having been decided.",
    remedy="Take the status out of `from`. What was clarified is written as an answer below `criteria`; a longer wait "
    'is a status on hold with a `revisit` date. `"*"` leaves out the target by itself.',
    valid=(Example(files=rulebook()),),
    invalid=(
        Example(
            files=rulebook("resume: {from: parked", "resume: {from: [parked, clarifying]"), at=(RULEBOOK_PATH, 24, 27)
        ),
        Example(files=rulebook("resume: {from: parked", "resume: {from: clarifying"), at=(RULEBOOK_PATH, 24, 18)),
    ),
    check=check,
)

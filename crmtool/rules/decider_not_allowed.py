"""decider-not-allowed."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.contact import Contact
from crmtool.finding import Observation, Place
from crmtool.replay import DeciderFlaw, Step
from crmtool.rulebook import Transition
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact, rulebook
from crmtool.rules.moves import is_written, moves
from crmtool.text import one_line

_KEYS = {
    DeciderFlaw.UNNAMED: "by",
    DeciderFlaw.NOT_ALLOWED: "by",
    DeciderFlaw.UNCONFIRMED: "confirmed_by",
    DeciderFlaw.SELF_CONFIRMED: "confirmed_by",
}


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report each decision taken by someone who may not, or by fewer people than it needs."""
    for step in moves(subject):
        if step.transition is not None:
            for place, flaws in _placed(subject.contact, step).items():
                message, hint = _told(step.transition, flaws, one_line(step.decision.by or ""))
                yield Observation(message=message, hint=hint, place=place)


def _placed(contact: Contact, step: Step) -> dict[Place, list[DeciderFlaw]]:
    """Put each flaw where its name is written, or with the decision's status where that is missing."""
    found: dict[Place, list[DeciderFlaw]] = {}
    for flaw in step.decider_flaws:
        place = (*step.decision.place, _KEYS[flaw])
        if not is_written(contact, place):
            place = (*step.decision.place, "to")
        elif not (getattr(step.decision, _KEYS[flaw]) or "").strip():
            continue  # It is no text or a blank one, and the schema says so.
        found.setdefault(place, []).append(flaw)
    return found


def _told(transition: Transition, flaws: list[DeciderFlaw], by: str) -> tuple[str, str]:
    needs = f"the transition '{transition.id}' needs two people"
    listed = " or ".join(f"`by: {one_line(name)}`" for name in transition.by)
    match flaws:
        case [DeciderFlaw.UNNAMED, DeciderFlaw.UNCONFIRMED]:
            taken = listed or "`by: …` with a name"
            both = f"{needs}; `by` and `confirmed_by` are missing"
            return both, f"add {taken}, and `confirmed_by: …` with the name of another person"
        case [DeciderFlaw.UNNAMED] if transition.by:
            return f"who took the transition '{transition.id}' is not told", f"add {listed}"
        case [DeciderFlaw.NOT_ALLOWED]:
            return f"'{by}' may not take the transition '{transition.id}'", f"write {listed}"
        case [DeciderFlaw.SELF_CONFIRMED]:
            same = f"{needs}; `by` and `confirmed_by` are both '{by}'"
            return same, "let another person confirm it, and write that name"
        case _:
            key = _KEYS[flaws[0]]
            return f"{needs}; `{key}` is missing", f"add `{key}: …` with a name"


_REOPENED = (
    "Fits the profile}\n",
    """Fits the profile}
  - {date: 2026-11-10, to: stopped, because: Plans by hand and wants to, reason: no_fit}
  - {date: 2026-11-20, to: clarifying, because: The new head wants to plan, by: mira, confirmed_by: jonas}
""",
    "  conflict: {not_met: 2026-11-03}\n",
    "  conflict: {not_met: 2026-11-03}\n  budget: {met: 2026-11-20, evidence: Her own words}\n",
)
_PARKED = "{date: 2026-11-20, to: parked, because: No money before May"

RULE = ContactRule(
    code="decider-not-allowed",
    title="A decision was not taken by whom the rules ask for",
    why="Some decisions are kept to certain people (`by`), some need two (`four_eyes`). Names are compared without "
    "regard to letter case and spaces, so nobody confirms their own decision by another spelling.",
    remedy="Write who took the decision as `by`, and where two are needed the second as `confirmed_by`. If the wrong "
    "person took it, it has to be taken again.",
    valid=(Example(files=contact(*_REOPENED)),),
    invalid=(
        Example(files=contact(*_REOPENED, "confirmed_by: jonas", 'confirmed_by: "Mira "'), at=(CONTACT_PATH, 12, 101)),
        Example(files=contact(*_REOPENED, ", confirmed_by: jonas", ""), at=(CONTACT_PATH, 12, 28)),
        Example(
            files=rulebook("parked, requires: [{has: revisit}]", "parked, by: mira")
            | contact("status: clarifying", "status: parked", "profile}\n", f"profile}}\n  - {_PARKED}, by: lena}}\n"),
            at=(CONTACT_PATH, 10, 70),
        ),
        Example(
            files=rulebook("parked, requires: [{has: revisit}]", "parked, by: mira")
            | contact("status: clarifying", "status: parked", "profile}\n", f"profile}}\n  - {_PARKED}}}\n"),
            at=(CONTACT_PATH, 10, 28),
        ),
    ),
    check=check,
)

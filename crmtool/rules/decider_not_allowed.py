"""decider-not-allowed."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.contact import Decision
from crmtool.finding import Observation
from crmtool.rulebook import Transition
from crmtool.rules.base import ContactRule, ContactSubject, Example
from crmtool.rules.examples import CONTACT_PATH, contact, rulebook
from crmtool.rules.moves import is_written, moves
from crmtool.text import one_line


def check(subject: ContactSubject) -> Iterator[Observation]:
    """Report each decision taken by someone who may not, or by fewer people than it needs."""
    for move in moves(subject.contact, subject.rulebook):
        if move.transition is None:
            continue
        for key, message, hint in (
            *_who_may(move.transition, move.decision),
            *_four_eyes(move.transition, move.decision),
        ):
            place = (*move.decision.place, key)
            written = is_written(subject.contact, place)
            if written and getattr(move.decision, key) is None:
                continue  # It is no text, and the schema says so.
            yield Observation(message=message, hint=hint, place=place if written else (*move.decision.place, "to"))


def _who_may(transition: Transition, decision: Decision) -> Iterator[tuple[str, str, str]]:
    if not transition.by or _same(decision.by) in map(_same, transition.by):
        return
    listed = " or ".join(f"`by: {one_line(name)}`" for name in transition.by)
    if decision.by:
        yield "by", f"'{one_line(decision.by)}' may not take the transition '{transition.id}'", f"write {listed}"
    else:
        yield "by", f"who took the transition '{transition.id}' is not told", f"add {listed}"


def _four_eyes(transition: Transition, decision: Decision) -> Iterator[tuple[str, str, str]]:
    if not transition.four_eyes:
        return
    needs = f"the transition '{transition.id}' needs two people"
    for key in ("by", "confirmed_by"):
        if not getattr(decision, key) and not (key == "by" and transition.by):
            yield key, f"{needs}; `{key}` is missing", f"add `{key}: …` with a name"
    if decision.by and _same(decision.by) == _same(decision.confirmed_by):
        message = f"{needs}; `by` and `confirmed_by` are both '{one_line(decision.by)}'"
        yield "confirmed_by", message, "let another person confirm it, and write that name"


def _same(name: str | None) -> str:
    """Give what two spellings of one name share: letter case and spaces make nobody another person."""
    return "".join((name or "").casefold().split())


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

"""What is proposed: where something says to stop what to decide, and the step where none is set."""

from __future__ import annotations

from crmtool.assessment import Assessment, SensibleStep, Verdict
from crmtool.report.edition import Edition
from crmtool.situation import State
from crmtool.stopping import StopDue


def proposal(edition: Edition, due: StopDue) -> str:
    """Tell the status, and the reason, that are proposed; empty where the rule book has no way out."""
    transition = edition.rulebook.transitions.get(due.propose or "")
    if transition is None:
        return ""
    language, status = edition.language, edition.language.quote(edition.status(transition.target))
    if due.reason is None:
        return language("stop.propose", status=status)
    label = language.quote(edition.reason(transition.target, due.reason))
    return language("stop.propose_reason", status=status, reason=label)


def proposed_step(assessment: Assessment) -> SensibleStep | None:
    """Give the step that is proposed, None where the contact has its own or none follows from the rules.

    Where stopping is wiser, a yes or a no that is clear is not proposed to be settled again: it may be what says so.
    """
    step = assessment.next_step
    if step is None or not step.proposed:
        return None
    is_clear = any(s.id == step.clarifies and s.state in (State.MET, State.NOT_MET) for s in assessment.missing)
    return None if is_clear and assessment.verdict is Verdict.STOP else step

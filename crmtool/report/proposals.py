"""What a reason to stop proposes to decide."""

from __future__ import annotations

from crmtool.report.edition import Edition
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

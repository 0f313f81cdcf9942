"""Assessments as JSON: the objects of `why` and `focus`, version 1, described by schemas/output.schema.json."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from crmtool.assessment import Assessment, Carrier, Outlook, SensibleStep, WhyHere
from crmtool.formats.as_json import VERSION
from crmtool.replay import CriterionState, MissingCondition
from crmtool.retention import Erasure
from crmtool.rulebook import RuleBook
from crmtool.stopping import StopDue

_CLARITY_DIGITS = 4

ROW_KEYS = (
    "contact",
    "name",
    "organization",
    "owner",
    "status",
    "verdict",
    "overdue",
    "since",
    "days",
    "distance",
    "missing",
    "value",
)


def why(assessment: Assessment) -> dict[str, Any]:
    """Give the values of `why --format json`: the four questions about one contact, answered."""
    return {
        "version": VERSION,
        "contact": assessment.contact.id,
        "name": assessment.contact.name,
        "status": assessment.status.id,
        "verdict": assessment.verdict.value,
        "overdue": assessment.overdue,
        "why_here": _why_here(assessment.why_here),
        "missing": [_outlook(outlook) for outlook in assessment.outlooks],
        "next_step": _step(assessment.next_step),
        "stop": {
            "due": [stop_due(stop) for stop in assessment.stop_due],
            "upcoming": [{"rule": stop.rule, "on": stop.on.isoformat()} for stop in assessment.stop_upcoming],
        },
        "clarity": rounded(assessment.clarity),
        "distance": assessment.distance,
        "prequalified": assessment.prequalified,
    }


def focus(assessments: Iterable[Assessment], to_erase: Iterable[Erasure], day: date) -> dict[str, Any]:
    """Give the values of `focus --format json`: contacts as in `why`, and the ids of those whose data are to be erased.

    Both are in the order given.
    """
    return {
        "version": VERSION,
        "today": day.isoformat(),
        "contacts": [why(assessment) for assessment in assessments],
        "erasure_due": [erasure.assessment.contact.id for erasure in to_erase],
    }


def listing(assessments: Iterable[Assessment], day: date) -> dict[str, Any]:
    """Give the values of `list --format json`: one short object a contact, in the order given."""
    return {"version": VERSION, "today": day.isoformat(), "contacts": rows(assessments)}


def board(assessments: Iterable[Assessment], rulebook: RuleBook, day: date) -> dict[str, Any]:
    """Give the values of `board --format json`: statuses in their order, each with its contacts in the order given."""
    found = list(assessments)
    columns = [
        {
            "status": status.id,
            "label": status.label,
            "kind": status.kind.value,
            "asks": status.asks,
            "limit": status.limit,
            "contacts": rows(assessment for assessment in found if assessment.status.id == status.id),
        }
        for status in rulebook.statuses.values()
    ]
    return {"version": VERSION, "today": day.isoformat(), "statuses": columns}


def rows(assessments: Iterable[Assessment]) -> list[dict[str, Any]]:
    """Give one short object for each contact, in the order given."""
    return [_row(assessment) for assessment in assessments]


def rounded(clarity: float | None) -> float | None:
    """Give clarity as it is printed: four digits are more than any weight means."""
    return None if clarity is None else round(clarity, _CLARITY_DIGITS)


def _row(assessment: Assessment) -> dict[str, Any]:
    contact = assessment.contact
    return {
        "contact": contact.id,
        "name": contact.name,
        "organization": contact.text("organization") or None,
        "owner": contact.text("owner") or None,
        "status": assessment.status.id,
        "verdict": assessment.verdict.value,
        "overdue": assessment.overdue,
        "since": assessment.why_here.since.isoformat(),
        "days": assessment.why_here.days,
        "distance": assessment.distance,
        "missing": [state.id for state in assessment.missing],
        "value": contact.fields.get("value"),
    }


def _why_here(here: WhyHere) -> dict[str, Any]:
    return {
        "since": here.since.isoformat(),
        "days": here.days,
        "transition": here.transition,
        "because": here.decision.because,
        "reason": here.decision.reason,
        "criteria": [_carrier(carrier) for carrier in here.criteria],
    }


def _carrier(carrier: Carrier) -> dict[str, Any]:
    return {
        "id": carrier.id,
        "state": carrier.state.value,
        "question": carrier.question,
        "date": carrier.day.isoformat(),
        "evidence": carrier.evidence,
    }


def _outlook(outlook: Outlook) -> dict[str, Any]:
    return {
        "transition": outlook.transition,
        "to": outlook.to,
        "ready": outlook.ready,
        "conditions": [_condition(condition) for condition in outlook.missing],
    }


def _condition(condition: MissingCondition) -> dict[str, Any]:
    return {"text": condition.text, "criteria": [_criterion(state) for state in condition.criteria]}


def _criterion(state: CriterionState) -> dict[str, Any]:
    return {"id": state.id, "state": state.state.value, "question": state.question}


def _step(step: SensibleStep | None) -> dict[str, Any] | None:
    if step is None:
        return None
    due = step.due.isoformat() if step.due else None
    return {"do": step.do, "clarifies": step.clarifies, "due": due, "proposed": step.proposed}


def stop_due(stop: StopDue) -> dict[str, Any]:
    """Give the values of a reason to stop now."""
    return {"rule": stop.rule, "because": stop.because, "since": stop.since.isoformat(), "propose": stop.propose}

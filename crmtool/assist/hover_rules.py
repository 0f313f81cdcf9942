"""What the rule book says of a status, a criterion, a transition, a stop rule or a reason, told on pointing at it."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.assist.editing import Editing
from crmtool.assist.mentions import Mention, Noun
from crmtool.assist.standing import all_present, days, english, in_statuses, pending, states, validity
from crmtool.assist.told import Fact, Told, facts, listed
from crmtool.report.edition import Edition
from crmtool.report.rules.criteria import criterion_lines
from crmtool.report.rules.statuses import status_lines
from crmtool.report.rules.stop_rules import stop_rule_lines
from crmtool.report.rules.transitions import transition_lines
from crmtool.rulebook import RuleBook
from crmtool.situation import State


def told_of(editing: Editing, mention: Mention) -> Told | None:
    """Tell of what the rule book defines; None for what it does not."""
    if editing.rulebook is None:
        return None
    edition = english(editing.rulebook, editing.day)
    match mention.noun:
        case Noun.STATUS:
            return _status(editing, edition, mention)
        case Noun.CRITERION:
            return criterion(editing, mention.id)
        case Noun.TRANSITION:
            return _transition(edition, mention.id)
        case Noun.STOP_RULE:
            return _stop_rule(editing, edition, mention.id)
        case Noun.REASON:
            return _reason(editing.rulebook, mention)
        case Noun.CONTACT:
            return None


def criterion(editing: Editing, id: str) -> Told | None:
    """Tell of a criterion: in a contact how it stands there, in the rule book how it stands across the contacts."""
    if editing.rulebook is None:
        return None
    edition = english(editing.rulebook, editing.day)
    line = next((line for line in criterion_lines(edition) if line.id == id), None)
    if line is None:
        return None
    weight = (f"weight {line.weight}",) if line.weight else ()
    valid_for = (f"valid for {line.valid_for}",) if line.valid_for else ()
    return Told(
        title=line.label,
        about=f"criterion {id}",
        sentences=(line.question,),
        facts=(
            *(_across(editing, edition, id) if editing.is_rulebook else _here(editing, edition, id)),
            *listed("Counts", (*weight, *valid_for)),
            *listed("On the answer", line.asks),
            *listed("Decides in", (use.text for use in line.uses)),
        ),
    )


def _here(editing: Editing, edition: Edition, id: str) -> Iterator[Fact]:
    here, assessment = editing.here, editing.assessment
    if here is None or assessment is None:
        return
    answer = here.situation.latest(id)
    told = edition.state(here.situation.state(id))
    if answer is not None:
        told = ", ".join(filter(None, (f"{told}, answered on {answer.day}", validity(here.situation, answer))))
    yield "Here", told
    if answer is not None and answer.evidence:
        yield "Evidence", answer.evidence
    needing = (
        edition.status(outlook.to)
        for outlook in assessment.outlooks
        if any(state.id == id for condition in outlook.missing for state in condition.criteria)
    )
    yield from listed("Missing for", needing)


def _across(editing: Editing, edition: Edition, id: str) -> Iterator[Fact]:
    counted = states(all_present(editing), id)
    parts = (f"{counted[state]} {edition.state(state)}" for state in State if counted[state])
    told = ", ".join(parts)
    yield "Contacts", f"{told} (of {counted.total()} active or on hold)" if told else "none is active or on hold"


def _status(editing: Editing, edition: Edition, mention: Mention) -> Told | None:
    line = next((line for line in status_lines(edition) if line.id == mention.id), None)
    if line is None:
        return None
    return Told(
        title=line.label,
        about=f"status {mention.id}, {line.kind}",
        sentences=(line.meaning,),
        facts=(
            *listed("Asks", filter(None, (line.asks,))),
            *_in_status(editing, mention),
            *listed("Bounds", line.bounds),
            *facts("Must go on holding", line.holds),
            *listed("Reasons", line.reasons),
        ),
    )


def _in_status(editing: Editing, mention: Mention) -> Iterator[Fact]:
    assessment = editing.assessment
    if editing.is_rulebook:
        yield "Contacts", str(in_statuses(all_present(editing))[mention.id])
    elif mention.place == ("status",) and assessment is not None and assessment.status.id == mention.id:
        since = f"since {assessment.why_here.since}, {days(assessment.why_here.days)}"
        yield "Here", ", ".join(filter(None, (since, pending(assessment))))


def _transition(edition: Edition, id: str) -> Told | None:
    line = next((line for line in transition_lines(edition) if line.id == id), None)
    if line is None:
        return None
    return Told(
        title=f"{', '.join(end.label for end in line.sources)} → {line.target.label}",
        about=f"transition {id}",
        facts=(*facts("Requires", line.requires or ("nothing",)), *listed("Taken", line.takers)),
    )


def _stop_rule(editing: Editing, edition: Edition, id: str) -> Told | None:
    line = next((line for line in stop_rule_lines(edition) if line.id == id), None)
    if line is None:
        return None
    within = edition.rulebook.expand(edition.rulebook.stop_rules[id].within)
    counted = in_statuses(all_present(editing))
    return Told(
        title=line.because,
        about=f"stop rule {id}",
        facts=(
            *listed("In", (end.label for end in line.within)),
            *facts("When", line.when or ("always",)),
            ("From", line.after),
            *listed("Proposes", filter(None, (line.leads_to, line.reason))),
            ("Contacts", f"{sum(counted[status] for status in within)} there now"),
        ),
    )


def _reason(rulebook: RuleBook, mention: Mention) -> Told | None:
    status = rulebook.statuses.get(mention.scope or "")
    label = status.reasons.get(mention.id) if status else None
    if status is None or label is None:
        return None
    return Told(title=label, about=f"reason {mention.id} for {status.label}")

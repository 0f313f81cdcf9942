"""What a contact says, and how it is judged, as rows: a function for each table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from crmtool.assessment import Assessment
from crmtool.details import details_of
from crmtool.exporters.database.cells import Row, as_json, day, needed, number, text
from crmtool.progress.log import log
from crmtool.rulebook import RuleBook
from crmtool.situation import present

ENTRY = "entry"
"""What stands in the place of an outcome where a contact only came in."""
RowsOf: TypeAlias = Callable[[Assessment, RuleBook], Iterator[Row]]


def contact_row(assessment: Assessment, attention: int, notes: str) -> Row:
    """Give the row of the contact itself; `attention` is its rank, from 1."""
    contact = assessment.contact
    told = (text(contact.fields.get(key)) for key in ("organization", "role", "address", "source", "owner"))
    return (
        needed(contact.id),
        needed(contact.path),
        needed(contact.name),
        *told,
        number(contact.fields.get("value")),
        needed(assessment.status.id),
        day(assessment.why_here.since),
        assessment.verdict.value,
        int(assessment.overdue),
        day(assessment.decide_by),
        assessment.clarity,
        assessment.distance,
        int(assessment.prequalified),
        attention,
        day(contact.revisit),
        as_json(contact.fields.get("extra")),
        needed(notes),
    )


def _listed(key: str) -> RowsOf:
    def rows(assessment: Assessment, _rulebook: RuleBook) -> Iterator[Row]:
        entries = details_of(assessment.contact.fields).get(key)
        texts = [entry for entry in entries if isinstance(entry, str)] if isinstance(entries, list) else []
        return ((needed(assessment.contact.id), position, needed(entry)) for position, entry in enumerate(texts))

    return rows


def _answers(assessment: Assessment, _rulebook: RuleBook) -> Iterator[Row]:
    for criterion, answers in assessment.contact.criteria.items():
        for position, answer in enumerate(answers):
            yield (
                needed(assessment.contact.id),
                needed(criterion),
                position,
                day(answer.day),
                int(answer.met),
                text(answer.evidence),
                text(answer.attested_by),
                text(answer.by),
                day(answer.corrected),
            )


def _states(assessment: Assessment, rulebook: RuleBook) -> Iterator[Row]:
    here = present(assessment.contact, rulebook, assessment.day)
    for criterion in rulebook.criteria.values() if here else ():
        if here and criterion.is_asked(assessment.day):
            state = here.situation.state(criterion.id).value
            yield needed(assessment.contact.id), needed(criterion.id), state


def _decisions(assessment: Assessment, rulebook: RuleBook) -> Iterator[Row]:
    contact = assessment.contact
    logged = {found.decision.index: found for found in log([contact], rulebook, assessment.day)}
    for decision in contact.decisions:
        found = logged.get(decision.index)
        yield (
            needed(contact.id),
            decision.index,
            day(decision.day),
            text(found.source) if found else None,
            needed(decision.to),
            (found.outcome.value if found.outcome else ENTRY) if found else None,
            text(decision.reason),
            needed(decision.because),
            text(decision.by),
            text(decision.confirmed_by),
            number(decision.chance),
            day(decision.corrected),
        )


def _next_steps(assessment: Assessment, _rulebook: RuleBook) -> Iterator[Row]:
    step, own = assessment.next_step, assessment.contact.next_step
    if step is not None:
        owner = text(own.owner) if own else None
        due, proposed = day(step.due), int(step.proposed)
        yield needed(assessment.contact.id), needed(step.do), needed(step.clarifies), due, proposed, owner


def _blocks(assessment: Assessment, _rulebook: RuleBook) -> Iterator[Row]:
    blocked = assessment.contact.blocked
    if blocked is not None:
        yield needed(assessment.contact.id), needed(blocked.by), day(blocked.since), day(blocked.until)


def _stop_conditions(assessment: Assessment, _rulebook: RuleBook) -> Iterator[Row]:
    for position, stop_if in enumerate(assessment.contact.stop_if):
        yield needed(assessment.contact.id), position, needed(stop_if.when), day(stop_if.by)


def _stops(assessment: Assessment, _rulebook: RuleBook) -> Iterator[Row]:
    due = [(stop.rule, stop.because, stop.since, 1, stop.propose) for stop in assessment.stop_due]
    coming = [(stop.rule, stop.because, stop.on, 0, None) for stop in assessment.stop_upcoming]
    for position, (rule, because, on, is_due, way) in enumerate((*due, *coming)):
        yield needed(assessment.contact.id), position, needed(rule), needed(because), day(on), is_due, text(way)


def _missing(assessment: Assessment, _rulebook: RuleBook) -> Iterator[Row]:
    for outlook in assessment.outlooks:
        for place, condition in enumerate(outlook.missing):
            told = (needed(assessment.contact.id), needed(outlook.transition), place)
            if not condition.criteria:
                yield *told, 0, needed(condition.text), None, None
            for position, state in enumerate(condition.criteria):
                yield *told, position, needed(condition.text), needed(state.id), state.state.value


OF_CONTACTS: Mapping[str, RowsOf] = {
    "emails": _listed("email"),
    "phones": _listed("phone"),
    "urls": _listed("url"),
    "tags": _listed("tags"),
    "answers": _answers,
    "criterion_states": _states,
    "decisions": _decisions,
    "next_steps": _next_steps,
    "blocks": _blocks,
    "stop_conditions": _stop_conditions,
    "stops": _stops,
    "missing": _missing,
}
"""The tables whose rows belong to a contact."""

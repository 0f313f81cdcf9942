"""The four questions about a contact, answered in plain lines."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.assessment import Assessment, Outlook, Verdict
from crmtool.replay import missing_conditions
from crmtool.report.edition import Edition
from crmtool.report.proposals import proposed_step
from crmtool.report.sentences import bare
from crmtool.rulebook import Kind

Line = tuple[str, str]


def why_lines(edition: Edition, assessment: Assessment) -> Iterator[Line]:
    """Give rows of a lead and a text: a question's first row has its lead, the others continue it."""
    yield from _led("Why here", _why_here(edition, assessment))
    yield from _led("What is missing", _missing(edition, assessment))
    yield from _led("Next step", _next_step(edition, assessment))
    yield from _led("Waits for", _waits(assessment))
    yield from _led("When to stop", _stop(assessment))
    yield "Figures", _figures(edition, assessment)


def _led(lead: str, lines: Iterator[str]) -> Iterator[Line]:
    for line in lines:
        yield lead, line
        lead = ""


def _why_here(edition: Edition, assessment: Assessment) -> Iterator[str]:
    here = assessment.why_here
    way = f"'{here.transition}'" if here.transition else "a decision that the rules do not know"
    reason = f" ({edition.reason(here.decision.to, here.decision.reason)})" if here.decision.reason else ""
    yield f"{here.since}, by {way}{reason}: {here.decision.because}"
    for carrier in here.criteria:
        evidence = f" – {carrier.evidence}" if carrier.evidence else ""
        yield f"{edition.criterion(carrier.id)}: {edition.state(carrier.state)} on {carrier.day}{evidence}"


def _missing(edition: Edition, assessment: Assessment) -> Iterator[str]:
    if not assessment.outlooks:
        on_hold = assessment.status.kind is Kind.HOLD
        yield f"Nothing: {'it is on hold' if on_hold else 'no way leads forward from here'}."
        yield from _ways_on(edition, assessment)
    for outlook in assessment.outlooks:
        target = edition.status(outlook.to)
        if outlook.ready:
            yield f"Nothing for '{target}': decide ({outlook.transition})."
        else:
            yield f"For '{target}' ({outlook.transition}):"
            yield from _conditions(edition, assessment, outlook)


def _ways_on(edition: Edition, assessment: Assessment) -> Iterator[str]:
    """Tell the ways that lead on from where none leads forward, such as back from hold."""
    situation = edition.situation(assessment)
    for way in edition.rulebook.leaving(assessment.status.id):
        lacks = [edition.told(assessment, missing.condition) for missing in missing_conditions(situation, way.requires)]
        told = f"lacks {'; '.join(lacks)}" if lacks else "can be taken"
        yield f"  - '{edition.status(way.target)}' ({way.id}): {told}"


def _waits(assessment: Assessment) -> Iterator[str]:
    contact = assessment.contact
    if assessment.is_blocked and contact.blocked:
        until = f", until {contact.blocked.until}" if contact.blocked.until else ""
        yield f"{bare(contact.blocked.by)} (since {contact.blocked.since}{until})"
    if assessment.status.kind is Kind.HOLD:
        yield f"{contact.revisit}, to be looked at again" if contact.revisit else "no day is set to look at it again"


def _conditions(edition: Edition, assessment: Assessment, outlook: Outlook) -> Iterator[str]:
    for missing in outlook.missing:
        if len(missing.criteria) == 1:
            state = missing.criteria[0]
            text = edition.told(assessment, missing.condition)
            yield f"  - {text} [{edition.state(state.state)}]: {state.question}"
        else:
            yield f"  - {edition.told(assessment, missing.condition)}"


def _next_step(edition: Edition, assessment: Assessment) -> Iterator[str]:
    step, proposed = assessment.next_step, proposed_step(assessment)
    stops = assessment.verdict is Verdict.STOP
    if stops:
        yield "Decide whether to stop."
    if step is not None and not step.proposed:
        late = ", past due" if step.due and step.due < assessment.day else ""
        yield f"{step.do} (clarifies {edition.criterion(step.clarifies)}, due {step.due}{late})"
    elif proposed is not None:
        lead = "If it goes on, settle" if stops else "Settle"
        yield f"{lead}: {proposed.do} ({edition.criterion(proposed.clarifies)}; a proposal, no step is set)"
    elif not stops:
        yield _without_step(assessment)


def _without_step(assessment: Assessment) -> str:
    if not assessment.status.is_undecided:
        return "None: it is decided."
    if assessment.ready:
        return "Take the decision."
    if assessment.status.kind is Kind.HOLD:
        due = assessment.verdict is Verdict.DECIDE
        return (
            "Resume it, put it off again (crmtool revisit), or end it." if due else "None, until it is looked at again."
        )
    return "None is set, and none follows from the rules."


def _stop(assessment: Assessment) -> Iterator[str]:
    for due in assessment.stop_due:
        propose = f"; `{due.propose}` is proposed" if due.propose else ""
        yield f"Now: {due.because} ({due.rule}, since {due.since}{propose})"
    for coming in assessment.stop_upcoming:
        yield f"From {coming.on}: {coming.because} ({coming.rule})"
    if not assessment.stop_due and not assessment.stop_upcoming:
        yield "Nothing says so, now or on a known day." if assessment.status.is_undecided else "It is decided."


def _figures(edition: Edition, assessment: Assessment) -> str:
    language = edition.language
    clarity = "none" if assessment.clarity is None else language.percent(assessment.clarity)
    distance = "none" if assessment.distance is None else f"{assessment.distance}"
    figures = f"clarity {clarity}, distance {distance}, {'' if assessment.prequalified else 'not '}prequalified"
    if assessment.decide_by is None:
        return figures
    return f"{figures}, to be decided by {assessment.decide_by}{' (overdue)' if assessment.overdue else ''}"

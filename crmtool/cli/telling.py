"""The four questions about a contact, answered in plain lines."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.assessment import Assessment, Outlook
from crmtool.report.edition import Edition

Line = tuple[str, str]


def why_lines(edition: Edition, assessment: Assessment) -> Iterator[Line]:
    """Give rows of a lead and a text: a question's first row has its lead, the others continue it."""
    yield from _led("Why here", _why_here(edition, assessment))
    yield from _led("What is missing", _missing(edition, assessment))
    yield from _led("Next step", _next_step(edition, assessment))
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
        yield "Nothing: no way leads forward from here."
    for outlook in assessment.outlooks:
        target = edition.status(outlook.to)
        if outlook.ready:
            yield f"Nothing for '{target}': decide ({outlook.transition})."
        else:
            yield f"For '{target}' ({outlook.transition}):"
            yield from _conditions(edition, assessment, outlook)


def _conditions(edition: Edition, assessment: Assessment, outlook: Outlook) -> Iterator[str]:
    for missing in outlook.missing:
        if len(missing.criteria) == 1:
            state = missing.criteria[0]
            text = edition.told(assessment, missing.condition)
            yield f"  - {text} [{edition.state(state.state)}]: {state.question}"
        else:
            yield f"  - {edition.told(assessment, missing.condition)}"


def _next_step(edition: Edition, assessment: Assessment) -> Iterator[str]:
    step = assessment.next_step
    if step is None:
        yield "Take the decision." if assessment.ready else "None is set, and none follows from the rules."
    elif step.proposed:
        yield f"Settle: {step.do} ({edition.criterion(step.clarifies)}; a proposal, no step is set)"
    else:
        late = ", past due" if step.due and step.due < assessment.day else ""
        yield f"{step.do} (clarifies {edition.criterion(step.clarifies)}, due {step.due}{late})"


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

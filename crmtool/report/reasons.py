"""The one reason for which a contact stands where it stands on the Focus page."""

from __future__ import annotations

from dataclasses import dataclass

from crmtool.assessment import Assessment, Outlook, Verdict
from crmtool.conditions import Not, NotMet, Open
from crmtool.replay import CriterionState, MissingCondition
from crmtool.report.edition import Edition
from crmtool.report.sentences import bare
from crmtool.rulebook import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a contact asks for attention, and what the calendar says about it; `late` marks time that has run out."""

    text: str
    when: str
    late: bool = False


def reason(edition: Edition, assessment: Assessment) -> Reason:
    """Give the one reason behind a verdict."""
    match assessment.verdict:
        case Verdict.STOP:
            return _stop(edition, assessment)
        case Verdict.DECIDE:
            return _decide(edition, assessment)
        case Verdict.PLAN:
            return _plan(edition, assessment)
        case Verdict.CLARIFY:
            return _clarify(edition, assessment)
        case Verdict.WAIT:
            return _wait(edition, assessment)
        case Verdict.DONE:
            return _done(edition, assessment)


def first_missing(edition: Edition, assessment: Assessment) -> str:
    """Name the first thing missing on the nearest way forward; empty where nothing is or no way leads forward."""
    nearest = _nearest(assessment)
    if nearest is None or nearest.ready:
        return ""
    condition = nearest.missing[0]
    if condition.criteria and not _is_negative(condition):
        return edition.criterion(condition.criteria[0].id)
    return edition.told(assessment, condition.condition)


def _is_negative(missing: MissingCondition) -> bool:
    """Whether the criterion's name alone would say the opposite of what is missing: a no to it."""
    return isinstance(missing.condition, Not | NotMet | Open)


def all_missing(edition: Edition, assessment: Assessment) -> str:
    """Tell everything missing on the nearest way forward; empty where nothing is or no way leads forward."""
    nearest = _nearest(assessment)
    return "; ".join(edition.told(assessment, missing.condition) for missing in nearest.missing) if nearest else ""


def ready_for(edition: Edition, assessment: Assessment) -> str:
    """Tell what a contact is ready for."""
    language = edition.language
    targets = language.enumerate(language.quote(edition.status(outlook.to)) for outlook in assessment.ready)
    return language("reason.ready", status=targets)


def _stop(edition: Edition, assessment: Assessment) -> Reason:
    language, (first, *others) = edition.language, assessment.stop_due
    text = bare(first.because) or first.rule
    if others:
        text = f"{text}, {language.count('reason.more', len(others))}"
    days = language.ago((edition.day - first.since).days)
    return Reason(text=text, when=language("when.since", days=days), late=True)


def _decide(edition: Edition, assessment: Assessment) -> Reason:
    language = edition.language
    when, late = _deadline(edition, assessment)
    if assessment.status.kind is Kind.HOLD and not assessment.ready:
        revisit = assessment.contact.revisit or edition.day
        key = "when.revisit" if revisit < edition.day else "when.revisit_today"
        when = language(key, day=language.short_day(revisit, edition.day))
        return Reason(text=language("reason.revisit"), when=when, late=revisit < edition.day)
    if assessment.ready:
        return Reason(text=ready_for(edition, assessment), when=when, late=late)
    missing = all_missing(edition, assessment)
    question = assessment.status.asks or language("reason.overdue_plain")
    text = language("reason.overdue", question=question, missing=missing) if missing else question
    return Reason(text=text, when=when, late=late)


def _plan(edition: Edition, assessment: Assessment) -> Reason:
    language, step, missing = edition.language, assessment.contact.next_step, assessment.missing
    when, late = language("when.no_step"), False
    if step is not None and step.due < edition.day:
        when, late = language("when.step_late", day=language.short_day(step.due, edition.day)), True
    elif step is not None and assessment.step_is_pointless:
        when = language("when.step_pointless")
    elif step is not None:
        when = language("when.step", day=language.short_day(step.due, edition.day))
    proposed = assessment.next_step
    wanted = next((s for s in missing if proposed and s.id == proposed.clarifies), missing[0] if missing else None)
    if wanted is not None:
        label = _named(edition, assessment, wanted)
        text = language("reason.missing", label=label, question=language.quote(bare(wanted.question)))
        return Reason(text=text, when=when, late=late)
    told = all_missing(edition, assessment)
    text = language("reason.missing_condition", text=told) if told else language("reason.nothing_leads_on")
    return Reason(text=text, when=when, late=late)


def _named(edition: Edition, assessment: Assessment, wanted: CriterionState) -> str:
    """Name a criterion that is missing; where a no to it is wanted, that no."""
    lacking = (missing for outlook in assessment.outlooks for missing in outlook.missing)
    no = next((each for each in lacking if each.criteria == (wanted,) and _is_negative(each)), None)
    return edition.told(assessment, no.condition) if no else edition.criterion(wanted.id)


def _clarify(edition: Edition, assessment: Assessment) -> Reason:
    step = assessment.contact.next_step
    if step is None:
        return Reason(text="", when="")
    day = edition.language.short_day(step.due, edition.day)
    return Reason(text=bare(step.do), when=edition.language("when.until", day=day))


def _wait(edition: Edition, assessment: Assessment) -> Reason:
    language, contact = edition.language, assessment.contact
    if assessment.status.kind is Kind.HOLD:
        text = language("reason.parked", because=bare(assessment.why_here.decision.because))
        until = contact.revisit
    else:
        text = language("reason.blocked", by=bare(contact.blocked.by)) if contact.blocked else ""
        until = contact.blocked.until if contact.blocked else None
    when = language("when.until", day=language.short_day(until, edition.day)) if until else language("when.open_end")
    return Reason(text=text, when=when)


def _done(edition: Edition, assessment: Assessment) -> Reason:
    decision = assessment.why_here.decision
    text = bare(decision.because)
    if decision.reason:
        text = f"{edition.reason(decision.to, decision.reason)}: {text}"
    return Reason(text=text, when=edition.language.short_day(decision.day, edition.day))


def _deadline(edition: Edition, assessment: Assessment) -> tuple[str, bool]:
    language, deadline = edition.language, assessment.decide_by
    if deadline is None:
        return language("when.no_deadline"), False
    if assessment.overdue:
        return language("when.overdue", days=language.ago((edition.day - deadline).days)), True
    return language("when.decide_by", day=language.short_day(deadline, edition.day)), False


def _nearest(assessment: Assessment) -> Outlook | None:
    return min(assessment.outlooks, key=lambda outlook: len(outlook.missing), default=None)

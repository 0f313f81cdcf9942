"""The four questions about a contact, answered in words that a person would say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crmtool.assessment import Assessment, Outlook, SensibleStep, Verdict
from crmtool.replay import MissingCondition
from crmtool.report.edition import Edition
from crmtool.report.proposals import proposal, proposed_step
from crmtool.report.sentences import bare, sentence, tell_answer
from crmtool.rulebook import Kind
from crmtool.situation import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A few words, and what they list; `urgent` for what must not be missed."""

    text: str
    items: tuple[str, ...] = ()
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One of the four questions with its answer."""

    name: str
    question: str
    paragraphs: tuple[Paragraph, ...]


def four_answers(edition: Edition, assessment: Assessment) -> tuple[Answered, ...]:
    """Answer the four questions."""
    answers = (("why", _why), ("missing", _missing), ("step", _step), ("stop", _stop))
    return tuple(
        Answered(name=name, question=edition.language(name), paragraphs=tuple(answer(edition, assessment)))
        for name, answer in answers
    )


def _why(edition: Edition, assessment: Assessment) -> Iterator[Paragraph]:
    language, why = edition.language, assessment.why_here
    days, decision = language.count("days", why.days), why.decision
    text = language(
        "why.text",
        day=language.day(why.since),
        days=days,
        status=language.quote(assessment.status.label),
        because=sentence(decision.because),
    )
    if decision.reason:
        text += " " + language("why.reason", reason=edition.reason(decision.to, decision.reason))
    yield Paragraph(text=text)
    if why.criteria:
        carried = ", ".join(
            f"{edition.criterion(c.id)} ({edition.state(c.state)}, {language.short_day(c.day, edition.day)})"
            for c in why.criteria
        )
        yield Paragraph(text=language("why.carried", criteria=carried))


def _missing(edition: Edition, assessment: Assessment) -> Iterator[Paragraph]:
    language = edition.language
    if not assessment.status.is_undecided:
        yield Paragraph(text=language("missing.done"))
    elif not assessment.outlooks:
        on_hold = "missing.hold_due" if _is_due_again(assessment) else "missing.hold"
        yield Paragraph(text=language(on_hold if assessment.status.kind is Kind.HOLD else "missing.none"))
    else:
        # The nearest way first.
        for outlook in sorted(assessment.outlooks, key=lambda outlook: len(outlook.missing)):
            yield _way(edition, assessment, outlook)


def _way(edition: Edition, assessment: Assessment, outlook: Outlook) -> Paragraph:
    language, status = edition.language, edition.language.quote(edition.status(outlook.to))
    if outlook.ready:
        return Paragraph(text=language("missing.ready", status=status))
    text = language.count("missing.for", len(outlook.missing), status=status)
    return Paragraph(text=text, items=tuple(_lacking(edition, assessment, m) for m in outlook.missing))


def _lacking(edition: Edition, assessment: Assessment, missing: MissingCondition) -> str:
    """Tell a condition that does not hold; where one criterion settles it, with that criterion's question."""
    language, situation = edition.language, edition.situation(assessment)
    told = edition.told(assessment, missing.condition)
    if len(missing.criteria) != 1:
        return told
    (state,) = missing.criteria
    how = "" if state.state is State.OPEN else f" ({tell_answer(edition, situation.latest(state.id))})"
    if state.state in (State.EXPIRED, State.UNATTESTED):
        how = f" ({edition.state(state.state)})"
    return f"{told}{how} – {language.quote(bare(state.question))}"


def _step(edition: Edition, assessment: Assessment) -> Iterator[Paragraph]:
    language, step, proposed = edition.language, assessment.next_step, proposed_step(assessment)
    stops = assessment.verdict is Verdict.STOP
    if not assessment.status.is_undecided:
        yield Paragraph(text=language("step.done"))
        return
    yield from _blocked(edition, assessment)
    if stops:
        yield Paragraph(text=language("step.stop"))
    if assessment.ready:
        yield Paragraph(text=language("step.decide", question=_question(edition, assessment)))
    if step is not None and not step.proposed:
        yield _own_step(edition, assessment, step)
    elif proposed is not None and not assessment.ready:
        criterion, question = edition.criterion(proposed.clarifies), bare(proposed.do)
        key = "step.go_on" if stops else "step.proposed"
        yield Paragraph(text=language(key, criterion=language.quote(criterion), question=language.quote(question)))
    elif assessment.contact.revisit is not None and assessment.status.kind is Kind.HOLD:
        key = "step.revisit_due" if _is_due_again(assessment) else "step.revisit"
        yield Paragraph(text=language(key, day=language.day(assessment.contact.revisit)))
    elif not assessment.ready and not stops:
        yield Paragraph(text=language("step.none"))
    yield from _deadline(edition, assessment)


def _is_due_again(assessment: Assessment) -> bool:
    """Tell whether the day has come on which a contact on hold is to be looked at again."""
    revisit = assessment.contact.revisit
    return assessment.status.kind is Kind.HOLD and revisit is not None and revisit <= assessment.day


def _question(edition: Edition, assessment: Assessment) -> str:
    return assessment.status.asks or edition.language("question.decide")


def _own_step(edition: Edition, assessment: Assessment, step: SensibleStep) -> Paragraph:
    language, due, do = edition.language, step.due or edition.day, bare(step.do)
    owner = assessment.contact.next_step.owner if assessment.contact.next_step else None
    criterion = language.quote(edition.criterion(step.clarifies))
    if due < edition.day:
        days = language.ago((edition.day - due).days)
        return Paragraph(text=language("step.late", do=do, day=language.day(due), days=days), urgent=True)
    key = "step.own_by" if owner else "step.own"
    text = language(key, do=do, day=language.day(due), owner=owner, criterion=criterion)
    if assessment.step_is_pointless:
        text += " " + language("step.pointless")
    return Paragraph(text=text)


def _blocked(edition: Edition, assessment: Assessment) -> Iterator[Paragraph]:
    language, blocked = edition.language, assessment.contact.blocked
    if blocked is None or not assessment.is_blocked:
        return
    since = language.day(blocked.since)
    if blocked.until is None:
        yield Paragraph(text=language("step.blocked", since=since, by=sentence(blocked.by)))
    else:
        until = language.day(blocked.until)
        yield Paragraph(text=language("step.blocked_until", since=since, until=until, by=sentence(blocked.by)))


def _deadline(edition: Edition, assessment: Assessment) -> Iterator[Paragraph]:
    if assessment.decide_by is not None:
        key = "step.overdue" if assessment.overdue else "step.deadline"
        text = edition.language(key, day=edition.language.day(assessment.decide_by))
        yield Paragraph(text=text, urgent=assessment.overdue)


def _stop(edition: Edition, assessment: Assessment) -> Iterator[Paragraph]:
    language = edition.language
    if not assessment.status.is_undecided:
        yield Paragraph(text=language("stop.done"))
        return
    for due in assessment.stop_due:
        days = language.ago((edition.day - due.since).days)
        text = language("stop.due", because=bare(due.because) or due.rule, days=days)
        yield Paragraph(text=f"{text} {proposal(edition, due)}".rstrip(), urgent=True)
    for coming in assessment.stop_upcoming:
        days = language.ahead((coming.on - edition.day).days)
        because = sentence(coming.because or coming.rule)
        yield Paragraph(text=language("stop.upcoming", day=language.day(coming.on), days=days, because=because))
    if not assessment.stop_due and not assessment.stop_upcoming:
        yield Paragraph(text=language("stop.none"))

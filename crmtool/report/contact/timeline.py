"""What was decided about a contact and what was clarified between, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from crmtool.assessment import Assessment
from crmtool.contact import Answer, Contact, Decision
from crmtool.report.edition import Edition
from crmtool.report.marks import Mark, answer_mark
from crmtool.situation import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Clarified:
    """An answer as it was given."""

    mark: Mark
    label: str
    evidence: str
    corrected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day: either a decision (`title`, `because`, `details`) or what was clarified on it."""

    day: date
    day_text: str
    title: str = ""
    because: str = ""
    details: tuple[str, ...] = ()
    clarified: tuple[Clarified, ...] = ()


def timeline(edition: Edition, assessment: Assessment) -> tuple[Moment, ...]:
    """List decisions and answers up to the day; on one day what was clarified comes before what was decided."""
    contact = assessment.contact
    moments = [*_answers(edition, contact), *_decisions(edition, contact)]
    moments.sort(key=lambda moment: (moment.day, bool(moment.title)))
    return tuple(reversed(moments))


def _decisions(edition: Edition, contact: Contact) -> list[Moment]:
    moments, language, source = [], edition.language, None
    for decision in contact.decisions:
        if decision.day > edition.day:
            continue
        status = edition.status(decision.to)
        if source is None:
            title = language("moment.entered", status=language.quote(status))
        else:
            title = language("moment.moved", source=edition.status(source), status=status)
        moments.append(
            Moment(
                day=decision.day,
                day_text=language.day(decision.day),
                title=title,
                because=decision.because,
                details=decision_details(edition, decision),
            )
        )
        source = decision.to
    return moments


def decision_details(edition: Edition, decision: Decision, *, with_chance: bool = True) -> tuple[str, ...]:
    """List what a decision says beside its `because`: reason, who took it, the chance seen then, a correction."""
    language, details = edition.language, []
    if decision.reason:
        details.append(language("moment.reason", reason=edition.reason(decision.to, decision.reason)))
    if decision.by and decision.confirmed_by:
        details.append(language("moment.by_two", by=decision.by, confirmed=decision.confirmed_by))
    elif decision.by:
        details.append(language("moment.by", by=decision.by))
    if with_chance and decision.chance is not None:
        details.append(language("moment.chance", percent=language.percent(decision.chance)))
    if decision.corrected is not None:
        details.append(language("moment.corrected", day=language.day(decision.corrected)))
    return tuple(details)


def _answers(edition: Edition, contact: Contact) -> list[Moment]:
    given = sorted(
        (answer for answers in contact.criteria.values() for answer in answers if answer.day <= edition.day),
        key=lambda answer: answer.day,
    )
    return [
        Moment(
            day=day,
            day_text=edition.language.day(day),
            clarified=tuple(_clarified(edition, answer) for answer in answers),
        )
        for day, answers in groupby(given, key=lambda answer: answer.day)
    ]


def _clarified(edition: Edition, answer: Answer) -> Clarified:
    language, corrected = edition.language, answer.corrected
    rule = edition.rulebook.criteria.get(answer.criterion)
    return Clarified(
        mark=answer_mark(rule, State.MET if answer.met else State.NOT_MET, language),
        label=edition.criterion(answer.criterion),
        evidence=answer.evidence or "",
        corrected=language("moment.corrected", day=language.day(corrected)) if corrected else "",
    )

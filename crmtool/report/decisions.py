"""Decisions: those that are pending, with the day by which they are due, and those that were taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from crmtool.assessment import Assessment, Verdict
from crmtool.report.agenda import (
    Line,
    Section,
    Total,
    When,
    ahead,
    due,
    line,
    narrowed_sections,
    put_off,
    section,
    totals,
)
from crmtool.report.decision_log import Log, decision_log
from crmtool.report.edition import Edition
from crmtool.report.links import BLOCKED, CALENDAR, DECISIONS
from crmtool.report.narrowing import Narrowed
from crmtool.report.notices import Notice, notices
from crmtool.report.reasons import all_missing, ready_for
from crmtool.rulebook import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The page: what is to be decided now, what will be, what was; `undated` counts contacts put off for ever.

    `calendar` is the address of what falls due as a calendar; empty where the site has none.
    """

    title: str
    lead: str
    notices: tuple[Notice, ...]
    empty: str
    totals: tuple[Total, ...]
    now: tuple[Section, ...]
    coming: tuple[Section, ...]
    undated: str
    undated_href: str
    calendar: str
    log: Log


def decisions(edition: Edition) -> Decisions:
    """Build the page."""
    language, log = edition.language, decision_log(edition)
    now, coming = tuple(_now(edition)), tuple(_coming(edition))
    undated = sum(_is_put_off(assessment) and assessment.contact.revisit is None for assessment in edition.assessments)
    return Decisions(
        title=language("decisions_page.title"),
        lead=language("decisions_page.lead"),
        notices=notices(edition),
        empty="" if edition.assessments else language("pipeline.none"),
        totals=(*totals((*now, *coming)), Total(name="log", number=log.total, text=log.total_text)),
        now=now,
        coming=coming,
        undated=language.count("decisions_page.undated", undated) if undated else "",
        undated_href=edition.links.link(DECISIONS, BLOCKED),
        calendar=edition.links.file(DECISIONS, CALENDAR),
        log=log,
    )


def pending(edition: Edition) -> tuple[Assessment, ...]:
    """List the contacts that wait for a decision now.

    A contact to be stopped is among them only where its decision is overdue as well: else it is the stop page's.
    """
    overdue = (assessment for assessment in edition.by_verdict[Verdict.STOP] if assessment.overdue)
    return (*overdue, *edition.by_verdict[Verdict.DECIDE])


def narrowed(edition: Edition) -> tuple[Narrowed, ...]:
    """Give the lists of which the page shows the beginning."""
    lists = {**edition.once(_pending_lists), **{key: near for key, (near, _) in edition.once(_coming_lists).items()}}
    return narrowed_sections(edition, lists)


def _pending_lists(edition: Edition) -> Mapping[str, list[Assessment]]:
    waiting = sorted(pending(edition), key=_due_day)
    return {
        "decisions_page.ready": [a for a in waiting if a.ready],
        "decisions_page.overdue": [a for a in waiting if a.overdue and not a.ready],
        "decisions_page.revisit": [a for a in waiting if not a.overdue and not a.ready],
    }


def _coming_lists(edition: Edition) -> Mapping[str, tuple[list[Assessment], str]]:
    listed = {assessment.contact.id for assessment in pending(edition)}
    rest = [a for a in edition.assessments if a.contact.id not in listed and a.verdict is not Verdict.STOP]
    held = (a for a in rest if _is_put_off(a) and a.contact.revisit is not None)
    return {
        "decisions_page.upcoming": ahead(edition, (a for a in rest if a.decide_by is not None), _due_day),
        "decisions_page.revisits": ahead(edition, held, _due_day),
    }


def _now(edition: Edition) -> Iterator[Section]:
    line_of = (_ready, _decision, _put_off)
    for (key, found), told in zip(edition.once(_pending_lists).items(), line_of, strict=True):
        yield section(edition, DECISIONS, key, found, told)


def _coming(edition: Edition) -> Iterator[Section]:
    line_of = (_decision, _put_off)
    for (key, (near, later)), told in zip(edition.once(_coming_lists).items(), line_of, strict=True):
        yield section(edition, DECISIONS, key, near, told, later=later)


def _is_put_off(assessment: Assessment) -> bool:
    return assessment.status.kind is Kind.HOLD and assessment.verdict is not Verdict.STOP


def _due_day(assessment: Assessment) -> date:
    """Tell by when a decision is due: the end of its time, on hold the day of revisiting; far off where none is set."""
    return assessment.decide_by or (assessment.contact.revisit if _is_put_off(assessment) else None) or date.max


def _ready(edition: Edition, assessment: Assessment) -> Line:
    return _told(edition, assessment, ready_for(edition, assessment))


def _decision(edition: Edition, assessment: Assessment) -> Line:
    return _told(edition, assessment, _lacking(edition, assessment))


def _told(edition: Edition, assessment: Assessment, text: str) -> Line:
    question = assessment.status.asks or edition.language("question.decide")
    is_to_stop = assessment.verdict is Verdict.STOP
    return line(edition, DECISIONS, assessment, _when(edition, assessment), text=text, note=question, marked=is_to_stop)


def _when(edition: Edition, assessment: Assessment) -> When:
    day = _due_day(assessment)
    return due(edition, day) if day < date.max else When(day=None, text=edition.language("when.no_deadline"))


def _lacking(edition: Edition, assessment: Assessment) -> str:
    missing = all_missing(edition, assessment)
    if missing:
        return edition.language("reason.missing_condition", text=missing)
    return edition.language("reason.nothing_leads_on")


def _put_off(edition: Edition, assessment: Assessment) -> Line:
    return put_off(edition, DECISIONS, assessment, _when(edition, assessment))

"""Stop: where stopping is wiser than going on, since when, on what ground, and what falls due next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crmtool.assessment import Assessment, Verdict
from crmtool.report.agenda import (
    Line,
    Section,
    Total,
    When,
    Who,
    ahead,
    due,
    line,
    narrowed_sections,
    section,
    since,
    totals,
    who,
)
from crmtool.report.averting import averting
from crmtool.report.edition import Edition
from crmtool.report.links import STOP
from crmtool.report.narrowing import SHOWN, More, Narrowed, more
from crmtool.report.notices import Notice, notices
from crmtool.report.proposals import proposal
from crmtool.report.reasons import ready_for
from crmtool.report.sentences import bare, sentence
from crmtool.stopping import StopUpcoming

_UPCOMING = "stop_page.upcoming"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A reason to stop that is due, and since when."""

    because: str
    when: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A contact to stop: on what grounds, what is proposed, and what is still agreed that speaks against it."""

    who: Who
    status: str
    grounds: tuple[Ground, ...]
    proposals: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPage:
    """The page: what to stop today, and what falls due next."""

    title: str
    lead: str
    notices: tuple[Notice, ...]
    empty: str
    totals: tuple[Total, ...]
    candidates: tuple[Candidate, ...]
    more: More | None
    none_due: str
    upcoming: Section


def stop(edition: Edition) -> StopPage:
    """Build the page."""
    language, candidates, upcoming = edition.language, edition.by_verdict[Verdict.STOP], _upcoming(edition)
    now = Total(name="now", number=len(candidates), text=language("total.stop"))
    return StopPage(
        title=language("stop_page.title"),
        lead=language("stop_page.lead"),
        notices=notices(edition),
        empty="" if edition.assessments else language("pipeline.none"),
        totals=(now, *totals([upcoming])),
        candidates=tuple(_candidate(edition, assessment) for assessment in candidates[:SHOWN]),
        more=more(edition, STOP, len(candidates) - SHOWN, verdict=Verdict.STOP.value),
        none_due="" if candidates else language("empty.stop"),
        upcoming=upcoming,
    )


def _candidate(edition: Edition, assessment: Assessment) -> Candidate:
    age = edition.language.count("days_short", assessment.why_here.days)
    proposals = dict.fromkeys(told for ground in assessment.stop_due if (told := proposal(edition, ground)))
    return Candidate(
        who=who(edition, STOP, assessment.contact),
        status=f"{assessment.status.label}, {age}",
        grounds=tuple(
            Ground(because=bare(ground.because) or ground.rule, when=since(edition, ground.since))
            for ground in assessment.stop_due
        ),
        proposals=tuple(proposals),
        against=tuple(_against(edition, assessment)),
    )


def _against(edition: Edition, assessment: Assessment) -> Iterator[str]:
    """List what a person should weigh before ending it: the way is free, a step is agreed, or it was to wait."""
    language, contact = edition.language, assessment.contact
    if assessment.ready:
        yield sentence(ready_for(edition, assessment))
    step, blocked = contact.next_step, contact.blocked
    if step is not None and step.due >= edition.day and not assessment.step_is_pointless:
        day, criterion = language.short_day(step.due, edition.day), language.quote(edition.criterion(step.clarifies))
        yield language("stop_page.step", do=bare(step.do), day=day, criterion=criterion)
    if blocked is not None and assessment.is_blocked and blocked.until is not None:
        yield language("stop_page.blocked", by=bare(blocked.by), day=language.short_day(blocked.until, edition.day))


def narrowed(edition: Edition) -> tuple[Narrowed, ...]:
    """Give the lists of which the page shows the beginning."""
    near, _ = edition.once(_falling_due)
    return narrowed_sections(edition, {_UPCOMING: [assessment for assessment, _ in near]})


def _falling_due(edition: Edition) -> tuple[list[tuple[Assessment, StopUpcoming]], str]:
    """List what falls due of contacts that are not to be stopped already; each of a contact's rules by itself."""
    coming = (
        (assessment, falls_due)
        for assessment in edition.assessments
        if assessment.verdict is not Verdict.STOP
        for falls_due in assessment.stop_upcoming
    )
    return ahead(edition, coming, lambda found: found[1].on)


def _upcoming(edition: Edition) -> Section:
    near, later = edition.once(_falling_due)
    return section(edition, STOP, _UPCOMING, near, _coming, later=later)


def _coming(edition: Edition, found: tuple[Assessment, StopUpcoming]) -> Line:
    assessment, falls_due = found
    because = bare(falls_due.because) or falls_due.rule
    how = averting(edition, assessment, falls_due)
    return line(edition, STOP, assessment, due(edition, falls_due.on), text=because, note=how, marked=True)

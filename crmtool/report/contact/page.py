"""One contact: the four questions first, then criteria, decisions, notes."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from crmtool.assessment import Assessment
from crmtool.report.contact.answers import Answered, four_answers
from crmtool.report.contact.criteria import CriterionLine, criteria_lines
from crmtool.report.contact.facts import Fact, facts
from crmtool.report.contact.timeline import Moment, timeline
from crmtool.report.contact_links import follower
from crmtool.report.edition import Edition
from crmtool.report.erasures import DueNotice, due_notice
from crmtool.report.links import contact_page
from crmtool.report.marks import Mark, contact_mark
from crmtool.report.notes import notes_html
from crmtool.report.reasons import Reason, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The contact before or after in the order of attention."""

    href: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPage:
    """All that is known and decided about one contact.

    `warning` tells of errors in its file, empty where it has none; `erasure` is None where its data are not due for it.
    """

    title: str
    organization: str
    name: str
    role: str
    lead: str
    warning: str
    erasure: DueNotice | None
    mark: Mark
    reason: Reason
    measures: tuple[str, ...]
    answers: tuple[Answered, ...]
    criteria: tuple[CriterionLine, ...]
    facts: tuple[Fact, ...]
    timeline: tuple[Moment, ...]
    notes: Markup
    previous: Neighbour | None
    next: Neighbour | None


def contact_report(edition: Edition, rank: int, meant: set[str] | None = None) -> ContactPage:
    """Build the page of the contact that stands at a rank in the order of attention, from 0.

    The ids of the contacts that its notes link to are added to `meant`.
    """
    assessment, language = edition.assessments[rank], edition.language
    contact = assessment.contact
    return ContactPage(
        title=contact.title,
        organization=contact.text("organization"),
        name=contact.name,
        role=contact.text("role"),
        lead=language("contact.lead"),
        warning=language("contact.flawed") if contact.path in edition.flawed else "",
        erasure=due_notice(edition, assessment),
        mark=contact_mark(assessment, language),
        reason=reason(edition, assessment),
        measures=_measures(edition, assessment),
        answers=four_answers(edition, assessment),
        criteria=criteria_lines(edition, assessment),
        facts=facts(edition, assessment),
        timeline=timeline(edition, assessment),
        notes=notes_html(
            edition.bodies.get(contact.id, ""), follower(edition, contact, meant), edition.language("notes.plainly")
        ),
        previous=_neighbour(edition, contact.id, rank - 1),
        next=_neighbour(edition, contact.id, rank + 1),
    )


def _measures(edition: Edition, assessment: Assessment) -> tuple[str, ...]:
    language, measures = edition.language, [assessment.status.label]
    if not assessment.status.is_undecided:
        return tuple(measures)
    if assessment.distance:
        measures.append(language.count("contact.distance", assessment.distance))
    if assessment.clarity is not None:
        measures.append(language("contact.clarity", percent=language.percent(assessment.clarity)))
    return tuple(measures)


def _neighbour(edition: Edition, here: str, rank: int) -> Neighbour | None:
    if not 0 <= rank < len(edition.assessments):
        return None
    there = edition.assessments[rank].contact
    return Neighbour(href=edition.links.link(contact_page(here), contact_page(there.id)), title=there.title)

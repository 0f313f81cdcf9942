"""Draw what another rule book does to contacts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from crmtool.cli.judged import left_out
from crmtool.cli.session import Session
from crmtool.cli.terminal import Column, beside, cell, draw, grid
from crmtool.finding import Finding
from crmtool.formats import impact_json, judgement_words
from crmtool.formats.as_json import dumps
from crmtool.impact import Affected, RuleBookImpact
from crmtool.rules import criteria_missing

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

_COLUMNS = (Column(), Column(share=1, breaks=True))


def show(session: Session, impact: RuleBookImpact, form: str) -> None:
    """Print the contacts affected, as text or JSON; what stands in the way of a full answer is told beside it."""
    if notice := left_out(impact.unjudged):
        click.echo(notice, err=True)
    if form == "json":
        click.echo(dumps(impact_json.impact(impact)))
        return
    draw(session, *_drawings(impact))


def _drawings(impact: RuleBookImpact) -> Iterator[RenderableType]:
    yield cell(f"{impact.before} → {impact.after}, as of {impact.day}: {_summary(impact)}", "bold")
    if impact.flaws:
        yield cell("The rule book itself would have errors:", "red")
        yield grid(_COLUMNS, [(cell("  error", "red"), cell(_told(flaw))) for flaw in impact.flaws])
    for found in impact.affected:
        contact = found.effect.contact
        yield beside(cell(contact.title), "  ", cell(contact.id, "dim"))
        yield grid(_COLUMNS, [(cell(f"  {lead:8}", "dim"), text) for lead, text in _rows(found)])
    if _held_against_the_past(impact):
        since = f"`since: {impact.day}` at the transition"
        yield cell(f"Where the rule is newer than the decision, {since} leaves older decisions as they are.", "dim")


def _summary(impact: RuleBookImpact) -> str:
    judged = "are" if impact.differing > 1 else "is"
    differing = f"{impact.differing or 'none'} of {impact.contacts} contacts {judged} judged differently"
    return f"{differing}; {impact.failing or 'none'} would have errors"


def _held_against_the_past(impact: RuleBookImpact) -> bool:
    errors = (error for found in impact.affected for error in found.errors)
    return any(error.code == criteria_missing.RULE.code for error in errors)


def _rows(found: Affected) -> Iterator[tuple[str, Text]]:
    yield from ((lead, cell(text)) for lead, text in judgement_words.changes(found.effect))
    for error in found.errors:
        yield "error", cell(_told(error), "red")


def _told(finding: Finding) -> str:
    place = finding.location
    return f"{place.path}:{place.line}:{place.column}: {finding.message} [{finding.code}]"

"""The contact that a command is about: named on the line, or picked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from crmtool.app.changing import Target, open_target
from crmtool.assessment import Assessment, Verdict
from crmtool.cli import prompting
from crmtool.cli.prompting import Choice
from crmtool.cli.session import Session
from crmtool.cli.waiting import waiting
from crmtool.errors import CrmtoolError

if TYPE_CHECKING:
    from crmtool.report.edition import Edition

_MOST_OFFERED = 9
T = TypeVar("T")


def target(session: Session, wanted: str | None, *, fits: Callable[[Assessment], bool] | None = None) -> Target:
    """Find the contact that is meant, or have it picked: of those that `fit`, by default all that are undecided."""
    return picked(session, wanted, open_target, fits or _is_undecided)


def picked(
    session: Session,
    wanted: str | None,
    opened: Callable[[Path, str, Path, date], T],
    fits: Callable[[Assessment], bool] = lambda _: True,
) -> T:
    """Open the contact that is meant, or have it picked of those that `fit`; by a part of its name it may be any."""
    if wanted is not None:
        with waiting(session, "looking"):
            return opened(session.root(), wanted, session.start, session.today())
    if not prompting.can_ask():
        raise click.UsageError("CONTACT is missing: an id, a path, or a unique part of an id or a name")
    edition = _judged(session)
    found = [each for each in edition.assessments if fits(each)]
    shown = [_choice(edition, each) for each in found[:_MOST_OFFERED]]

    def read(typed: str) -> T:
        typed = typed.strip()
        number = int(typed) if typed.isdecimal() else 0
        meant = shown[number - 1].id if 1 <= number <= len(shown) else typed
        if not meant:
            raise click.UsageError("write a number, or a part of the id or name")
        try:
            return opened(session.root(), meant, session.start, session.today())
        except CrmtoolError as error:
            raise click.UsageError(str(error)) from None

    prompting.say(session, "Which contact?", "bold")
    prompting.show(session, [(str(i), each.id, each.label, each.about) for i, each in enumerate(shown, 1)])
    if len(edition.assessments) > len(shown):
        prompting.say(session, "  for any other write a part of its id or name", "dim")
    return prompting.ask("Number, or a part of the id or name" if shown else "A part of the id or name", read)


def _judged(session: Session) -> Edition:
    from crmtool.cli.judged import judged, view_of

    edition = judged(session, view_of(session))
    if not edition.assessments:
        raise CrmtoolError("there is no contact yet; `crmtool new` takes one in")
    return edition


def _is_undecided(assessment: Assessment) -> bool:
    return assessment.verdict is not Verdict.DONE


def _choice(edition: Edition, assessment: Assessment) -> Choice:
    from crmtool.report.marks import contact_mark

    mark = contact_mark(assessment, edition.language)
    return Choice(id=assessment.contact.id, label=f"{mark.sign} {mark.word}", about=assessment.contact.title)

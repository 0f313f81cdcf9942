"""crmtool next."""

from __future__ import annotations

import shlex
from typing import Any

import click

from crmtool.app.changing import Draft, Target, draft
from crmtool.app.meaning import criterion_labels, known_id
from crmtool.app.offers import criteria_to_clarify
from crmtool.cli import completing, prompting
from crmtool.cli.change.finish import finish
from crmtool.cli.change.options import coming_day, coming_option, contact_argument, text_option, writing_options
from crmtool.cli.change.picking import target
from crmtool.cli.prompting import Choice
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.cli.slips import WordyCommand
from crmtool.edit import intents
from crmtool.errors import RefusedError
from crmtool.text import visible

_IN_A_WEEK = "7d"
_PARTS = ("do", "clarifies", "due", "owner")


@click.command("next", cls=WordyCommand, sentence="--do", short_help="Set the next sensible step.")
@contact_argument
@text_option("--do", about="What is to be done.")
@click.option(
    "--clarifies", metavar="CRITERION", shell_complete=completing.missing_criteria, help="What it is to clarify."
)
@coming_option("--due", "By when")
@text_option("--owner", metavar="NAME", about="Who does it.", shell_complete=completing.owners)
@click.option("--clear", is_flag=True, help="Remove the next step.")
@writing_options
@common_options
@pass_session
def next_step(
    session: Session, /, contact: str | None, clear: bool, dry_run: bool, commit: bool, **options: Any
) -> None:
    """Set the next sensible step: one that clarifies something that is missing, and by when.

    It takes the place of the step that is there.

    \b
    Example:
      crmtool next nordlicht --do "Ask the CFO" --clarifies buyer --due 7d
      crmtool next nordlicht            proposes what to clarify first
    """
    if clear and any(options[part] is not None for part in _PARTS):
        raise click.UsageError("--clear removes the next step; leave out the others, or leave it out")
    due = coming_day(session, options["due"], "--due")
    subject = target(session, contact)
    if clear:
        made, told = _cleared(subject), "next step removed"
    else:
        subject.refuse_decided("there is no next step")
        criterion = _criterion(session, subject, options["clarifies"])
        question = subject.rulebook.criteria[criterion].question
        do = options["do"] or prompting.text("What is to be done?", "--do", default=question)
        due = due or prompting.coming_day(session, "By when (YYYY-MM-DD, or 7d, 2w)?", "--due", default=_IN_A_WEEK)
        made = draft(subject, intents.next_step(do, criterion, due, options["owner"]))
        told = f"next: {do} (clarifies {criterion}, due {due})"
    finish(session, made, told, dry_run=dry_run, wants_commit=commit)


def _cleared(subject: Target) -> Draft:
    if "next_step" not in subject.contact.fields:
        raise RefusedError(f"refused: {visible(subject.contact.id)} has no next step")
    return draft(subject, intents.drop("next_step"))


def _criterion(session: Session, subject: Target, wanted: str | None) -> str:
    if wanted is not None:
        return known_id("criterion", wanted, criterion_labels(subject.rulebook))
    missing = criteria_to_clarify(subject.contact, subject.rulebook, subject.today)
    if not missing:
        raise _nothing_missing(subject)
    return prompting.choose(
        session,
        "What is to be clarified?",
        [Choice(id=criterion.id, label=criterion.label, about=criterion.question) for criterion in missing],
        "--clarifies",
        default=missing[0].id,
    )


def _nothing_missing(subject: Target) -> RefusedError:
    advice = f"decide: crmtool decide {shlex.quote(visible(subject.contact.id))}"
    return RefusedError("refused: nothing is missing that a step could clarify", (advice,))

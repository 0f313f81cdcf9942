"""crmtool answer."""

from __future__ import annotations

from typing import Any

import click

from crmtool.app.changing import Target, draft
from crmtool.app.meaning import asked_criterion
from crmtool.app.offers import criteria_to_clarify
from crmtool.cli import completing, prompting
from crmtool.cli.change.finish import finish
from crmtool.cli.change.options import (
    THEY,
    WE,
    attested_option,
    contact_argument,
    date_option,
    text_option,
    writing_options,
)
from crmtool.cli.change.picking import target
from crmtool.cli.dates import as_of
from crmtool.cli.prompting import Choice
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.cli.slips import WordyCommand
from crmtool.edit import intents
from crmtool.edit.changes import value_at
from crmtool.errors import CrmtoolError
from crmtool.rulebook import Criterion
from crmtool.situation import present

_MET, _NOT_MET = "met", "not-met"
_ANSWERS = {_MET: True, "yes": True, "ja": True, _NOT_MET: False, "no": False, "nein": False}


class _Answer(click.Choice[str]):
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(str(value).replace("_", "-"), param, ctx)  # `not_met` is how files write it


@click.command(cls=WordyCommand, sentence="--evidence", short_help="Write down what was clarified.")
@contact_argument
@click.argument("criterion", required=False, shell_complete=completing.missing_criteria)
@click.argument("answer", type=_Answer(list(_ANSWERS), case_sensitive=False), required=False, metavar="[met|not-met]")
@text_option("--evidence", about="What the answer rests on: who said it, where it stands.")
@attested_option("Who stands for it: they themselves, or we alone.")
@text_option("--by", metavar="NAME", about="Who of us found it out.")
@date_option("The day of the answer")
@writing_options
@common_options
@pass_session
def answer(
    session: Session,
    /,
    contact: str | None,
    criterion: str | None,
    answer: str | None,
    dry_run: bool,
    commit: bool,
    **options: Any,
) -> None:
    """Write down what was clarified: a criterion is met, or it is not. A clear no is clarity, too.

    Earlier answers stay, the new one is added. What is left out is asked for at a terminal.

    \b
    Example:
      crmtool answer nordlicht buyer met --evidence "The CFO signs"
      crmtool answer nordlicht          asks for what is missing
    """
    day = as_of(session, options["on"], "--date")
    subject = target(session, contact)
    asked = _criterion(session, subject, criterion)
    met = _ANSWERS[answer or _yes_or_no(session, asked)]
    evidence = options["evidence"] or _evidence(asked)
    attested_by = options["attested_by"] or (_attested(session) if met and asked.needs_counterparty else None)
    given = intents.GivenAnswer(
        criterion=asked.id, met=met, day=day, evidence=evidence, attested_by=attested_by, by=options["by"]
    )
    _refuse_said_already(subject, given)
    made = draft(subject, intents.answer(subject.contact, given))
    if met and asked.needs_counterparty and attested_by != THEY:
        prompting.say(session, f"'{asked.id}' counts only when the counterparty attests it: --attested-by counterparty")
    later = [other.day for other in subject.contact.criteria.get(asked.id, ()) if other.day > day]
    if later:
        prompting.say(session, f"the answer of {max(later)} is later and goes on counting")
    finish(session, made, f"{asked.label}: {'yes' if met else 'no'} on {day}", dry_run=dry_run, wants_commit=commit)


def _refuse_said_already(subject: Target, given: intents.GivenAnswer) -> None:
    before = value_at(subject.contact.fields, ("criteria", given.criterion))
    if intents.answer_entry(given) in (before if isinstance(before, list) else [before]):
        raise CrmtoolError("nothing would change: it says so already")


def _criterion(session: Session, subject: Target, wanted: str | None) -> Criterion:
    if wanted is None:
        missing = criteria_to_clarify(subject.contact, subject.rulebook, subject.today)
        asked = (criterion for criterion in subject.rulebook.criteria.values() if criterion.is_asked(subject.today))
        offered = dict.fromkeys((*missing, *asked))
        choices = [_choice(subject, criterion) for criterion in offered]
        default = missing[0].id if missing else None
        wanted = prompting.choose(session, "What was clarified?", choices, "CRITERION", default=default)
    return asked_criterion(subject.rulebook, wanted, subject.today)


def _choice(subject: Target, criterion: Criterion) -> Choice:
    from crmtool.report.language import Language

    here = present(subject.contact, subject.rulebook, subject.today)
    state = Language("en")(f"state.{here.situation.state(criterion.id).value}") if here else ""
    return Choice(id=criterion.id, label=criterion.label, about=f"{criterion.question} [{state}]")


def _yes_or_no(session: Session, asked: Criterion) -> str:
    choices = (Choice(id=_MET, label="yes"), Choice(id=_NOT_MET, label="no"))
    return prompting.choose(session, asked.question, choices, "ANSWER")


def _evidence(asked: Criterion) -> str | None:
    question = "What does that rest on: who said it, where does it stand?"
    if asked.evidence_required and prompting.can_ask():
        return prompting.text(question, "--evidence")
    return prompting.optional_text(question)


def _attested(session: Session) -> str | None:
    if not prompting.can_ask():
        return None
    they = Choice(id=THEY, label="they said it themselves")
    we = Choice(id=WE, label="we believe it; it does not count yet")
    return prompting.choose(session, "Who stands for it?", (they, we), "--attested-by")

"""crmtool answer."""

from __future__ import annotations

import click

from crmtool.app.changing import Target, draft
from crmtool.app.offers import criteria_to_clarify
from crmtool.cli import completing, prompting
from crmtool.cli.change.finish import finish
from crmtool.cli.change.options import (
    contact_argument,
    date_option,
    past_day,
    refuse_empty,
    target,
    writing_options,
)
from crmtool.cli.prompting import Choice
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.edit import intents
from crmtool.errors import CrmtoolError, RefusedError
from crmtool.report.language import Language
from crmtool.rulebook import Criterion
from crmtool.shapes import did_you_mean
from crmtool.situation import present
from crmtool.text import visible

_MET, _NOT_MET = "met", "not-met"
_WHO = ("counterparty", "us")


@click.command(short_help="Write down what was clarified.")
@contact_argument
@click.argument("criterion", required=False, shell_complete=completing.missing_criteria)
@click.argument("answer", type=click.Choice([_MET, _NOT_MET]), required=False, metavar="[met|not-met]")
@click.option("--evidence", metavar="TEXT", help="What the answer rests on: who said it, where it stands.")
@click.option("--attested-by", type=click.Choice(_WHO), help="Who stands for it: the counterparty, or we alone.")
@click.option("--by", metavar="NAME", help="Who of us found it out.")
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
    evidence: str | None,
    attested_by: str | None,
    by: str | None,
    on: str | None,
    dry_run: bool,
    commit: bool,
) -> None:
    """Write down what was clarified: a criterion is met, or it is not. A clear no is clarity, too.

    Earlier answers stay, the new one is added. What is left out is asked for at a terminal.

    \b
    Example:
      crmtool answer nordlicht buyer met --evidence "The CFO signs"
      crmtool answer nordlicht          asks for what is missing
    """
    refuse_empty(evidence=evidence, by=by)
    day = past_day(session, on)
    subject = target(session, contact)
    asked = _criterion(session, subject, criterion)
    asks_for_more = answer is None or evidence is None
    met = (answer or _yes_or_no(session, asked)) == _MET
    if asks_for_more and evidence is None:
        evidence = _evidence(asked)
    if met and attested_by is None and asked.needs_counterparty:
        attested_by = _attested(session)
    given = intents.GivenAnswer(criterion=asked.id, met=met, day=day, evidence=evidence, attested_by=attested_by, by=by)
    made = draft(subject, intents.answer(subject.contact, given))
    if met and asked.needs_counterparty and attested_by != _WHO[0]:
        prompting.say(session, f"'{asked.id}' counts only when the counterparty attests it: --attested-by counterparty")
    finish(session, made, f"{asked.label}: {'yes' if met else 'no'} on {day}", dry_run=dry_run, wants_commit=commit)


def _criterion(session: Session, subject: Target, wanted: str | None) -> Criterion:
    criteria = subject.rulebook.criteria
    asked = {id: criterion for id, criterion in criteria.items() if criterion.is_asked(subject.today)}
    if wanted is None:
        missing = criteria_to_clarify(subject.contact, subject.rulebook, subject.today)
        offered = dict.fromkeys((*(criterion.id for criterion in missing), *asked))
        choices = [_choice(subject, asked[id]) for id in offered if id in asked]
        default = missing[0].id if missing else None
        wanted = prompting.choose(session, "What was clarified?", choices, "CRITERION", default=default)
    if wanted in asked:
        return asked[wanted]
    if wanted in criteria:
        retired = criteria[wanted].retired
        raise RefusedError(f"refused: the criterion '{wanted}' is retired since {retired}: it is asked no more")
    raise CrmtoolError(f"the rule book has no criterion {visible(wanted)!r}; {did_you_mean(wanted, asked)}")


def _choice(subject: Target, criterion: Criterion) -> Choice:
    here = present(subject.contact, subject.rulebook, subject.today)
    state = Language("en")(f"state.{here.situation.state(criterion.id).value}") if here else ""
    return Choice(id=criterion.id, label=state, about=criterion.question)


def _yes_or_no(session: Session, asked: Criterion) -> str:
    choices = (Choice(id=_MET, label="yes"), Choice(id=_NOT_MET, label="no"))
    return prompting.choose(session, asked.question, choices, "ANSWER")


def _evidence(asked: Criterion) -> str | None:
    question = "What does that rest on: who said it, where does it stand?"
    if asked.evidence_required:
        return prompting.text(question, "--evidence")
    return prompting.optional_text(question)


def _attested(session: Session) -> str | None:
    if not prompting.can_ask():
        return None
    about = ("they said it themselves", "we believe it; it does not count yet")
    choices = [Choice(id=who, label=label) for who, label in zip(_WHO, about, strict=True)]
    return prompting.choose(session, "Who stands for it?", choices, "--attested-by")

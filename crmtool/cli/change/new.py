"""crmtool new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import Any

import click

from crmtool.app.changing.entering import Entrance, NewContact, draft_contact, namesakes, open_entrance, path_for
from crmtool.app.changing.ways import entry_ways, named
from crmtool.app.meaning import asked_criterion
from crmtool.cli import completing, prompting
from crmtool.cli.change.deciding import asked_persons, asked_reason
from crmtool.cli.change.finish import finish, tell_limit
from crmtool.cli.change.options import (
    attested_option,
    chance_option,
    coming_day,
    coming_option,
    date_option,
    person_options,
    text_option,
    writing_options,
)
from crmtool.cli.dates import as_of
from crmtool.cli.prompting import Choice
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.cli.slips import WordyCommand
from crmtool.cli.text_type import SENTENCE, VALUE
from crmtool.cli.waiting import waiting
from crmtool.edit.intents import GivenAnswer, GivenDecision
from crmtool.errors import CrmtoolError
from crmtool.rulebook import RuleBook, Transition
from crmtool.shapes import did_you_mean
from crmtool.text import visible
from crmtool.yaml_reader import Value

_TEXTS = ("organization", "role", "email", "phone", "url", "address", "source", "owner")
_ANSWER = "CRITERION=EVIDENCE"


@click.command(cls=WordyCommand, short_help="Take a new contact in.")
@click.argument("name", required=False, type=SENTENCE)
@text_option("--organization", about="Where they work; its folder is used.")
@text_option("--role", about="What they do there.")
@text_option("--email", metavar="ADDRESS", about="E-mail address.")
@text_option("--phone", metavar="NUMBER", about="Telephone number.")
@text_option("--url", metavar="URL", about="Web page.")
@text_option("--address", about="Postal address.")
@text_option("--source", about="Where the contact comes from.")
@text_option("--owner", metavar="NAME", about="Who of us decides.", shell_complete=completing.owners)
@text_option("--tag", "tags", about="A tag; may be repeated.", multiple=True, shell_complete=completing.tags)
@click.option("--value", type=VALUE, help="What it may be worth, in the rule book's currency.")
@text_option("--id", metavar="ID", about="Folder and name of the file (default: made of organization and name).")
@text_option("--because", about="Why it is worth a look, in a sentence.")
@click.option(
    "--to", metavar="STATUS", help="The status to enter, where there are several.", shell_complete=completing.statuses
)
@text_option(
    "--reason", metavar="ID", about="One of the status's reasons, where it has some.", shell_complete=completing.reasons
)
@person_options
@chance_option
@text_option("--met", metavar=_ANSWER, about="What is clear already; may be repeated.", multiple=True)
@text_option("--not-met", metavar=_ANSWER, about="What is clearly not so; may be repeated.", multiple=True)
@attested_option("Who stands for what is met.")
@coming_option("--revisit", "When a contact on hold is looked at again")
@date_option("The day on which it enters")
@writing_options
@common_options
@pass_session
def new(session: Session, /, name: str | None, on: str | None, dry_run: bool, commit: bool, **options: Any) -> None:
    """Take a new contact in: write its file, with why it is worth a look.

    \b
    Example:
      crmtool new "Jana Köhler" --organization "Nordlicht Logistik GmbH" --because "Recommended"
      crmtool new                       asks for what is needed
    """
    day = as_of(session, on, "--date")
    with waiting(session, "looking"):
        entrance = open_entrance(session.root(), session.today())
    texts = {key: options[key] for key in _TEXTS}
    if name is None:
        name = prompting.text("Who is it (name)?", "NAME")
        texts["organization"] = texts["organization"] or prompting.optional_text("Of which organization?")
    path = path_for(entrance, name, texts["organization"], options["id"])
    way = _way(session, entrance.rulebook, options["to"])
    entering = NewContact(
        path=path,
        name=name,
        fields=_fields(texts, options["tags"], options["value"]),
        revisit=coming_day(session, options["revisit"], "--revisit"),
        answers=_answers(entrance, options, day),
        decision=_decision(session, entrance.rulebook, way, day, options),
    )
    made = draft_contact(entrance, entering)
    for id in namesakes(entrance, entering):
        prompting.say(session, f"there is a contact of that name already: {id}")
    tell_limit(session, made, entrance.content)
    label = entrance.rulebook.statuses[way.target].label
    finish(session, made, f"{name} enters as '{label}': {made.path}", dry_run=dry_run, wants_commit=commit)


def _way(session: Session, rulebook: RuleBook, wanted: str | None) -> Transition:
    ways = entry_ways(rulebook)
    if wanted is None:
        if len(ways) == 1:
            return ways[0]
        choices = [Choice(id=way.target, label=rulebook.statuses[way.target].label) for way in ways]
        wanted = prompting.choose(session, "Into which status?", choices, "--to")
    found = named(rulebook, ways, wanted)
    if found is None:
        known = did_you_mean(wanted, [way.target for way in ways])
        raise CrmtoolError(f"no contact enters as {visible(wanted)!r}; {known}")
    return found


def _fields(texts: Mapping[str, str | None], tags: tuple[str, ...], value: float | None) -> dict[str, Value]:
    fields: dict[str, Value] = {key: text for key, text in texts.items() if text}
    if tags:
        fields["tags"] = list(tags)
    if value is not None:
        fields["value"] = int(value) if value == int(value) else value
    return fields


def _answers(entrance: Entrance, options: Mapping[str, Any], day: date) -> tuple[GivenAnswer, ...]:
    answers: dict[str, GivenAnswer] = {}
    for met, text in (*product((True,), options["met"]), *product((False,), options["not_met"])):
        wanted, _, evidence = text.partition("=")
        id = asked_criterion(entrance.rulebook, wanted.strip(), entrance.today).id
        if id in answers:
            raise click.UsageError(f"'{id}' is answered twice; a contact enters with one answer to each")
        attested_by = options["attested_by"] if met else None
        answers[id] = GivenAnswer(criterion=id, met=met, day=day, evidence=evidence.strip(), attested_by=attested_by)
    return tuple(answers.values())


def _decision(
    session: Session, rulebook: RuleBook, way: Transition, day: date, options: Mapping[str, Any]
) -> GivenDecision:
    reason = asked_reason(session, rulebook.statuses[way.target], options["reason"])
    because = options["because"] or prompting.text("Why is it worth a look, in a sentence?", "--because")
    by, confirmed_by = asked_persons(session, way, options["by"], options["confirmed_by"])
    return GivenDecision(
        to=way.target,
        day=day,
        because=because,
        reason=reason,
        by=by,
        confirmed_by=confirmed_by,
        chance=options["chance"],
    )

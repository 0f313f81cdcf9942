"""crmtool new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import click

from crmtool.app.changing.entering import Entrance, NewContact, draft_contact, namesakes, open_entrance
from crmtool.app.changing.ways import entry_ways, named
from crmtool.cli import completing, prompting
from crmtool.cli.change.finish import finish, tell_limit
from crmtool.cli.change.options import date_option, past_day, refuse_empty, writing_options
from crmtool.cli.prompting import Choice
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.cli.waiting import waiting
from crmtool.edit.intents import GivenDecision
from crmtool.errors import CrmtoolError
from crmtool.rulebook import RuleBook, Transition
from crmtool.shapes import did_you_mean
from crmtool.text import visible
from crmtool.yaml_reader import Value

_TEXTS = ("organization", "role", "email", "phone", "url", "address", "source", "owner")


@click.command(short_help="Take a new contact in.")
@click.argument("name", required=False)
@click.option("--organization", metavar="TEXT", help="Where they work; its folder is used.")
@click.option("--role", metavar="TEXT", help="What they do there.")
@click.option("--email", metavar="ADDRESS", help="E-mail address.")
@click.option("--phone", metavar="NUMBER", help="Telephone number.")
@click.option("--url", metavar="URL", help="Web page.")
@click.option("--address", metavar="TEXT", help="Postal address.")
@click.option("--source", metavar="TEXT", help="Where the contact comes from.")
@click.option("--owner", metavar="NAME", shell_complete=completing.owners, help="Who of us decides.")
@click.option("--tag", "tags", multiple=True, shell_complete=completing.tags, help="A tag; may be repeated.")
@click.option("--value", type=click.FloatRange(min=0), help="What it may be worth, in the rule book's currency.")
@click.option("--id", "id", metavar="ID", help="Folder and name of the file (default: made of organization and name).")
@click.option("--because", metavar="TEXT", help="Why it is worth a look, in a sentence.")
@click.option("--to", metavar="STATUS", help="The status to enter, where there are several.")
@click.option("--reason", metavar="ID", help="One of the status's reasons, where it has some.")
@click.option("--by", metavar="NAME", help="Who decided.")
@click.option("--confirmed-by", metavar="NAME", help="Who else stands for it, where four eyes are asked for.")
@click.option("--chance", type=click.FloatRange(0, 1), help="How likely a win is in your eyes, from 0 to 1.")
@click.option("--met", multiple=True, metavar="CRITERION=EVIDENCE", help="What is clear already; may be repeated.")
@click.option("--not-met", multiple=True, metavar="CRITERION=EVIDENCE", help="What is clearly not so; may be repeated.")
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
    texts = {key: options[key] for key in _TEXTS}
    refuse_empty(name=name, because=options["because"], id=options["id"], **texts)
    day = past_day(session, on)
    with waiting(session, "looking"):
        entrance = open_entrance(session.root(), session.today())
    way = _way(session, entrance.rulebook, options["to"])
    if name is None:
        name = prompting.text("Who is it (name)?", "NAME")
        texts["organization"] = texts["organization"] or prompting.optional_text("Of which organization?")
    entering = NewContact(
        name=name.strip(),
        fields=_fields(texts, options["tags"], options["value"]),
        criteria=_criteria(entrance.rulebook, options["met"], options["not_met"], day),
        decision=_decision(way, day, options),
        id=options["id"],
    )
    made = draft_contact(entrance, entering)
    _tell_namesakes(session, entrance, entering)
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
    fields: dict[str, Value] = {key: text.strip() for key, text in texts.items() if text}
    if tags:
        fields["tags"] = list(tags)
    if value is not None:
        fields["value"] = int(value) if value == int(value) else value
    return fields


def _criteria(
    rulebook: RuleBook, met: tuple[str, ...], not_met: tuple[str, ...], day: date
) -> dict[str, dict[str, Value]]:
    answers: dict[str, dict[str, Value]] = {}
    for key, given in (("met", met), ("not_met", not_met)):
        for text in given:
            id, _, evidence = text.partition("=")
            if id not in rulebook.criteria:
                hint = did_you_mean(id, rulebook.criteria)
                raise CrmtoolError(f"the rule book has no criterion {visible(id)!r}; {hint}")
            answers[id] = {key: day.isoformat(), **({"evidence": evidence} if evidence.strip() else {})}
    return answers


def _decision(way: Transition, day: date, options: Mapping[str, Any]) -> GivenDecision:
    because = options["because"] or prompting.text("Why is it worth a look, in a sentence?", "--because")
    return GivenDecision(
        to=way.target,
        day=day,
        because=because,
        reason=options["reason"],
        by=options["by"],
        confirmed_by=options["confirmed_by"],
        chance=options["chance"],
    )


def _tell_namesakes(session: Session, entrance: Entrance, entering: NewContact) -> None:
    for id in namesakes(entrance, entering):
        prompting.say(session, f"there is a contact of that name already: {id}")

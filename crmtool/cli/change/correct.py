"""crmtool correct."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import click

from crmtool.app.changing import Target, draft
from crmtool.cli import completing, prompting
from crmtool.cli.change.finish import finish
from crmtool.cli.change.options import contact_argument, refuse_empty, target, writing_options
from crmtool.cli.prompting import Choice
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.days import meant_day, parse_day
from crmtool.edit import intents
from crmtool.errors import CrmtoolError
from crmtool.finding import Place
from crmtool.shapes import did_you_mean
from crmtool.text import one_line, visible
from crmtool.yaml_reader import Value

_DECISION = "decision"
_ANSWER_KEYS = ("met", "not_met", "evidence", "attested_by", "by")
_DECISION_KEYS = ("date", "to", "because", "reason", "by", "confirmed_by", "chance")
_DATES = ("met", "not_met", "date")


@click.command(short_help="Correct a past answer or decision openly.")
@contact_argument
@click.argument("entry", metavar="[CRITERION|decision][@DATE]", required=False, shell_complete=completing.criteria)
@click.option(
    "--set", "settings", multiple=True, metavar="KEY=VALUE", help="What is right; no VALUE removes it. May be repeated."
)
@click.option("--because", metavar="TEXT", help="Why it was wrong, in a sentence.")
@writing_options
@common_options
@pass_session
def correct(
    session: Session,
    /,
    contact: str | None,
    entry: str | None,
    settings: tuple[str, ...],
    because: str | None,
    dry_run: bool,
    commit: bool,
) -> None:
    """Correct a past answer or decision openly: its values change, and why stands beside them.

    This is for what was wrong from the start. What is news is a new answer: `crmtool answer`.
    ENTRY is a criterion (its latest answer), or `decision` (the latest); @DATE names an older one.

    \b
    Example:
      crmtool correct nordlicht fit --set evidence="80 people" --because "Counted twice"
      crmtool correct nordlicht decision@2026-11-05 --set date=2026-11-04 --because "Misdated"
    """
    refuse_empty(because=because)
    subject = target(session, contact)
    entries = _by_name(subject)
    name, place = _place(session, entries, entry)
    values = dict(_setting(place, text) for text in settings) or _asked(session, subject, place)
    because = because or prompting.text("Why was it wrong?", "--because")
    changes = intents.correct(subject.contact, place, values, because, session.today())
    made = draft(subject, changes)
    if made.data == subject.data:
        raise CrmtoolError("nothing would change: it says so already")
    told = ", ".join(f"{key} {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    finish(session, made, f"corrected {name}: {told}", dry_run=dry_run, wants_commit=commit)


def _entries(subject: Target) -> Iterator[tuple[str, tuple[Place, str]]]:
    """List what can be corrected, the latest first: a name such as fit@2026-11-03, its place, what it says."""
    contact = subject.contact
    for decision in reversed(contact.decisions):
        yield f"{_DECISION}@{decision.day}", (decision.place, f"{decision.to}: {decision.because}")
    for criterion, answers in contact.criteria.items():
        for answer in reversed(answers):
            said = f"{'met' if answer.met else 'not met'}{': ' if answer.evidence else ''}{answer.evidence or ''}"
            yield f"{criterion}@{answer.day}", (answer.place, said)


def _by_name(subject: Target) -> dict[str, tuple[Place, str]]:
    """Give the entries by name; of several of one day the older ones get a number."""
    entries: dict[str, tuple[Place, str]] = {}
    for name, entry in _entries(subject):
        same = sum(name == known.partition("#")[0] for known in entries)
        entries[f"{name}#{same + 1}" if same else name] = entry
    return entries


def _place(session: Session, entries: Mapping[str, tuple[Place, str]], wanted: str | None) -> tuple[str, Place]:
    if wanted is None:
        choices = [Choice(id=name, about=one_line(said)) for name, (_, said) in entries.items()]
        wanted = prompting.choose(session, "What was wrong?", choices, "ENTRY")
    for name, (place, _) in entries.items():
        if wanted in (name, name.rpartition("@")[0]):
            return name, place
    hint = did_you_mean(wanted, dict.fromkeys(name.partition("@")[0] for name in entries))
    raise CrmtoolError(f"there is no answer and no decision {visible(wanted)!r}; {hint}")


def _keys(place: Place) -> tuple[str, ...]:
    return _DECISION_KEYS if place[0] == "decisions" else _ANSWER_KEYS


def _setting(place: Place, text: str) -> tuple[str, Value]:
    key, equals, value = text.partition("=")
    key = key.strip().replace("-", "_")
    if not equals:
        raise click.UsageError(f"--set {visible(text)!r} has no '='; write KEY=VALUE, or KEY= to remove it")
    if key not in _keys(place):
        raise click.UsageError(f"--set: an entry has no {visible(key)!r}; {did_you_mean(key, _keys(place))}")
    return key, _value(key, value)


def _value(key: str, text: str) -> Value:
    """Read a value as its key asks for: the schema and the rules look at what it says."""
    if not text.strip():
        return None
    if key in _DATES and parse_day(text.strip()) is None:
        meant = meant_day(text)
        hint = f"write {meant}" if meant else "write YYYY-MM-DD"
        raise click.UsageError(f"{key} {visible(text)!r} is no date; {hint}")
    if key == "chance":
        try:
            return float(text)
        except ValueError:
            raise click.UsageError(f"chance {visible(text)!r} is no number; write one from 0 to 1") from None
    return text.strip()


def _asked(session: Session, subject: Target, place: Place) -> dict[str, Value]:
    entry: Any = subject.contact.fields
    for step in place:
        entry = entry[step]
    choices = [Choice(id=key, about=one_line(str(entry.get(key, "–")))) for key in _keys(place)]
    key = prompting.choose(session, "Which part of it?", choices, "--set KEY=VALUE")
    value = prompting.ask("What is right (Enter removes it)", str, default="", show_default=False)
    return {key: _value(key, value)}

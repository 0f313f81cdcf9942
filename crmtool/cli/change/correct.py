"""crmtool correct."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import click

from crmtool.app.changing import Target, draft
from crmtool.app.meaning import find_id, status_labels
from crmtool.cli import completing, prompting
from crmtool.cli.change.finish import finish
from crmtool.cli.change.options import ATTESTANTS, contact_argument, text_option, writing_options
from crmtool.cli.change.picking import target
from crmtool.cli.dates import read_past
from crmtool.cli.prompting import Choice
from crmtool.cli.session import Session, common_options, pass_session
from crmtool.cli.slips import WordyCommand
from crmtool.cli.text_type import CHANCE, SENTENCE
from crmtool.edit import intents
from crmtool.edit.changes import value_at
from crmtool.edit.logs import Entry, find_entry, named_entries
from crmtool.errors import CrmtoolError
from crmtool.shapes import did_you_mean
from crmtool.text import one_line, visible
from crmtool.yaml_reader import Value

_ANSWERS = ("met", "not_met")
_DATES = (*_ANSWERS, "date")
_LASTING = (*_DATES, "to", "because")


@click.command(cls=WordyCommand, sentence="--because", short_help="Correct a past answer or decision openly.")
@contact_argument
@click.argument("entry", metavar="[CRITERION|decision][@DATE]", required=False, shell_complete=completing.entries)
@text_option(
    "--set",
    "settings",
    metavar="KEY=VALUE",
    about="What is right; no VALUE removes it. May be repeated.",
    multiple=True,
)
@text_option("--because", about="Why it was wrong, in a sentence.")
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
    subject = target(session, contact, fits=lambda _: True)
    found = _entry(session, subject, entry)
    before = _values(subject, found)
    said = dict(_setting(subject, found, text) for text in settings) or _asked(session, subject, found)
    _refuse_no_answer(said, before)
    values = {key: value for key, value in said.items() if before.get(key) != value}
    if not values:
        raise CrmtoolError("nothing would change: it says so already")
    because = because or prompting.text("Why was it wrong?", "--because")
    correction = {"date": session.today().isoformat(), "because": because}
    if before.get("corrected") == correction:
        raise CrmtoolError("it was corrected today with the same words; say --because what is corrected this time")
    made = draft(subject, intents.correct(subject.contact, found.place, values, correction), correcting=True)
    told = ", ".join(_told(key, value) for key, value in values.items())
    finish(session, made, f"corrected {found.name}: {told}", dry_run=dry_run, wants_commit=commit)


def _refuse_no_answer(said: Mapping[str, Value], before: Mapping[str, Value]) -> None:
    """Refuse what leaves an answer without a yes or a no, or with both."""
    now = [said.get(key, before.get(key)) for key in _ANSWERS]
    both = all(said.get(key) for key in _ANSWERS)
    if both or (any(key in before for key in _ANSWERS) and not any(now)):
        raise click.UsageError("an answer is either met or not_met; write one of them, and the other goes")


def _told(key: str, value: Value) -> str:
    return f"{key} removed" if value is None else f"{key} {json.dumps(value, ensure_ascii=False)}"


def _entry(session: Session, subject: Target, wanted: str | None) -> Entry:
    entries = named_entries(subject.contact)
    if wanted is None:
        choices = [Choice(id=entry.name, about=one_line(entry.said)) for entry in entries]
        wanted = prompting.choose(session, "What was wrong?", choices, "ENTRY")
    found = find_entry(entries, wanted)
    if found is None:
        logs = () if "@" in wanted else dict.fromkeys(entry.name.partition("@")[0] for entry in entries)
        hint = did_you_mean(wanted, logs, f"write one of: {_listed(entries)}")
        raise CrmtoolError(f"there is no answer and no decision {visible(wanted)!r}; {hint}")
    return found


def _listed(entries: Iterable[Entry]) -> str:
    return visible(", ".join(entry.name for entry in entries))


def _values(subject: Target, entry: Entry) -> Mapping[str, Value]:
    values = value_at(subject.contact.fields, entry.place)
    return values if isinstance(values, dict) else {}


def _setting(subject: Target, entry: Entry, text: str) -> tuple[str, Value]:
    key, equals, value = text.partition("=")
    key = key.strip().replace("-", "_")
    if not equals:
        raise click.UsageError(f"--set {visible(text)!r} has no '='; write KEY=VALUE, or KEY= to remove it")
    keys = dict.fromkeys((*entry.keys, *_values(subject, entry)))
    if key not in keys or key == "corrected":
        raise click.UsageError(f"--set: an entry has no {visible(key)!r}; {did_you_mean(key, entry.keys)}")
    return key, _value(subject, key, value)


def _value(subject: Target, key: str, text: str) -> Value:
    """Read a value as its key asks for, None to remove it; the schema and the rules look at what it says."""
    text = text.strip()
    if not text and key in _LASTING and key not in _ANSWERS:
        raise click.UsageError(f"{key} cannot be removed; write what is right")
    if not text:
        return None
    if key in _DATES:
        return read_past(key, text, subject.today).isoformat()
    if key == "chance":
        return CHANCE.convert(text, click.Option(["--chance"]), None)
    if key == "to":
        return find_id(text, status_labels(subject.rulebook)) or text
    return SENTENCE.convert(text, None, None)


def _asked(session: Session, subject: Target, entry: Entry) -> dict[str, Value]:
    values = _values(subject, entry)
    choices = [Choice(id=key, about=one_line(str(values.get(key, "–")))) for key in entry.keys]
    key = prompting.choose(session, "Which part of it?", choices, "--set KEY=VALUE")
    offered = _offered(subject, entry, key)
    if offered:
        return {key: prompting.choose(session, "What is right?", offered, "--set KEY=VALUE")}
    question = "What is right?" if key in _LASTING else "What is right (Enter removes it)?"
    default = None if key in _LASTING else ""
    return {
        key: prompting.ask(question, lambda typed: _value(subject, key, typed), default=default, show_default=False)
    }


def _offered(subject: Target, entry: Entry, key: str) -> list[Choice]:
    statuses = subject.rulebook.statuses
    if key == "to":
        return [Choice(id=id, label=status.label) for id, status in statuses.items()]
    if key == "attested_by":
        return [Choice(id=who) for who in ATTESTANTS]
    status = statuses.get(str(_values(subject, entry).get("to")))
    return [Choice(id=id, label=label) for id, label in status.reasons.items()] if status and key == "reason" else []

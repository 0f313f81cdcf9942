"""What to type where the rules refuse a change: the commands that bring about what is missing."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from datetime import date

from crmtool.conditions import AtLeast, Has, Score
from crmtool.contact import Contact
from crmtool.finding import Finding
from crmtool.replay import DeciderFlaw, MissingCondition, replay, replay_step
from crmtool.rulebook import RuleBook
from crmtool.rules.hints import helpful_answers, listed
from crmtool.text import one_line

_REVISIT = "revisit"
_OPTIONS = frozenset({"reason-missing", "decider-not-allowed"})


def advice(
    errors: Iterable[Finding], contact: Contact, rulebook: RuleBook | None, today: date, *, entering: bool
) -> tuple[str, ...]:
    """Give lines that tell what to do about errors, each once; of a contact that enters, what to say beside."""
    lines: list[str] = []
    for found in errors:
        if rulebook is not None and found.code in _OPTIONS:
            lines += _options(contact, rulebook)
        elif rulebook is not None and found.code == "criteria-missing":
            lines += _commands(contact, rulebook, today, entering=entering)
        else:
            lines += found.hint.splitlines()
    return tuple(dict.fromkeys(lines))


def _options(contact: Contact, rulebook: RuleBook) -> Iterator[str]:
    """Tell the options that are missing beside the latest decision."""
    step = replay_step(contact, rulebook, len(contact.decisions) - 1)
    status = rulebook.statuses.get(step.decision.to)
    if status and status.reasons and step.decision.reason not in status.reasons:
        yield f"say --reason ID with one of: {listed(status.reasons)}"
    allowed = f" ({' or '.join(step.transition.by)})" if step.transition and step.transition.by else ""
    for flaw in step.decider_flaws:
        if flaw in (DeciderFlaw.UNNAMED, DeciderFlaw.NOT_ALLOWED):
            yield f"say who decides: --by NAME{allowed}"
        else:
            yield "say who else stands for it: --confirmed-by NAME, another person"


def _commands(contact: Contact, rulebook: RuleBook, today: date, *, entering: bool) -> Iterator[str]:
    for step in replay(contact, rulebook):
        day = step.decision.day
        for missing in step.missing:
            on = "" if day == today else f" --date {day}"
            commands = list(_for_one(contact, rulebook, missing, None if entering else on))
            if isinstance(missing.condition, AtLeast | Score) and len(commands) > 1:
                yield f"# {missing.text}"
            yield from commands or [f"first have: {missing.text}"]


def _for_one(contact: Contact, rulebook: RuleBook, missing: MissingCondition, on: str | None) -> Iterator[str]:
    if isinstance(missing.condition, Has):
        yield _fill_in(contact, missing.condition.field)
    for id, met in helpful_answers(rulebook, missing):
        rule = rulebook.criteria[id]
        said = "met" if met else "not-met"
        if on is None:
            yield f'say --{said} {shlex.quote(id)}="…"  # {one_line(rule.question)}'
            continue
        attested = " --attested-by counterparty" if met and rule.needs_counterparty else ""
        command = f"crmtool answer {shlex.quote(contact.id)} {shlex.quote(id)} {said}"
        yield f'{command} --evidence "…"{attested}{on}  # {one_line(rule.question)}'


def _fill_in(contact: Contact, field: str) -> str:
    if field == _REVISIT:
        return "say when it is looked at again: --revisit DATE"
    return f"fill in '{field}': crmtool edit {shlex.quote(contact.id)}"

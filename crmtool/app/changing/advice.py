"""What to type where the rules refuse a change: the commands that bring about what is missing."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from crmtool.conditions import AtLeast, Clarified, Has, Score
from crmtool.contact import Contact
from crmtool.finding import Finding
from crmtool.replay import DeciderFlaw, MissingCondition, Step, replay
from crmtool.rulebook import RuleBook
from crmtool.rules.hints import helpful_answers, listed
from crmtool.text import one_line

_REVISIT = "revisit"
_OPTIONS = frozenset({"reason-missing", "decider-not-allowed"})
Command: TypeAlias = Literal["change", "new", "correct"]
"""Which command the advice is for: its options are named."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A contact as it would be, with the ranks of the decisions that would lack something.

    A change that `decides` adds a decision; without one, what lacks something was decided before.
    """

    contact: Contact
    rulebook: RuleBook
    today: date
    decisions: frozenset[int]
    decides: bool
    command: Command

    def option(self, key: str, value: str) -> str:
        """Tell how the command is given a value for a decision."""
        return f"--set {key}={value}" if self.command == "correct" else f"--{key.replace('_', '-')} {value}"


def advice(errors: Iterable[Finding], asked: Asked) -> tuple[str, ...]:
    """Give lines that tell what to do about errors, each once."""
    lines: list[str] = []
    for found in errors:
        if found.code in _OPTIONS:
            lines += _options(asked)
        elif found.code == "criteria-missing":
            lines += _commands(asked)
        else:
            lines += found.hint.splitlines()
    return tuple(dict.fromkeys(lines))


def _options(asked: Asked) -> Iterator[str]:
    """Tell the options that are missing beside the latest decision that lacks some."""
    steps = reversed(replay(asked.contact, asked.rulebook))
    step = next((step for step in steps if step.lacks_reason or step.decider_flaws), None)
    if step is None:
        return
    status = asked.rulebook.statuses.get(step.decision.to)
    if status and step.lacks_reason:
        yield f"say {asked.option('reason', 'ID')} with one of: {listed(status.reasons)}"
    allowed = f" ({' or '.join(step.transition.by)})" if step.transition and step.transition.by else ""
    for flaw in step.decider_flaws:
        if flaw in (DeciderFlaw.UNNAMED, DeciderFlaw.NOT_ALLOWED):
            yield f"say who decides: {asked.option('by', 'NAME')}{allowed}"
        else:
            yield f"say who else stands for it: {asked.option('confirmed_by', 'NAME')}, another person"


def _commands(asked: Asked) -> Iterator[str]:
    steps = replay(asked.contact, asked.rulebook)
    for step in (steps[rank] for rank in sorted(asked.decisions)):
        if asked.command == "change" and not asked.decides and _is_contradicted(asked.contact, step):
            yield from _later(asked, step.decision.day)
            continue
        on = "" if step.decision.day == asked.today else f" --date {step.decision.day}"
        told: set[str] = set()
        for missing in step.missing:
            commands = list(_for_one(asked, missing, on, step.entered))
            if isinstance(missing.condition, AtLeast | Score) and len(commands) > 1 and not told.issuperset(commands):
                yield f"# {missing.text}"
            yield from commands
            told.update(commands)


def _is_contradicted(contact: Contact, step: Step) -> bool:
    """Whether a decision lacks something that was answered on its very day."""
    ids = {state.id for missing in step.missing for state in missing.criteria}
    return any(answer.day == step.decision.day for id in ids for answer in contact.criteria.get(id, ()))


def _later(asked: Asked, day: date) -> Iterator[str]:
    yield f"# the decision of {day} rests on the opposite, and of answers of one day the last one counts"
    if day < asked.today:
        yield f"say --date with a day after {day}, if it was learned later"
    else:
        yield f"crmtool stop {shlex.quote(asked.contact.id)}  # if that ends it; else give this answer tomorrow"


def _for_one(asked: Asked, missing: MissingCondition, on: str, entered: date | None) -> Iterator[str]:
    id = shlex.quote(asked.contact.id)
    if isinstance(missing.condition, Has):
        yield _fill_in(asked, missing.condition.field)
    elif isinstance(missing.condition, Clarified):
        yield f"crmtool answer {id}  # what was learned after {entered}, the day on which it came where it is"
    for criterion, met in helpful_answers(asked.rulebook, missing):
        rule = asked.rulebook.criteria[criterion]
        said = "met" if met else "not-met"
        attested = " --attested-by counterparty" if met and rule.needs_counterparty else ""
        if asked.command == "new":
            yield f'say --{said} {shlex.quote(criterion)}="…"{attested}  # {one_line(rule.question)}'
            continue
        command = f"crmtool answer {id} {shlex.quote(criterion)} {said}"
        yield f'{command} --evidence "…"{attested}{on}  # {one_line(rule.question)}'


def _fill_in(asked: Asked, field: str) -> str:
    if field == _REVISIT and asked.command != "correct":
        return "say when it is looked at again: --revisit DATE"
    if asked.command == "new":
        return f"fill in '{field}': where no option of `new` does, write the file by hand"
    return f"fill in '{field}': crmtool edit {shlex.quote(asked.contact.id)}"

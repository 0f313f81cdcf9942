"""A contact's file as it stands after so many steps of its life."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bench.making.dice import Dice
from bench.making.life import KINDS, TODAY, Step, life
from bench.making.notes import notes
from bench.making.people import Person, person
from bench.making.words import BECAUSE, BLOCKED, EVIDENCE, SOURCES, STEPS, STOP_IF

TEAM = ("mira", "jonas", "lena")
OPEN = {"new": ("fit",), "clarifying": ("pain", "buyer", "deadline", "budget"), "ready": ("deadline", "budget")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A contact of a workspace of `count` contacts: who it is, and all that came to pass."""

    who: Person
    steps: tuple[Step, ...]
    count: int

    def text(self, after: int) -> str:
        """Write the file as it is after so many steps; what was written before stays as it was."""
        past = self.steps[:after]
        head = "\n".join([*_person(self.who), *_dated(self.who, past), *self._ahead(after)])
        return f"---\n{head}\n---\n\n{notes(self.who, self.count)}"

    def _ahead(self, after: int) -> Iterator[str]:
        """Write what is undated: when to look again, and for those still open what is to be done next."""
        past, dice = self.steps[:after], Dice("ahead", self.who.number)
        status = _status(past)
        if any(step.kind == "park" for step in past):
            yield f"revisit: {_in_days(dice.between(-2, 90))}"
        step = _next_step(self.who, past, self.steps[after].day if after < len(self.steps) else None)
        if status in OPEN:
            yield from step
        if status == "clarifying" and dice.chance(3):
            yield f'blocked: {{by: "{BLOCKED[self.who.german]}", since: {past[-1].day}, until: {_in_days(9)}}}'
        if status in OPEN and dice.chance(20):
            yield f'stop_if:\n  - {{when: "{STOP_IF[self.who.german]}", by: {_in_days(dice.between(3, 60))}}}'


def story(number: int, count: int) -> Story:
    """Tell the life of the contact of this number in a workspace of so many contacts."""
    return Story(who=person(number), steps=life(number), count=count)


def _in_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def _status(past: Sequence[Step]) -> str:
    return next(KINDS[step.kind].to for step in reversed(past) if KINDS[step.kind].to)


def _person(who: Person) -> Iterator[str]:
    dice = Dice("particulars", who.number)
    yield f"name: {who.name}"
    yield f"organization: {who.organization}"
    yield f"role: {who.role}"
    yield f"email: kontakt{who.number}@{who.domain}"
    if dice.chance(40):
        yield f'phone: "+49 40 {dice.between(100000, 999999)}"'
    if dice.chance(30):
        yield f"url: https://{who.domain}/"
    yield f"source: {dice.pick(SOURCES[who.german])}"
    yield f"owner: {dice.pick(TEAM)}"
    if dice.chance(25):
        yield f"tags: [{dice.pick(('nord', 'süd', 'messe', 'partner'))}]"
    if dice.chance(80):
        yield f"value: {dice.between(4, 90) * 1000}"


def _dated(who: Person, past: Sequence[Step]) -> Iterator[str]:
    yield f"status: {_status(past)}"
    answers: dict[str, list[str]] = {}
    for step in past:
        for criterion, met in KINDS[step.kind].answers:
            answers.setdefault(criterion, []).append(_answer(who, criterion, met, step.day))
    if answers:
        yield "criteria:"
    for criterion, given in answers.items():
        if len(given) == 1:
            yield f"  {criterion}: {given[0]}"
        else:
            yield f"  {criterion}:"
            yield from (f"    - {one}" for one in given)
    yield "decisions:"
    yield from (_decision(who, step) for step in past if KINDS[step.kind].to)


def _answer(who: Person, criterion: str, met: bool, day: date) -> str:
    dice = Dice("answer", who.number, criterion, day)
    evidence = dice.pick(EVIDENCE[who.german][criterion, met]).format(n=dice.between(11, 95))
    attested = ", attested_by: counterparty" if criterion == "pain" and met else ""
    return f'{{{"met" if met else "not_met"}: {day}, evidence: "{evidence}"{attested}}}'


def _decision(who: Person, step: Step) -> str:
    dice, kind = Dice("decision", who.number, step.day), KINDS[step.kind]
    entry = f'date: {step.day}, to: {kind.to}, because: "{dice.pick(BECAUSE[who.german][step.kind])}"'
    if kind.reasons:
        entry += f", reason: {dice.pick(kind.reasons)}"
    if kind.chances:
        entry += f", chance: {dice.pick(kind.chances)}"
    if step.kind == "reopen":
        entry += ", by: mira, confirmed_by: jonas"
    return f"  - {{{entry}}}"


def _next_step(who: Person, past: Sequence[Step], then: date | None) -> Iterator[str]:
    """Write the next step, which clarifies what is missing; its day is that of the change that followed, if one did."""
    answered = {criterion for step in past for criterion, met in KINDS[step.kind].answers if met}
    missing = [criterion for criterion in OPEN.get(_status(past), ()) if criterion not in answered]
    dice = Dice("next step", who.number, len(past))
    if missing and dice.chance(85):
        soon = _in_days(dice.between(-1, 25))
        old = past[-1].day + timedelta(days=14)
        due = then or (old if past[-1].day < TODAY - timedelta(days=25) else soon)
        yield f'next_step: {{do: "{STEPS[who.german][missing[0]]}", clarifies: {missing[0]}, due: {due}}}'

"""How contacts' lives run: which paths there are, how many take each, and on which days its steps fall.

Of a thousand contacts 560 were ended on purpose and 220 won; 80 are new, 60 in clarification, 20 ready to decide and
60 on hold. Those decided ended at some time in the last thousand days, the others had their last step a few days ago.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bench.making.dice import Dice

TODAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a step brings: answers as (criterion, whether met), or a decision for a status, with its reasons if any."""

    answers: tuple[tuple[str, bool], ...] = ()
    to: str = ""
    reasons: tuple[str, ...] = ()
    chances: tuple[str, ...] = ()


KINDS = {
    "capture": Kind(to="new"),
    "fit": Kind(answers=(("fit", True), ("conflict", False))),
    "misfit": Kind(answers=(("fit", False),)),
    "qualify": Kind(to="clarifying", chances=("0.2", "0.3", "0.4", "0.5")),
    "pain": Kind(answers=(("pain", True),)),
    "no_pain": Kind(answers=(("pain", False),)),
    "no_buyer": Kind(answers=(("buyer", False),)),
    "buyer": Kind(answers=(("buyer", True),)),
    "budget": Kind(answers=(("budget", True),)),
    "no_budget": Kind(answers=(("budget", False),)),
    "deadline": Kind(answers=(("deadline", True),)),
    "mature": Kind(to="ready", chances=("0.5", "0.6", "0.7", "0.8")),
    "agree": Kind(to="agreed"),
    "park": Kind(to="parked", reasons=("timing", "waiting")),
    "resume": Kind(to="clarifying", chances=("0.3", "0.4", "0.5")),
    "stop": Kind(to="stopped", reasons=("no_need", "no_decision", "competitor")),
    "refuse": Kind(to="stopped", reasons=("no_fit", "our_no")),
    "reopen": Kind(to="clarifying", chances=("0.2", "0.3")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A path that so many of a thousand contacts take; the last step is at most `latest_within` days ago."""

    of_thousand: int
    steps: tuple[str, ...]
    latest_within: int


def _road(of_thousand: int, steps: str, latest_within: int) -> Road:
    return Road(of_thousand=of_thousand, steps=tuple(steps.split()), latest_within=latest_within)


_CLARIFIED = "capture fit qualify pain no_buyer buyer deadline budget mature"

ROADS = (
    _road(50, "capture", 12),
    _road(30, "capture fit", 8),
    _road(20, "capture fit qualify", 20),
    _road(25, "capture fit qualify pain", 12),
    _road(15, "capture fit qualify pain no_buyer", 10),
    _road(12, _CLARIFIED, 12),
    _road(8, "capture fit qualify pain buyer deadline mature budget", 8),
    _road(30, "capture fit qualify pain park", 60),
    _road(30, "capture fit qualify pain buyer no_budget park", 60),
    _road(260, "capture misfit refuse", 1000),
    _road(100, "capture fit qualify no_pain stop", 1000),
    _road(120, "capture fit qualify pain no_buyer stop", 1000),
    _road(60, _CLARIFIED + " stop", 1000),
    _road(20, "capture fit qualify no_pain stop pain reopen stop", 1000),
    _road(150, _CLARIFIED + " agree", 1000),
    _road(50, "capture fit qualify pain buyer no_budget park budget resume deadline mature agree", 1000),
    _road(20, "capture fit qualify pain stop buyer reopen deadline budget mature agree", 1000),
)
_BY_SHARE = tuple(road for road in ROADS for _ in range(road.of_thousand))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change of a contact, as one commit makes it."""

    kind: str
    day: date


def life(number: int) -> tuple[Step, ...]:
    """Give the steps of a contact's life so far, in the order of their days."""
    dice = Dice("life", number)
    road = dice.pick(_BY_SHARE)
    day = TODAY - timedelta(days=dice.between(1, road.latest_within))
    if road.latest_within < 1000 and dice.chance(4):
        day -= timedelta(days=25)  # somebody let it lie
    days = [day]
    for _ in road.steps[1:]:
        days.append(days[-1] - timedelta(days=dice.between(1, 5)))
    return tuple(Step(kind=kind, day=on) for kind, on in zip(road.steps, reversed(days), strict=True))

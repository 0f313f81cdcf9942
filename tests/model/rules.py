"""The rule book of the model-based test, and a second reading of FORMAT that judges a contact by it: no crmtool."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

RULES = """\
version: 1
name: Together
language: en
currency: EUR
statuses:
  new: {label: New, meaning: "Worth our attention?", kind: active, asks: "Worth it?", decide_within: 14d}
  ready: {label: Ready, meaning: "All know what is to be decided", kind: active, asks: "Yes or no?", decide_within: 21d}
  parked: {label: Parked, meaning: "Put off on purpose", kind: hold}
  agreed: {label: Agreed, meaning: "The contact said yes", kind: won}
  stopped: {label: Stopped, meaning: "We or they said no", kind: ended}
criteria:
  fit: {label: Fits, question: "Between 10 and 200 people?"}
  budget: {label: Budget, question: "Is there a budget?", valid_for: 20d}
  clash: {label: Clash, question: "Does anything speak against it?", knockout: true}
reasons:
  stopped: {no_need: No need, no_fit: Does not fit}
transitions:
  capture: {to: new}
  mature: {from: new, to: ready, requires: [fit]}
  fall_back: {from: ready, to: new, requires: [{lost: [fit]}]}
  agree: {from: ready, to: agreed, requires: [budget, {not: clash}]}
  park: {from: [new, ready], to: parked}
  resume: {from: parked, to: new, requires: [{clarified: 1}]}
  stop: {from: "*", to: stopped}
  reopen: {from: stopped, to: new, requires: [{clarified: 1}]}
"""
CRITERIA = ("fit", "budget", "clash")
STATUSES = ("new", "ready", "parked", "agreed", "stopped")
UNDECIDED = ("new", "ready", "parked")
REASONS = ("no_need", "no_fit")
_VALID_FOR = {"budget": timedelta(20)}
Front = dict[str, Any]
Entry = dict[str, Any]


def day_of(entry: Mapping[str, Any]) -> date:
    """Give the day of a decision or an answer."""
    return date.fromisoformat(next(str(entry[key]) for key in ("date", "met", "not_met") if key in entry))


def is_undecided(front: Front) -> bool:
    """Whether a decision on a contact is still to come."""
    return front["status"] in UNDECIDED


def problems(front: Front, today: date) -> list[str]:
    """Tell what the rules have against a contact; nothing where it is in order."""
    logs = [front["decisions"], *front.get("criteria", {}).values()]
    found = [] if front["status"] == front["decisions"][-1]["to"] else ["status-mismatch"]
    if any(day_of(one) > day_of(two) for log in logs for one, two in pairwise(log)):
        found.append("date-order")
    if any(day_of(entry) > today for log in logs for entry in log):
        found.append("date-in-future")
    return [*found, *_steps(front)]


def _steps(front: Front) -> Iterator[str]:
    before: Entry | None = None
    for decision in front["decisions"]:
        source = before["to"] if before else None
        requires = _WAYS.get((source, decision["to"]))
        if requires is None:
            yield "transition-not-allowed" if before else "entry-not-allowed"
        elif not requires(_Past(front, day_of(decision), day_of(before) if before else None)):
            yield "criteria-missing"
        if (decision["to"] == "stopped") != ("reason" in decision):
            yield "reason-missing"
        before = decision


class _Past:
    """A contact as of the day of a decision, and the day on which it came where it was."""

    def __init__(self, front: Front, day: date, entered: date | None) -> None:
        self._criteria, self._day, self._entered = front.get("criteria", {}), day, entered

    def holds(self, id: str, day: date | None = None) -> bool:
        on = day or self._day
        known = [answer for answer in self._criteria.get(id, []) if day_of(answer) <= on]
        if not known:
            return False
        latest = max(map(day_of, known))
        last = [answer for answer in known if day_of(answer) == latest][-1]
        return "met" in last and on <= latest + _VALID_FOR.get(id, timedelta(9999))

    def lost(self, id: str) -> bool:
        return self._entered is not None and self.holds(id, self._entered) and not self.holds(id)

    def clarified(self) -> bool:
        days = [day_of(answer) for log in self._criteria.values() for answer in log]
        return self._entered is not None and any(self._entered < day <= self._day for day in days)


_Requires = Callable[[_Past], bool]


def _always(_past: _Past) -> bool:
    return True


_WAYS: Mapping[tuple[str | None, str], _Requires] = {
    (None, "new"): _always,
    ("new", "ready"): lambda past: past.holds("fit"),
    ("ready", "new"): lambda past: past.lost("fit"),
    ("ready", "agreed"): lambda past: past.holds("budget") and not past.holds("clash"),
    ("new", "parked"): _always,
    ("ready", "parked"): _always,
    ("parked", "new"): _Past.clarified,
    ("stopped", "new"): _Past.clarified,
    ("new", "stopped"): _always,
    ("ready", "stopped"): _always,
    ("parked", "stopped"): _always,
}

"""When stopping is wiser than going on: stop rules, knockouts and the contact's own stop dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from crmtool.conditions import Condition
from crmtool.contact import StopIf
from crmtool.days import next_day
from crmtool.records import dataclass
from crmtool.rulebook import Criterion, Kind, RuleBook, Status, StopRule
from crmtool.situation import Situation, State
from crmtool.turning import answer_changes, turning_points

STOP_IF = "stop_if"
"""The name under which a contact's own stop dates are reported in the place of a stop rule's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopDue:
    """A reason to stop now.

    `rule` is the stop rule, the knockout criterion, or `stop_if`; `since` the first day of being due without a break;
    `propose` the transition to take, None where the rule book has none; `reason` the reason that the rule suggests.
    """

    rule: str
    because: str
    since: date
    propose: str | None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopUpcoming:
    """What falls due if nothing is clarified or decided: `on` is the first day on which it is due."""

    rule: str
    because: str
    on: date


def stops_due(situation: Situation, status: Status) -> tuple[StopDue, ...]:
    """List every reason to stop on the day, in the order: stop rules, knockouts, the contact's own."""
    if not status.is_undecided:
        return ()
    return (*_rules_due(situation, status), *_knockouts(situation, status), *_own_due(situation, status))


def stops_upcoming(situation: Situation, status: Status) -> tuple[StopUpcoming, ...]:
    """List what falls due after the day with what is known now, the next to fall due first."""
    if not status.is_undecided:
        return ()
    coming = [
        StopUpcoming(rule=rule.id, because=rule.because, on=on)
        for rule in situation.rulebook.covering(status.id)
        if not _is_due(situation, rule) and (on := _falls_due(situation, rule)) is not None
    ]
    coming += [
        StopUpcoming(rule=STOP_IF, because=stop_if.when, on=next_day(stop_if.by))
        for stop_if in situation.contact.stop_if
        if stop_if.by >= situation.day
    ]
    return tuple(sorted(coming, key=lambda stop: stop.on))


def is_stop_due(situation: Situation, status: Status) -> bool:
    """Whether there is any reason to stop on the day."""
    due = (_due_rules(situation, status), _met_knockouts(situation), _passed_dates(situation))
    return status.is_undecided and any(True for found in due for _ in found)


def stop_turning_points(situation: Situation, status: Status, beside: Iterable[Condition] = ()) -> set[date]:
    """Collect every day, from the entry on, on which a reason to stop can arise or go away.

    So are those on which one of the conditions `beside` it can begin or cease to hold.
    """
    rules = situation.rulebook.covering(status.id)
    days = turning_points(situation, (*beside, *(condition for rule in rules for condition in rule.when)))
    days.update(_start(situation, rule) for rule in rules)
    own = (next_day(stop_if.by) for stop_if in situation.contact.stop_if)
    return days | {day for day in own if situation.entered is None or day >= situation.entered}


def _due_rules(situation: Situation, status: Status) -> Iterator[StopRule]:
    return (rule for rule in situation.rulebook.covering(status.id) if _is_due(situation, rule))


def _met_knockouts(situation: Situation) -> Iterator[Criterion]:
    for criterion in situation.rulebook.criteria.values():
        if criterion.knockout and criterion.is_asked(situation.day) and _is_met(situation, criterion.id):
            yield criterion


def _passed_dates(situation: Situation) -> Iterator[StopIf]:
    return (stop_if for stop_if in situation.contact.stop_if if stop_if.by < situation.day)


def _rules_due(situation: Situation, status: Status) -> Iterator[StopDue]:
    for rule in _due_rules(situation, status):
        yield StopDue(
            rule=rule.id,
            because=rule.because,
            since=_since(situation, _turning_points(situation, rule), partial(_is_due, rule=rule)),
            propose=proposed_transition(situation.rulebook, status.id, rule.propose),
            reason=rule.reason,
        )


def _knockouts(situation: Situation, status: Status) -> Iterator[StopDue]:
    for criterion in _met_knockouts(situation):
        answer = situation.latest(criterion.id)
        evidence = answer.evidence if answer else None
        yield StopDue(
            rule=criterion.id,
            because=f"{criterion.label}: {evidence}" if evidence else criterion.label,
            since=_since(situation, answer_changes(situation, criterion.id), partial(_is_met, criterion=criterion.id)),
            propose=proposed_transition(situation.rulebook, status.id, None),
        )


def _own_due(situation: Situation, status: Status) -> Iterator[StopDue]:
    for stop_if in _passed_dates(situation):
        yield StopDue(
            rule=STOP_IF,
            because=stop_if.when,
            since=next_day(stop_if.by),
            propose=proposed_transition(situation.rulebook, status.id, None),
        )


def proposed_transition(rulebook: RuleBook, status: str, propose: str | None) -> str | None:
    """The transition to take: the one proposed (by its id or its status), else the first that ends the contact."""
    leaving = rulebook.leaving(status)
    for transition in leaving:
        if propose in (transition.id, transition.target):
            return transition.id
    ending = (t.id for t in leaving if t.target in rulebook.statuses and _ends(rulebook, t.target))
    return next(ending, None)


def _ends(rulebook: RuleBook, status: str) -> bool:
    return rulebook.statuses[status].kind is Kind.ENDED


def _is_due(situation: Situation, rule: StopRule) -> bool:
    if situation.entered is None:
        return False
    return _start(situation, rule) <= situation.day and situation.all_hold(rule.when)


def _start(situation: Situation, rule: StopRule) -> date:
    entered = situation.entered or situation.day
    return rule.after.after(entered) if rule.after else entered


def _since(situation: Situation, turning_points: Iterable[date], is_due: Callable[[Situation], bool]) -> date:
    """Tell the first day since which something due on the day has been due without a break."""
    since = situation.day
    for day in sorted(turning_points, reverse=True):
        if day < situation.day:
            if not is_due(replace(situation, day=day)):
                break
            since = day
    return since


def _falls_due(situation: Situation, rule: StopRule) -> date | None:
    for day in sorted(_turning_points(situation, rule)):
        if day > situation.day and _is_due(replace(situation, day=day, known=situation.day), rule):
            return day
    return None


def _turning_points(situation: Situation, rule: StopRule) -> set[date]:
    """Collect every day on which a stop rule can become due or cease to be."""
    return turning_points(situation, rule.when) | {_start(situation, rule)}


def _is_met(situation: Situation, criterion: str) -> bool:
    return situation.state(criterion) is State.MET

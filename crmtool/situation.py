"""Conditions as of a day: whether they hold for a contact, and all that is missing where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from crmtool.conditions import (
    All,
    AtLeast,
    Clarified,
    Condition,
    Has,
    Holds,
    Lost,
    Not,
    NotMet,
    OlderThan,
    Open,
    Passed,
    Score,
    named_criteria,
    parts,
    total,
    walk,
)
from crmtool.contact import Answer, Contact, Decision
from crmtool.days import next_day, parse_day
from crmtool.records import dataclass
from crmtool.rulebook import RuleBook, Status
from crmtool.yaml_reader import Value


class State(StrEnum):
    """How a criterion stands on a day; only `met` counts as holding."""

    OPEN = "open"
    MET = "met"
    NOT_MET = "not_met"
    EXPIRED = "expired"
    UNATTESTED = "unattested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A contact under a rule book as of a day.

    `entered` is the day on which the present status was entered (None while a contact enters the pipeline).
    `known` is the last day whose answers count, `day` by default: it lets a later day be asked about with
    what is known now.
    """

    contact: Contact
    rulebook: RuleBook
    day: date
    entered: date | None
    known: date | None = None

    def latest(self, criterion: str) -> Answer | None:
        """The answer that counts: the latest by date, of several on one day the last."""
        known = min(self.known or self.day, self.day)
        best: Answer | None = None
        for answer in self.contact.criteria.get(criterion, ()):
            if answer.day <= known and (best is None or answer.day >= best.day):
                best = answer
        return best

    def state(self, criterion: str) -> State:
        """How a criterion stands on the day."""
        answer = self.latest(criterion)
        if answer is None:
            return State.OPEN
        expiry = self.expires(answer)
        if expiry is not None and expiry <= self.day:
            return State.EXPIRED
        if not answer.met:
            return State.NOT_MET
        rule = self.rulebook.criteria.get(criterion)
        if rule is not None and rule.needs_counterparty and answer.attested_by != "counterparty":
            return State.UNATTESTED
        return State.MET

    def expires(self, answer: Answer) -> date | None:
        """The first day on which an answer is no longer valid: the day after its date plus `valid_for`."""
        rule = self.rulebook.criteria.get(answer.criterion)
        return next_day(rule.valid_for.after(answer.day)) if rule is not None and rule.valid_for is not None else None

    def holds(self, condition: Condition) -> bool:  # noqa: C901 - a case for each form
        """Whether a condition holds on the day."""
        match condition:
            case Holds(criterion):
                return self.state(criterion) is State.MET
            case NotMet(criterion):
                return self.state(criterion) is State.NOT_MET
            case Open(criterion):
                return self.state(criterion) in (State.OPEN, State.EXPIRED)
            case Not(inner):
                return not self.holds(inner)
            case All(conditions):
                return all(self.holds(inner) for inner in conditions)
            case AtLeast(count, conditions):
                return sum(self.holds(inner) for inner in conditions) >= count
            case Score(at_least):
                return self.score(condition) >= at_least
            case Lost(criteria):
                return any(self._is_lost(criterion) for criterion in criteria)
            case Clarified(count):
                return self.clarified() >= count
            case Has(field):
                return not is_empty(field_value(self.contact.fields, field))
            case Passed(field):
                passed = parse_day(field_value(self.contact.fields, field))
                return passed is not None and passed <= self.day
            case OlderThan(duration):
                return self.entered is not None and duration.after(self.entered) <= self.day

    def all_hold(self, conditions: Iterable[Condition]) -> bool:
        """Whether a list of conditions holds: all of them."""
        return all(self.holds(condition) for condition in conditions)

    def score(self, condition: Score) -> float:
        """Add up the weights that count for a `score`: of criteria that hold, knockouts left out."""
        return total(self.rulebook.criteria[id].weight for id in self._scoring(condition) if self._is_met(id))

    def clarified(self) -> int:
        """Count the answers dated after the day on which the present status was entered."""
        if self.entered is None:
            return 0
        known = min(self.known or self.day, self.day)
        answers = (answer for answers in self.contact.criteria.values() for answer in answers)
        return sum(self.entered < answer.day <= known for answer in answers)

    def missing_criteria(self, condition: Condition) -> tuple[str, ...]:
        """List the criteria that a condition which does not hold is missing, each once."""
        return tuple(dict.fromkeys(self._missing(condition)))

    def _missing(self, condition: Condition) -> Iterator[str]:
        match condition:
            case Holds(criterion) | NotMet(criterion) | Open(criterion):
                yield criterion
            case Not():
                for inner in walk(condition):
                    if not parts(inner) and not isinstance(inner, Lost):  # what was lost names none
                        yield from named_criteria(inner)
            case All(conditions) | AtLeast(_, conditions):
                for inner in conditions:
                    if not self.holds(inner):
                        yield from self._missing(inner)
            case Score():
                yield from (id for id in self._scoring(condition) if not self._is_met(id))
            case _:
                return

    def _scoring(self, condition: Score) -> Iterator[str]:
        for id in self.rulebook.criteria if condition.of is None else condition.of:
            criterion = self.rulebook.criteria.get(id)
            if criterion and not criterion.knockout and criterion.weight > 0 and criterion.is_asked(self.day):
                yield id

    def _is_met(self, criterion: str) -> bool:
        return self.state(criterion) is State.MET

    def _is_lost(self, criterion: str) -> bool:
        if self.entered is None or self._is_met(criterion):
            return False
        then = Situation(contact=self.contact, rulebook=self.rulebook, day=self.entered, entered=None)
        return then.state(criterion) is State.MET


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Where a contact is on a day: its status, the decision that led there, and the situation in it."""

    status: Status
    decision: Decision
    situation: Situation


def present(contact: Contact, rulebook: RuleBook, day: date) -> Present | None:
    """Tell where a contact is on a day; None before its first decision, or where the rule book lacks its status."""
    decision = contact.decided_by(day)
    status = rulebook.statuses.get(decision.to) if decision else None
    if decision is None or status is None:
        return None
    situation = Situation(contact=contact, rulebook=rulebook, day=day, entered=decision.day)
    return Present(status=status, decision=decision, situation=situation)


def field_value(fields: Mapping[str, Value], path: str) -> Value:
    """Give the value at a dotted path; None where it does not exist."""
    value: Value = dict(fields)
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def is_empty(value: Value) -> bool:
    """Whether a field counts as not filled in: absent, or empty text, list or mapping."""
    return value in (None, "", [], {})

"""The rule book: statuses, criteria, transitions, stop rules, reasons, typed and frozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from crmtool.conditions import Condition, Flaw, parse_requires
from crmtool.days import Duration, parse_day
from crmtool.document import Document
from crmtool.finding import Place
from crmtool.records import dataclass
from crmtool.yaml_reader import Value

ANY_STATUS = "*"


class Kind(StrEnum):
    """What a status means to the program; ids and labels are the team's own."""

    ACTIVE = "active"
    HOLD = "hold"
    WON = "won"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A place in the pipeline with one meaning; `order` is its rank as written, from 0."""

    id: str
    order: int
    label: str
    meaning: str
    kind: Kind
    asks: str | None = None
    decide_within: Duration | None = None
    limit: int | None = None
    requires: tuple[Condition, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_undecided(self) -> bool:
        """Whether a decision on the contact is still to come: active or on hold."""
        return self.kind in (Kind.ACTIVE, Kind.HOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A question whose answer decides; `order` is its rank as written, from 0."""

    id: str
    order: int
    label: str
    question: str
    weight: float = 1
    valid_for: Duration | None = None
    evidence_required: bool = False
    needs_counterparty: bool = False
    knockout: bool = False
    retired: date | None = None

    def is_asked(self, day: date) -> bool:
        """Whether the criterion was asked on a day: from its retirement on it is kept for history only."""
        return self.retired is None or day < self.retired


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A way from one status to another; `sources` empty means that contacts enter here."""

    id: str
    target: str
    sources: tuple[str, ...] = ()
    requires: tuple[Condition, ...] = ()
    since: date | None = None
    by: tuple[str, ...] = ()
    four_eyes: bool = False

    @property
    def is_entry(self) -> bool:
        """Whether contacts enter the pipeline by it."""
        return not self.sources


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRule:
    """State plus date: when stopping is proposed to a contact that is `within` one of the statuses."""

    id: str
    within: tuple[str, ...]
    when: tuple[Condition, ...] = ()
    after: Duration | None = None
    propose: str | None = None
    reason: str | None = None
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class RuleBook:
    """All rules of a workspace. `flaws` are what is written as a condition and is none.

    `retention` is how long personal data of ended contacts are kept; None where the rule book does not say.
    """

    name: str
    language: str
    currency: str
    statuses: Mapping[str, Status]
    criteria: Mapping[str, Criterion]
    transitions: Mapping[str, Transition]
    stop_rules: Mapping[str, StopRule]
    good: tuple[Condition, ...] = ()
    bad: tuple[Condition, ...] = ()
    retention: Duration | None = None
    flaws: tuple[Flaw, ...] = ()

    def status_label(self, id: str) -> str:
        """Give a status's label; an id that is unknown stands for itself."""
        status = self.statuses.get(id)
        return status.label if status else id

    def criterion_label(self, id: str) -> str:
        """Give a criterion's label; an id that is unknown stands for itself."""
        criterion = self.criteria.get(id)
        return criterion.label if criterion else id

    def reason_label(self, status: str, reason: str) -> str:
        """Give the label of a reason for a status; an unknown one stands for itself."""
        found = self.statuses.get(status)
        return found.reasons.get(reason, reason) if found else reason

    def expand(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Resolve `"*"` to all active and hold statuses, in order; what is named besides stays."""
        if ANY_STATUS not in ids:
            return ids
        return tuple(status.id for status in self.statuses.values() if status.is_undecided or status.id in ids)

    def sources(self, transition: Transition) -> tuple[str, ...]:
        """List the statuses that a transition leaves; `"*"` never includes its own target."""
        expanded = self.expand(transition.sources)
        if ANY_STATUS in transition.sources:
            return tuple(status for status in expanded if status != transition.target)
        return expanded

    def transition(self, source: str | None, target: str) -> Transition | None:
        """Find the transition that joins two statuses; `source` None asks for the way in."""
        return self._by_ends.get((source, target))

    def leaving(self, status: str) -> tuple[Transition, ...]:
        """List the transitions that leave a status, in the order written."""
        return self._by_source.get(status, ())

    def forward(self, status: str) -> tuple[Transition, ...]:
        """List the transitions from a status to a later active status or to a won one."""
        return self._forward.get(status, ())

    def covering(self, status: str) -> tuple[StopRule, ...]:
        """List the stop rules that look at contacts in a status."""
        return tuple(rule for rule in self.stop_rules.values() if status in self.expand(rule.within))

    @cached_property
    def _by_ends(self) -> Mapping[tuple[str | None, str], Transition]:
        ends: dict[tuple[str | None, str], Transition] = {}
        for transition in self.transitions.values():
            for source in (None,) if transition.is_entry else self.sources(transition):
                ends.setdefault((source, transition.target), transition)
        return ends

    @cached_property
    def _by_source(self) -> Mapping[str, tuple[Transition, ...]]:
        return {
            status: tuple(t for t in self.transitions.values() if status in self.sources(t)) for status in self.statuses
        }

    @cached_property
    def _forward(self) -> Mapping[str, tuple[Transition, ...]]:
        return {
            status.id: tuple(t for t in self._by_source[status.id] if self._leads_forward(status, t))
            for status in self.statuses.values()
        }

    def _leads_forward(self, status: Status, transition: Transition) -> bool:
        target = self.statuses.get(transition.target)
        if target is None:
            return False
        return target.kind is Kind.WON or (target.kind is Kind.ACTIVE and target.order > status.order)

    def requirements(self) -> Iterator[tuple[Place, tuple[Condition, ...]]]:
        """Go through every list of conditions of the rule book with its place in the file."""
        for status in self.statuses.values():
            yield ("statuses", status.id, "requires"), status.requires
        for transition in self.transitions.values():
            yield ("transitions", transition.id, "requires"), transition.requires
        for rule in self.stop_rules.values():
            yield ("stop_rules", rule.id, "when"), rule.when
        yield ("prequalification", "good"), self.good
        yield ("prequalification", "bad"), self.bad


NO_RULES = RuleBook(name="", language="en", currency="", statuses={}, criteria={}, transitions={}, stop_rules={})
"""Stands for a rule book where there is none that could be read."""


def rulebook_from(document: Document) -> RuleBook | None:
    """Build the rule book of a document that its schema accepts; None where the document has no values."""
    if document.values is None:
        return None
    values: Mapping[str, Any] = document.values
    flaws: list[Flaw] = []
    prequalification = values.get("prequalification") or {}
    return RuleBook(
        name=values.get("name", ""),
        language=values.get("language", "en"),
        currency=values.get("currency", "EUR"),
        statuses=_statuses(values, flaws),
        criteria=_criteria(values),
        transitions=_transitions(values, flaws),
        stop_rules=_stop_rules(values, flaws),
        good=_requires(prequalification, ("prequalification",), "good", flaws),
        bad=_requires(prequalification, ("prequalification",), "bad", flaws),
        retention=Duration.parse((values.get("retention") or {}).get("ended")),
        flaws=tuple(flaws),
    )


def _requires(entry: Mapping[str, Value], place: Place, key: str, flaws: list[Flaw]) -> tuple[Condition, ...]:
    conditions, found = parse_requires(entry.get(key), (*place, key))
    flaws.extend(found)
    return conditions


def _statuses(values: Mapping[str, Any], flaws: list[Flaw]) -> dict[str, Status]:
    reasons = values.get("reasons") or {}
    return {
        id: Status(
            id=id,
            order=order,
            label=entry["label"],
            meaning=entry["meaning"],
            kind=Kind(entry["kind"]),
            asks=entry.get("asks"),
            decide_within=Duration.parse(entry.get("decide_within")),
            limit=entry.get("limit"),
            requires=_requires(entry, ("statuses", id), "requires", flaws),
            reasons=reasons.get(id) or {},
        )
        for order, (id, entry) in enumerate(values["statuses"].items())
    }


def _criteria(values: Mapping[str, Any]) -> dict[str, Criterion]:
    return {
        id: Criterion(
            id=id,
            order=order,
            label=entry["label"],
            question=entry["question"],
            weight=entry.get("weight", 1),
            valid_for=Duration.parse(entry.get("valid_for")),
            evidence_required=entry.get("evidence") == "required",
            needs_counterparty=entry.get("attested_by") == "counterparty",
            knockout=entry.get("knockout", False),
            retired=parse_day(entry.get("retired")),
        )
        for order, (id, entry) in enumerate(values["criteria"].items())
    }


def _transitions(values: Mapping[str, Any], flaws: list[Flaw]) -> dict[str, Transition]:
    return {
        id: Transition(
            id=id,
            target=entry["to"],
            sources=_as_tuple(entry.get("from")),
            requires=_requires(entry, ("transitions", id), "requires", flaws),
            since=parse_day(entry.get("since")),
            by=_as_tuple(entry.get("by")),
            four_eyes=entry.get("four_eyes", False),
        )
        for id, entry in values["transitions"].items()
    }


def _stop_rules(values: Mapping[str, Any], flaws: list[Flaw]) -> dict[str, StopRule]:
    return {
        id: StopRule(
            id=id,
            within=_as_tuple(entry.get("in", ANY_STATUS)),
            when=_requires(entry, ("stop_rules", id), "when", flaws),
            after=Duration.parse(entry.get("after")),
            propose=entry.get("propose"),
            reason=entry.get("reason"),
            because=entry.get("because", ""),
        )
        for id, entry in (values.get("stop_rules") or {}).items()
    }


def _as_tuple(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)

"""What another rule book does to contacts: how each is judged before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from crmtool.assessment import assess
from crmtool.contact import Contact
from crmtool.finding import Finding
from crmtool.records import dataclass
from crmtool.rulebook import RuleBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a rule book says of a contact; `missing` are criteria, `stops` the stop rules that are due, by id.

    `verdict` is None where the rule book lacks the contact's status, or the contact does not exist yet.
    """

    verdict: str | None = None
    distance: int | None = None
    overdue: bool = False
    missing: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A contact judged under two rule books."""

    contact: Contact
    before: Judgement
    after: Judgement

    @property
    def differs(self) -> bool:
        """Whether the two judge differently; in which order they name things makes no difference."""
        return _unordered(self.before) != _unordered(self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """A contact that is judged differently, or in which `check` newly finds errors."""

    effect: Effect
    errors: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBookImpact:
    """Two rule books, by name, and whom they judge differently; `contacts` is how many were compared.

    `unjudged` are the paths of files that cannot be judged by any; `flaws` the errors in the second rule book itself.
    """

    before: str
    after: str
    day: date
    contacts: int
    affected: tuple[Affected, ...]
    unjudged: tuple[str, ...]
    flaws: tuple[Finding, ...]

    @property
    def differing(self) -> int:
        """How many contacts are judged differently."""
        return sum(found.effect.differs for found in self.affected)

    @property
    def failing(self) -> int:
        """How many contacts would newly have errors."""
        return sum(bool(found.errors) for found in self.affected)


def judgement(contact: Contact, rulebook: RuleBook, day: date) -> Judgement:
    """Tell in short how a rule book judges a contact as of a day."""
    found = assess(contact, rulebook, day)
    if found is None:
        return Judgement()
    return Judgement(
        verdict=found.verdict.value,
        distance=found.distance,
        overdue=found.overdue,
        missing=tuple(state.id for state in found.missing),
        stops=tuple(stop.rule for stop in found.stop_due),
    )


def effects(contacts: Iterable[Contact], before: RuleBook, after: RuleBook, day: date) -> Iterator[Effect]:
    """Judge each contact that exists on a day under two rule books; by what ids they call the same decides nothing."""
    from crmtool.redefining import redefined  # the commit hook asks only where the rules change

    ids = redefined(before, after)
    back, reasons_to_stop = ids.back, {**ids.criteria, **ids.stop_rules}
    for contact in contacts:
        if contact.decided_by(day) is not None:
            old, new = judgement(back.read(contact), before, day), judgement(contact, after, day)
            missing = tuple(ids.criteria.get(id, id) for id in old.missing)
            stops = tuple(reasons_to_stop.get(id, id) for id in old.stops)
            yield Effect(contact=contact, before=replace(old, missing=missing, stops=stops), after=new)


def _unordered(judged: Judgement) -> tuple[object, ...]:
    return judged.verdict, judged.distance, judged.overdue, frozenset(judged.missing), sorted(judged.stops)

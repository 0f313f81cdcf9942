"""Whether conditions can hold at all, whatever a contact says.

A condition is taken as a formula over how each criterion can stand and over facts that are true or not. The search goes
through the combinations, cuts off what is decided already, and gives up in favour of "possible" when it takes too long:
a rule book is never refused for what was not proven.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import TypeAlias

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
    parts,
    total,
    walk,
)
from crmtool.days import Duration
from crmtool.records import dataclass
from crmtool.rulebook import Criterion
from crmtool.situation import State

_BUDGET = 200_000
_PREPARING = 150
_MOST_PAIRED = 60
_DAYS_A_MONTH = 30.436875


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a criterion can stand; `lost`: it held when the present status was entered and no longer does."""

    state: State
    lost: bool = False

    @property
    def aspects(self) -> tuple[bool, bool, bool, bool]:
        """What conditions can tell of it: holds, is a no, is open, is lost."""
        is_open = self.state in (State.OPEN, State.EXPIRED)
        return self.state is State.MET, self.state is State.NOT_MET, is_open, self.lost


_HOLDS, _NOT_MET, _OPEN, _LOST = range(4)
_Fact: TypeAlias = "Clarified | Has | Passed | OlderThan"
_Standings: TypeAlias = "dict[str, tuple[tuple[bool, ...], ...]]"
_Facts: TypeAlias = "dict[_Fact, tuple[bool, ...]]"


class Effort:
    """How many steps the searches for several lists of conditions may take together: as many as some hard ones do."""

    def __init__(self, hard_lists: int = 2) -> None:
        self.left = hard_lists * _BUDGET


def contradiction(
    conditions: Sequence[Condition],
    criteria: Mapping[str, Criterion],
    *,
    given: tuple[Condition, ...] = (),
    entering: bool = False,
    effort: Effort | None = None,
) -> tuple[int, ...]:
    """Give the indexes of the smallest part that can never hold: one, a pair, or else all; () if all can hold.

    `given` holds anyway; `entering` tells that there is no present status yet. Parts are looked at as long as they take
    no more effort than the whole may, and nothing is looked at once the `effort` shared with other lists is spent.
    """
    effort = effort or Effort()

    def can_hold(part: Iterable[Condition]) -> bool:
        effort.left -= _PREPARING
        return _Search((*given, *part), criteria, entering=entering).succeeds(effort)

    if can_hold(conditions):
        return ()
    indexes, enough = range(len(conditions)), effort.left - _BUDGET
    sizes = (1, 2) if len(conditions) <= _MOST_PAIRED else (1,)
    for part in (part for size in sizes for part in combinations(indexes, size)):
        if effort.left <= max(enough, 0):
            break
        if not can_hold(conditions[i] for i in part):
            return part
    return tuple(indexes)


def is_possible(conditions: Iterable[Condition], criteria: Mapping[str, Criterion], *, entering: bool = False) -> bool:
    """Whether some contact on some day could meet all of them; True also where that cannot be told in time."""
    return _Search(tuple(conditions), criteria, entering=entering).succeeds(Effort())


def most_score(score: Score, criteria: Mapping[str, Criterion]) -> float:
    """Add up the weights of everything that counts for a `score`."""
    return total(criteria[id].weight for id in _scoring(score, criteria))


class _Search:
    """A search for a combination under which all conditions hold."""

    def __init__(self, conditions: tuple[Condition, ...], criteria: Mapping[str, Criterion], *, entering: bool) -> None:
        self._criteria = criteria
        self._scores = {c: tuple(_scoring(c, criteria)) for c in _everything(conditions) if isinstance(c, Score)}
        facts = dict.fromkeys(c for c in _everything(conditions) if isinstance(c, Clarified | Has | Passed | OlderThan))
        implied = tuple(_implications(tuple(facts)))
        self._conditions = tuple(sorted((*conditions, *implied), key=lambda c: sum(1 for _ in self._variables(c))))
        self._standings = self._all_standings(conditions, entering=entering)
        self._facts = {fact: _values(fact, entering=entering) for fact in facts}

    def succeeds(self, effort: Effort) -> bool:
        """Whether there is such a combination, or whether it could not be ruled out with a budget of that effort."""
        counted = sum(map(len, self._scores.values()))
        cost = 1 + len(self._standings) + counted + sum(1 for _ in _everything(self._conditions))
        enough = max(effort.left - max(_BUDGET, cost), 0)
        stack: list[tuple[_Standings, _Facts]] = [(self._standings, self._facts)]
        while stack:
            effort.left -= cost
            standings, facts = stack.pop()
            undecided = self._undecided(standings, facts)
            if undecided is None or effort.left < enough:
                return True
            stack.extend(self._branches(undecided, standings, facts))
        return False

    def _undecided(self, standings: _Standings, facts: _Facts) -> tuple[Condition, ...] | None:
        """Give the conditions that are not decided yet, or () where one cannot hold; None where all hold."""
        undecided: list[Condition] = []
        for condition in self._conditions:
            truth = self._truth(condition, standings, facts)
            if truth is False:
                return ()
            if truth is None:
                undecided.append(condition)
        return tuple(undecided) or None

    def _branches(
        self, undecided: tuple[Condition, ...], standings: _Standings, facts: _Facts
    ) -> Iterator[tuple[_Standings, _Facts]]:
        for variable in self._variables(undecided[0]) if undecided else ():
            if isinstance(variable, str):
                if len(standings[variable]) > 1:
                    # The stack takes the last first, and the most hopeful standing comes first.
                    for standing in reversed(standings[variable]):
                        yield {**standings, variable: (standing,)}, facts
                    return
            elif len(facts[variable]) > 1:
                for value in facts[variable]:
                    yield standings, {**facts, variable: (value,)}
                return

    def _truth(self, condition: Condition, standings: _Standings, facts: _Facts) -> bool | None:
        match condition:
            case Holds(criterion):
                return _common([standing[_HOLDS] for standing in standings[criterion]])
            case NotMet(criterion):
                return _common([standing[_NOT_MET] for standing in standings[criterion]])
            case Open(criterion):
                return _common([standing[_OPEN] for standing in standings[criterion]])
            case Not(inner):
                truth = self._truth(inner, standings, facts)
                return None if truth is None else not truth
            case All(conditions):
                return _count([self._truth(inner, standings, facts) for inner in conditions], len(conditions))
            case AtLeast(count, conditions):
                return _count([self._truth(inner, standings, facts) for inner in conditions], count)
            case Score():
                return self._reaches(condition, standings)
            case Lost(criteria):
                return _count([_common([s[_LOST] for s in standings[id]]) for id in criteria], 1)
            case _:
                return _common(facts[condition])

    def _reaches(self, score: Score, standings: _Standings) -> bool | None:
        counted = [(self._criteria[id].weight, standings[id]) for id in self._scores[score]]
        if total(weight for weight, values in counted if all(v[_HOLDS] for v in values)) >= score.at_least:
            return True
        most = total(weight for weight, values in counted if any(v[_HOLDS] for v in values))
        return None if most >= score.at_least else False

    def _variables(self, condition: Condition) -> Iterator[str | _Fact]:
        for part in walk(condition):
            match part:
                case Holds(criterion) | NotMet(criterion) | Open(criterion):
                    yield criterion
                case Lost(criteria):
                    yield from criteria
                case Score():
                    yield from self._scores[part]
                case Clarified() | Has() | Passed() | OlderThan():
                    yield part

    def _all_standings(self, conditions: tuple[Condition, ...], *, entering: bool) -> _Standings:
        wishes: dict[str, set[tuple[int, bool]]] = {}
        for condition in conditions:
            for criterion, aspect, wanted in self._wishes(condition, wanted=True):
                wishes.setdefault(criterion, set()).add((aspect, wanted))
        return {id: _worth_trying(self._criteria.get(id), wished, entering=entering) for id, wished in wishes.items()}

    def _wishes(self, condition: Condition, *, wanted: bool) -> Iterator[tuple[str, int, bool]]:
        """Tell which aspect of which criterion helps to make a condition true, or false."""
        match condition:
            case Holds(criterion):
                yield criterion, _HOLDS, wanted
            case NotMet(criterion):
                yield criterion, _NOT_MET, wanted
            case Open(criterion):
                yield criterion, _OPEN, wanted
            case Lost(criteria):
                yield from ((criterion, _LOST, wanted) for criterion in criteria)
            case Score():
                yield from ((criterion, _HOLDS, wanted) for criterion in self._scores[condition])
            case _:
                for inner in parts(condition):
                    yield from self._wishes(inner, wanted=wanted != isinstance(condition, Not))


def _everything(conditions: Iterable[Condition]) -> Iterator[Condition]:
    for condition in conditions:
        yield from walk(condition)


def _scoring(score: Score, criteria: Mapping[str, Criterion]) -> Iterator[str]:
    # What is retired counts no more, from the day of its retirement on for good.
    for id in criteria if score.of is None else score.of:
        criterion = criteria.get(id)
        if criterion and not criterion.knockout and criterion.weight > 0 and criterion.retired is None:
            yield id


def _worth_trying(
    criterion: Criterion | None, wishes: set[tuple[int, bool]], *, entering: bool
) -> tuple[tuple[bool, ...], ...]:
    """List how a criterion can stand, without what another standing is as good as in every respect that matters."""
    kept: list[tuple[bool, ...]] = []
    for standing in _can_stand(criterion, entering=entering):
        aspects = standing.aspects
        if not any(_as_good(other, aspects, wishes) for other in kept):
            kept = [other for other in kept if not _as_good(aspects, other, wishes)]
            kept.append(aspects)
    return tuple(kept)


def _can_stand(criterion: Criterion | None, *, entering: bool) -> Iterator[_Standing]:
    yield _Standing(State.MET)
    yield _Standing(State.OPEN)
    states = [State.NOT_MET]
    if criterion is not None and criterion.valid_for is not None:
        states.append(State.EXPIRED)
    if criterion is not None and criterion.needs_counterparty:
        states.append(State.UNATTESTED)
    for state in states:
        yield _Standing(state)
        if not entering:
            yield _Standing(state, lost=True)


def _as_good(one: tuple[bool, ...], other: tuple[bool, ...], wishes: set[tuple[int, bool]]) -> bool:
    return all(one[aspect] == other[aspect] or one[aspect] == wanted for aspect, wanted in wishes)


def _values(fact: _Fact, *, entering: bool) -> tuple[bool, ...]:
    """List which truth values a fact can have; on entering there is no present status to be told about."""
    if isinstance(fact, Clarified | OlderThan) and entering:
        return (False,)
    if isinstance(fact, OlderThan) and fact.duration.count == 0:
        return (True,)
    return False, True


def _implications(facts: tuple[_Fact, ...]) -> Iterator[Condition]:
    """Write down, as conditions, which facts bring others with them."""
    for fewer, more in pairwise(sorted({fact.count for fact in facts if isinstance(fact, Clarified)})):
        yield _implies(Clarified(more), Clarified(fewer))
    ages = [fact for fact in facts if isinstance(fact, OlderThan)]
    fields = [fact for fact in facts if isinstance(fact, Has | Passed)]
    yield from (_implies(a, b) for a in ages for b in ages if a != b and _never_shorter(a.duration, b.duration))
    yield from (_implies(a, b) for a in fields for b in fields if a != b and _brings(a, b))


def _implies(fact: Condition, other: Condition) -> Condition:
    return AtLeast(1, (Not(fact), other))


def _brings(fact: Has | Passed, other: Has | Passed) -> bool:
    return isinstance(other, Has) and (fact.field == other.field or fact.field.startswith(other.field + "."))


def _never_shorter(one: Duration, other: Duration) -> bool:
    """Whether a duration is, from any day on, at least as long as another; False where that cannot be told."""
    in_days, other_in_days = one.unit in "dw", other.unit in "dw"
    if in_days == other_in_days:
        return _units(one) >= _units(other)
    # Leap years and short months taken together, months are up to five days off their mean.
    if in_days:
        return _units(one) >= _units(other) * _DAYS_A_MONTH + 5
    return _units(one) * _DAYS_A_MONTH - 5 >= _units(other)


def _units(duration: Duration) -> int:
    return duration.count * {"d": 1, "w": 7, "m": 1, "y": 12}[duration.unit]


def _common(values: Sequence[bool]) -> bool | None:
    if all(values):
        return True
    return None if any(values) else False


def _count(truths: Sequence[bool | None], wanted: int) -> bool | None:
    sure = sum(truth is True for truth in truths)
    if sure >= wanted:
        return True
    return None if sure + sum(truth is None for truth in truths) >= wanted else False

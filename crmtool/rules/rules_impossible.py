"""rules-impossible."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.conditions import AtLeast, Clarified, Condition, Lost, OlderThan, Score, named_criteria, notation
from crmtool.finding import Observation, Place
from crmtool.records import dataclass
from crmtool.rulebook import RuleBook
from crmtool.rules.base import Example, RuleBookRule, RuleBookSubject
from crmtool.rules.examples import RULEBOOK_PATH, rulebook
from crmtool.rules.references import condition_place
from crmtool.satisfiable import Effort, contradiction, most_score

_MOST_HARD_LISTS = 10
"""A rule book has a few, if any: one that was made to keep the check busy is let off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Demand:
    """A list of conditions and what becomes of it; `given` holds anyway, `entering`: there is no present status yet."""

    place: Place
    conditions: tuple[Condition, ...]
    consequence: str
    given: tuple[OlderThan, ...] = ()
    entering: bool = False


def check(subject: RuleBookSubject) -> Iterator[Observation]:
    """Report each list of conditions that no contact can ever meet, with its smallest contradictory part."""
    book, effort = subject.rulebook, Effort(hard_lists=_MOST_HARD_LISTS)
    for demand in _demands(book):
        if any(id not in book.criteria for condition in demand.conditions for id in named_criteria(condition)):
            continue  # An unknown criterion has to be mended first, and is found already.
        part = contradiction(
            demand.conditions, book.criteria, given=demand.given, entering=demand.entering, effort=effort
        )
        if part:
            whole = len(part) > 2
            yield Observation(
                message=f"{demand.consequence}: {_why(book, demand, part)}",
                hint=_hint(book, demand, part),
                place=demand.place if whole else condition_place(subject.values, demand.place, part[-1]),
            )


def _demands(book: RuleBook) -> Iterator[_Demand]:
    for status in book.statuses.values():
        yield _Demand(
            place=("statuses", status.id, "requires"),
            conditions=status.requires,
            consequence=f"what the status '{status.id}' requires never holds",
        )
    for transition in book.transitions.values():
        yield _Demand(
            place=("transitions", transition.id, "requires"),
            conditions=transition.requires,
            consequence=f"the transition '{transition.id}' can never be taken",
            entering=transition.is_entry,
        )
    for rule in book.stop_rules.values():
        yield _Demand(
            place=("stop_rules", rule.id, "when"),
            conditions=rule.when,
            consequence=f"the stop rule '{rule.id}' never falls due",
            given=(OlderThan(rule.after),) if rule.after else (),
        )


def _why(book: RuleBook, demand: _Demand, part: tuple[int, ...]) -> str:
    if len(part) == 1:
        return _why_alone(book, demand, demand.conditions[part[0]])
    if len(part) == 2:
        one, other = (f"'{notation(demand.conditions[i])}'" for i in part)
        return f"{one} and {other} contradict each other"
    return f"its {len(part)} conditions contradict each other"


def _why_alone(book: RuleBook, demand: _Demand, condition: Condition) -> str:
    written = f"'{notation(condition)}'"
    match condition:
        case Score(_, of) if (most := most_score(condition, book.criteria)) < condition.at_least:
            return f"{written} is out of reach; {'all criteria' if of is None else 'these'} together weigh {most:g}"
        case AtLeast(count, conditions) if count > len(conditions):
            return f"{written} asks for {count} of {len(conditions)}"
        case Clarified() | Lost() | OlderThan() if demand.entering:
            return f"{written} asks for a present status, and who enters has none"
        case _:
            suffix = f" once {demand.given[0].duration} have passed" if demand.given else ""
            return f"{written} cannot hold{suffix}"


def _hint(book: RuleBook, demand: _Demand, part: tuple[int, ...]) -> str:
    condition = demand.conditions[part[0]]
    match condition:
        case _ if len(part) > 1:
            return "remove one of them, or write `{any: […]}` if either may hold"
        case Score() if (most := most_score(condition, book.criteria)) < condition.at_least:
            return f"write score: {most:g} or less, or give the criteria more weight"
        case AtLeast(count, conditions) if count > len(conditions):
            return f"write at_least: {len(conditions)} or less"
        case Clarified() | Lost() | OlderThan() if demand.entering:
            return "remove it, or write in `from` the status that the transition leaves"
        case _:
            return "remove it, or write what was meant"


RULE = RuleBookRule(
    code="rules-impossible",
    title="Conditions that can never hold",
    why="What can never hold closes a way for good, without anybody noticing: contacts wait for something that no "
    "answer brings about.",
    remedy="Remove one of the conditions that contradict each other, or lower the number. A `score` counts the "
    "weights of the criteria that are not retired, knockouts left out; who enters has no present status that `lost`, "
    "`clarified` or `older_than` could look at.",
    valid=(
        Example(files=rulebook()),
        Example(files=rulebook("requires: [pain, budget]", "requires: [{not: budget}, {score: 5}]")),
        Example(files=rulebook("requires: [pain, budget]", "requires: [{lost: [pain, budget]}, pain]")),
    ),
    invalid=(
        Example(
            files=rulebook("requires: [pain, budget]", "requires: [budget, pain, {open: pain}]"),
            at=(RULEBOOK_PATH, 22, 66),
        ),
        Example(
            files=rulebook("requires: [pain, budget]", "requires: [budget, {score: 7}]"), at=(RULEBOOK_PATH, 22, 60)
        ),
        Example(
            files=rulebook("requires: [pain, budget]", "requires: {at_least: 3, of: [pain, budget]}"),
            at=(RULEBOOK_PATH, 22, 51),
        ),
        Example(
            files=rulebook("requires: [pain, budget]", "requires: [{any: [pain, budget]}, {not: pain}, {not: budget}]"),
            at=(RULEBOOK_PATH, 22, 51),
        ),
        Example(files=rulebook("{to: new}", "{to: new, requires: [{clarified: 1}]}"), at=(RULEBOOK_PATH, 20, 33)),
        Example(files=rulebook("requires: [fit]}", "requires: [fit, {not_met: fit}]}"), at=(RULEBOOK_PATH, 8, 42)),
        Example(
            files=rulebook("when: [{not: pain}]", "when: [{not: pain}, {not: {older_than: 30d}}]"),
            at=(RULEBOOK_PATH, 28, 49),
        ),
    ),
    check=check,
)

"""What is missing, told in one line, and what to type for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from crmtool.conditions import AtLeast, Condition, Holds, Not, NotMet, Open, Score, parts
from crmtool.contact import Contact
from crmtool.replay import MissingCondition
from crmtool.rulebook import RuleBook, Transition
from crmtool.situation import State
from crmtool.text import one_line

_STATES = {
    State.OPEN: "open",
    State.MET: "answered yes",
    State.NOT_MET: "answered no",
    State.EXPIRED: "expired",
    State.UNATTESTED: "not attested by the counterparty",
}


def told(contact: Contact, missing: Iterable[MissingCondition]) -> str:
    """Tell what is missing; of a criterion also why it does not hold."""
    return "; ".join(_told(contact, condition) for condition in missing)


def ways(transitions: Sequence[Transition]) -> str:
    """List where transitions lead, with their ids."""
    return ", ".join(f"{transition.target} ({transition.id})" for transition in transitions)


def listed(labels: Mapping[str, str]) -> str:
    """List ids with their labels."""
    return ", ".join(f"{id} ({one_line(label)})" for id, label in labels.items())


def what_to_add(contact: Contact, rulebook: RuleBook, missing: Sequence[MissingCondition], day: date) -> str:
    """Give the lines to type for everything that is missing on a day; what no answer brings about is told in words."""
    answers: list[str] = []
    words: list[str] = []
    for condition in missing:
        lines = list(_answers(contact, rulebook, condition, day))
        if isinstance(condition.condition, AtLeast | Score) and len(lines) > 1:
            answers.append(f"  # {condition.text}")
        answers += [line for line in lines if line not in answers]
        unknown = ", ".join(state.id for state in condition.criteria if state.id not in rulebook.criteria)
        if unknown:
            words.append(f"  a rule book that knows {unknown}: mend criteria.yaml")
        elif not lines:
            words.append(f"  {condition.text}")
    return "\n".join(
        [
            *(["if it is so, add below `criteria:`", *answers] if answers else []),
            *(["and first have:" if answers else "first have:", *words] if words else []),
        ]
    )


def answer_line(contact: Contact, rulebook: RuleBook, criterion: str, day: date, *, met: bool = True) -> str:
    """Give the line to type for an answer; {…} stands for those already given."""
    rule = rulebook.criteria.get(criterion)
    attested = ", attested_by: counterparty" if met and rule and rule.needs_counterparty else ""
    answer = f'{{{"met" if met else "not_met"}: {day}, evidence: "…"{attested}}}'
    given = contact.criteria.get(criterion, ())
    before, after = any(other.day <= day for other in given), any(other.day > day for other in given)
    if given:
        answer = "[" + "{…}, " * before + answer + ", {…}" * after + "]"
    return f"  {criterion}: {answer}" + (f"  # {one_line(rule.question)}" if rule else "")


def _told(contact: Contact, missing: MissingCondition) -> str:
    if not isinstance(missing.condition, Holds | Not | NotMet) or len(missing.criteria) != 1:
        return missing.text
    state = missing.criteria[0]
    later = contact.criteria.get(state.id) if state.state is State.OPEN else None
    why = f"answered only on {min(answer.day for answer in later)}" if later else _STATES[state.state]
    return f"{missing.text} ({why})"


def _answers(contact: Contact, rulebook: RuleBook, missing: MissingCondition, day: date) -> Iterator[str]:
    for criterion, met in helpful_answers(rulebook, missing):
        yield answer_line(contact, rulebook, criterion, day, met=met)


def helpful_answers(rulebook: RuleBook, missing: MissingCondition) -> Iterator[tuple[str, bool]]:
    """Pair the criteria that a condition is missing with the answer that would help, True for met."""
    helps = dict(_helpful(missing.condition))
    for state in missing.criteria:
        met = helps.get(state.id, True)
        if met is not None and state.id in rulebook.criteria:
            yield state.id, met


def _helpful(condition: Condition, *, wanted: bool = True) -> Iterator[tuple[str, bool | None]]:
    """Pair the criteria named with the answer that helps: yes, no, or None where no answer does."""
    match condition:
        case Holds(criterion):
            yield criterion, wanted
        case NotMet(criterion):
            yield criterion, not wanted
        case Open(criterion):
            yield criterion, None if wanted else True
        case Not(inner):
            yield from _helpful(inner, wanted=not wanted)
        case _:
            for part in parts(condition):
                yield from _helpful(part, wanted=wanted)

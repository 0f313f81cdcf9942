"""Conditions told in words, with what they stand at on the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

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
)
from crmtool.days import Duration, parse_day
from crmtool.records import dataclass
from crmtool.situation import Situation, field_value

TEMPLATES: Mapping[str, str] = {
    "score": "score {wanted} or more, now {score}",
    "score_of": "score {wanted} or more of {criteria}, now {score}",
    "score_rule": "score {wanted} or more",
    "score_of_rule": "score {wanted} or more of {criteria}",
    "any": "one of: {parts}",
    "at_least": "{count} of: {parts}",
    "all": "all of: {parts}",
    "not": "not: {part}",
    "not_met": "a no to {criterion}",
    "open": "no valid answer to {criterion}",
    "lost": "a criterion that held on {entered} and no longer does: {criteria}",
    "lost_entering": "a criterion that no longer holds: {criteria}",
    "clarified": "answers dated after {entered}: {count} or more, now {now}",
    "clarified_entering": "answers since the present status: {count} or more",
    "has": "{field} filled in",
    "passed": "the date {field} reached, now {value}",
    "passed_absent": "the date {field} reached; it is not set",
    "passed_rule": "the date {field} reached",
    "older_than": "{duration} in this status, that is from {day} on",
    "older_than_entering": "{duration} in the present status",
}
"""The English sentences; `…_entering` are those for a contact that has no present status yet.

A condition told without a contact takes those with `…_rule`, where there are any, and otherwise `…_entering`.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How to tell conditions: the sentences, by the keys of `TEMPLATES`, and how to name what stands in them."""

    templates: Mapping[str, str]
    criterion: Callable[[str], str] = str
    field: Callable[[str], str] = "'{}'".format
    day: Callable[[date], str] = date.isoformat
    duration: Callable[[Duration], str] = str
    number: Callable[[float], str] = "{:.15g}".format

    def say(self, key: str, **values: object) -> str:
        """Fill in a sentence."""
        return self.templates[key].format(**values)

    def criteria(self, ids: Iterable[str]) -> str:
        """List criteria."""
        return ", ".join(self.criterion(id) for id in ids)


ENGLISH = Words(templates=TEMPLATES)


def tell(situation: Situation | None, condition: Condition, words: Words = ENGLISH) -> str:
    """Tell a condition; in English criteria are told by their ids, as findings and JSON name them.

    Without a situation it is told as the rule that it is: what it asks, of whatever contact.
    """

    def parts(conditions: Iterable[Condition]) -> str:
        return ", ".join(tell(situation, inner, words) for inner in conditions)

    match condition:
        case Holds(criterion):
            return words.criterion(criterion)
        case NotMet(criterion):
            return words.say("not_met", criterion=words.criterion(criterion))
        case Open(criterion):
            return words.say("open", criterion=words.criterion(criterion))
        case Not(inner):
            return words.say("not", part=tell(situation, inner, words))
        case All(conditions):
            return words.say("all", parts=parts(conditions))
        case AtLeast(count, conditions, is_any):
            return words.say("any" if is_any else "at_least", count=count, parts=parts(conditions))
        case Score(wanted, of):
            score = words.number(situation.score(condition)) if situation else ""
            key = ("score" if of is None else "score_of") + ("" if situation else "_rule")
            return words.say(key, wanted=words.number(wanted), score=score, criteria=words.criteria(of or ()))
        case _:
            return _tell_time(situation, condition, words)


def _tell_time(situation: Situation | None, condition: Condition, words: Words) -> str:
    entered = situation.entered if situation else None
    suffix, since = ("", words.day(entered)) if entered else ("_entering", "")
    match condition:
        case Lost(criteria):
            return words.say("lost" + suffix, entered=since, criteria=words.criteria(criteria))
        case Clarified(count):
            now = situation.clarified() if situation else ""
            return words.say("clarified" + suffix, entered=since, count=count, now=now)
        case OlderThan(duration):
            day = words.day(duration.after(entered)) if entered else ""
            return words.say("older_than" + suffix, duration=words.duration(duration), day=day)
        case Passed(field) if situation:
            passed = parse_day(field_value(situation.contact.fields, field))
            value = words.day(passed) if passed else ""
            return words.say("passed" if passed else "passed_absent", field=words.field(field), value=value)
        case Passed(field):
            return words.say("passed_rule", field=words.field(field))
        case Has(field):
            return words.say("has", field=words.field(field))
        case _:
            raise AssertionError(condition)

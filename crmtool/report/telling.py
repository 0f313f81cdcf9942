"""Conditions told to a reader: with labels for ids, in the reader's words."""

from __future__ import annotations

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
from crmtool.contact import Answer
from crmtool.days import parse_day
from crmtool.report.edition import Edition
from crmtool.situation import Situation, field_value


def tell(edition: Edition, situation: Situation, condition: Condition) -> str:
    """Tell a condition, with what it stands at on the day."""
    words = edition.language.conditions

    def all_of(conditions: tuple[Condition, ...]) -> str:
        return ", ".join(tell(edition, situation, inner) for inner in conditions)

    match condition:
        case Holds(criterion):
            return edition.criterion(criterion)
        case NotMet(criterion):
            return words["not_met"].format(criterion=edition.criterion(criterion))
        case Open(criterion):
            return words["open"].format(criterion=edition.criterion(criterion))
        case Not(inner):
            return words["not"].format(part=tell(edition, situation, inner))
        case All(conditions):
            return words["all"].format(parts=all_of(conditions))
        case AtLeast(count, conditions, is_any):
            return words["any" if is_any else "at_least"].format(count=count, parts=all_of(conditions))
        case Score():
            return _score(edition, situation, condition)
        case _:
            return _by_the_calendar(edition, situation, condition)


def _score(edition: Edition, situation: Situation, condition: Score) -> str:
    language = edition.language
    return language.conditions["score" if condition.of is None else "score_of"].format(
        wanted=language.number(condition.at_least),
        score=language.number(situation.score(condition)),
        criteria=_labels(edition, condition.of or ()),
    )


def _by_the_calendar(edition: Edition, situation: Situation, condition: Condition) -> str:
    language, words, entered = edition.language, edition.language.conditions, situation.entered
    suffix = "" if entered else "_entering"
    since = language.day(entered) if entered else ""
    match condition:
        case Lost(criteria):
            return words["lost" + suffix].format(entered=since, criteria=_labels(edition, criteria))
        case Clarified(count):
            return words["clarified" + suffix].format(entered=since, count=count, now=situation.clarified())
        case OlderThan(duration):
            day = language.day(duration.after(entered)) if entered else ""
            return words["older_than" + suffix].format(duration=language.duration(duration), day=day)
        case Passed(field):
            value = parse_day(field_value(situation.contact.fields, field))
            key = "passed" if value else "passed_absent"
            return words[key].format(field=language.quote(field), value=language.day(value) if value else "")
        case Has(field):
            return words["has"].format(field=language.quote(field))
        case _:
            raise AssertionError(condition)


def tell_answer(edition: Edition, answer: Answer | None) -> str:
    """Tell an answer in two words: yes or no, and when."""
    if answer is None:
        return edition.language("state.open")
    state = edition.language("state.met" if answer.met else "state.not_met")
    return edition.language("criterion.on", state=state, day=edition.language.short_day(answer.day, edition.day))


def _labels(edition: Edition, criteria: tuple[str, ...]) -> str:
    return ", ".join(edition.criterion(id) for id in criteria)


def sentence(text: str) -> str:
    """Fold a text to one line that ends as a sentence does."""
    folded = bare(text)
    return folded if folded.endswith(("?", "!", "…", "...")) else f"{folded}."


def bare(text: str) -> str:
    """Fold a text to one line without a full stop at its end, so that it fits into a sentence."""
    folded = " ".join(text.split())
    return folded if folded.endswith(("...", "…")) else folded.rstrip(".")

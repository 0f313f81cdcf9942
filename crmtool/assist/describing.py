"""What the schema in force says of a key, and what the words of the rule book mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crmtool.assist.keys import forms
from crmtool.finding import Place

FORMS: Mapping[str, str] = {
    "not": "Holds when the condition in it does not hold.",
    "not_met": "Holds when the latest answer is a no that has not expired. No answer is no no.",
    "open": "Holds when there is no answer, or the latest one has expired.",
    "any": "Holds when at least one of the conditions holds.",
    "all": "Holds when all of the conditions hold.",
    "at_least": "Holds when at least so many of the conditions listed with `of` hold.",
    "of": "What `at_least` counts, or whose weights `score` adds up.",
    "score": "Holds when the weights of the criteria that hold add up to so many or more; knockouts do not count.",
    "lost": "Holds when one of the criteria held when the present status was entered and no longer does.",
    "clarified": "Holds when so many answers or more are dated after the day on which the present status was entered.",
    "has": "Holds when this field of the contact is present and not empty; a dotted path leads into a field.",
    "passed": "Holds when the day in this field of the contact has come.",
    "older_than": "Holds when the contact has been in its present status at least that long.",
}
"""The forms of conditions, each explained in a sentence."""

KINDS: Mapping[str, str] = {
    "active": "Being worked on: a decision is pending.",
    "hold": "Put off on purpose, until it is looked at again.",
    "won": "Decided for: the contact has agreed.",
    "ended": "Decided against: ended on purpose.",
}
"""The kinds of statuses."""

_CONDITIONS = frozenset({"requires", "when", "good", "bad"})


def is_form(place: Place) -> bool:
    """Whether the key at a place of the rule book is the form of a condition."""
    return bool(place) and place[-1] in FORMS and not _CONDITIONS.isdisjoint(place[:-1])


def description(schema: Mapping[str, Any], place: Place) -> str:
    """Give what a schema says of what stands at a place, in plain text; empty where it says nothing."""
    texts = (form.schema.get("description") for form in forms(schema, place) if form.certain)
    return next((text for text in texts if isinstance(text, str)), "").replace("`", "'")

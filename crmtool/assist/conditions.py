"""The forms of conditions, completed in the rule book."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.assist.describing import FORMS
from crmtool.assist.offers import is_condition
from crmtool.assist.suggestions import Kind, Suggestion, resolved
from crmtool.assist.surroundings import Surroundings
from crmtool.finding import Place

_SNIPPETS = {
    "not": "{not: $1}",
    "not_met": "{not_met: $1}",
    "open": "{open: $1}",
    "any": "{any: [$1]}",
    "all": "{all: [$1]}",
    "at_least": "{at_least: ${1:2}, of: [$2]}",
    "score": "{score: $1}",
    "lost": "{lost: [$1]}",
    "clarified": "{clarified: ${1:1}}",
    "has": "{has: ${1:revisit}}",
    "passed": "{passed: ${1:revisit}}",
    "older_than": "{older_than: ${1:30d}}",
}
_HOLD_LISTS = frozenset({"requires", "when", "good", "bad", "any", "all", "lost", "of"})
_HOLD_CONDITIONS = _HOLD_LISTS - {"lost", "of"} | {"not"}


def condition_key(key: str, *, in_flow: bool) -> str:
    """Write a key that holds conditions, or the form of one, as a snippet."""
    if key in _SNIPPETS and in_flow:
        return _SNIPPETS[key][1:-1]
    return f"{key}: [$1]" if key in _HOLD_LISTS else f"{key}: "


def forms_of_conditions(here: Surroundings, place: Place) -> Iterator[Suggestion]:
    """Suggest the forms of conditions where a condition can stand."""
    if not is_condition(place) or not _may_hold(here, place):
        return
    for form, snippet in _SNIPPETS.items():
        label = resolved(snippet).replace(": }", ": …}").replace("[]", "[…]")
        yield Suggestion(
            label=label, insert=snippet, kind=Kind.CONDITION, documentation=FORMS[form], filter=form, is_snippet=True
        )


def _may_hold(here: Surroundings, place: Place) -> bool:
    *around, last = (step for step in place if isinstance(step, str))
    if last == "of":
        return here.value(*place[: place.index("of")], "at_least") is not None
    return bool(around) and last in _HOLD_CONDITIONS

"""Whole entries that completion writes: answers, decisions, and what the schema asks for in any other mapping."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crmtool.assist.cursor import front_matter_span
from crmtool.assist.keys import forms, is_list, is_mapping, is_text, required_keys
from crmtool.assist.offers import criterion, decided, explained, transition_people, values_at
from crmtool.assist.snippets import Hole, Stub, given
from crmtool.assist.suggestions import Kind, Suggestion
from crmtool.assist.surroundings import Surroundings, Way
from crmtool.finding import Place
from crmtool.replay import same_person
from crmtool.text import PLACEHOLDER, TextEdit

_DEEPEST = 8
"""So deep entries are written: a schema may ask for itself without end."""
_STATUS = re.compile(r"^status:[ \t]*(?P<quote>[\"']?)(?P<id>[^\s#'\",]+)(?P=quote)[ \t]*(?=[#\r\n]|\Z)", re.MULTILINE)


def answer(here: Surroundings, criterion_id: str, *, met: bool) -> Stub:
    """Give an answer of today, attested by whom the criterion asks."""
    rule = here.rulebook.criteria.get(criterion_id)
    return given(
        {
            "met" if met else "not_met": Hole(here.editing.day.isoformat()),
            "evidence": Hole(PLACEHOLDER, sentence=True),
            "attested_by": "counterparty" if met and rule and rule.needs_counterparty else None,
        }
    )


def answers(here: Surroundings, criterion_id: str) -> Iterator[tuple[Suggestion, Stub]]:
    """Give a yes and a no, first the one that is good to have."""
    rule = here.rulebook.criteria.get(criterion_id)
    if rule is None:
        return
    told = criterion(here, criterion_id)
    for met in (False, True) if rule.knockout else (True, False):
        word = "yes" if met else "no"
        entry = Suggestion(
            label=f"{criterion_id}: {word}",
            insert="",
            kind=Kind.ENTRY,
            detail=told.detail,
            documentation=told.documentation,
            filter=f"{told.filter} {word} {'met' if met else 'not_met'}",
        )
        yield entry, answer(here, criterion_id, met=met)


def decisions(here: Surroundings, index: int) -> Iterator[tuple[Suggestion, Stub]]:
    """Give a decision for each status that can be reached, those that can be decided for now first.

    The last decision of the log takes the contact's status with it.
    """
    log = here.value("decisions")
    is_last = not isinstance(log, list) or index >= len(log) - 1
    for way in here.ways:
        if way.transition is not None:
            entry = Suggestion(
                label=f"decide: {way.status.id}",
                insert="",
                kind=Kind.ENTRY,
                detail=decided(way),
                documentation=explained(way),
                filter=f"decide {way.status.id} {way.status.label} {way.transition.id}",
                also=_status_follows(here, way.status.id) if is_last else (),
            )
            yield entry, decision(here, way)


def decision(here: Surroundings, way: Way) -> Stub:
    """Give a decision of today with all that its rules ask for."""
    transition = way.transition
    by = confirmed_by = None
    if transition and (transition.by or transition.four_eyes):
        by = next(iter((*transition_people(here, way.status.id), *here.people)), PLACEHOLDER)
    if transition and transition.four_eyes and by is not None:
        confirmed_by = next((name for name in here.people if not same_person(name, by)), PLACEHOLDER)
    return given(
        {
            "date": Hole(here.editing.day.isoformat()),
            "to": way.status.id,
            "reason": Hole(next(iter(way.status.reasons))) if way.status.reasons else None,
            "because": Hole(PLACEHOLDER, sentence=True),
            "by": Hole(by) if by else None,
            "confirmed_by": Hole(confirmed_by) if confirmed_by else None,
        }
    )


def stub_of(here: Surroundings, place: Place) -> Stub:
    """Give what the schema asks for at a place, filled with what is best there, as far as that can be told."""
    found = forms(here.schema, place)
    if len(place) > _DEEPEST:
        return Hole()
    if is_mapping(found):
        return {key: stub_of(here, (*place, key)) for key in required_keys(here.schema, place)}
    if is_list(found):
        return [stub_of(here, (*place, 0))]
    if place == ("next_step", "do"):
        return Hole(_question(here), sentence=True)
    best = next(values_at(here, place), None)
    if best is not None:
        return Hole(best.insert)
    return Hole(PLACEHOLDER, sentence=True) if is_text(found) else Hole()


def _question(here: Surroundings) -> str:
    rule = here.rulebook.criteria.get(here.missing[0]) if here.missing else None
    return rule.question if rule else PLACEHOLDER


def _status_follows(here: Surroundings, status: str) -> tuple[TextEdit, ...]:
    area = front_matter_span(here.editing.document)
    match = _STATUS.search(here.editing.text[area.start : area.end])
    if match is None or match["id"] == status:
        return ()
    return (TextEdit(match.start("id") + area.start, match.end("id") + area.start, status),)

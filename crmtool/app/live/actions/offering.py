"""All that can be offered at a place of an open file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from crmtool.app.live.actions.answering import answers, first_to_clarify, steps, unblocking
from crmtool.app.live.actions.deciding import decisions
from crmtool.app.live.actions.fixing import fixes
from crmtool.app.live.actions.past import correcting
from crmtool.app.live.actions.places import place_at
from crmtool.app.live.actions.retyping import meanings
from crmtool.app.live.actions.subject import Action, Kind, Offer, Subject
from crmtool.app.live.workspace import LiveWorkspace
from crmtool.assist.editing import Editing
from crmtool.document import read_yaml
from crmtool.finding import Finding, Place
from crmtool.situation import Present
from crmtool.stopping import is_stop_due


def actions_at(
    workspace: LiveWorkspace, editing: Editing, offset: int, findings: Iterable[Finding], wanted: Callable[[Kind], bool]
) -> Iterator[Action]:
    """Give what can be done where a cursor stands, and what mends findings; nothing in a file that cannot be read.

    `wanted` tells which kinds are asked for. What mends comes first, what cannot be done comes last.
    """
    if editing.document.values is None:
        return
    if editing.is_rulebook:
        yield from _in_rulebook(editing, findings) if wanted(Kind.FIX) else ()
        return
    subject = Subject(workspace, editing)
    mending = list(_mending(subject, findings)) if wanted(Kind.FIX) else []
    place = place_at(editing.document, offset) if wanted(Kind.REWRITE) else None
    going_on = [subject.action(offer, Kind.REWRITE) for offer in _going_on(subject, place)] if place else []
    yield from sorted(_each_once([*mending, *going_on]), key=lambda action: action.text is None)


def _mending(subject: Subject, findings: Iterable[Finding]) -> Iterator[Action]:
    for finding in findings:
        made = (subject.action(offer, Kind.FIX, (finding,)) for offer in fixes(subject, finding))
        yield from (action for action in made if action.text is not None)


def _going_on(subject: Subject, place: Place) -> Iterator[Offer]:
    """Offer what leads on from a place, a decision first where stopping is due: else there may be more to clarify."""
    contact, here = subject.contact, subject.here
    if contact is None or here is None:
        return
    part, is_last_decision = place[0], place[:2] == contact.decisions[-1].place
    decides = part in ("name", "status", "stop_if") or place == ("decisions",) or is_last_decision
    decided = list(decisions(here)) if decides else []
    stops_first = is_stop_due(here.situation, here.status)
    yield from decided if stops_first else ()
    yield from _answers(here, place)
    if part in ("name", "status", "next_step"):
        yield from steps(here)
    if part in ("name", "status", "blocked"):
        yield from unblocking(here)
    yield from () if stops_first else decided
    yield from correcting(subject.committed, contact, place, subject.editing.day)


def _answers(here: Present, place: Place) -> Iterator[Offer]:
    """Offer answers to the criterion at a place, or to the one that is to be settled first."""
    situation = here.situation
    step = situation.contact.next_step
    match place:
        case ("criteria", str(id), *_):
            criterion = situation.rulebook.criteria.get(id)
        case ("next_step", *_) if step:
            criterion = situation.rulebook.criteria.get(step.clarifies)
        case ("name" | "status" | "criteria",) if here.status.is_undecided:
            criterion = first_to_clarify(here)
        case _:
            return
    if criterion is not None and criterion.is_asked(situation.day):
        yield from answers(situation, criterion)


def _each_once(actions: Iterable[Action]) -> Iterator[Action]:
    """Leave out what comes to the same; it mends all that the others mend."""
    found: dict[tuple[str, str | None], Action] = {}
    for action in actions:
        key = action.title, action.text
        known = found.get(key)
        found[key] = replace(known, fixes=tuple(dict.fromkeys((*known.fixes, *action.fixes)))) if known else action
    return iter(found.values())


def _in_rulebook(editing: Editing, findings: Iterable[Finding]) -> Iterator[Action]:
    for finding in findings:
        for meant in meanings(editing.document, editing.rulebook, finding):
            text = meant.text(editing.document)
            if read_yaml(editing.path, text.encode()).values is not None:
                yield Action(title=meant.title, kind=Kind.FIX, text=text, fixes=(finding,), preferred=meant.is_only)

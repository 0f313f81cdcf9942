"""The transitions: from where to where, what they ask, and who may take them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crmtool.report.edition import Edition
from crmtool.report.rules.anchors import status_anchor, transition_anchor
from crmtool.report.rules.told import told
from crmtool.rulebook import ANY_STATUS, Transition


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """A status at one end of a transition; `anchor` is empty where it stands for several."""

    label: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionLine:
    """A transition; `takers` tells who may take it and since when its conditions count."""

    anchor: str
    id: str
    sources: tuple[End, ...]
    target: End
    requires: tuple[str, ...]
    takers: tuple[str, ...]


def transition_lines(edition: Edition) -> tuple[TransitionLine, ...]:
    """Lay out all transitions, in the order of the rule book."""
    return tuple(_line(edition, transition) for transition in edition.rulebook.transitions.values())


def end(edition: Edition, id: str) -> End:
    """Name a status, or all that are active or on hold."""
    if id == ANY_STATUS:
        return End(label=edition.language("rules.everywhere"), anchor="")
    return End(label=edition.status(id), anchor=status_anchor(id))


def _line(edition: Edition, transition: Transition) -> TransitionLine:
    outside = End(label=edition.language("rules.outside"), anchor="")
    return TransitionLine(
        anchor=transition_anchor(transition.id),
        id=transition.id,
        sources=tuple(end(edition, id) for id in transition.sources) or (outside,),
        target=end(edition, transition.target),
        requires=told(edition, transition.requires),
        takers=tuple(_takers(edition, transition)),
    )


def _takers(edition: Edition, transition: Transition) -> Iterator[str]:
    language = edition.language
    if transition.by:
        yield language("rules.by", names=", ".join(transition.by))
    if transition.four_eyes:
        yield language("rules.four_eyes")
    if transition.since:
        yield language("rules.since", day=language.day(transition.since))

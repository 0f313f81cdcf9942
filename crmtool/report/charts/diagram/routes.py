"""Which way each transition takes through the diagram, and in which lane.

Statuses stand below one another. A transition to the next one goes straight through the gap between them. Every other
leaves its statuses sideways, on the right where it goes down and on the left where it goes up, and runs in a lane
beside them; several statuses that it leaves share the lane. So no line ever crosses a box.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A status: `note` stands below its label; `kind` is active, hold, won or ended."""

    id: str
    label: str
    note: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A transition; without sources it is a way in, `everywhere` adds every status that is active or on hold."""

    id: str
    target: str
    sources: tuple[str, ...] = ()
    everywhere: bool = False


class Form(StrEnum):
    """How a transition is drawn: a way in from above or from the side, a step, a lane, a bracket."""

    START = "start"
    ENTRY = "entry"
    STEP = "step"
    LANE = "lane"
    BRACKET = "bracket"


class Side(StrEnum):
    """On which side of the boxes."""

    RIGHT = "right"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A transition or a part of one; `sources` and `target` are places in the column of boxes, from 0 at the top."""

    id: str
    form: Form
    side: Side
    sources: tuple[int, ...]
    target: int
    lane: int = 0

    @property
    def first(self) -> int:
        """The uppermost box that it touches."""
        return min(*self.sources, self.target) if self.sources else self.target

    @property
    def is_beside(self) -> bool:
        """Whether it meets the sides of its boxes, not their tops."""
        return self.form not in (Form.START, Form.STEP)

    @property
    def last(self) -> int:
        """The lowest box that it touches."""
        return max(*self.sources, self.target) if self.sources else self.target


def routes(states: Sequence[State], ways: Iterable[Way]) -> tuple[Route, ...]:
    """Find the way of each transition; ends that are no status are left out."""
    places = {state.id: place for place, state in enumerate(states)}
    everywhere = tuple(place for place, state in enumerate(states) if state.kind in ("active", "hold"))
    found: list[Route] = []
    for way in ways:
        if way.target in places:
            found += _parts(way, places, everywhere)
    return tuple(_with_lanes(_one_a_gap(_one_from_above(found))))


def _parts(way: Way, places: Mapping[str, int], everywhere: tuple[int, ...]) -> Iterator[Route]:
    target = places[way.target]
    if not way.sources and not way.everywhere:
        yield Route(id=way.id, form=Form.ENTRY, side=Side.LEFT, sources=(), target=target)
    if way.everywhere and (all_of_them := tuple(place for place in everywhere if place != target)):
        yield Route(id=way.id, form=Form.BRACKET, side=Side.RIGHT, sources=all_of_them, target=target)
    named = {places[id] for id in way.sources if id in places}
    for side, sources in (
        (Side.RIGHT, [p for p in named if p < target]),
        (Side.LEFT, [p for p in named if p > target]),
    ):
        if sources:
            form = Form.STEP if len(sources) == 1 and abs(sources[0] - target) == 1 else Form.LANE
            yield Route(id=way.id, form=form, side=side, sources=tuple(sorted(sources)), target=target)


def _one_from_above(found: Sequence[Route]) -> Iterator[Route]:
    """The only way into the first box comes from above."""
    alone = sum(route.form is Form.ENTRY and route.target == 0 for route in found) == 1
    for route in found:
        yield replace(route, form=Form.START) if alone and route.form is Form.ENTRY and route.target == 0 else route


def _one_a_gap(found: Iterable[Route]) -> Iterator[Route]:
    """Only one way leads straight down a gap, and one up; a second one takes a lane."""
    taken: set[tuple[int, Side]] = set()
    for route in found:
        if route.form is Form.STEP and (route.target, route.side) in taken:
            yield replace(route, form=Form.LANE)
            continue
        if route.form is Form.STEP:
            taken.add((route.target, route.side))
        yield route


def _with_lanes(found: Iterable[Route]) -> Iterator[Route]:
    """Number the lanes of each side from the boxes outwards: short ways inside, brackets around all of them."""
    rest = []
    for route in found:
        if route.form in (Form.START, Form.ENTRY, Form.STEP):
            yield route
        else:
            rest.append(route)
    for side in Side:
        lanes: list[list[Route]] = []
        ranked = sorted(
            (route for route in rest if route.side is side),
            key=lambda route: (route.form is Form.BRACKET, route.last - route.first, route.first),
        )
        for route in ranked:
            yield replace(route, lane=_lane(route, lanes))


def _lane(route: Route, lanes: list[list[Route]]) -> int:
    for number, others in enumerate(lanes):
        if route.form is not Form.BRACKET and all(_apart(route, other) for other in others):
            others.append(route)
            return number
    lanes.append([route])
    return len(lanes) - 1


def _apart(one: Route, other: Route) -> bool:
    return one.last < other.first or other.last < one.first

"""Where the ways meet the sides of a box, from its top down, ordered so that few lines cross."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crmtool.report.charts.diagram.routes import Form, Route, Side

_LABELLED = 19
_PLAIN = 11
_END = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """A place on a box's side, `down` from the first one's top edge; what arrives carries its label above it."""

    route: Route
    arrives: bool
    down: float


def ports(place: int, side: Side, routes: Iterable[Route]) -> tuple[Port, ...]:
    """List the ports on a side of a box."""
    beside = [route for route in routes if route.side is side and route.is_beside]
    arriving = sorted((route for route in beside if route.target == place), key=lambda route: route.lane)
    leaving = sorted(
        (route for route in beside if route.form is Form.LANE and place in route.sources), key=lambda route: route.lane
    )
    down = 0.0
    found = []
    for route, arrives in _ordered(side, arriving, leaving):
        down += _LABELLED if arrives else _PLAIN
        found.append(Port(route=route, arrives=arrives, down=down))
    return tuple(found)


def extent(found: Sequence[Port]) -> float:
    """Tell how high a box's side must be for its ports."""
    return found[-1].down + _END if found else 0


def _ordered(side: Side, arriving: Sequence[Route], leaving: Sequence[Route]) -> list[tuple[Route, bool]]:
    if side is Side.RIGHT:
        return [*((route, True) for route in arriving), *((route, False) for route in reversed(leaving))]
    entries = [route for route in arriving if route.form is Form.ENTRY]
    others = [route for route in reversed(arriving) if route.form is not Form.ENTRY]
    return [*((r, True) for r in entries), *((r, False) for r in leaving), *((r, True) for r in others)]

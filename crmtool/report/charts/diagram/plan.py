"""Where the boxes, the lanes beside them and the ends of lines stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crmtool.report.charts.diagram.ports import extent, ports
from crmtool.report.charts.diagram.routes import Form, Route, Side, State
from crmtool.report.charts.figure import SIZE, SMALL, Box, Label, rounded
from crmtool.report.charts.text import STRONG, shorten, text_width, wrap

BOX = 192
HEAD = 8
"""How long the head of an arrow is."""
ENTRY = 32
EDGE = 8
_LINE = 17
_LANE = 15
_LABEL_ROOM = 28
_LONGEST = 150
_GAP = 22
_STEP_GAP = 42


@dataclass(frozen=True, slots=True, kw_only=True)
class StateBox:
    """A status: its label on one or two lines, below it what it is."""

    box: Box
    kind: str
    lines: tuple[Label, ...]


class Plan:
    """The diagram's measures. Beside the boxes stand the gutters, for labels and ends of lines, then the lanes."""

    def __init__(self, states: Sequence[State], found: Sequence[Route], everywhere: str) -> None:
        self.routes, self.everywhere = found, everywhere
        self._ports = {(place, side): ports(place, side, found) for place in range(len(states)) for side in Side}
        self.gutters = {side: self._gutter(side) for side in Side}
        self.left = rounded(EDGE + self._reach(Side.LEFT))
        words = text_width(everywhere, SMALL) + 8 if self.brackets else 0
        self.width = rounded(self.left + BOX + self._reach(Side.RIGHT) + words + EDGE)
        self.boxes = tuple(self._stacked(states))
        self.height = rounded((self.boxes[-1].box.bottom if self.boxes else 0) + EDGE)

    @property
    def brackets(self) -> list[Route]:
        """The transitions from all statuses."""
        return [route for route in self.routes if route.form is Form.BRACKET]

    def edge(self, side: Side) -> float:
        """Where the boxes end on a side."""
        return self.left + (BOX if side is Side.RIGHT else 0)

    def lane(self, route: Route) -> float:
        """Where a transition's lane runs."""
        out = self.gutters[route.side] + _LANE * (route.lane + 0.5)
        return rounded(self.edge(route.side) + (out if route.side is Side.RIGHT else -out))

    def port(self, route: Route, place: int, *, arrives: bool) -> float:
        """How far down a transition meets the side of a box."""
        beside, box = self._ports[place, route.side], self.boxes[place].box
        down = next(port.down for port in beside if port.route == route and port.arrives is arrives)
        return rounded(box.y + (box.height - extent(beside)) / 2 + down)

    def span(self, bracket: Route) -> tuple[float, float]:
        """From where to where a bracket goes: along the boxes of all statuses that it stands for."""
        upper, lower = self.boxes[min(bracket.sources)].box, self.boxes[max(bracket.sources)].box
        return rounded(upper.y + 3), rounded(lower.bottom - 3)

    def told_beside(self, route: Route) -> str:
        """Give a label in the gutter."""
        return shorten(route.id, _LONGEST, SMALL)

    def told_between(self, route: Route, side: Side) -> str:
        """Give a label between two boxes, which may reach into the gutter but not to the lanes."""
        return shorten(route.id, BOX / 2 - 18 + self.gutters[side], SMALL)

    def _reach(self, side: Side) -> float:
        lanes = [route.lane for route in self._beside(side) if route.form is not Form.ENTRY]
        return self.gutters[side] + _LANE * (max(lanes, default=-1) + 1)

    def _beside(self, side: Side) -> list[Route]:
        return [route for route in self.routes if route.side is side and route.is_beside]

    def _gutter(self, side: Side) -> float:
        beside = [min(text_width(route.id, SMALL), _LONGEST) + _LABEL_ROOM for route in self._beside(side)]
        between = [
            min(text_width(route.id, SMALL) + 19 - BOX / 2, _LONGEST)
            for route in self.routes
            if route.side is side and route.form is Form.STEP
        ]
        return rounded(max([0, *beside, *between]))

    def _stacked(self, states: Sequence[State]) -> Iterator[StateBox]:
        y = float(EDGE + (ENTRY if any(route.form is Form.START for route in self.routes) else 0))
        for place, state in enumerate(states):
            lines = wrap(state.label, BOX - 20, SIZE * STRONG, 2)
            text = _LINE * (len(lines) + bool(state.note)) + 14
            height = max(text, *(extent(self._ports[place, side]) for side in Side))
            box = Box(x=self.left, y=rounded(y), width=BOX, height=rounded(height))
            yield StateBox(box=box, kind=state.kind, lines=tuple(_lines(box, lines, state.note)))
            y += height + (_STEP_GAP if self._is_stepped(place) else _GAP)

    def _is_stepped(self, place: int) -> bool:
        return any(route.form is Form.STEP and route.first == place for route in self.routes)


def _lines(box: Box, lines: Sequence[str], note: str) -> Iterator[Label]:
    texts = [(line, SIZE, "strong") for line in lines]
    texts += [(shorten(note, BOX - 20, SMALL), SMALL, "quiet")] if note else []
    y = box.y + (box.height - _LINE * len(texts)) / 2 + 13
    for text, size, name in texts:
        yield Label(x=box.x + 10, y=rounded(y), text=text, size=size, name=name)
        y += _LINE

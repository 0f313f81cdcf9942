"""The transitions as lines on the plan of the boxes."""

from __future__ import annotations

from dataclasses import dataclass

from crmtool.report.charts.diagram.plan import ENTRY, HEAD, Plan
from crmtool.report.charts.diagram.routes import Form, Route, Side
from crmtool.report.charts.figure import SMALL, Label, rounded

Points = tuple[tuple[float, float], ...]
_ROUND = 6
_TICK = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """A transition or a part of one: lines with corners, its head, dots where lines begin or join, and its label."""

    id: str
    lines: tuple[Points, ...]
    head: Points
    dots: Points
    label: Label

    @property
    def paths(self) -> tuple[str, ...]:
        """The lines as SVG draws them, their corners rounded."""
        return tuple(map(_path, self.lines))

    @property
    def head_path(self) -> str:
        """The head as SVG draws it."""
        return "M" + "L".join(f"{x} {y}" for x, y in self.head) + "Z"


def arrow(plan: Plan, route: Route) -> Arrow:
    """Draw a transition."""
    match route.form:
        case Form.START:
            return _start(plan, route)
        case Form.STEP:
            return _step(plan, route)
        case Form.ENTRY:
            y, out = plan.port(route, route.target, arrives=True), plan.left - plan.gutters[Side.LEFT] + 4
            return _sideways(plan, route, (((out, y), _into(plan, route, y)),), ((out, y),), y)
        case Form.BRACKET:
            return _bracket(plan, route)
        case Form.LANE:
            return _lane(plan, route)


def _start(plan: Plan, route: Route) -> Arrow:
    box = plan.boxes[0].box
    top = box.y - ENTRY + 4
    words = Label(x=box.middle + 9, y=box.y - 13, text=plan.told_between(route, Side.RIGHT), size=SMALL, name="ink")
    return _upright(route, box.middle, (top, box.y), words, ((box.middle, top),))


def _step(plan: Plan, route: Route) -> Arrow:
    upper, lower = plan.boxes[route.first].box, plan.boxes[route.last].box
    is_down = route.side is Side.RIGHT
    pair = sum(other.form is Form.STEP and other.first == route.first for other in plan.routes) > 1
    x = upper.middle + (0 if not pair else 7 if is_down else -7)
    ends = (upper.bottom, lower.y) if is_down else (lower.y, upper.bottom)
    words = Label(
        x=x + (9 if is_down else -9),
        y=rounded((upper.bottom + lower.y) / 2 + 4),
        text=plan.told_between(route, route.side),
        anchor="start" if is_down else "end",
        size=SMALL,
        name="ink",
    )
    return _upright(route, x, ends, words)


def _upright(route: Route, x: float, ends: tuple[float, float], words: Label, dots: Points = ()) -> Arrow:
    start, end = ends
    neck = end - HEAD if end > start else end + HEAD
    head = ((x, end), (x - 4, neck), (x + 4, neck))
    return Arrow(id=route.id, lines=(((x, start), (x, neck)),), head=head, dots=dots, label=words)


def _lane(plan: Plan, route: Route) -> Arrow:
    """All sources lead into one lane; dots tell where a line joins it, so that crossings are none."""
    lane, edge, end = plan.lane(route), plan.edge(route.side), plan.port(route, route.target, arrives=True)
    starts = sorted((plan.port(route, place, arrives=False) for place in route.sources), key=lambda y: abs(y - end))
    far = starts.pop()
    main = ((edge, far), (lane, far), (lane, end), _into(plan, route, end))
    joining = tuple(((edge, y), (lane, y)) for y in starts)
    return _sideways(plan, route, (main, *joining), tuple((lane, y) for y in starts), end)


def _bracket(plan: Plan, route: Route) -> Arrow:
    lane, end = plan.lane(route), plan.port(route, route.target, arrives=True)
    top, bottom = plan.span(route)
    bracket = ((lane - _TICK, top), (lane, top), (lane, bottom), (lane - _TICK, bottom))
    leaves = min(max(end, top), bottom)
    onward = (((lane, leaves),) if leaves != end else ()) + ((lane, end), _into(plan, route, end))
    return _sideways(plan, route, (bracket, onward), ((lane, leaves),), end)


def _into(plan: Plan, route: Route, y: float) -> tuple[float, float]:
    return plan.edge(route.side) + (HEAD if route.side is Side.RIGHT else -HEAD), y


def _sideways(plan: Plan, route: Route, lines: tuple[Points, ...], dots: Points, y: float) -> Arrow:
    edge, sign = plan.edge(route.side), 1 if route.side is Side.RIGHT else -1
    words = Label(
        x=edge + sign * (HEAD + 4),
        y=y - 4,
        text=plan.told_beside(route),
        anchor="start" if sign > 0 else "end",
        size=SMALL,
        name="ink",
    )
    head = ((edge, y), (edge + sign * HEAD, y - 4), (edge + sign * HEAD, y + 4))
    return Arrow(id=route.id, lines=lines, head=head, dots=dots, label=words)


def _path(line: Points) -> str:
    """Write a line of upright and level parts, its corners rounded."""
    (x, y), *rest = line
    written = [f"M{x} {y}"]
    for place, (corner_x, corner_y) in enumerate(rest[:-1]):
        next_x, next_y = rest[place + 1]
        before = _towards(corner_x, corner_y, x, y)
        after = _towards(corner_x, corner_y, next_x, next_y)
        written.append(f"L{before}Q{corner_x} {corner_y} {after}")
        x, y = corner_x, corner_y
    return "".join([*written, f"L{rest[-1][0]} {rest[-1][1]}"])


def _towards(x: float, y: float, other_x: float, other_y: float) -> str:
    """Give the place a little away from a corner."""
    across, down = other_x - x, other_y - y
    far = max(abs(across), abs(down), 1)
    step = min(_ROUND, far / 2) / far
    return f"{rounded(x + across * step)} {rounded(y + down * step)}"

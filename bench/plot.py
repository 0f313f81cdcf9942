"""A plot of cost against size, both as logarithms: time and memory beside each other, each job a line with its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from bench.growth import Line

WIDTH, HEIGHT = 560, 440  # of one of the two
LEFT, RIGHT, TOP, BOTTOM = 64, 220, 48, 48
APART = 13  # the least distance of two names, in pixels
INKS = ("#5b3fa8", "#0b6aa2", "#8a5a00", "#b3261e", "#2e6b34", "#555555", "#a1357f", "#00696b")
DASHES = ("", "7 3", "2 3", "9 3 2 3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One of the plots: what it shows, in which unit, and its lines."""

    title: str
    unit: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Where values stand: decades from `low` to `high`, drawn from `start` to `end`."""

    low: int
    high: int
    start: float
    end: float

    def at(self, value: float) -> float:
        """Give the place of a value."""
        return self.start + (log10(value) - self.low) / (self.high - self.low) * (self.end - self.start)

    @property
    def decades(self) -> list[float]:
        """Give the powers of ten."""
        return [10.0**power for power in range(self.low, self.high + 1)]


def plot(panels: Sequence[Panel], description: str) -> str:
    """Draw the panels as one SVG that says in its title and description what it shows."""
    width = WIDTH * len(panels)
    drawn = "".join(f'<g transform="translate({n * WIDTH} 0)">{_panel(panel)}</g>\n' for n, panel in enumerate(panels))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" role="img"'
        f' aria-labelledby="title description" font-family="system-ui, sans-serif" font-size="11">\n'
        f'<title id="title">Cost against the number of contacts</title>\n'
        f'<desc id="description">{escape(description)}</desc>\n'
        f'<rect width="{width}" height="{HEIGHT}" fill="#fff"/>\n{drawn}</svg>\n'
    )


def _panel(panel: Panel) -> str:
    if not panel.lines:
        return f'<text x="{LEFT}" y="{TOP}">{escape(panel.title)}: nothing was measured at two sizes</text>'
    across = _scale([size for line in panel.lines for size, _ in line.points], LEFT, WIDTH - RIGHT)
    up = _scale([cost for line in panel.lines for _, cost in line.points], HEIGHT - BOTTOM, TOP)
    names = _apart([up.at(line.points[-1][1]) for line in panel.lines])
    title = f'<text x="{LEFT}" y="20" font-size="13" font-weight="600">{escape(panel.title)}, {panel.unit}</text>'
    drawn = (_line(line, n, across, up, names[n]) for n, line in enumerate(panel.lines))
    return f"{title}{_grid(across, up)}{''.join(drawn)}"


def _scale(values: Sequence[float], start: float, end: float) -> Scale:
    low = floor(log10(min(values)))
    return Scale(low=low, high=max(ceil(log10(max(values))), low + 1), start=start, end=end)


def _grid(across: Scale, up: Scale) -> str:
    sizes = (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{up.start}" y2="{up.end}" stroke="#ddd"/>'
        f'<text x="{x:.1f}" y="{up.start + 16}" text-anchor="middle">{size:,.0f}</text>'
        for size in across.decades
        for x in [across.at(size)]
    )
    costs = (
        f'<line x1="{across.start}" x2="{across.end}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
        f'<text x="{across.start - 6}" y="{y + 4:.1f}" text-anchor="end">{cost:g}</text>'
        for cost in up.decades
        for y in [up.at(cost)]
    )
    middle = (across.start + across.end) / 2
    name = f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">contacts (grey dashes: linear growth)</text>'
    return f"{''.join(sizes)}{''.join(costs)}{_linear(across, up)}{name}"


def _linear(across: Scale, up: Scale) -> str:
    """Draw from the lower left what grows as the contacts do."""
    decades = min(across.high - across.low, up.high - up.low)
    x, y = across.at(10.0 ** (across.low + decades)), up.at(10.0 ** (up.low + decades))
    return f'<path d="M{across.start} {up.start}L{x:.1f} {y:.1f}" stroke="#999" stroke-dasharray="1 4"/>'


def _line(line: Line, number: int, across: Scale, up: Scale, name_at: float) -> str:
    ink, dash = INKS[number % len(INKS)], DASHES[number // len(INKS) % len(DASHES)]
    places = [(across.at(size), up.at(cost)) for size, cost in line.points]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{ink}"/>' for x, y in places)
    (x, y), right = places[-1], across.end + 14
    return (
        f'<polyline points="{points}" fill="none" stroke="{ink}" stroke-width="1.5" stroke-dasharray="{dash}"/>{dots}'
        f'<path d="M{x + 4:.1f} {y:.1f}L{right - 2:.1f} {name_at:.1f}" stroke="{ink}" stroke-width="0.5"/>'
        f'<text x="{right}" y="{name_at + 4:.1f}" fill="{ink}">{escape(line.title)}</text>\n'
    )


def _apart(wanted: Sequence[float]) -> list[float]:
    """Move names up, as little as is needed for none to stand on another."""
    placed = list(wanted)
    below = float(HEIGHT - BOTTOM + APART)
    for number in sorted(range(len(wanted)), key=lambda n: -wanted[n]):
        placed[number] = below = min(wanted[number], below - APART)
    return placed

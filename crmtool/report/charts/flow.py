"""Moves between statuses as bands: from the left to the right, as wide as there were moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from crmtool.report.charts.figure import SIZE, SMALL, Box, Figure, Key, Label, Table, legend, rounded
from crmtool.report.charts.text import shorten
from crmtool.report.language import Language

_WIDTH = 680
_LABEL = 200
_BAR = 4
_COUNT = 30
_TOP = 56
_SLOT = 16
_GAP = 8
_WIDEST = 40.0
_WIDEST_SUM = 320.0
_WIDEST_ONE = 8.0
_SIGNS = {"won": "✓ ", "ended": "✕ "}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A status, in the rule book's order; `kind` is active, hold, won or ended."""

    id: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How often contacts went from one status to another, and whether that led back; `source` None is the entry."""

    source: str | None
    target: str
    count: int
    is_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A status on one of the two sides, with how many left it or came to it."""

    box: Box
    name: Label
    total: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The moves from one status to another; `name` tells whether they went on or back."""

    path: str
    width: float
    name: str
    count: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Figure):
    """Where contacts went: statuses on both sides, bands between them."""

    kind: ClassVar[str] = "flow"

    heads: tuple[Label, ...]
    keys: tuple[Key, ...]
    nodes: tuple[Node, ...]
    bands: tuple[Band, ...]


def flow_chart(
    language: Language, stages: Iterable[Stage], moves: Iterable[Move], *, id: str = "flow", caption: str = ""
) -> Flow:
    """Draw the moves of a period; those between statuses that are not given are left out."""
    ordered = tuple(stages)
    ranks = {stage.id: rank for rank, stage in enumerate(ordered)}
    counted = [m for m in moves if m.count > 0 and m.target in ranks and (m.source is None or m.source in ranks)]
    counted.sort(key=lambda move: (_rank(ranks, move.source), _rank(ranks, move.target)))
    names: dict[str | None, str] = {stage.id: _SIGNS.get(stage.kind, "") + stage.label for stage in ordered}
    names[None] = language("chart.flow.outside")
    chart = _Layout(language, names, ranks, counted)
    total = sum(move.count for move in counted)
    back = sum(move.count for move in counted if move.is_back)
    return Flow(
        id=id,
        title=language("chart.flow"),
        summary=language("chart.flow.summary", n=language.number(total), back=language.number(back)),
        caption=caption or language("chart.flow.caption"),
        width=_WIDTH,
        height=chart.height,
        table=_table(language, names, counted),
        empty="" if counted else language("chart.flow.empty"),
        heads=(
            Label(x=_LABEL, y=44, text=language("chart.flow.from"), anchor="end", size=SMALL),
            Label(x=_WIDTH - _LABEL, y=44, text=language("chart.flow.to"), size=SMALL),
        ),
        keys=legend((("on", language("chart.flow.on")), ("back", language("chart.flow.back"))), 0, 14),
        nodes=chart.nodes(),
        bands=tuple(chart.band(move) for move in counted),
    )


class _Layout:
    """Where the ends of the bands stand. Each has a slot that its number fits into, however thin the band is."""

    def __init__(
        self, language: Language, names: Mapping[str | None, str], ranks: Mapping[str, int], moves: list[Move]
    ) -> None:
        self.language, self.names = language, names
        counts = [move.count for move in moves] or [1]
        self.scale = min(_WIDEST / max(counts), _WIDEST_SUM / sum(counts), _WIDEST_ONE)
        self.left = self._side(moves, [move.source for move in moves])
        ordered = sorted(moves, key=lambda move: (ranks[move.target], _rank(ranks, move.source)))
        self.right = self._side(ordered, [move.target for move in ordered])
        height = max(self._bottom(self.left), self._bottom(self.right))
        self.left, self.right = (self._centred(side, height) for side in (self.left, self.right))
        self.height = rounded(height + 8)

    def band(self, move: Move) -> Band:
        """Draw the moves of one pair."""
        width = max(1.0, move.count * self.scale)
        start, end = (self._slot(side, move) for side in (self.left, self.right))
        x0, x1 = _LABEL + 8 + _BAR + _COUNT, _WIDTH - _LABEL - 8 - _BAR
        return Band(
            path=_ribbon(x0, start, x1, end, width),
            width=rounded(width),
            name="back" if move.is_back else "on",
            count=Label(
                x=x0 - 5,
                y=rounded(start + 4),
                text=self.language.number(move.count),
                anchor="end",
                size=SMALL,
                name="ink",
            ),
        )

    def nodes(self) -> tuple[Node, ...]:
        """Give the statuses of both sides."""
        right = _WIDTH - _LABEL - 8 - _BAR
        return (
            *(self._node(id, slots, _LABEL + 8, _LABEL, "end") for id, slots in self.left.items()),
            *(self._node(id, slots, right, _WIDTH - _LABEL, "start") for id, slots in self.right.items()),
        )

    def _side(self, moves: list[Move], ends: Iterable[str | None]) -> dict[str | None, list[tuple[Move, Box]]]:
        side: dict[str | None, list[tuple[Move, Box]]] = {}
        y = float(_TOP)
        for move, end in zip(moves, ends, strict=True):
            if side and end not in side:
                y += _GAP
            height = max(_SLOT, move.count * self.scale + 2)
            side.setdefault(end, []).append((move, Box(x=0, y=y, width=0, height=height)))
            y += height
        return side

    def _bottom(self, side: Mapping[str | None, list[tuple[Move, Box]]]) -> float:
        return max((slots[-1][1].bottom for slots in side.values()), default=_TOP)

    def _centred(
        self, side: Mapping[str | None, list[tuple[Move, Box]]], height: float
    ) -> dict[str | None, list[tuple[Move, Box]]]:
        down = (height - self._bottom(side)) / 2
        return {end: [(move, replace(slot, y=slot.y + down)) for move, slot in slots] for end, slots in side.items()}

    def _slot(self, side: Mapping[str | None, list[tuple[Move, Box]]], wanted: Move) -> float:
        return next(s.y + s.height / 2 for slots in side.values() for move, s in slots if move is wanted)

    def _node(self, id: str | None, slots: list[tuple[Move, Box]], x: float, text_x: float, anchor: str) -> Node:
        top, bottom = slots[0][1].y + 1, slots[-1][1].bottom - 1
        total = self.language.number(sum(move.count for move, _ in slots))
        number = Label(x=text_x, y=rounded((top + bottom) / 2 + 4.5), text=total, anchor=anchor, name="strong")
        away = 8 + number.box.width
        return Node(
            box=Box(x=x, y=rounded(top), width=_BAR, height=rounded(bottom - top)),
            name=Label(
                x=rounded(text_x - away if anchor == "end" else text_x + away),
                y=number.y,
                text=shorten(self.names[id], _LABEL - away, SIZE),
                anchor=anchor,
                name="ink",
            ),
            total=number,
        )


def _ribbon(x0: float, y0: float, x1: float, y1: float, width: float) -> str:
    middle, half = (x0 + x1) / 2, width / 2
    top0, low0, top1, low1 = (f"{rounded(y)}" for y in (y0 - half, y0 + half, y1 - half, y1 + half))
    there = f"M{x0} {top0}C{middle:g} {top0} {middle:g} {top1} {x1} {top1}"
    return f"{there}V{low1}C{middle:g} {low1} {middle:g} {low0} {x0} {low0}Z"


def _rank(ranks: Mapping[str, int], id: str | None) -> int:
    return -1 if id is None else ranks[id]


def _table(language: Language, names: Mapping[str | None, str], moves: Iterable[Move]) -> Table:
    ways = {False: language("chart.flow.on"), True: language("chart.flow.back")}
    return Table(
        columns=tuple(language(f"chart.flow.{key}") for key in ("from", "to", "direction", "count")),
        rows=tuple((names[m.source], names[m.target], ways[m.is_back], language.number(m.count)) for m in moves),
    )

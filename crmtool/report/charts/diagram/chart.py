"""The rule book's state diagram as a chart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from crmtool.report.charts.diagram.arrows import Arrow, arrow
from crmtool.report.charts.diagram.plan import Plan, StateBox
from crmtool.report.charts.diagram.routes import State, Way, routes
from crmtool.report.charts.figure import SMALL, Figure, Label, Table, rounded
from crmtool.report.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram(Figure):
    """The statuses and all ways between them; `note` names the brackets.

    It has no table of its own: the rule book's page, for which it is made, lists the transitions.
    """

    kind: ClassVar[str] = "states"

    boxes: tuple[StateBox, ...]
    arrows: tuple[Arrow, ...]
    note: Label | None


def diagram(
    language: Language, states: Iterable[State], ways: Iterable[Way], *, id: str = "states", caption: str = ""
) -> Diagram:
    """Lay out statuses, in the order given from the top, and the transitions between them."""
    column, all_ways = tuple(states), tuple(ways)
    plan = Plan(column, routes(column, all_ways), language("chart.states.everywhere"))
    counts = {"statuses": language.number(len(column)), "transitions": language.number(len(all_ways))}
    return Diagram(
        id=id,
        title=language("chart.states"),
        summary=language("chart.states.summary", **counts),
        caption=caption or language("chart.states.caption"),
        width=plan.width,
        height=plan.height,
        table=Table(columns=(), rows=()),
        empty="" if column else language("chart.states.empty"),
        boxes=plan.boxes,
        arrows=tuple(arrow(plan, route) for route in plan.routes),
        note=_note(plan),
    )


def _note(plan: Plan) -> Label | None:
    """Name the brackets, beside the outermost."""
    if not plan.brackets:
        return None
    outermost = max(plan.brackets, key=lambda route: route.lane)
    y = rounded(sum(plan.span(outermost)) / 2 + 4)
    return Label(x=rounded(plan.lane(outermost) + 7), y=y, text=plan.everywhere, size=SMALL)

"""All charts as SVG: named, told in words, with their figures behind them, of shapes that need no style sheet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from crmtool.report.charts.ages import Strip, ages_chart
from crmtool.report.charts.calibration import Group, calibration_chart
from crmtool.report.charts.diagram.chart import diagram
from crmtool.report.charts.diagram.routes import State, Way
from crmtool.report.charts.figure import Figure
from crmtool.report.charts.flow import Move, Stage, flow_chart
from crmtool.report.charts.times import Time, times_chart
from crmtool.report.charts.weeks import Week, weeks_chart
from crmtool.report.language import Language

if TYPE_CHECKING:
    from tests.unit.report.charts.conftest import Draw

EN = Language("en")
HOSTILE = "<script>'\"&{{ 7*7 }}"
STATES = [
    State(id="a", label=HOSTILE, note="active", kind="active"),
    State(id="b", label="B", note="", kind="hold"),
    State(id="c", label="C", note="won", kind="won"),
]
WAYS = [
    Way(id=HOSTILE, target="a"),
    Way(id="on", sources=("a",), target="b"),
    Way(id="back", sources=("c",), target="a"),
    Way(id="any", target="c", everywhere=True),
]
CHARTS: list[Figure] = [
    flow_chart(
        EN,
        [Stage(id="a", label=HOSTILE, kind="active"), Stage(id="b", label="B", kind="won")],
        [Move(source="a", target="b", count=3), Move(source="b", target="a", count=1)],
    ),
    weeks_chart(EN, [Week(monday=date(2026, 11, 23), won=1, ended=1, other=1, clarified=2, is_running=True)]),
    ages_chart(EN, [Strip(label=HOSTILE, within="14 days", ratios=(0.2, 1.4))]),
    ages_chart(EN, [Strip(label=HOSTILE, within="14 days", ratios=(*[0.25] * 9, *[1.4] * 9))], id="many"),
    calibration_chart(EN, [Group(low=0, high=1, n=9, stated=0.4, observed=0.5, interval=(0.2, 0.8))]),
    times_chart(EN, [Time(label=HOSTILE, n=9, median=3, p85=5)]),
    diagram(EN, STATES, WAYS),
]


@pytest.mark.parametrize("figure", CHARTS, ids=lambda figure: figure.id)
def test_a_chart_is_named_and_told_in_words(draw: Draw, figure: Figure) -> None:
    page = draw(figure)
    (svg,) = page.iter("svg")
    assert svg.get("role") == "img"
    names = (svg.get("aria-labelledby") or "").split()
    assert [element.text for name in names for element in page.iter() if element.get("id") == name] == [
        figure.title,
        figure.summary,
    ]
    assert svg.get("viewBox") == f"0 0 {figure.width} {figure.height}"
    (room,) = (element for element in page.iter("div") if element.get("role") == "region")
    assert (room.get("tabindex"), room.get("aria-label")) == ("0", figure.title)


@pytest.mark.parametrize("figure", CHARTS, ids=lambda figure: figure.id)
def test_the_figures_stand_behind_it(draw: Draw, figure: Figure) -> None:
    page = draw(figure)
    cells = [[cell.text or "" for cell in row] for row in page.iter("tr")]
    assert cells == ([list(figure.table.columns), *map(list, figure.table.rows)] if figure.table.rows else [])


@pytest.mark.parametrize("figure", CHARTS, ids=lambda figure: figure.id)
def test_shapes_have_inks_and_patterns_of_their_own(draw: Draw, figure: Figure) -> None:
    for shape in draw(figure).iter():
        assert "style" not in shape.attrib
        assert shape.get("fill", "currentColor") in ("currentColor", "none", f"url(#chart-{figure.id}-hatch)")
        assert shape.get("stroke", "currentColor") == "currentColor"
        if shape.tag == "line" or shape.get("fill") == "none":
            assert shape.get("stroke") == "currentColor"


def test_ids_are_unique_on_a_page(draw: Draw) -> None:
    ids = [element.get("id") for element in draw(*CHARTS).iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    text = ElementTree.tostring(draw(*CHARTS), "unicode")
    assert all(f'"{name}"' in text for name in ("chart-flow", "chart-weeks", "chart-ages", "chart-many-hatch"))


def test_an_empty_chart_says_what_its_emptiness_means(draw: Draw) -> None:
    page = draw(flow_chart(EN, [], []))
    assert not list(page.iter("svg"))
    assert "No contact changed its status in this time." in "".join(page.itertext())

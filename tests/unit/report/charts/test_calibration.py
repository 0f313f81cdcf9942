from __future__ import annotations

from itertools import combinations

import pytest

from crmtool.report.charts.calibration import CalibrationPlot, Group, calibration_chart
from crmtool.report.language import Language


def chart(*groups: Group) -> CalibrationPlot:
    return calibration_chart(Language("en"), groups)


def group(stated: float | None, observed: float | None, n: int, interval: tuple[float, float] | None = None) -> Group:
    return Group(low=0.2, high=0.4, n=n, stated=stated, observed=observed, interval=interval)


def test_points_stand_where_words_and_outcomes_meet() -> None:
    found = chart(group(0.25, 0.75, 8), group(1, 0, 8))
    one, other = found.points
    assert (one.x - found.plot.x, found.plot.bottom - one.y) == (found.plot.width / 4, found.plot.height * 3 / 4)
    assert (other.x, other.y) == (found.plot.right, found.plot.bottom)


def test_a_point_of_few_cases_is_hollow_and_tells_how_many() -> None:
    points = chart(group(0.2, 0.3, 4), group(0.6, 0.3, 5)).points
    assert [(point.hollow, point.label.text) for point in points] == [(True, "4"), (False, "5")]


def test_whiskers_span_the_interval() -> None:
    found = chart(group(0.5, 0.5, 9, (0.25, 1)))
    assert found.points[0].whisker == (found.plot.y + found.plot.height * 3 / 4, found.plot.y)
    assert chart(group(0.5, 0.5, 9)).points[0].whisker is None


def test_groups_without_cases_are_told_in_the_table_alone() -> None:
    found = chart(group(None, None, 0), group(0.3, 0.25, 1234, (0.2, 0.3)), group(0.3, 0.25, 4, (0.1, 0.7)))
    assert len(found.points) == 2
    assert found.table.rows == (
        ("20% to 40%", "0", "too few", "–", "–"),
        ("20% to 40%", "1,234", "30%", "25%", "20% to 30%"),
        ("20% to 40%", "4", "too few", "–", "–"),
    )


@pytest.mark.parametrize(
    "places", [[(0.19, 0.2), (0.21, 0.2)], [(0, 0), (1, 1)], [(0.5, 0.5), (0.5, 0.5), (0.5, 0.55)]]
)
def test_numbers_stand_on_no_point_and_on_no_other_number(places: list[tuple[float, float]]) -> None:
    found = chart(*(group(stated, observed, 12) for stated, observed in places))
    labels = [point.label.box for point in found.points]
    assert not any(one.overlaps(other) for one, other in combinations(labels, 2))
    assert all(box.inside(found.plot) for box in labels)
    for point in found.points:
        assert not any(box.x < point.x < box.right and box.y < point.y < box.bottom for box in labels)


def test_without_forecasts_it_says_why_it_is_empty() -> None:
    assert chart(group(None, None, 0)).empty == "No chance that we stated has been decided yet."

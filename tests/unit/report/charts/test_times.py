from __future__ import annotations

import pytest

from crmtool.report.charts.figure import Box
from crmtool.report.charts.times import Time, Times, times_chart
from crmtool.report.language import Language


def chart(*times: tuple[int, float | None, float | None]) -> Times:
    rows = [Time(label=f"Status {place}", n=n, median=m, p85=p) for place, (n, m, p) in enumerate(times)]
    return times_chart(Language("en"), rows)


def test_rows_stand_on_one_scale() -> None:
    found = chart((9, 10, 20), (8, 25, 50))
    one, other = found.rows
    assert one.middle is not None
    assert one.far is not None
    assert other.far is not None
    assert one.far - found.left == pytest.approx(2 * (one.middle - found.left), abs=0.2)
    assert (one.far - found.left) * 2.5 == pytest.approx(other.far - found.left, abs=0.2)
    assert [label.text for label in one.numbers] == ["10", "20"]
    assert [label.text for label in found.ticks] == ["0", "14", "28", "42", "56\u00a0d"]


def test_fewer_than_five_are_too_few_to_tell() -> None:
    found = chart((4, 100, 200), (5, 10, 20), (0, None, None))
    assert [row.far is None for row in found.rows] == [True, False, True]
    assert [row.told.text for row in found.rows] == ["too few (n = 4)", "n\u00a0=\u00a05", "too few (n = 0)"]
    assert [row[1:] for row in found.table.rows] == [
        ("4", "too few", "too few"),
        ("5", "10\u00a0days", "20\u00a0days"),
        ("0", "too few", "too few"),
    ]
    assert found.rows[1].far is not None
    assert found.rows[1].far <= found.right


def test_where_everything_is_too_few_there_is_no_scale() -> None:
    assert chart((2, 3, 4)).ticks == ()
    assert chart((2, 3, 4)).empty == ""
    assert chart((0, None, None)).empty == "No contact has been in a status yet."


def test_what_takes_no_day_at_all_is_drawn() -> None:
    found = chart((7, 0, 0))
    assert found.rows[0].far == found.left


def test_everything_stands_within() -> None:
    found = chart((9, 4000.5, 5000), (8, 1, 2), (3, 1, 1))
    page = Box(x=0, y=0, width=found.width, height=found.height)
    labels = [label for row in found.rows for label in (row.label, row.told, *row.numbers)]
    assert all(label.box.inside(page) for label in (*labels, *found.ticks))

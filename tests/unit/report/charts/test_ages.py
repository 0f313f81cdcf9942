from __future__ import annotations

from crmtool.report.charts.ages import Ages, Strip, ages_chart
from crmtool.report.charts.figure import Box
from crmtool.report.language import Language


def chart(*ratios: float) -> Ages:
    return ages_chart(Language("en"), [Strip(label="New", within="14 days", ratios=ratios)])


def test_on_the_day_of_the_deadline_nothing_is_overdue() -> None:
    found = chart(0, 0.5, 1, 1.01, 7)
    (row,) = found.rows
    assert [mark.name for mark in row.marks] == ["due-one"] * 3 + ["late-one"] * 2
    assert all(mark.box.right <= found.deadline for mark in row.marks[:3])
    assert all(mark.box.x >= found.deadline for mark in row.marks[3:])
    assert row.labels[-1].text == "2 of 5 overdue"


def test_a_few_contacts_are_a_mark_each_on_top_of_one_another() -> None:
    (row,) = chart(0.31, 0.32, 0.33).rows
    assert [mark.box.x for mark in row.marks] == [row.marks[0].box.x] * 3
    assert not row.marks[0].box.overlaps(row.marks[1].box)
    assert row.counts == ()


def test_many_are_bars_with_their_numbers() -> None:
    (row,) = chart(*[0.35] * 400, *[1.35] * 100).rows
    assert [mark.name for mark in row.marks] == ["due", "late"]
    assert row.marks[0].box.height == 4 * row.marks[1].box.height
    assert [label.text for label in row.counts] == ["400", "100"]


def test_everything_stands_within() -> None:
    found = chart(*[n / 100 for n in range(500)])
    page = Box(x=0, y=0, width=found.width, height=found.height)
    marks = [mark.box for row in found.rows for mark in row.marks]
    labels = [label.box for row in found.rows for label in (*row.labels, *row.counts)]
    assert all(box.inside(page) for box in [*marks, *labels, *(tick.box for tick in found.ticks), found.word.box])


def test_the_table_tells_the_median_of_the_deadline() -> None:
    assert chart(0.1, 0.5, 0.7, 1.1, 1.5).table.rows == (("New", "14 days", "5", "2", "70%"),)
    assert chart(0.5, 0.7, 1.1, 1.5).table.rows == (("New", "14 days", "4", "2", "too few"),)


def test_without_contacts_it_says_why_it_is_empty() -> None:
    assert chart().empty == "No contact is in a status with a deadline."
    assert chart(0.1).empty == ""

from __future__ import annotations

from itertools import combinations

from crmtool.report.charts.figure import Box
from crmtool.report.charts.flow import Flow, Move, Stage, flow_chart
from crmtool.report.language import Language

EN = Language("en")
STAGES = [
    Stage(id="new", label="New", kind="active"),
    Stage(id="ready", label="Ready", kind="active"),
    Stage(id="held", label="Held", kind="hold"),
    Stage(id="won", label="Won", kind="won"),
    Stage(id="ended", label="Ended", kind="ended"),
]


def chart(*moves: tuple[str | None, str, int]) -> Flow:
    return flow_chart(EN, STAGES, [Move(source=source, target=target, count=count) for source, target, count in moves])


def test_bands_are_as_wide_as_there_were_moves() -> None:
    bands = chart((None, "new", 40), ("new", "ready", 20), ("ready", "won", 10)).bands
    assert [band.width / bands[0].width for band in bands] == [1, 0.5, 0.25]
    assert [band.count.text for band in bands] == ["40", "20", "10"]


def test_a_single_move_among_many_can_still_be_seen() -> None:
    assert chart((None, "new", 5000), ("new", "ready", 1)).bands[1].width >= 1


def test_moves_that_lead_back_are_told_apart() -> None:
    moves = [("new", "ready", False), ("ready", "new", True), ("ended", "ready", True), (None, "held", False)]
    found = flow_chart(EN, STAGES, [Move(source=s, target=t, count=1, is_back=back) for s, t, back in moves])
    assert {(row[0], row[1]): row[2] for row in found.table.rows} == {
        ("from outside", "Held"): "onward",
        ("New", "Ready"): "onward",
        ("Ready", "New"): "back",
        ("✕ Ended", "Ready"): "back",
    }
    assert [band.name for band in found.bands] == ["on", "on", "back", "back"]
    assert "4 moves, 2 of them back" in found.summary


def test_both_sides_keep_the_order_of_the_rule_book_with_their_totals() -> None:
    nodes = chart(("ready", "won", 2), ("new", "ended", 4), ("new", "ready", 3), (None, "new", 8)).nodes
    told = [(node.name.text, node.total.text) for node in nodes]
    assert told[:3] == [("from outside", "8"), ("New", "7"), ("Ready", "2")]
    assert told[3:] == [("New", "8"), ("Ready", "3"), ("✓ Won", "2"), ("✕ Ended", "4")]


def test_statuses_that_nobody_knows_and_moves_that_never_were_are_left_out() -> None:
    found = chart(("new", "ready", 0), ("gone", "ready", 2), ("new", "gone", 2))
    assert found.bands == ()
    assert found.empty == "No contact changed its status in this time."


def test_no_words_overlap_with_ten_statuses_and_many_moves() -> None:
    stages = [Stage(id=str(i), label=f"Status number {i} of a long name", kind="active") for i in range(10)]
    moves = [Move(source=str(a), target=str(b), count=1 + 40 * (a == b - 1)) for a in range(10) for b in range(10)]
    found = flow_chart(EN, stages, [move for move in moves if move.source != move.target])
    labels = [*(node.name for node in found.nodes), *(node.total for node in found.nodes)]
    labels += [*(band.count for band in found.bands), *found.heads, *(key.label for key in found.keys)]
    page = Box(x=0, y=0, width=found.width, height=found.height)
    assert all(label.box.inside(page) for label in labels)
    assert not any(one.box.overlaps(other.box) for one, other in combinations(labels, 2))

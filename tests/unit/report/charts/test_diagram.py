from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from crmtool.report.charts.diagram.arrows import Arrow
from crmtool.report.charts.diagram.chart import Diagram, diagram
from crmtool.report.charts.diagram.routes import Form, Side, State, Way, routes
from crmtool.report.charts.figure import Box, Label
from crmtool.report.language import Language

EN = Language("en")
KINDS = ("active", "hold", "won", "ended")
NAMES = st.text(st.sampled_from("abcmWi_ ö…"), min_size=1, max_size=40)


def states(*kinds: str) -> list[State]:
    return [State(id=str(place), label=f"S{place}", note=kind, kind=kind) for place, kind in enumerate(kinds)]


@st.composite
def rule_books(draw: st.DrawFn) -> tuple[list[State], list[Way]]:
    count = draw(st.integers(2, 12))
    ids = [str(place) for place in range(count)]
    kinds = sorted(draw(st.lists(st.sampled_from(KINDS), min_size=count, max_size=count)), key=KINDS.index)
    drawn = [
        State(id=id, label=draw(NAMES), note=draw(st.sampled_from(("", "active, 14 days"))), kind=kind)
        for id, kind in zip(ids, kinds, strict=True)
    ]
    ways = []
    for place in range(draw(st.integers(1, 20))):
        everywhere = draw(st.booleans()) and draw(st.booleans())
        sources = draw(st.lists(st.sampled_from(ids), max_size=5, unique=True))
        name = f"{place}{draw(NAMES)}"
        ways.append(Way(id=name, target=draw(st.sampled_from(ids)), sources=tuple(sources), everywhere=everywhere))
    return drawn, ways


def labels(found: Diagram) -> list[Label]:
    words = [arrow.label for arrow in found.arrows] + ([found.note] if found.note else [])
    return words + [line for state in found.boxes for line in state.lines]


def segments(*arrows: Arrow) -> list[Box]:
    """Every straight part of a line, as thin as it is."""
    return [
        Box(x=min(x, u), y=min(y, v), width=abs(u - x), height=abs(v - y))
        for arrow in arrows
        for line in arrow.lines
        for (x, y), (u, v) in pairwise(line)
    ]


@given(rule_books())
def test_nothing_overlaps_and_everything_stands_within(book: tuple[list[State], list[Way]]) -> None:
    found = diagram(EN, *book)
    page = Box(x=0, y=0, width=found.width, height=found.height)
    words, boxes = labels(found), [state.box for state in found.boxes]
    assert all(box.inside(page) for box in [*boxes, *(label.box for label in words), *segments(*found.arrows)])
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert not any(one.box.overlaps(other.box) for one, other in combinations(words, 2))
    for label in (arrow.label for arrow in found.arrows):
        assert not any(label.box.overlaps(box) for box in boxes), label


@given(rule_books())
def test_no_line_crosses_a_box_or_words(book: tuple[list[State], list[Way]]) -> None:
    found = diagram(EN, *book)
    for part in segments(*found.arrows):
        assert part.width == 0 or part.height == 0
        assert not any(_touches(part, state.box) for state in found.boxes)
        assert not any(_touches(part, label.box) for label in labels(found))


@given(rule_books())
def test_no_two_transitions_run_along_one_line(book: tuple[list[State], list[Way]]) -> None:
    arrows = diagram(EN, *book).arrows
    for one, other in combinations(arrows, 2):
        for part in segments(one):
            assert not any(_run_along(part, beside) for beside in segments(other)), (one.id, other.id)


def _run_along(one: Box, other: Box) -> bool:
    if one.width and other.width:
        return one.y == other.y and one.x < other.right and other.x < one.right
    return bool(one.height and other.height) and one.x == other.x and one.y < other.bottom and other.y < one.bottom


def _touches(part: Box, box: Box) -> bool:
    """Whether a line runs through the inside of a box; along its edge is fine."""
    across = part.x < box.right and box.x < part.right if part.width else box.x < part.x < box.right
    return across and (part.y < box.bottom and box.y < part.bottom if part.height else box.y < part.y < box.bottom)


@given(rule_books())
def test_every_transition_appears(book: tuple[list[State], list[Way]]) -> None:
    drawn, ways = book
    told = {arrow.id for arrow in diagram(EN, drawn, ways).arrows}
    undecided = {state.id for state in drawn if state.kind in ("active", "hold")}
    leading = {
        way.id
        for way in ways
        if not (way.sources or way.everywhere)
        or set(way.sources) - {way.target}
        or (way.everywhere and undecided - {way.target})
    }
    assert told == leading


def test_the_next_status_is_reached_straight_and_every_other_by_a_lane() -> None:
    found = routes(
        states("active", "active", "active"),
        [
            Way(id="next", sources=("0",), target="1"),
            Way(id="back", sources=("1",), target="0"),
            Way(id="jump", sources=("0",), target="2"),
            Way(id="far back", sources=("2",), target="0"),
        ],
    )
    assert {route.id: (route.form, route.side) for route in found} == {
        "next": (Form.STEP, Side.RIGHT),
        "back": (Form.STEP, Side.LEFT),
        "jump": (Form.LANE, Side.RIGHT),
        "far back": (Form.LANE, Side.LEFT),
    }


def test_several_sources_share_a_lane_and_all_of_them_a_bracket() -> None:
    book = states("active", "active", "hold", "ended")
    found = diagram(
        EN, book, [Way(id="park", sources=("0", "1"), target="2"), Way(id="stop", target="3", everywhere=True)]
    )
    park, stop = found.arrows
    assert (len(park.lines), len(park.dots)) == (2, 1)
    assert [route.sources for route in routes(book, [Way(id="stop", target="3", everywhere=True)])] == [(0, 1, 2)]
    assert len(stop.lines) == 2
    assert found.note is not None
    assert found.note.text == "from all"


def test_what_comes_from_above_and_from_below_is_drawn_in_two_parts() -> None:
    found = routes(states("active", "active", "active", "hold"), [Way(id="x", sources=("0", "3", "2"), target="2")])
    assert {(route.side, route.sources) for route in found} == {(Side.RIGHT, (0,)), (Side.LEFT, (3,))}


def test_the_way_into_the_first_status_comes_from_above_and_others_from_the_side() -> None:
    found = routes(states("active", "active"), [Way(id="in", target="0"), Way(id="later", target="1")])
    assert [route.form for route in found] == [Form.START, Form.ENTRY]
    twice = routes(states("active", "active"), [Way(id="in", target="0"), Way(id="too", target="0")])
    assert [route.form for route in twice] == [Form.ENTRY, Form.ENTRY]


def test_ends_that_are_no_status_are_left_out() -> None:
    assert routes(states("active"), [Way(id="x", target="gone"), Way(id="y", sources=("gone",), target="0")]) == ()


def test_a_rule_book_without_statuses_says_so() -> None:
    assert diagram(EN, [], []).empty == "The rule book names no status."


def test_long_labels_are_cut_and_the_first_line_is_kept_whole() -> None:
    book = [State(id="a", label="A status whose name goes on and on and on without end", note="active", kind="active")]
    lines = diagram(EN, book, []).boxes[0].lines
    assert len(lines) == 3
    assert lines[0].text.startswith("A status")
    assert lines[1].text.endswith("…")


def test_a_long_name_between_two_statuses_ends_before_the_lanes() -> None:
    ways = [Way(id="W" * 40, sources=("0",), target="1"), Way(id="m" * 40, sources=("1",), target="0")]
    ways += [Way(id="jump", sources=("0",), target="2"), Way(id="back", sources=("2",), target="0")]
    found = diagram(EN, states("active", "active", "active"), ways)
    words = labels(found)
    assert [label.text[-1] for label in words if label.text[0] in "Wm"] == ["…", "…"]
    assert not any(_touches(part, label.box) for part in segments(*found.arrows) for label in words)

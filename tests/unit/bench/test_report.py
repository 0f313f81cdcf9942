from __future__ import annotations

import json
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from bench.goals import GIB, GOALS, costs_of, judge
from bench.growth import exponent, lines
from bench.job import Series, Skipped
from bench.measuring import Sample
from bench.plot import HEIGHT, WIDTH
from bench.report import Run, as_json, as_svg, as_text
from bench.table import markdown

GOOD = {
    "hook": 0.2, "imports": 0.1, "check-jsonschema-one": 0.4, "check-cold": 1, "yaml": 1.5, "check-changed": 0.1,
    "git-status": 0.05, "python": 0.02, "site-cold": 5, "hugo": 6, "mkdocs": 45, "site-changed": 0.5,
    "serve-reports": 0.2, "edit-first": 0.7, "edit-key": 0.005, "memory": 0.5 * GIB,
}  # fmt: skip


def series(name: str, contacts: int, *walls: float, peak: int | None = None, against: tuple[str, ...] = ()) -> Series:
    samples = tuple(Sample(wall=wall, cpu=wall / 2) for wall in walls)
    return Series(name=name, title=f"{name} & co", contacts=contacts, samples=samples, peak=peak, against=against)


RUN = Run(
    machine={"cores": "2"},
    contacts=1000,
    seconds=65,
    series=[
        series("yaml", 1000, 2, 1, 4),
        series("check-cold", 1000, 3, 1, 2.5, peak=30 << 20, against=("yaml", "unmeasured")),
        series("check-cold", 100, 0.25, peak=20 << 20),
        series("check-cold", 100_000, 250, peak=300 << 20),
    ],
    skipped=[Skipped(name="hugo", reason="not\nhere")],
    notes=["Seen."],
)


def test_goals_that_are_met_say_so() -> None:
    assert [verdict.told for verdict in judge(GOOD)][:3] == [
        "met, at 67% of the bound",
        "met, at 50% of the bound",
        "met, at 67% of the bound",
    ]
    assert all(verdict.told.startswith("met") for verdict in judge(GOOD))


# Each makes exactly the goals numbered here fail.
@pytest.mark.parametrize(
    ("changed", "missed"),
    [
        ({"hook": 0.35}, [0]),
        ({"hook": 0.5}, [0, 1]),
        ({"check-cold": 1.6}, [2]),
        ({"check-changed": 0.13}, [3]),
        ({"site-cold": 6.5}, [4, 5]),
        ({"mkdocs": 39}, [5]),
        ({"site-changed": 0.7}, [6]),
        ({"serve-reports": 0.31}, [7]),
        ({"edit-first": 1.1}, [8]),
        ({"edit-key": 0.11}, [9]),
        ({"memory": 1.1 * GIB}, [10]),
    ],
)
def test_goals_that_are_missed_say_so(changed: dict[str, float], missed: list[int]) -> None:
    verdicts = judge(GOOD | changed)
    assert [n for n, verdict in enumerate(verdicts) if verdict.told.startswith("missed by")] == missed


def test_a_miss_is_told_by_how_much() -> None:
    assert judge(GOOD | {"check-cold": 3})[2].told == "missed by 100%"


def test_what_was_not_measured_is_not_judged() -> None:
    assert {verdict.told for verdict in judge({})} == {"not measured"}
    assert len(judge({})) == len(GOALS)


def test_costs_are_medians_of_the_size_asked_for_and_the_memory_of_the_largest() -> None:
    assert costs_of(RUN.series, 1000) == {"yaml": 2, "check-cold": 2.5, "memory": 300 << 20}


def test_the_exponent_of_linear_growth_is_one() -> None:
    assert exponent(100, 2.0, 1000, 20.0) == pytest.approx(1)
    assert exponent(100, 2.0, 1000, 200.0) == pytest.approx(2)
    assert exponent(100, 2.0, 1000, 2.0) == pytest.approx(0)


def test_lines_have_the_sizes_in_order_and_need_two() -> None:
    (line,) = lines(RUN.series, lambda one: one.wall)
    assert list(line.points) == [(100, 0.25), (1000, 2.5), (100_000, 250)]
    assert [power for _, _, power in line.exponents] == [pytest.approx(1), pytest.approx(1)]


def test_the_text_has_medians_ratios_verdicts_and_exponents() -> None:
    text = as_text(RUN)
    row = next(line for line in text.splitlines() if "(check-cold)" in line)
    assert [cell.strip() for cell in row.split("|")[2:-1]] == ["3", "2,500.0", "1,250.0", "30", "1.25 × yaml"]
    assert "missed by 25%" in text
    assert "100 to 1,000 | 1,000 to 100,000" in text
    assert "- hugo: not here" in text
    assert "- Seen." in text


def test_the_json_has_every_sample() -> None:
    report = json.loads(as_json(RUN))
    assert [sample["wall"] for sample in report["series"][0]["samples"]] == [2, 1, 4]
    assert report["growth"]["seconds"]["check-cold"][0] == {"from": 100, "to": 1000, "exponent": pytest.approx(1)}
    assert len(report["goals"]) == len(GOALS)


def test_the_plot_says_what_it_shows_and_stays_inside() -> None:
    root = ElementTree.fromstring(as_svg(RUN))
    space = {"s": "http://www.w3.org/2000/svg"}
    assert root.findtext("s:title", namespaces=space) == "Cost against the number of contacts"
    assert "check-cold & co: 0.25 s at 100, 2.5 s at 1,000" in (root.findtext("s:desc", namespaces=space) or "")
    panels = root.findall("s:g", space)
    assert len(panels) == 2
    for panel in panels:
        drawn = panel.findall("s:polyline", space)
        assert len(drawn) == 1
        points = [tuple(map(float, point.split(","))) for point in drawn[0].attrib["points"].split()]
        assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in points)


def test_names_of_lines_that_end_together_do_not_stand_on_each_other() -> None:
    together = [series(f"job{n}", size, size / 100) for n in range(8) for size in (100, 1000)]
    run = Run(machine={}, contacts=100, seconds=1, series=together, skipped=[], notes=[])
    root = ElementTree.fromstring(as_svg(run))
    texts = root.findall(".//{http://www.w3.org/2000/svg}text")
    places = sorted(float(text.attrib["y"]) for text in texts if (text.text or "").startswith("job"))
    assert len(places) == 8
    assert all(later - earlier >= 12 for earlier, later in pairwise(places))


def test_nothing_measured_at_two_sizes_still_gives_a_plot() -> None:
    run = Run(machine={}, contacts=100, seconds=1, series=[series("a", 100, 1)], skipped=[], notes=[])
    assert "nothing was measured at two sizes" in as_svg(run)


def test_a_table_is_aligned() -> None:
    assert markdown(("a", "b"), [("long", "1"), ("x", "22")]).splitlines() == [
        "| a    |   b |", "| ---- | --: |", "| long |   1 |", "| x    |  22 |",
    ]  # fmt: skip

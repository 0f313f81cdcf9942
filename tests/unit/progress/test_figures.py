"""All figures at once, on one small workspace; how each is computed stands with its own tests."""

from __future__ import annotations

from crmtool.assessment import assess_all
from crmtool.progress.change import Direction
from crmtool.progress.figures import Figures, figures
from crmtool.progress.period import Period
from tests.building import contact, day, met, rulebook

BOOK = rulebook(["a"], transitions={"enter": {"to": "new"}, "on": {"from": "new", "to": "later", "requires": ["a"]}})
TODAY = day("2026-06-30")
WHO = [
    contact({"date": "2026-06-01", "to": "new", "because": "why", "chance": 0.5}, ("2026-06-29", "won"), id="won"),
    contact(("2026-06-01", "new"), criteria={"a": met("2026-06-28")}, id="ready"),
    contact(("2025-07-01", "new"), ("2026-06-01", "held"), revisit="2026-06-29", id="held"),
    contact(("2025-01-01", "new"), ("2025-06-30", "ended"), id="a year ago"),
    contact(("2026-06-01", "gone"), id="unknown"),
    contact(("2026-07-01", "new"), id="tomorrow"),
]


def parts(found: Figures) -> dict[str, int]:
    shares = {"decided": found.decided, "stopped": found.stopped, "reopened": found.reopened, "hold": found.hold.kept}
    return {name: share.part for name, share in shares.items()} | {
        f"{name} of": share.whole for name, share in shares.items()
    }


def test_all_figures_over_a_year_by_default() -> None:
    found = figures(WHO, BOOK, TODAY)
    assert (found.day, found.period) == (TODAY, Period(day("2025-06-30"), TODAY))
    assert {each.status: each.now for each in found.status_times if each.now} == {
        "new": ("ready",),
        "held": ("held",),
        "won": ("won",),
        "ended": ("a year ago",),
        "gone": ("unknown",),
    }
    assert {each.contact for each in found.courses} == {"ready", "held"}
    # 30 days ago is 31 May: those entered on 1 June came closer since then, by an answer and by being won.
    assert [(each.days, each.count(Direction.CLOSER)) for each in found.directions] == [(7, 2), (30, 2), (90, 2)]
    assert [each.count(Direction.FURTHER) for each in found.directions] == [0, 1, 1]
    assert len(found.weeks) == 13
    assert [(week.won, week.clarified) for week in found.weeks][-2:] == [((), (("ready", "a"),)), (("won",), ())]
    assert (found.latency.latencies, sorted(found.latency.without)) == ((), ["held", "won"])
    assert {each.contact: each.days for each in found.waiting.contacts} == {"ready": 2, "held": None}
    assert parts(found) == {
        "decided": 1, "decided of": 3, "stopped": 0, "stopped of": 1,
        "reopened": 0, "reopened of": 1, "hold": 0, "hold of": 1,
    }  # fmt: skip
    assert (found.early_stops.whole, found.no_decision, found.our_no) == (0, None, None)
    assert found.hold.past == ("held",)
    assert [(rate.status, rate.share.part, rate.share.whole) for rate in found.win_rates] == [
        ("new", 1, 2),
        ("later", 0, 0),
        ("held", 0, 0),
    ]
    assert [(stream.source, stream.target, stream.n) for stream in found.flow] == [
        (None, "new", 3),
        (None, "gone", 1),
        ("new", "held", 1),
        ("new", "won", 1),
    ]
    assert (found.calibration.n, found.calibration.brier) == (1, 0.25)


def test_another_period_and_another_number_of_weeks() -> None:
    found = figures(WHO, BOOK, TODAY, period=Period(day("2024-12-31"), TODAY), weeks=2)
    assert (found.stopped.part, found.stopped.whole) == (1, 2)
    assert len(found.weeks) == 2


def test_assessments_that_are_known_need_not_be_made_again() -> None:
    assert figures(WHO, BOOK, TODAY, assessments=assess_all(WHO, BOOK, TODAY)) == figures(WHO, BOOK, TODAY)
    assert figures(WHO, BOOK, TODAY, assessments=()).courses == ()


def test_without_contacts_there_is_nothing_to_tell() -> None:
    found = figures([], BOOK, TODAY)
    assert found.decided.value is None
    assert found.waiting.n == 0

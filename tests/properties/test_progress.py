"""The figures of progress on random small workspaces: bounds, and turning points against every day in between."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crmtool.assessment import assess
from crmtool.contact import Contact
from crmtool.progress.change import position, progress, progress_since
from crmtool.progress.figures import Figures, figures
from crmtool.progress.history import histories
from crmtool.progress.measures import Share, Spread
from crmtool.progress.merging import merged
from crmtool.progress.outcomes import early_stop_share
from crmtool.progress.pending import decision_latency
from crmtool.progress.period import Period
from crmtool.rulebook import RuleBook
from tests.building import contact_document, contact_of, rulebook_of
from tests.properties.test_assessment import Reading
from tests.properties.worlds import START, contacts, later, rules

days = st.integers(-2, 90).map(lambda offset: START + timedelta(offset))
ALL_DAYS = Period(START - timedelta(1), START + timedelta(100))
World = tuple[dict[str, Any], list[dict[str, Any]]]


@st.composite
def worlds(draw: st.DrawFn, unknown: bool = False) -> World:
    """Draw a rule book and contacts; with `unknown` ones, some are in a status that the rule book lacks."""
    book = draw(rules())
    people = draw(st.lists(contacts(book), min_size=1, max_size=3))
    for person in people:
        for decision in person["decisions"]:
            decision.update(draw(st.sampled_from([{}, {"chance": 0.2}, {"chance": 1}])))
            if unknown and draw(st.integers(0, 4)) == 0:
                decision["to"] = "gone"
        person["status"] = person["decisions"][-1]["to"]
    return book, people


def built(world: World) -> tuple[RuleBook, list[Contact]]:
    book, people = world
    documents = [
        contact_document(f"---\n{json.dumps(person)}\n---\n", f"contacts/{i}.md") for i, person in enumerate(people)
    ]
    return rulebook_of(json.dumps(book)), [contact_of(document) for document in documents]


def within(value: Any) -> list[Any]:
    """List a value and everything inside it."""
    found = [value]
    if is_dataclass(value):
        found += [each for field in fields(value) for each in within(getattr(value, field.name))]
    elif isinstance(value, tuple):
        found += [each for inner in value for each in within(inner)]
    return found


def told(world: World, day: date) -> Figures:
    rulebook, people = built(world)
    return figures(people, rulebook, day, period=Period(START, day) if day >= START else None)


@given(worlds(unknown=True), days)
def test_figures_keep_their_bounds(world: World, day: date) -> None:
    found = told(world, day)
    parts = within(found)
    for share in [each for each in parts if isinstance(each, Share)]:
        assert 0 <= share.part <= share.whole
        assert (share.value is None) == (share.whole == 0)
        assert share.value is None or 0 <= share.value <= 1
        assert (len(share.contacts), len(share.rest)) == (share.part, share.whole - share.part)
    for spread in [each for each in parts if isinstance(each, Spread)]:
        assert spread.p85 is None or (spread.median is not None and 0 <= spread.median <= spread.p85)
    for rate in found.win_rates:
        if rate.interval is not None and rate.share.value is not None:
            assert 0 <= rate.interval.low <= rate.share.value + 1e-9
            assert rate.share.value - 1e-9 <= rate.interval.high <= 1
    assert all(each.latest <= each.summed for status in found.status_times for each in status.times)
    assert all(latency.days >= 0 for latency in found.latency.latencies)
    assert sum(point.n for point in found.calibration.bins) == found.calibration.n
    assert found.calibration.brier is None or 0 <= found.calibration.brier <= 1


@given(worlds(), days)
def test_what_is_dated_later_changes_no_figure(world: World, day: date) -> None:
    book, people = world
    known = []
    for person in people:
        decisions = [d for d in person["decisions"] if date.fromisoformat(d["date"]) <= day]
        answers = {
            id: kept
            for id, entries in person["criteria"].items()
            if (kept := [a for a in entries if min(a.get("met", "9"), a.get("not_met", "9")) <= day.isoformat()])
        }
        if decisions:
            known.append({**person, "decisions": decisions, "status": decisions[-1]["to"], "criteria": answers})
    if len(known) == len(people):  # else the ids are others
        assert told((book, known), day) == told(world, day)


def pending(book: dict[str, Any], person: dict[str, Any], index: int, *, stops_only: bool) -> date | None:
    """Look at every day of the stay that a decision ended, as known then: the first on which one was pending."""
    entered, left = (date.fromisoformat(person["decisions"][i]["date"]) for i in (index - 1, index))
    before = {**person, "decisions": person["decisions"][:index]}
    for offset in range((left - entered).days + 1):
        then = Reading(book, before, entered + timedelta(offset))
        if then.stops or (not stops_only and then.distance == 0):
            return then.day
    return None


@given(worlds())
def test_latency_is_that_of_looking_at_every_day(world: World) -> None:
    book, people = world
    rulebook, found = built(world)
    expected, without = [], []
    for i, person in enumerate(people):
        for index, (source, target) in enumerate(pairwise(person["decisions"]), 1):
            if book["statuses"][source["to"]]["kind"] not in ("active", "hold"):
                continue
            possible = pending(book, person, index, stops_only=False)
            if possible is None:
                without.append(str(i))
            else:
                expected.append((str(i), source["to"], possible.isoformat(), target["date"]))
    latency = decision_latency(histories(found, rulebook, ALL_DAYS.end), rulebook, ALL_DAYS)
    assert [
        (each.contact, each.status, each.possible.isoformat(), each.decided.isoformat()) for each in latency.latencies
    ] == expected
    assert list(latency.without) == without


@given(worlds())
def test_an_early_no_is_that_of_looking_at_every_day(world: World) -> None:
    book, people = world
    rulebook, found = built(world)
    early: list[str] = []
    rest: list[str] = []
    for i, person in enumerate(people):
        for index, (source, target) in enumerate(pairwise(person["decisions"]), 1):
            rule = book["statuses"][source["to"]]
            if book["statuses"][target["to"]]["kind"] != "ended":
                continue
            last = later(date.fromisoformat(source["date"]), rule.get("decide_within", "9999d"))
            in_time = rule["kind"] == "hold" or date.fromisoformat(target["date"]) <= last
            is_open = rule["kind"] in ("active", "hold")
            is_early = is_open and in_time and pending(book, person, index, stops_only=True) is None
            (early if is_early else rest).append(str(i))
    share = early_stop_share(histories(found, rulebook, ALL_DAYS.end), rulebook, ALL_DAYS)
    assert (list(share.contacts), list(share.rest)) == (early, rest)


@given(worlds(unknown=True), days, days)
def test_a_position_is_what_an_assessment_says(world: World, one: date, other: date) -> None:
    start, end = min(one, other), max(one, other)
    rulebook, found = built(world)
    for who in found:
        at, full = position(who, rulebook, start), assess(who, rulebook, start)
        assert (at is None) == (full is None)
        if at is not None and full is not None:
            assert (at.status, at.clarity, at.distance) == (full.status, full.clarity, full.distance)
        now, change = assess(who, rulebook, end), progress(who, rulebook, start, end)
        if now is not None and change is not None:
            light = progress_since(start, now, rulebook)
            assert (light.clarity_change, light.distance_change, light.decisions) == (
                change.clarity_change,
                change.distance_change,
                change.decisions,
            )


@given(worlds(unknown=True), days, st.data())
def test_figures_of_groups_put_together_are_those_of_all(world: World, day: date, data: st.DataObject) -> None:
    rulebook, people = built(world)
    group_of = [data.draw(st.integers(0, 2)) for _ in people]
    groups = [[each for each, group in zip(people, group_of, strict=True) if group == number] for number in range(3)]
    whole, together = figures(people, rulebook, day), merged([figures(g, rulebook, day) for g in groups], rulebook)
    assert unordered(together) == unordered(whole)
    assert [each.status for each in together.status_times] == [each.status for each in whole.status_times]
    assert [(each.source, each.target) for each in together.flow] == [(each.source, each.target) for each in whole.flow]


def unordered(value: Any) -> Any:
    """Give a value without the order in which anything is listed."""
    if is_dataclass(value):
        return [type(value).__name__, *(unordered(getattr(value, field.name)) for field in fields(value))]
    if isinstance(value, dict):
        return sorted((str(key), unordered(inner)) for key, inner in value.items())
    return sorted(map(unordered, value), key=repr) if isinstance(value, tuple) else value

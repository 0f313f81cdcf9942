"""The assessment on random small workspaces, against a second reading of FORMAT, section 6."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crmtool.assessment import Assessment, Verdict, assess, assess_all, attention
from crmtool.contact import Contact
from crmtool.progress.change import progress
from crmtool.replay import replay
from crmtool.rulebook import RuleBook
from tests.building import contact_document, contact_of, rulebook_of
from tests.properties.worlds import START, World, contacts, later, offsets, rules

ONE_DAY = timedelta(1)
days = st.integers(-2, 90).map(lambda offset: START + timedelta(offset))


@dataclass(frozen=True)
class Reading:
    """What FORMAT says of a contact as written, on a day, under a rule book as written."""

    book: dict[str, Any]
    fields: dict[str, Any]
    day: date

    @cached_property
    def decision(self) -> dict[str, Any] | None:
        taken = [d for d in self.fields["decisions"] if date.fromisoformat(d["date"]) <= self.day]
        return taken[-1] if taken else None

    @cached_property
    def entered(self) -> date:
        assert self.decision is not None
        return date.fromisoformat(self.decision["date"])

    @cached_property
    def status(self) -> str:
        assert self.decision is not None
        return str(self.decision["to"])

    def kind(self, status: str) -> str:
        return str(self.book["statuses"][status]["kind"])

    @cached_property
    def is_undecided(self) -> bool:
        return self.kind(self.status) in ("active", "hold")

    @cached_property
    def world(self) -> World:
        return World(
            criteria=self.book["criteria"],
            answers=self.fields["criteria"],
            fields=self.fields,
            day=self.day,
            entered=self.entered,
        )

    def includes(self, written: Any, target: str | None = None) -> bool:
        """Whether an id, a list or "*" names the present status."""
        named = written if isinstance(written, list) else [written]
        return self.status in named or ("*" in named and self.is_undecided and self.status != target)

    @cached_property
    def forward(self) -> dict[str, dict[str, Any]]:
        order = list(self.book["statuses"])
        return {
            id: way
            for id, way in self.book["transitions"].items()
            if "from" in way
            and self.includes(way["from"], way["to"])
            and (
                self.kind(way["to"]) == "won"
                or (self.kind(way["to"]) == "active" and order.index(way["to"]) > order.index(self.status))
            )
        }

    def lacking(self, way: dict[str, Any]) -> list[Any]:
        return [each for each in way["requires"] if not self.world.holds(each)]

    @cached_property
    def distance(self) -> int | None:
        return min((len(self.lacking(way)) for way in self.forward.values()), default=None)

    @cached_property
    def missing(self) -> set[str]:
        lacking = [each for way in self.forward.values() for each in self.lacking(way)]
        return {id for each in lacking for id in self.world.missing(each)}

    @cached_property
    def overdue(self) -> bool:
        within = self.book["statuses"][self.status].get("decide_within")
        return self.kind(self.status) == "active" and within is not None and self.day > later(self.entered, within)

    @cached_property
    def clarity(self) -> float | None:
        asked = [id for id in self.book["criteria"] if self.world.is_asked(id)]
        total = sum(self.book["criteria"][id]["weight"] for id in asked)
        clear = [id for id in asked if self.world.state(id) not in ("open", "expired")]
        return sum(self.book["criteria"][id]["weight"] for id in clear) / total if total else None

    def rule_is_due(self, rule: dict[str, Any], on: date | None = None) -> bool:
        """Whether a stop rule is due: on a later day with what is known now, on an earlier one with what was then."""
        on = on or self.day
        world = replace(self.world.known_on(self.day), day=on)
        start = later(self.entered, rule["after"]) if "after" in rule else self.entered
        return self.includes(rule["in"]) and self.is_undecided and on >= start and world.holds(rule["when"])

    @cached_property
    def stops(self) -> list[str]:
        if not self.is_undecided:
            return []
        due = [id for id, rule in self.book["stop_rules"].items() if self.rule_is_due(rule)]
        due += [
            id
            for id, rule in self.book["criteria"].items()
            if rule.get("knockout") and self.world.state(id) == "met" and self.world.is_asked(id)
        ]
        return due + ["stop_if" for each in self.fields.get("stop_if", []) if self.day > date.fromisoformat(each["by"])]

    @cached_property
    def verdict(self) -> str:
        on_hold = self.kind(self.status) == "hold"
        revisit = self.fields.get("revisit")
        blocked = self.fields.get("blocked")
        step = self.fields.get("next_step")
        if not self.is_undecided:
            return "done"
        if self.stops:
            return "stop"
        if (on_hold and revisit and date.fromisoformat(revisit) <= self.day) or self.overdue or self.distance == 0:
            return "decide"
        if on_hold:
            return "wait"
        if blocked and blocked["since"] <= self.day.isoformat() <= blocked.get("until", "9999"):
            return "wait"
        if step and step["clarifies"] in self.missing and self.day <= date.fromisoformat(step["due"]):
            return "clarify"
        return "plan"

    @cached_property
    def prequalified(self) -> bool:
        wanted = self.book.get("prequalification", {})
        good, bad = wanted.get("good", []), wanted.get("bad", [])
        return all(map(self.world.holds, good)) and not any(map(self.world.holds, bad))


Pair = tuple[dict[str, Any], dict[str, Any]]


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    book = draw(rules())
    return book, draw(contacts(book))


def built(written: Pair) -> tuple[RuleBook, Contact]:
    book, fields = written
    return rulebook_of(json.dumps(book)), built_contact(fields)


def built_contact(fields: dict[str, Any], id: str = "x") -> Contact:
    return contact_of(contact_document(f"---\n{json.dumps(fields)}\n---\n", f"contacts/{id}.md"))


def looked_at(written: Pair, day: date) -> tuple[Assessment, Reading] | None:
    rulebook, contact = built(written)
    found, reading = assess(contact, rulebook, day), Reading(*written, day)
    assert (found is None) == (reading.decision is None)
    return (found, reading) if found else None


@given(pairs(), days)
def test_the_assessment_is_what_the_format_says(written: Pair, day: date) -> None:
    both = looked_at(written, day)
    if both is None:
        return
    found, reading = both
    assert found.status.id == reading.status
    assert (found.why_here.since, found.why_here.days) == (reading.entered, (day - reading.entered).days)
    assert [outlook.transition for outlook in found.outlooks] == list(reading.forward)
    assert [len(outlook.missing) for outlook in found.outlooks] == [
        len(reading.lacking(w)) for w in reading.forward.values()
    ]
    assert {state.id for state in found.missing} == reading.missing
    assert found.overdue == reading.overdue
    assert found.distance == reading.distance
    assert found.clarity == reading.clarity
    assert found.prequalified == reading.prequalified
    assert [stop.rule for stop in found.stop_due] == reading.stops
    assert found.verdict.value == reading.verdict


@given(pairs(), days)
def test_figures_keep_their_bounds(written: Pair, day: date) -> None:
    both = looked_at(written, day)
    if both is None:
        return
    found, _ = both
    assert found.clarity is None or 0 <= found.clarity <= 1
    assert (found.distance == 0) == bool(found.ready)
    assert (found.distance is None) == (not found.outlooks)
    assert (found.verdict is Verdict.DONE) == (not found.status.is_undecided)
    assert (found.verdict is Verdict.STOP) == bool(found.stop_due)
    assert found.why_here.since <= day
    assert all(stop.since <= day for stop in found.stop_due)
    assert all(stop.on > day for stop in found.stop_upcoming)
    assert [stop.on for stop in found.stop_upcoming] == sorted(stop.on for stop in found.stop_upcoming)
    own = found.contact.next_step
    if own is not None:
        assert found.next_step is not None
        assert not found.next_step.proposed
    elif found.next_step is not None:
        assert found.next_step.clarifies in {state.id for state in found.missing}
    else:
        assert not found.missing


def knockout_is_met(reading: Reading, id: str, on: date) -> bool:
    return replace(reading.world, day=on).state(id) == "met"


@given(pairs(), days)
def test_due_since_is_the_first_of_all_days_on_which_it_was_due(written: Pair, day: date) -> None:
    both = looked_at(written, day)
    if both is None:
        return
    found, reading = both
    for stop in found.stop_due:
        first = day
        if stop.rule == "stop_if":
            continue
        if stop.rule in reading.book["stop_rules"]:
            rule = reading.book["stop_rules"][stop.rule]
            while first > reading.entered and reading.rule_is_due(rule, first - ONE_DAY):
                first -= ONE_DAY
        else:
            while knockout_is_met(reading, stop.rule, first - ONE_DAY):
                first -= ONE_DAY
        assert stop.since == first


@given(pairs(), days)
def test_what_falls_due_does_so_on_its_day_and_on_none_before(written: Pair, day: date) -> None:
    both = looked_at(written, day)
    if both is None:
        return
    found, reading = both
    told = {stop.rule: stop.on for stop in found.stop_upcoming}
    for id, rule in reading.book["stop_rules"].items():
        coming = (day + timedelta(i) for i in range(1, 130))
        expected = (
            None if reading.rule_is_due(rule) else next((on for on in coming if reading.rule_is_due(rule, on)), None)
        )
        assert told.get(id) == expected
    # And when the day comes, and nothing was clarified since, it is really due.
    rulebook, contact = built(written)
    for stop in found.stop_upcoming:
        undisturbed = stop.rule == "stop_if" or not any(
            day
            < date.fromisoformat(min(entry.get("met", "9"), entry.get("not_met", "9"), entry.get("date", "9")))
            <= stop.on
            for entry in [*written[1]["decisions"], *(a for each in written[1]["criteria"].values() for a in each)]
        )
        then = assess(contact, rulebook, stop.on)
        assert then is not None
        if undisturbed and then.status.is_undecided:
            assert stop.rule in {due.rule for due in then.stop_due}


@given(rules(), st.data())
def test_attention_is_a_total_order(book: dict[str, Any], data: st.DataObject) -> None:
    ids = data.draw(st.lists(st.sampled_from(["a", "b", "c/d", "Ä"]), min_size=2, max_size=4, unique=True))
    rulebook = rulebook_of(json.dumps(book))
    found_contacts = [built_contact(data.draw(contacts(book)), id) for id in ids]
    day = data.draw(offsets)
    found = assess_all(found_contacts, rulebook, day)
    assert found == assess_all(data.draw(st.permutations(found_contacts)), rulebook, day)
    keys = [attention(each) for each in found]
    assert all(one < other for one, other in pairwise(keys))
    order = ["stop", "decide", "plan", "clarify", "wait", "done"]
    ranks = [order.index(each.verdict) for each in found]
    assert ranks == sorted(ranks)


@given(pairs(), days, days)
def test_the_past_does_not_change(written: Pair, one: date, other: date) -> None:
    """What is dated after a day can be left out, and the day's assessment stays the same but for what is undated."""
    day, rest = min(one, other), max(one, other)
    _, fields = written
    rulebook, contact = built(written)
    before = [d for d in fields["decisions"] if date.fromisoformat(d["date"]) <= day]
    if not before:
        assert assess(contact, rulebook, day) is None
        return
    known = {
        id: kept
        for id, entries in fields["criteria"].items()
        if (kept := [a for a in entries if date.fromisoformat(min(a.get("met", "9"), a.get("not_met", "9"))) <= day])
    }
    then = assess(built_contact({**fields, "decisions": before, "criteria": known}), rulebook, day)
    now = assess(contact, rulebook, day)
    assert then is not None
    assert now is not None
    assert replace(then, contact=now.contact) == now
    moved = progress(contact, rulebook, day, rest)
    assert moved is not None
    assert moved.start == now
    assert -1 <= moved.clarity_change <= 1


@given(pairs())
def test_each_decision_is_replayed_as_of_its_own_date(written: Pair) -> None:
    rulebook, contact = built(written)
    book, fields = written
    for step, decision in zip(replay(contact, rulebook), fields["decisions"], strict=True):
        reading = Reading(book, fields, date.fromisoformat(decision["date"]))
        world = replace(reading.world, entered=step.entered)
        if step.transition is not None:
            requires = book["transitions"][step.transition.id].get("requires", [])
            lacking = [each for each in requires if not world.holds(each)]
            assert [[state.id for state in m.criteria] for m in step.missing] == [
                world.missing(each) for each in lacking
            ]
        else:
            assert step.missing == ()

"""Random rule books and contacts, and a second reading of FORMAT that judges them: slow and plain.

Nothing here uses what it is there to test: conditions stay the values that YAML gives, dates are counted by hand.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

START = date(2026, 1, 20)
IDS = ("a", "b", "c", "k")
DURATIONS = ("0d", "3d", "10d", "2w", "1m")

offsets = st.integers(0, 60).map(lambda offset: START + timedelta(offset))
ids = st.sampled_from(IDS)
some_ids = st.lists(ids, min_size=1, max_size=3, unique=True)


def later(day: date, duration: str) -> date:
    """Count a duration on, by the calendar."""
    count, unit = int(duration[:-1]), duration[-1]
    if unit in "dw":
        return day + timedelta(count * {"d": 1, "w": 7}[unit])
    months = day.year * 12 + day.month - 1 + count * {"m": 1, "y": 12}[unit]
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


# --- Strategies -------------------------------------------------------------------------------------------------------

leaves: st.SearchStrategy[Any] = st.one_of(
    ids,
    st.fixed_dictionaries({"not_met": ids}),
    st.fixed_dictionaries({"open": ids}),
    st.fixed_dictionaries({"score": st.integers(0, 8)}),
    st.fixed_dictionaries({"score": st.sampled_from([0.5, 1, 3]), "of": some_ids}),
    st.fixed_dictionaries({"lost": some_ids}),
    st.fixed_dictionaries({"clarified": st.integers(1, 3)}),
    st.fixed_dictionaries({"has": st.sampled_from(["revisit", "extra.x", "role"])}),
    st.fixed_dictionaries({"passed": st.sampled_from(["revisit", "extra.x"])}),
    st.fixed_dictionaries({"older_than": st.sampled_from(DURATIONS)}),
)


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    members = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.fixed_dictionaries({"not": inner}),
        st.fixed_dictionaries({"any": members}),
        st.fixed_dictionaries({"all": members}),
        members,
        st.fixed_dictionaries({"at_least": st.integers(1, 3), "of": members}),
    )


written_conditions: st.SearchStrategy[Any] = st.recursive(leaves, _nested, max_leaves=5)
requirements = st.lists(written_conditions, max_size=3)


@st.composite
def criteria(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Draw what is written about the criteria; `k` is the likeliest knockout."""
    drawn: dict[str, dict[str, Any]] = {}
    for id in IDS:
        entry: dict[str, Any] = {"label": id, "question": f"{id}?", "weight": draw(st.sampled_from([0, 1, 2, 3, 0.5]))}
        entry |= draw(st.sampled_from([{}, {}, {"valid_for": "10d"}, {"valid_for": "1m"}]))
        entry |= draw(st.sampled_from([{}, {}, {"attested_by": "counterparty"}]))
        entry |= draw(st.sampled_from([{}, {}, {}, {"retired": "2026-02-20"}]))
        entry |= {"knockout": True} if id == "k" and draw(st.booleans()) else {}
        drawn[id] = entry
    return drawn


@st.composite
def answers(draw: st.DrawFn) -> dict[str, list[dict[str, str]]]:
    """Draw answers, oldest first; some criteria have none."""
    found: dict[str, list[dict[str, str]]] = {}
    for id in IDS:
        days = sorted(draw(st.lists(offsets, max_size=3)))
        entries = [
            {draw(st.sampled_from(["met", "met", "not_met"])): day.isoformat()}
            | draw(st.sampled_from([{}, {"attested_by": "us"}, {"attested_by": "counterparty"}]))
            for day in days
        ]
        if entries:
            found[id] = entries
    return found


@st.composite
def fields(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what else a contact says."""
    step = {"do": "x", "clarifies": draw(ids), "due": draw(offsets).isoformat()}
    since, until = draw(offsets), draw(offsets)
    drawn: dict[str, Any] = {}
    drawn |= draw(st.sampled_from([{}, {"next_step": step}]))
    drawn |= draw(st.sampled_from([{}, {}, {"blocked": {"by": "x", "since": since.isoformat()}}]))
    if "blocked" in drawn and draw(st.booleans()):
        drawn["blocked"]["until"] = until.isoformat()
    drawn |= draw(st.sampled_from([{}, {}, {"stop_if": [{"when": "x", "by": draw(offsets).isoformat()}]}]))
    drawn |= draw(st.sampled_from([{}, {"revisit": draw(offsets).isoformat()}]))
    drawn |= draw(st.sampled_from([{}, {"extra": {}}, {"extra": {"x": "2026-02-10"}}, {"extra": {"x": 0}}]))
    drawn |= draw(st.sampled_from([{}, {"role": ""}, {"role": "x"}]))
    drawn |= draw(st.sampled_from([{}, {"value": 0}, {"value": 5}]))
    return drawn


KINDS = ("active", "active", "active", "hold", "won", "ended")


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a rule book as it is written: up to five statuses, any ways between them, a few stop rules."""
    kinds = [draw(st.sampled_from(KINDS)) for _ in range(draw(st.integers(2, 5)))]
    statuses = [f"s{i}" for i in range(len(kinds))]
    sources = st.one_of(
        st.sampled_from(statuses),
        st.lists(st.sampled_from(statuses), min_size=1, max_size=2, unique=True),
        st.just("*"),
    )
    ways: dict[str, Any] = {"enter": {"to": "s0"}}
    for i in range(draw(st.integers(0, 5))):
        ways[f"t{i}"] = {"to": draw(st.sampled_from(statuses)), "from": draw(sources), "requires": draw(requirements)}
    stops = {
        f"r{i}": {"in": draw(sources), "when": draw(requirements), "because": "why"}
        | draw(st.sampled_from([{}, {"after": "3d"}, {"after": "1m"}]))
        for i in range(draw(st.integers(0, 3)))
    }
    book: dict[str, Any] = {
        "statuses": {
            id: {"label": id, "meaning": id, "kind": kind} | draw(st.sampled_from([{}, {"decide_within": "10d"}]))
            for id, kind in zip(statuses, kinds, strict=True)
        },
        "criteria": draw(criteria()),
        "transitions": ways,
        "stop_rules": stops,
    }
    if draw(st.booleans()):
        book["prequalification"] = {"good": draw(requirements), "bad": draw(requirements)}
    return book


@st.composite
def contacts(draw: st.DrawFn, book: dict[str, Any]) -> dict[str, Any]:
    """Draw a contact as it is written, under a rule book; its decisions need not be allowed."""
    days = sorted(draw(st.lists(offsets, min_size=1, max_size=3)))
    log = [
        {"date": day.isoformat(), "to": draw(st.sampled_from(list(book["statuses"]))), "because": "why"} for day in days
    ]
    return {"name": "N", "status": log[-1]["to"], "criteria": draw(answers()), "decisions": log} | draw(fields())


# --- The second reading -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class World:
    """A contact as written, on a day, under criteria as written."""

    criteria: dict[str, dict[str, Any]]
    answers: dict[str, list[dict[str, str]]]
    fields: dict[str, Any] = field(default_factory=dict)
    day: date
    entered: date | None

    def known_on(self, day: date) -> World:
        """The same with no more answers than were known on a day."""
        known = {id: [answer for answer in entries if _dated(answer) <= day] for id, entries in self.answers.items()}
        return replace(self, answers=known)

    def state(self, id: str) -> str:
        known = [answer for answer in self.answers.get(id, []) if _dated(answer) <= self.day]
        if not known:
            return "open"
        newest = max(_dated(answer) for answer in known)
        answer = [each for each in known if _dated(each) == newest][-1]
        rule = self.criteria.get(id, {})
        if "valid_for" in rule and self.day > later(newest, rule["valid_for"]):
            return "expired"
        if "not_met" in answer:
            return "not_met"
        if rule.get("attested_by") == "counterparty" and answer.get("attested_by") != "counterparty":
            return "unattested"
        return "met"

    def weight(self, id: str) -> float:
        """What a criterion can add to a score."""
        rule = self.criteria.get(id)
        if rule is None or rule.get("knockout") or not self.is_asked(id):
            return 0
        return float(rule.get("weight", 1))

    def is_asked(self, id: str) -> bool:
        retired = self.criteria[id].get("retired")
        return retired is None or self.day < date.fromisoformat(retired)

    def value(self, path: str) -> Any:
        value: Any = self.fields
        for key in path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def holds(self, written: Any) -> bool:  # noqa: C901 - a case for each line of the table
        if isinstance(written, str):
            return self.state(written) == "met"
        if isinstance(written, list):
            return all(self.holds(each) for each in written)
        match written:
            case {"not": inner}:
                return not self.holds(inner)
            case {"not_met": id}:
                return self.state(id) == "not_met"
            case {"open": id}:
                return self.state(id) in ("open", "expired")
            case {"any": members}:
                return any(self.holds(each) for each in members)
            case {"all": members}:
                return all(self.holds(each) for each in members)
            case {"at_least": count, "of": members}:
                return bool(len([each for each in members if self.holds(each)]) >= count)
            case {"score": wanted}:
                counted = written.get("of", list(self.criteria))
                return bool(sum(self.weight(id) for id in counted if self.state(id) == "met") >= wanted)
            case {"lost": lost}:
                return self.entered is not None and any(
                    replace(self, day=self.entered).state(id) == "met" and self.state(id) != "met" for id in lost
                )
            case {"clarified": count}:
                entries = [answer for each in self.answers.values() for answer in each]
                since = [a for a in entries if self.entered is not None and self.entered < _dated(a) <= self.day]
                return bool(len(since) >= count)
            case {"has": path}:
                return self.value(path) not in (None, "", [], {})
            case {"passed": path}:
                value = self.value(path)
                return isinstance(value, str) and date.fromisoformat(value) <= self.day
            case {"older_than": duration}:
                return self.entered is not None and self.day >= later(self.entered, duration)
        raise AssertionError(written)

    def missing(self, written: Any) -> list[str]:
        """List the criteria missing from a condition that does not hold, as the fine print says."""
        if isinstance(written, str):
            return [written]
        if isinstance(written, list):
            return self.missing({"all": written})
        match written:
            case {"not": inner}:
                return _named(inner)
            case {"not_met": id} | {"open": id}:
                return [id]
            case {"score": _}:
                counted = written.get("of", list(self.criteria))
                return [id for id in counted if self.weight(id) > 0 and self.state(id) != "met"]
            case {"any": members} | {"all": members} | {"of": members}:
                found = [id for each in members if not self.holds(each) for id in self.missing(each)]
                return list(dict.fromkeys(found))
        return []


def _dated(answer: dict[str, str]) -> date:
    return date.fromisoformat(answer.get("met") or answer["not_met"])


def _named(written: Any) -> list[str]:
    if isinstance(written, str):
        return [written]
    if isinstance(written, list):
        return list(dict.fromkeys(id for each in written for id in _named(each)))
    match written:
        case {"not": inner}:
            return _named(inner)
        case {"not_met": id} | {"open": id}:
            return [id]
        case {"score": _}:
            return list(written.get("of", []))
        case {"any": members} | {"all": members} | {"of": members}:
            return _named(members)
    return []

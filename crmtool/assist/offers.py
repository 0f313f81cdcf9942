"""What can stand for a value at a cursor: statuses, criteria, reasons, people, days, what the schema names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from crmtool.assist.describing import KINDS
from crmtool.assist.keys import choices, forms, is_date
from crmtool.assist.suggestions import Kind, Suggestion
from crmtool.assist.surroundings import Surroundings, Way
from crmtool.days import Duration
from crmtool.finding import Place
from crmtool.replay import same_person
from crmtool.rulebook import ANY_STATUS
from crmtool.situation import State

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_AHEAD = frozenset({"due", "revisit", "until", "by"})
_DISTANCES = (("1w", "in a week"), ("2w", "in two weeks"), ("1m", "in a month"))
_DURATIONS = ("14d", "30d", "6w", "3m", "1y")
_CONDITIONS_OF = {"statuses": "requires", "transitions": "requires", "stop_rules": "when"}
_NO_CRITERION = frozenset({"at_least", "clarified", "score"})


def values_at(here: Surroundings, place: Place) -> Iterator[Suggestion]:
    """Give what can stand for a value at a place, best first; `insert` is the bare value, not yet as YAML."""
    found = forms(here.schema, place)
    yield from _days(place, here.editing.day) if is_date(found) else ()
    yield from map(_choice, choices(found))
    yield from _of_rulebook(here, place) if here.editing.is_rulebook else _of_contact(here, place)


def decided(way: Way) -> str:
    """Tell in a few words how a status can be reached."""
    if way.transition is None:
        return way.status.label
    if way.missing:
        return f"{way.status.label} · {way.transition.id} lacks: {', '.join(each.text for each in way.missing)}"
    return f"{way.status.label} · {way.transition.id}"


def explained(way: Way) -> str:
    """Tell what a status means, what is decided in it, and what would have to be answered first."""
    status = way.status
    questions = dict.fromkeys(state.question for each in way.missing for state in each.criteria)
    parts = (status.meaning, status.asks or "", "\n".join(f"- {question}" for question in questions))
    return "\n\n".join(part for part in parts if part)


def state_of(here: Surroundings, criterion: str) -> str:
    """Tell how a criterion stands with a contact."""
    situation = here.situation
    answer = situation.latest(criterion) if situation else None
    if situation is None or answer is None:
        return "open"
    match situation.state(criterion):
        case State.EXPIRED:
            return f"expired since {situation.expires(answer)}"
        case State.UNATTESTED:
            return f"yes on {answer.day}, not confirmed by the contact"
        case State.NOT_MET:
            return f"no on {answer.day}"
        case _:
            return f"yes on {answer.day}"


def criteria_in_order(here: Surroundings) -> tuple[str, ...]:
    """List the criteria that are asked, those that are missing first."""
    asked = [id for id, each in here.rulebook.criteria.items() if each.is_asked(here.editing.day)]
    return tuple(dict.fromkeys((*here.missing, *asked)))


def criterion(here: Surroundings, id: str) -> Suggestion:
    """Suggest a criterion of a contact, with its state and its question."""
    rule = here.rulebook.criteria[id]
    detail = f"{rule.label} · {state_of(here, id)}"
    if id in here.missing:
        detail += " · missing"
    return _id(id, Kind.CRITERION, detail, rule.question, rule.label)


def transition_people(here: Surroundings, target: object) -> tuple[str, ...]:
    """List who may decide for a status; empty where anybody may."""
    way = next((way for way in here.ways if way.status.id == target), None)
    return way.transition.by if way and way.transition else ()


# --- contacts ---


def _of_contact(here: Surroundings, place: Place) -> Iterator[Suggestion]:
    match place:
        case ("status",):
            yield from _present_status(here)
        case ("decisions", int(), "to"):
            yield from map(_status, here.ways)
        case ("decisions", int(i), "reason"):
            status = here.rulebook.statuses.get(str(here.value("decisions", i, "to")))
            yield from (_id(id, Kind.REASON, label) for id, label in (status.reasons if status else {}).items())
        case ("decisions", int(i), "by" | "confirmed_by" as key):
            yield from _deciders(here, i, key)
        case ("next_step", "clarifies"):
            yield from (criterion(here, id) for id in criteria_in_order(here))
        case ("owner",) | ("next_step", "owner") | ("criteria", _, "by") | ("criteria", _, int(), "by"):
            yield from _texts(here.people)
        case ("organization" | "source" | "role" as key,):
            yield from _texts(here.used(key))
        case ("tags", int()):
            yield from _texts(tag for tag in here.used("tags") if tag not in here.cursor.siblings)


def _present_status(here: Surroundings) -> Iterator[Suggestion]:
    """Offer the statuses; first that of the last decision, where the file names another one."""
    word = here.cursor.word
    written = here.editing.text[word.start : word.end]
    is_behind = written in here.rulebook.statuses and written != here.source
    for way in sorted(here.ways, key=lambda way: not (is_behind and way.status.id == here.source)):
        found = _status(way)
        yield replace(found, detail=f"{way.status.label} · decided last") if way.status.id == here.source else found


def _deciders(here: Surroundings, index: int, key: str) -> Iterator[Suggestion]:
    entry = here.value("decisions", index)
    written = entry if isinstance(entry, dict) else {}
    allowed = transition_people(here, written.get("to")) if key == "by" else ()
    other = written.get("by" if key == "confirmed_by" else "confirmed_by")
    names = allowed or here.people
    yield from _texts(name for name in names if not (isinstance(other, str) and same_person(name, other)))


def _status(way: Way) -> Suggestion:
    about = f"{way.status.label} {way.transition.id}" if way.transition else way.status.label
    return _id(way.status.id, Kind.STATUS, decided(way), explained(way), about)


# --- the rule book ---


def _of_rulebook(here: Surroundings, place: Place) -> Iterator[Suggestion]:
    match place:
        case ("transitions", _, "to" | "from", *_) | ("stop_rules", _, "in", *_):
            yield from (each for each in statuses(here) if each.insert not in here.cursor.siblings)
            if place[2] != "to":
                detail = "all active statuses and those on hold"
                yield Suggestion(label=ANY_STATUS, insert=ANY_STATUS, kind=Kind.STATUS, detail=detail)
        case ("transitions", _, "by", *_):
            yield from _texts(name for name in here.people if name not in here.cursor.siblings)
        case ("stop_rules", _, "propose"):
            yield from _proposals(here)
        case ("stop_rules", id, "reason"):
            yield from _stop_reasons(here, id)
        case _ if is_condition(place):
            yield from _in_condition(here, place)
        case (*_, "decide_within" | "valid_for" | "after" | "ended"):
            yield from _durations()


def is_condition(place: Place) -> bool:
    """Whether a condition, or a part of one, stands at a place of the rule book."""
    if place[:1] == ("prequalification",):
        return len(place) > 1
    return len(place) > 2 and _CONDITIONS_OF.get(str(place[0])) == place[2]


def statuses(here: Surroundings) -> Iterator[Suggestion]:
    """Suggest the statuses that the rule book defines as it stands."""
    for id, entry in _defined(here, "statuses"):
        yield _id(id, Kind.STATUS, entry.get("label", ""), entry.get("meaning", ""), entry.get("label", ""))


def _proposals(here: Surroundings) -> Iterator[Suggestion]:
    """Offer the transitions, those that end a contact first."""
    kinds = {id: entry.get("kind") for id, entry in _defined(here, "statuses")}
    found = [(id, str(entry.get("to", ""))) for id, entry in _defined(here, "transitions") if entry.get("from")]
    for id, target in sorted(found, key=lambda each: kinds.get(each[1]) != "ended"):
        yield _id(id, Kind.TRANSITION, f"→ {target}", "", target)


def _stop_reasons(here: Surroundings, rule: object) -> Iterator[Suggestion]:
    proposed = here.value("stop_rules", str(rule), "propose")
    target = here.value("transitions", proposed, "to") if proposed is not None else None
    reasons = here.value("reasons")
    for status, labels in reasons.items() if isinstance(reasons, dict) else ():
        if (target or proposed) in (None, status) and isinstance(labels, dict):
            yield from (_id(id, Kind.REASON, str(label)) for id, label in labels.items())


def _in_condition(here: Surroundings, place: Place) -> Iterator[Suggestion]:
    match place[-1]:
        case "has":
            yield from _texts(dict.fromkeys(("revisit", *here.fields())))
        case "passed":
            yield from _texts(("revisit", "next_step.due"))
        case "older_than":
            yield from _durations()
        case key if key not in _NO_CRITERION:
            for id, entry in _defined(here, "criteria"):
                if "retired" not in entry and id not in here.cursor.siblings:
                    about = entry.get("label", "")
                    yield _id(id, Kind.CRITERION, about, entry.get("question", ""), about)


def _defined(here: Surroundings, part: str) -> Iterator[tuple[str, dict[str, object]]]:
    entries = here.value(part)
    for id, entry in entries.items() if isinstance(entries, dict) else ():
        yield id, {key: value for key, value in entry.items() if value} if isinstance(entry, dict) else {}


# --- anywhere ---


def _days(place: Place, today: date) -> Iterator[Suggestion]:
    ahead = [(Duration.parse(text), about) for text, about in _DISTANCES] if place[-1] in _AHEAD else []
    days = [(duration.after(today), about) for duration, about in ahead if duration]
    for i, (day, about) in enumerate((*days, (today, "today"))):
        detail = f"{about}, {_WEEKDAYS[day.weekday()]}"
        label = day.isoformat()
        yield Suggestion(
            label=label, insert=label, kind=Kind.DAY, detail=detail, filter=f"{label} {detail}", preselect=not i
        )


def _durations() -> Iterator[Suggestion]:
    return (Suggestion(label=text, insert=text, kind=Kind.CHOICE) for text in _DURATIONS)


def _choice(value: object) -> Suggestion:
    if isinstance(value, str):
        return Suggestion(label=value, insert=value, kind=Kind.CHOICE, documentation=KINDS.get(value, ""))
    text = json.dumps(value)
    return Suggestion(label=text, insert=text, kind=Kind.LITERAL)


def _texts(texts: Iterable[str]) -> Iterator[Suggestion]:
    return (Suggestion(label=text, insert=text, kind=Kind.TEXT) for text in texts)


def _id(id: str, kind: Kind, detail: object = "", documentation: object = "", about: object = "") -> Suggestion:
    return Suggestion(
        label=id,
        insert=id,
        kind=kind,
        detail=str(detail),
        documentation=str(documentation),
        filter=f"{id} {about}".strip(),
    )

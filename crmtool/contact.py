"""A contact: what its front matter says, typed and frozen. The body is never part of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias

from crmtool.days import parse_day
from crmtool.document import Document
from crmtool.finding import Place
from crmtool.records import dataclass
from crmtool.text import one_line
from crmtool.yaml_reader import Value

Fields: TypeAlias = Mapping[str, Value]
"""What a front matter says, by key."""

FOLDER = "contacts/"
SUFFIX = ".md"
EXTRA, IMPORTED = "extra", "imported"
"""Where a contact keeps where it was imported from: a key of its own among those of the team."""
JOINED = "joined"
"""The key below `extra` that has what was another contact before it was joined to this one."""
ERASED_TEXTS = ("erased", "gelöscht")
"""What stands in the place of texts that were erased, in English and German."""
ERASED_MARK = "erased"
"""The key below `extra` by which an anonymous contact says that it stands for one that was erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One dated answer to a criterion; `place` is where it stands in the front matter."""

    criterion: str
    place: Place
    day: date
    met: bool
    evidence: str | None = None
    attested_by: str | None = None
    by: str | None = None
    corrected: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One dated change of status, with why it was taken."""

    index: int
    day: date
    to: str
    because: str
    reason: str | None = None
    by: str | None = None
    confirmed_by: str | None = None
    chance: float | None = None
    corrected: date | None = None

    @property
    def place(self) -> Place:
        """Where the decision stands in the front matter."""
        return "decisions", self.index


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What is to be done next, and which criterion it clarifies."""

    do: str
    clarifies: str
    due: date
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """What a contact waits for."""

    by: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopIf:
    """A contact's own stop rule: `when` is told in words, `by` is the last day on which it is not yet due."""

    when: str
    by: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What decides about a contact. `fields` are all front matter values as read."""

    id: str
    path: str
    name: str
    status: str
    decisions: tuple[Decision, ...]
    criteria: Mapping[str, tuple[Answer, ...]]
    next_step: NextStep | None = None
    blocked: Blocked | None = None
    stop_if: tuple[StopIf, ...] = ()
    revisit: date | None = None
    value: float = 0
    fields: Fields

    @property
    def title(self) -> str:
        """Organization and name, as lists show a contact; once where they are the same."""
        organization, name = one_line(self.text("organization")), one_line(self.name)
        return f"{organization} · {name}" if organization not in ("", name) else name

    def text(self, key: str) -> str:
        """A field that holds text; empty where it is absent."""
        value = self.fields.get(key)
        return value if isinstance(value, str) else ""

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags; empty where there are none."""
        tags = self.fields.get("tags")
        return tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()

    @property
    def joined(self) -> tuple[str, ...]:
        """The ids of the contacts that were joined to this one."""
        return joined_ids(self.fields)

    def decided_by(self, day: date) -> Decision | None:
        """The last decision taken on or before a day; None before the contact existed."""
        taken = [decision for decision in self.decisions if decision.day <= day]
        return max(taken, key=lambda decision: (decision.day, decision.index), default=None)


def contact_id(path: str) -> str:
    """Give a contact's id: its path below contacts/ without .md, NFC-normalised."""
    return unicodedata.normalize("NFC", path.removeprefix(FOLDER).removesuffix(SUFFIX))


def joined_ids(fields: Fields) -> tuple[str, ...]:
    """List the ids of the contacts that were joined to the one of a front matter."""
    extra = fields.get(EXTRA)
    entries = extra.get(JOINED) if isinstance(extra, dict) else None
    ids = (entry.get("contact") for entry in _as_list(entries) if isinstance(entry, dict))
    return tuple(id for id in ids if isinstance(id, str))


def is_erased(contact: Contact) -> bool:
    """Whether a contact only stands for one that was erased: it says so, and no detail but the name says anything."""
    from crmtool.details import details_of  # the commit hook never asks

    extra = contact.fields.get(EXTRA)
    marked = isinstance(extra, dict) and extra.get(ERASED_MARK) is True
    return marked and all(_says_nothing(value) for key, value in details_of(contact.fields).items() if key != "name")


def _says_nothing(value: Value) -> bool:
    # A detail that the rules or the schema ask for stays, emptied of what it said.
    return all(each == 0 or each in ERASED_TEXTS for each in _as_list(value))


def folded(text: str) -> str:
    """Give what ids and names are compared by: neither letter case nor the encoding of accents makes a difference."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def is_contact_path(path: str) -> bool:
    """Whether a path is a contact's: Markdown below contacts/, no README.md, no name that begins with _ or a dot."""
    if not path.startswith(FOLDER) or not path.endswith(SUFFIX):
        return False
    return "/_" not in path and "/." not in path and not path.endswith("/README.md")


def contact_from(document: Document) -> Contact | None:
    """Build a contact; None where what its verdict rests on (name, status, decisions, criteria) cannot be told.

    Other fields that are malformed are taken as absent: the schema's findings tell of them.
    """
    fields = document.values
    if fields is None:
        return None
    try:
        return Contact(
            id=contact_id(document.path),
            path=document.path,
            name=_text(fields["name"]),
            status=_text(fields["status"]),
            decisions=tuple(_decision(i, entry) for i, entry in enumerate(_list(fields["decisions"]))),
            criteria={id: _answers(id, entry) for id, entry in _mapping(fields.get("criteria", {})).items()},
            next_step=_optional(_next_step, fields.get("next_step")),
            blocked=_optional(_blocked, fields.get("blocked")),
            stop_if=_optional(_stop_ifs, fields.get("stop_if")) or (),
            revisit=parse_day(fields.get("revisit")),
            value=_number(fields.get("value")) or 0,
            fields=fields,
        )
    except (KeyError, TypeError):
        return None


def readable(fields: Fields) -> Fields:
    """Give a front matter of which no contact can be built without those answers and decisions that are no such."""
    criteria, decisions = fields.get("criteria"), fields.get("decisions")
    answers: dict[str, Value] = {
        id: [entry for entry in _as_list(value) if _optional(lambda each: _answer("", each, ()), entry)]
        for id, value in (criteria.items() if isinstance(criteria, dict) else ())
    }
    taken = [entry for entry in _as_list(decisions) if _optional(lambda each: _decision(0, each), entry)]
    return {**fields, "criteria": answers, "decisions": taken}


def _decision(index: int, entry: Any) -> Decision:
    entry = _mapping(entry)
    return Decision(
        index=index,
        day=_day(entry["date"]),
        to=_text(entry["to"]),
        because=_text(entry["because"]),
        reason=_text_or_none(entry.get("reason")),
        by=_text_or_none(entry.get("by")),
        confirmed_by=_text_or_none(entry.get("confirmed_by")),
        chance=_number(entry.get("chance")),
        corrected=_corrected(entry),
    )


def _answers(criterion: str, value: Value) -> tuple[Answer, ...]:
    if isinstance(value, list):
        return tuple(_answer(criterion, entry, ("criteria", criterion, i)) for i, entry in enumerate(value))
    return (_answer(criterion, value, ("criteria", criterion)),)


def _answer(criterion: str, value: Value, place: Place) -> Answer:
    entry = _mapping(value)
    met = "met" in entry
    if met == ("not_met" in entry):
        raise TypeError("an answer has exactly one of met and not_met")
    return Answer(
        criterion=criterion,
        place=place,
        day=_day(entry["met" if met else "not_met"]),
        met=met,
        evidence=_text_or_none(entry.get("evidence")),
        attested_by=_text_or_none(entry.get("attested_by")),
        by=_text_or_none(entry.get("by")),
        corrected=_corrected(entry),
    )


def _next_step(value: Value) -> NextStep:
    entry = _mapping(value)
    return NextStep(
        do=_text(entry["do"]),
        clarifies=_text(entry["clarifies"]),
        due=_day(entry["due"]),
        owner=_text_or_none(entry.get("owner")),
    )


def _blocked(value: Value) -> Blocked:
    entry = _mapping(value)
    until = entry.get("until")
    return Blocked(by=_text(entry["by"]), since=_day(entry["since"]), until=_day(until) if until is not None else None)


def _stop_ifs(value: Value) -> tuple[StopIf, ...]:
    entries = [_mapping(entry) for entry in _list(value)]
    return tuple(StopIf(when=_text(entry["when"]), by=_day(entry["by"])) for entry in entries)


def _optional(build: Any, value: Value) -> Any:
    if value is None:
        return None
    try:
        return build(value)
    except (KeyError, TypeError):
        return None


def _corrected(entry: Mapping[str, Value]) -> date | None:
    corrected = entry.get("corrected")
    return parse_day(corrected.get("date")) if isinstance(corrected, dict) else None


def _mapping(value: Any) -> dict[str, Value]:
    if not isinstance(value, dict):
        raise TypeError("not a mapping")
    return value


def _list(value: Any) -> list[Value]:
    if not isinstance(value, list) or not value:
        raise TypeError("not a list with entries")
    return value


def _as_list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value


def _text_or_none(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _day(value: Any) -> date:
    day = parse_day(value)
    if day is None:
        raise TypeError("not a day")
    return day


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None

"""What is left of a contact that was erased: what was decided and clarified and when, and nothing of who it was.

The statistics stay true, and the rules find it as much in order as before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from crmtool.contact import ERASED_MARK, FOLDER, JOINED, SUFFIX, Contact
from crmtool.days import parse_day
from crmtool.edit.render import in_line
from crmtool.edit.scalars import scalar
from crmtool.edit.style import Style
from crmtool.privacy.needs import Needs, Words
from crmtool.privacy.traces import Traces, traces_of
from crmtool.records import dataclass
from crmtool.yaml_reader import Value

ERASED_FOLDER = f"{FOLDER}erased/"
_FEWEST_DIGITS = 8
_ATTESTING = frozenset({"counterparty", "us"})
_ENTRY_DATES = ("met", "not_met")
_STEP = frozenset({"do", "clarifies", "due", "owner", "met", "not_met", "date", "because", "by", "when"})
"""Keys that the format has: what stands there tells nothing of anybody."""
_ONE_WORD = re.compile(r"[\w.@+-]+")


def tombstone_path(token: str) -> str:
    """Give the path of what is left, from the workspace; the token must be random, or it would tell who it was."""
    if len(token) < _FEWEST_DIGITS or not token.isalnum():
        raise ValueError("a token needs eight letters or digits, by chance")
    return f"{ERASED_FOLDER}{token}{SUFFIX}"


def tombstone(
    contact: Contact, needs: Needs, words: Words, joined: Sequence[str] = (), traces: Traces | None = None
) -> str:
    """Write what is left of a version of a contact's file; entry for entry it says the same of when and what.

    By `traces` the person is found among those who decided; without any, by what this version says. `joined` are the
    ids of what is left of contacts that were joined to this one at some time: by them the check knows later, too, why
    their files are gone.
    """
    values = _values(contact, needs, words, traces or traces_of([(contact.path, contact.fields)]))
    extra = values["extra"]
    if contact.joined and joined and isinstance(extra, dict):
        values["extra"] = {**extra, JOINED: [{"contact": id} for id in joined]}
    return "\n".join(["---", *_lines(values), "---", ""])


def _values(contact: Contact, needs: Needs, words: Words, traces: Traces) -> dict[str, Value]:
    fields = contact.fields
    values: dict[str, Value] = {"name": words.name, "status": needs.id("status", contact.status, words)}
    if contact.criteria and (criteria := _criteria(fields["criteria"], needs, words)):
        values["criteria"] = criteria
    values["decisions"] = _decisions(fields["decisions"], needs, words, traces)
    # By these dates it is told how long a decision was pending, and whether those on hold were looked at in time.
    if contact.stop_if:
        values["stop_if"] = [{"when": words.text, "by": rule.by.isoformat()} for rule in contact.stop_if]
    if contact.revisit:
        values["revisit"] = contact.revisit.isoformat()
    for path in sorted(needs.fields):
        _keep(values, fields, path.split("."), _Eraser(needs, words))
    extra = values.get("extra")
    return {**values, "extra": {**(extra if isinstance(extra, dict) else {}), ERASED_MARK: True}}


def _criteria(criteria: Value, needs: Needs, words: Words) -> Value:
    told = criteria if isinstance(criteria, dict) else {}
    return {
        id: [_answer(id, entry, needs, words) for entry in value]
        if isinstance(value, list)
        else _answer(id, value, needs, words)
        for id, value in told.items()
        if id in needs.criteria
    }


def _answer(criterion: str, entry: Value, needs: Needs, words: Words) -> Value:
    told = entry if isinstance(entry, dict) else {}
    kept = {key: told[key] for key in _ENTRY_DATES if _is_day(told.get(key))}
    if criterion in needs.evidence and told.get("evidence"):
        kept["evidence"] = words.text
    if isinstance(told.get("attested_by"), str) and told["attested_by"] in _ATTESTING:
        kept["attested_by"] = told["attested_by"]
    return {**kept, **_correction(told, words)}


def _decisions(decisions: Value, needs: Needs, words: Words, traces: Traces) -> Value:
    entries = [entry for entry in decisions if isinstance(entry, dict)] if isinstance(decisions, list) else []
    sources = [None, *(str(before.get("to")) for before, _ in pairwise(entries))]
    return [_decision(source, entry, needs, words, traces) for source, entry in zip(sources, entries, strict=True)]


def _decision(source: str | None, entry: Mapping[str, Value], needs: Needs, words: Words, traces: Traces) -> Value:
    asked = (source, str(entry.get("to"))) in needs.deciders
    kept: dict[str, Value] = {
        "date": entry.get("date") if _is_day(entry.get("date")) else None,
        "to": needs.id("to", entry.get("to"), words),
        "because": words.text,
        "reason": needs.id("reason", entry["reason"], words) if "reason" in entry else None,
        "by": _decider(entry, "by", words.text, traces) if asked else None,
        "confirmed_by": _decider(entry, "confirmed_by", f"{words.text}-2", traces) if asked else None,
        "chance": entry.get("chance") if _is_chance(entry.get("chance")) else None,
    }
    return {**{key: value for key, value in kept.items() if value is not None}, **_correction(entry, words)}


def _decider(entry: Mapping[str, Value], key: str, instead: str, traces: Traces) -> Value:
    """Give who decided: somebody of the team, whom rules name by one word, and not the person."""
    value = entry.get(key)
    is_of_team = isinstance(value, str) and _ONE_WORD.fullmatch(value) and not traces.is_in(value)
    return value if value is None or is_of_team else instead


def _is_day(value: Value) -> bool:
    return isinstance(value, str) and parse_day(value) is not None


def _is_chance(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _correction(entry: Mapping[str, Value], words: Words) -> dict[str, Value]:
    corrected = entry.get("corrected")
    if not isinstance(corrected, dict) or not _is_day(corrected.get("date")):
        return {}
    return {"corrected": {"date": corrected["date"], "because": words.text}}


@dataclass(frozen=True, slots=True)
class _Eraser:
    """Says no more of a value than that it is there, and when."""

    needs: Needs
    words: Words

    def value(self, key: str, value: Value) -> Value:
        """Give what is left of what stands at a key."""
        if isinstance(value, dict):
            return {self._key(inner): self.value(inner, each) for inner, each in value.items()}
        if isinstance(value, list):
            return [self.value(key, each) for each in value[:1]]
        if isinstance(value, str):
            return value if not value or _is_day(value) else self._text(key, value)
        return 0 if isinstance(value, int | float) and not isinstance(value, bool) else value

    def _text(self, key: str, value: str) -> Value:
        return self.needs.id(key, value, self.words) if key == "clarifies" else self.words.text

    def _key(self, key: str) -> str:
        return key if key in _STEP else self.words.text


def _keep(values: dict[str, Value], fields: Mapping[str, Value], path: Sequence[str], eraser: _Eraser) -> None:
    """Keep a field that is asked for, as anonymous as it can be; what is kept already stays as it is."""
    key, *below = path
    if key not in fields or key in ("criteria", "decisions"):
        return
    if key == "extra" and below:  # of a team's own fields only the one; the keys of others belong together
        values[key] = _merged(values.get(key), _part(fields[key], below, eraser))
    else:
        values.setdefault(key, eraser.value(key, fields[key]))


def _part(value: Value, path: Sequence[str], eraser: _Eraser) -> Value:
    if not path:
        return eraser.value("", value)
    key, *below = path
    return {key: _part(value[key], below, eraser)} if isinstance(value, dict) and key in value else {}


def _merged(one: Value, other: Value) -> Value:
    if not isinstance(one, dict) or not isinstance(other, dict):
        return other if one is None else one
    return {**one, **{key: _merged(one.get(key), inner) for key, inner in other.items()}}


def _lines(values: Mapping[str, Value]) -> Iterator[str]:
    style = Style()
    for key, value in values.items():
        if key == "decisions" and isinstance(value, list):
            yield f"{key}:"
            yield from (f"  - {in_line(entry, style, (key, i))}" for i, entry in enumerate(value))
        elif key == "criteria" and isinstance(value, dict):
            yield f"{key}:"
            yield from (f"  {scalar(id)}: {in_line(entry, style, (key, id))}" for id, entry in value.items())
        else:
            yield f"{key}: {in_line(value, style, (key,), key)}"

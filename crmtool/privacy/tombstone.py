"""What is left of a contact that was erased: what was decided and clarified and when, and nothing of who it was.

The statistics stay true, and the rules find it as much in order as before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from crmtool.conditions import Has, Passed, walk
from crmtool.contact import ERASED_MARK, ERASED_TEXTS, FOLDER, JOINED, SUFFIX, Contact
from crmtool.days import parse_day
from crmtool.edit.render import in_line
from crmtool.edit.scalars import scalar
from crmtool.edit.style import Style
from crmtool.records import dataclass
from crmtool.rulebook import RuleBook
from crmtool.yaml_reader import Value

ERASED_FOLDER = f"{FOLDER}erased/"
_FEWEST_DIGITS = 8
_IDS = frozenset({"clarifies", "status", "to", "reason", "attested_by"})
"""Keys whose text is an id of the rule book, or one of two words: nothing personal, and checked."""
_ENTRY_DATES = ("met", "not_met")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands in the place of what was erased: the contact's name, a text, and in other people's texts `mark`."""

    name: str
    text: str

    @property
    def mark(self) -> str:
        """What stands in the place of a mention."""
        return f"[{self.text}]"


_ENGLISH = Words(name="Erased contact", text=ERASED_TEXTS[0])
_WORDS = {"de": Words(name="Gelöschter Kontakt", text=ERASED_TEXTS[1])}


def words_in(language: str) -> Words:
    """Give the words of a language; English where it is none that is known."""
    return _WORDS.get(language, _ENGLISH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What rules ask for beside dates and statuses.

    `fields` are dotted paths in the front matter that conditions name, `evidence` the criteria whose answers must
    have some, `deciders` the pairs of statuses (from, to) between which it is asked who decided.
    """

    fields: frozenset[str] = frozenset()
    evidence: frozenset[str] = frozenset()
    deciders: frozenset[tuple[str | None, str]] = frozenset()

    def also(self, *fields: str) -> Needs:
        """Add fields that are needed, such as those that a schema requires."""
        return Needs(fields=self.fields | {*fields}, evidence=self.evidence, deciders=self.deciders)


def needs_of(rulebooks: Iterable[RuleBook]) -> Needs:
    """Give what at least one of some rule books asks for: those of all times, where a history is to stay in order."""
    rulebooks = tuple(rulebooks)
    return Needs(
        fields=frozenset(name for rules in rulebooks for name in _named(rules)),
        evidence=frozenset(c.id for rules in rulebooks for c in rules.criteria.values() if c.evidence_required),
        deciders=frozenset(ends for rules in rulebooks for ends in _asking(rules)),
    )


def _named(rules: RuleBook) -> Iterator[str]:
    for _, conditions in rules.requirements():
        for condition in (part for each in conditions for part in walk(each)):
            if isinstance(condition, Has | Passed):
                yield condition.field


def _asking(rules: RuleBook) -> Iterator[tuple[str | None, str]]:
    for way in rules.transitions.values():
        if way.by or way.four_eyes:
            yield from ((source, way.target) for source in (rules.sources(way) or (None,)))


def tombstone_path(token: str) -> str:
    """Give the path of what is left, from the workspace; the token must be random, or it would tell who it was."""
    if len(token) < _FEWEST_DIGITS or not token.isalnum():
        raise ValueError("a token needs eight letters or digits, by chance")
    return f"{ERASED_FOLDER}{token}{SUFFIX}"


def tombstone(contact: Contact, needs: Needs, words: Words, joined: Sequence[str] = ()) -> str:
    """Write what is left of a version of a contact's file; entry for entry it says the same of when and what.

    `joined` are the ids of what is left of contacts that were joined to this one at some time: by them the check knows
    later, too, why their files are gone.
    """
    values = _values(contact, needs, words)
    extra = values["extra"]
    if contact.joined and joined and isinstance(extra, dict):
        values["extra"] = {**extra, JOINED: [{"contact": id} for id in joined]}
    return "\n".join(["---", *_lines(values), "---", ""])


def _values(contact: Contact, needs: Needs, words: Words) -> dict[str, Value]:
    fields = contact.fields
    values: dict[str, Value] = {"name": words.name, "status": contact.status}
    if contact.criteria:
        values["criteria"] = _criteria(fields["criteria"], needs, words)
    values["decisions"] = _decisions(fields["decisions"], needs, words)
    # By these dates it is told how long a decision was pending, and whether those on hold were looked at in time.
    if contact.stop_if:
        values["stop_if"] = [{"when": words.text, "by": rule.by.isoformat()} for rule in contact.stop_if]
    if contact.revisit:
        values["revisit"] = contact.revisit.isoformat()
    for path in sorted(needs.fields):
        _keep(values, fields, path.split("."), words)
    extra = values.get("extra")
    return {**values, "extra": {**(extra if isinstance(extra, dict) else {}), ERASED_MARK: True}}


def _criteria(criteria: Value, needs: Needs, words: Words) -> Value:
    told = criteria if isinstance(criteria, dict) else {}
    return {
        id: [_answer(id, entry, needs, words) for entry in value]
        if isinstance(value, list)
        else _answer(id, value, needs, words)
        for id, value in told.items()
    }


def _answer(criterion: str, entry: Value, needs: Needs, words: Words) -> Value:
    told = entry if isinstance(entry, dict) else {}
    kept = {key: told[key] for key in _ENTRY_DATES if key in told}
    if criterion in needs.evidence and told.get("evidence"):
        kept["evidence"] = words.text
    if "attested_by" in told:
        kept["attested_by"] = told["attested_by"]
    return {**kept, **_correction(told, words)}


def _decisions(decisions: Value, needs: Needs, words: Words) -> Value:
    entries = [entry for entry in decisions if isinstance(entry, dict)] if isinstance(decisions, list) else []
    sources = [None, *(str(before.get("to")) for before, _ in pairwise(entries))]
    return [_decision(source, entry, needs, words) for source, entry in zip(sources, entries, strict=True)]


def _decision(source: str | None, entry: Mapping[str, Value], needs: Needs, words: Words) -> Value:
    asked = ("by", "confirmed_by") if (source, str(entry.get("to"))) in needs.deciders else ()
    kept = ("date", "to", "because", "reason", *asked, "chance")
    told: dict[str, Value] = {key: entry[key] for key in kept if key in entry}
    return {**told, "because": words.text, **_correction(entry, words)}


def _correction(entry: Mapping[str, Value], words: Words) -> dict[str, Value]:
    corrected = entry.get("corrected")
    if not isinstance(corrected, dict) or "date" not in corrected:
        return {}
    return {"corrected": {"date": corrected["date"], "because": words.text}}


def _keep(values: dict[str, Value], fields: Mapping[str, Value], path: Sequence[str], words: Words) -> None:
    """Keep a field that is asked for, as anonymous as it can be; what is kept already stays as it is."""
    key, *below = path
    if key not in fields or key in ("criteria", "decisions"):
        return
    if key == "extra" and below:  # of a team's own fields only the one; the keys of others belong together
        values[key] = _merged(values.get(key), _part(fields[key], below, words))
    else:
        values.setdefault(key, _anonymous(key, fields[key], words))


def _part(value: Value, path: Sequence[str], words: Words) -> Value:
    if not path:
        return _anonymous("", value, words)
    key, *below = path
    return {key: _part(value[key], below, words)} if isinstance(value, dict) and key in value else {}


def _merged(one: Value, other: Value) -> Value:
    if not isinstance(one, dict) or not isinstance(other, dict):
        return other if one is None else one
    return {**one, **{key: _merged(one.get(key), inner) for key, inner in other.items()}}


def _anonymous(key: str, value: Value, words: Words) -> Value:
    """Say no more of a value than that it is there, and when."""
    if isinstance(value, dict):
        return {inner: _anonymous(inner, each, words) for inner, each in value.items()}
    if isinstance(value, list):
        return [_anonymous(key, each, words) for each in value[:1]]
    if isinstance(value, str):
        return value if not value or key in _IDS or parse_day(value) is not None else words.text
    return 0 if isinstance(value, int | float) and not isinstance(value, bool) else value


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

"""What rules ask for of a contact that was erased, and the words that stand for what is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from crmtool.conditions import Has, Passed, walk
from crmtool.contact import ERASED_TEXTS
from crmtool.records import dataclass
from crmtool.rulebook import RuleBook
from crmtool.yaml_reader import Value


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
    have some, `deciders` the pairs of statuses (from, to) between which it is asked who decided. `statuses`, `reasons`
    and `criteria` are the ids that they know: others may be anything that somebody wrote.
    """

    fields: frozenset[str] = frozenset()
    evidence: frozenset[str] = frozenset()
    deciders: frozenset[tuple[str | None, str]] = frozenset()
    statuses: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    criteria: frozenset[str] = frozenset()

    def also(self, *fields: str) -> Needs:
        """Add fields that are needed, such as those that a schema requires."""
        return replace(self, fields=self.fields | {*fields})

    def id(self, key: str, value: Value, words: Words) -> Value:
        """Give what is left of an id: itself where a rule book knows it."""
        known = {"reason": self.reasons, "clarifies": self.criteria}.get(key, self.statuses)
        return value if isinstance(value, str) and value in known else words.text


def needs_of(rulebooks: Iterable[RuleBook]) -> Needs:
    """Give what at least one of some rule books asks for: those of all times, where a history is to stay in order."""
    rulebooks = tuple(rulebooks)
    return Needs(
        fields=frozenset(name for rules in rulebooks for name in _named(rules)),
        evidence=frozenset(c.id for rules in rulebooks for c in rules.criteria.values() if c.evidence_required),
        deciders=frozenset(ends for rules in rulebooks for ends in _asking(rules)),
        statuses=frozenset(id for rules in rulebooks for id in rules.statuses),
        reasons=frozenset(id for rules in rulebooks for each in rules.statuses.values() for id in each.reasons),
        criteria=frozenset(id for rules in rulebooks for id in rules.criteria),
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

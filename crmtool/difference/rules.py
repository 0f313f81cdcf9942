"""What two versions of a rule book differ in, and whom the second one judges differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crmtool.impact import Effect, effects
from crmtool.snapshot import RULEBOOK, Content
from crmtool.yaml_reader import Value

_SECTIONS = ("statuses", "criteria", "transitions", "stop_rules", "reasons")
_ORDERED = ("statuses", "criteria", "transitions")
"""The sections in which the order decides something."""


class Edit(StrEnum):
    """What was done to a definition."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REORDERED = "reordered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A definition that differs: in which section, under which id (empty for the whole section), and in which keys."""

    section: str
    id: str
    edit: Edit
    keys: tuple[str, ...] = ()


class Use(StrEnum):
    """Whether contacts can be judged by a version's rule book."""

    USABLE = "usable"
    BROKEN = "broken"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesDifference:
    """What differs in the rule book, and how the contacts of the second version are judged by the one and the other.

    Nobody is judged unless both versions can be used, and no definition is compared where one of them cannot be read.
    """

    before: Use
    after: Use
    definitions: tuple[Definition, ...]
    effects: tuple[Effect, ...]

    @property
    def affected(self) -> tuple[Effect, ...]:
        """Those that are judged differently."""
        return tuple(effect for effect in self.effects if effect.differs)


def compared_rules(before: Content, after: Content, day: date) -> RulesDifference | None:
    """Compare the rule books of two versions; None where they say the same.

    The contacts of the second version must have been read, all of them, unless the files are the same.
    """
    uses = _use(before), _use(after)
    old, new = before.rulebook_document, after.rulebook_document
    if None in (old.values, new.values) and Use.BROKEN in uses:
        definitions: tuple[Definition, ...] = ()
        is_same = old.text == new.text
    else:
        definitions = tuple(_definitions(old.values or {}, new.values or {}))
        is_same = not definitions
    if is_same and uses[0] is uses[1]:
        return None
    found: tuple[Effect, ...] = ()
    if before.rulebook and after.rulebook:
        found = tuple(effects(after.contacts.values(), before.rulebook, after.rulebook, day))
    return RulesDifference(before=uses[0], after=uses[1], definitions=definitions, effects=found)


def _use(content: Content) -> Use:
    if RULEBOOK not in content.paths:
        return Use.ABSENT
    return Use.BROKEN if content.rulebook is None else Use.USABLE


def _definitions(before: Mapping[str, Value], after: Mapping[str, Value]) -> Iterator[Definition]:
    for section in _SECTIONS:
        yield from _in_section(section, _mapping(before.get(section)), _mapping(after.get(section)))
    for key in dict.fromkeys((*before, *after)):
        if key not in _SECTIONS and (edit := _edit(before, after, key)):
            yield Definition(section=key, id="", edit=edit)


def _in_section(section: str, before: Mapping[str, Value], after: Mapping[str, Value]) -> Iterator[Definition]:
    for id in dict.fromkeys((*before, *after)):
        if edit := _edit(before, after, id):
            keys = _differing(before[id], after[id]) if edit is Edit.CHANGED else ()
            yield Definition(section=section, id=id, edit=edit, keys=keys)
    common = [[id for id in ids if id in other] for ids, other in ((before, after), (after, before))]
    if section in _ORDERED and common[0] != common[1]:
        yield Definition(section=section, id="", edit=Edit.REORDERED)


def _edit(before: Mapping[str, Value], after: Mapping[str, Value], key: str) -> Edit | None:
    if key not in before:
        return Edit.ADDED
    if key not in after:
        return Edit.REMOVED
    return Edit.CHANGED if before[key] != after[key] else None


def _differing(before: Value, after: Value) -> tuple[str, ...]:
    old, new = _mapping(before), _mapping(after)
    return tuple(key for key in dict.fromkeys((*old, *new)) if key not in old or key not in new or old[key] != new[key])


def _mapping(value: Value) -> Mapping[str, Value]:
    return value if isinstance(value, dict) else {}

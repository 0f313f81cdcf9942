"""Where files name what the rule book defines, and contacts name each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import yaml

from crmtool.assist.cursor import node_at
from crmtool.assist.links import links_in
from crmtool.contact import contact_id, is_contact_path
from crmtool.document import Document
from crmtool.finding import Place
from crmtool.rulebook import ANY_STATUS
from crmtool.rules.references import criteria_at, ids_at, value_at
from crmtool.snapshot import RULEBOOK
from crmtool.text import Span
from crmtool.yaml_problems import span_of
from crmtool.yaml_reader import compose, step_into

_CONDITIONS = {"statuses": "requires", "transitions": "requires", "stop_rules": "when"}
_NAME_A_FIELD = ("has", "passed")
_ANSWER_TO = "criteria."


class Noun(StrEnum):
    """What an id is one of."""

    STATUS = "status"
    CRITERION = "criterion"
    TRANSITION = "transition"
    STOP_RULE = "stop rule"
    REASON = "reason"
    CONTACT = "contact"


DEFINED_IN: Mapping[Noun, str] = {
    Noun.STATUS: "statuses",
    Noun.CRITERION: "criteria",
    Noun.TRANSITION: "transitions",
    Noun.STOP_RULE: "stop_rules",
}
"""The part of the rule book that defines each; a reason stands below `reasons` and its status."""


@dataclass(frozen=True, kw_only=True)
class Mention:
    """An id where it is written; `scope` is the status of a reason. `place` is () for a link in a contact's notes."""

    noun: Noun
    id: str
    span: Span
    place: Place = ()
    on_key: bool = False
    is_definition: bool = False
    scope: str | None = None


@dataclass(frozen=True)
class _Named:
    noun: Noun
    id: str
    place: Place
    on_key: bool = False
    is_definition: bool = False
    scope: str | None = None
    behind: str = ""


def mentions(document: Document) -> tuple[Mention, ...]:
    """Find every id that a file names, in the order of the text; none in the YAML of one that cannot be read."""
    found = [*in_values(document), *(() if document.path == RULEBOOK else links(document))]
    return tuple(sorted(found, key=lambda mention: mention.span.start))


def mention_at(document: Document, offset: int) -> Mention | None:
    """Find the id at an offset, its end included; None where there is none."""
    return next((m for m in mentions(document) if m.span.start <= offset <= m.span.end), None)


def links(document: Document, to: str | None = None) -> Iterator[Mention]:
    """Find the links in a contact's notes to other contacts, whether or not these exist; or those to one of them."""

    def wanted(target: str) -> bool:
        return is_contact_path(target) and to in (None, contact_id(target))

    for link in links_in(document, wanted):
        yield Mention(noun=Noun.CONTACT, id=contact_id(link.target), span=link.span)


def itself(document: Document) -> Mention | None:
    """Give the contact that a file is, where its name stands; None where that cannot be read."""
    node = node_at(document, ("name",)) if document.path != RULEBOOK else None
    if not isinstance(node, yaml.ScalarNode) or not node.value:
        return None
    written, base, id = span_of(node), document.yaml_span.start, contact_id(document.path)
    span = Span(written.start + base, written.end + base)
    return Mention(noun=Noun.CONTACT, id=id, span=span, place=("name",), is_definition=True)


def in_values(document: Document, id: str | None = None) -> Iterator[Mention]:
    """Find the ids that a file's YAML names, or where it names one of them; none where it cannot be read."""
    values = document.values or {}
    named = _of_rulebook(values) if document.path == RULEBOOK else _of_contact(values)
    wanted = [each for each in named if id in (None, each.id)]
    base = document.yaml_span.start
    node = compose(document.text[base : document.yaml_span.end]) if wanted else None
    for each in wanted:
        span = _span(document, node, each) if node is not None else None
        if span is not None:
            yield Mention(
                noun=each.noun,
                id=each.id,
                span=span,
                place=each.place,
                on_key=each.on_key,
                is_definition=each.is_definition,
                scope=each.scope,
            )


def _span(document: Document, root: yaml.Node, named: _Named) -> Span | None:
    """Give where an id stands, which may be a part of a longer text."""
    key: yaml.Node | None = None
    node = root
    for step in named.place:
        entry = step_into(node, step)
        if entry is None:
            return None
        key, node = entry
    written = span_of(key if named.on_key and key is not None else node)
    base = document.yaml_span.start
    if not named.behind:
        return Span(written.start + base, written.end + base)
    at = document.text.find(named.behind + named.id, written.start + base, written.end + base)
    start = at + len(named.behind)
    return Span(start, start + len(named.id)) if at >= 0 else None


def _of_contact(values: Mapping[str, Any]) -> Iterator[_Named]:
    yield from _ids(values, Noun.STATUS, ("status",))
    yield from (_Named(Noun.CRITERION, id, ("criteria", id), on_key=True) for id in _keys(values, ("criteria",)))
    decisions = values.get("decisions")
    for index in range(len(decisions) if isinstance(decisions, list) else 0):
        place = ("decisions", index)
        yield from _ids(values, Noun.STATUS, (*place, "to"))
        to = value_at(values, (*place, "to"))
        yield from _ids(values, Noun.REASON, (*place, "reason"), scope=to if isinstance(to, str) else None)
    yield from _ids(values, Noun.CRITERION, ("next_step", "clarifies"))


def _of_rulebook(values: Mapping[str, Any]) -> Iterator[_Named]:
    for noun, part in DEFINED_IN.items():
        for id in _keys(values, (part,)):
            yield _Named(noun, id, (part, id), on_key=True, is_definition=True)
            condition = _CONDITIONS.get(part)
            if condition is not None:
                yield from _criteria(values, (part, id, condition))
    for key in ("good", "bad"):
        yield from _criteria(values, ("prequalification", key))
    for id in _keys(values, ("transitions",)):
        for key in ("from", "to"):
            yield from _ids(values, Noun.STATUS, ("transitions", id, key))
    for id in _keys(values, ("stop_rules",)):
        yield from _of_stop_rule(values, ("stop_rules", id))
    for status in _keys(values, ("reasons",)):
        yield _Named(Noun.STATUS, status, ("reasons", status), on_key=True)
        for id in _keys(values, ("reasons", status)):
            place = ("reasons", status, id)
            yield _Named(Noun.REASON, id, place, on_key=True, is_definition=True, scope=status)


def _of_stop_rule(values: Mapping[str, Any], place: Place) -> Iterator[_Named]:
    yield from _ids(values, Noun.STATUS, (*place, "in"))
    proposed = value_at(values, (*place, "propose"))
    transitions = set(_keys(values, ("transitions",)))
    noun = Noun.TRANSITION if proposed in transitions else Noun.STATUS
    yield from _ids(values, noun, (*place, "propose"))
    target = value_at(values, ("transitions", proposed, "to")) if noun is Noun.TRANSITION else proposed
    yield from _ids(values, Noun.REASON, (*place, "reason"), scope=target if isinstance(target, str) else None)


def _ids(values: Mapping[str, Any], noun: Noun, place: Place, scope: str | None = None) -> Iterator[_Named]:
    for at, id in ids_at(values, place):
        if id != ANY_STATUS:
            yield _Named(noun, id, at, scope=scope)


def _criteria(values: Mapping[str, Any], place: Place) -> Iterator[_Named]:
    yield from (_Named(Noun.CRITERION, id, at) for at, id in criteria_at(values, place))
    for at, field in _fields(value_at(values, place), place):
        if field.startswith(_ANSWER_TO):
            yield _Named(Noun.CRITERION, field.split(".")[1], at, behind=_ANSWER_TO)


def _fields(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Go through the dotted paths of fields that conditions name."""
    inner = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    for step, item in inner:
        if step in _NAME_A_FIELD and isinstance(item, str):
            yield (*place, step), item
        yield from _fields(item, (*place, step))


def _keys(values: Mapping[str, Any], place: Place) -> tuple[str, ...]:
    value = value_at(values, place)
    return tuple(value) if isinstance(value, dict) else ()

"""The outline of a file: what stands in it, by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crmtool.assist.editing import Editing
from crmtool.assist.headings import Heading, headings
from crmtool.assist.standing import english, verdict
from crmtool.assist.symbols import Symbol, SymbolKind, named
from crmtool.assist.told import short
from crmtool.assist.tree import Entry, entries
from crmtool.finding import Place
from crmtool.rules.references import value_at
from crmtool.text import Span

_PARTS = {
    "statuses": (SymbolKind.STATUS, "label"),
    "criteria": (SymbolKind.CRITERION, "label"),
    "transitions": (SymbolKind.TRANSITION, "to"),
    "stop_rules": (SymbolKind.STOP_RULE, "because"),
}


def outline(editing: Editing) -> tuple[Symbol, ...]:
    """Give what stands in a file; of one that cannot be read, the headings of the notes alone."""
    return tuple(_of_rulebook(editing)) if editing.is_rulebook else (_of_contact(editing),)


def flattened(symbols: Sequence[Symbol], within: str = "") -> Iterator[tuple[Symbol, str]]:
    """Go through symbols and their parts, each with the name of what it is a part of."""
    for symbol in symbols:
        yield symbol, within
        yield from flattened(symbol.parts, symbol.name)


def _of_contact(editing: Editing) -> Symbol:
    written, values = entries(editing.document), editing.document.values or {}
    name = values.get("name") or (editing.contact.name if editing.contact else editing.path)
    entry = written.get(("name",))
    parts = (*_front_matter(editing, written, values), *_nested(headings(editing.document)))
    return Symbol(
        name=named(str(name)),
        detail=_standing(editing),
        kind=SymbolKind.CONTACT,
        span=Span(0, len(editing.text)),
        head=entry.span if entry else Span(0, 0),
        parts=parts,
    )


def _standing(editing: Editing) -> str:
    assessment, rulebook = editing.assessment, editing.rulebook
    if assessment is None or rulebook is None:
        return ""
    return f"{short(assessment.status.label)} · {verdict(english(rulebook, editing.day), assessment)}"


def _front_matter(editing: Editing, written: Mapping[Place, Entry], values: Mapping[str, Any]) -> Iterator[Symbol]:
    for place, entry in written.items():
        match place:
            case ("criteria",):
                yield _symbol("criteria", SymbolKind.PART, entry, parts=_criteria(editing, written))
            case ("decisions",):
                yield _symbol("decisions", SymbolKind.PART, entry, parts=_decisions(editing, written, values))
            case ("next_step",):
                detail = " · ".join(_texts(values, place, "do", "due"))
                yield _symbol("next step", SymbolKind.STEP, entry, detail)
            case ("blocked",):
                yield _symbol("blocked", SymbolKind.STEP, entry, " · ".join(_texts(values, place, "by", "until")))
            case ("stop_if", int()):
                yield _symbol("stop if", SymbolKind.STEP, entry, " · ".join(_texts(values, place, "when", "by")))


def _criteria(editing: Editing, written: Mapping[Place, Entry]) -> Iterator[Symbol]:
    rulebook, here = editing.rulebook, editing.here
    for place, entry in written.items():
        match place:
            case ("criteria", str(id)):
                label = rulebook.criterion_label(id) if rulebook else id
                state = english(rulebook, editing.day).state(here.situation.state(id)) if rulebook and here else ""
                yield _symbol(label, SymbolKind.CRITERION, entry, state)


def _decisions(editing: Editing, written: Mapping[Place, Entry], values: Mapping[str, Any]) -> Iterator[Symbol]:
    rulebook = editing.rulebook
    for place, entry in written.items():
        match place:
            case ("decisions", int()):
                to = "".join(_texts(values, place, "to"))
                date = "".join(_texts(values, place, "date"))
                status = rulebook.status_label(to) if rulebook else to
                detail = "".join(_texts(values, place, "because"))
                yield _symbol(f"{date} → {status}", SymbolKind.DECISION, entry, detail)


def _of_rulebook(editing: Editing) -> Iterator[Symbol]:
    written, values = entries(editing.document), editing.document.values or {}
    for place, entry in written.items():
        match place:
            case ("reasons",):
                yield _symbol("reasons", SymbolKind.PART, entry, parts=_reasons(editing, written, values))
            case (str(part),) if part in _PARTS:
                yield _symbol(part, SymbolKind.PART, entry, parts=_definitions(written, values, part))
            case (str(key),) if isinstance(values[key], dict):
                yield _symbol(key, SymbolKind.PART, entry)


def _definitions(written: Mapping[Place, Entry], values: Mapping[str, Any], part: str) -> Iterator[Symbol]:
    kind, key = _PARTS[part]
    for place, entry in written.items():
        if len(place) == 2 and place[0] == part:
            sources = value_at(values, (*place, "from"))
            source = ", ".join(map(str, sources)) if isinstance(sources, list) else sources
            detail = "".join(_texts(values, place, key))
            yield _symbol(str(place[1]), kind, entry, f"{source} → {detail}" if isinstance(source, str) else detail)


def _reasons(editing: Editing, written: Mapping[Place, Entry], values: Mapping[str, Any]) -> Iterator[Symbol]:
    rulebook = editing.rulebook
    for place, entry in written.items():
        match place:
            case ("reasons", str(status)):
                reasons = (
                    _symbol(str(inner[2]), SymbolKind.REASON, each, "".join(_texts(values, inner)))
                    for inner, each in written.items()
                    if len(inner) == 3 and inner[:2] == place
                )
                label = rulebook.status_label(status) if rulebook else ""
                yield _symbol(status, SymbolKind.STATUS, entry, label, parts=reasons)


def _symbol(
    name: str, kind: SymbolKind, entry: Entry, detail: str = "", *, parts: Iterator[Symbol] | None = None
) -> Symbol:
    inner = tuple(parts or ())
    return Symbol(name=named(name), kind=kind, span=entry.span, head=entry.head, detail=short(detail), parts=inner)


def _nested(flat: Sequence[Heading]) -> Iterator[Symbol]:
    """Make headings parts of the ones that they stand below."""
    index = 0
    while index < len(flat):
        heading = flat[index]
        after = index + 1
        while after < len(flat) and flat[after].level > heading.level:
            after += 1
        yield Symbol(
            name=named(heading.text),
            kind=SymbolKind.HEADING,
            span=heading.span,
            head=heading.head,
            parts=tuple(_nested(flat[index + 1 : after])),
        )
        index = after


def _texts(values: Mapping[str, Any], place: Place, *keys: str) -> list[str]:
    """Give the texts below a place, of those that are there."""
    found = (value_at(values, (*place, key)) for key in keys) if keys else iter((value_at(values, place),))
    return [text for text in found if isinstance(text, str)]

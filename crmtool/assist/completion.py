"""What can be written at a cursor in a contact or in the rule book, best first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from crmtool.assist.conditions import condition_key, forms_of_conditions
from crmtool.assist.cursor import Role, cursor_at
from crmtool.assist.describing import FORMS, description, is_form
from crmtool.assist.editing import Editing
from crmtool.assist.entries import answers, decisions, stub_of
from crmtool.assist.keys import (
    Key,
    choices,
    forms,
    is_date,
    is_list,
    is_mapping,
    is_text,
    keys,
    may_be_list,
    required_keys,
)
from crmtool.assist.linking import links_at
from crmtool.assist.offers import criteria_in_order, criterion, is_condition, statuses, values_at
from crmtool.assist.snippets import Stub, Writer, within_braces
from crmtool.assist.suggestions import Kind, Suggestion, at_most, literal
from crmtool.assist.surroundings import Surroundings
from crmtool.document import Document
from crmtool.edit.scalars import scalar
from crmtool.finding import Place
from crmtool.text import Span

_OPENING = "---\n"
Entry = tuple[Suggestion, Stub]


def completions(editing: Editing, offset: int) -> tuple[Suggestion, ...]:
    """List what can be written at an offset; nothing in comments, in free text, and where it cannot be told."""
    document = editing.document
    if editing.is_contact and document.yaml_span.end and offset >= len(document.text) - len(document.body):
        return tuple(links_at(editing, offset))
    if editing.is_contact and not document.text.strip():
        return _new_contact(editing) if offset == 0 else ()
    cursor = cursor_at(document, offset)
    if cursor is None:
        return ()
    here = Surroundings(editing, cursor)
    comma = "," if cursor.needs_comma else ""
    typed = document.text[cursor.word.start : offset]
    found = at_most(_suggestions(here), typed, lambda each: f"{each.label} {each.filter}")
    return tuple(replace(each, span=cursor.word, insert=each.insert + comma) for each in found)


def _new_contact(editing: Editing) -> tuple[Suggestion, ...]:
    """Suggest the front matter of a contact that enters today, for a file that is still empty."""
    cursor = cursor_at(Document(path=editing.path, text=_OPENING, yaml_span=Span(0, 0)), len(_OPENING))
    if cursor is None:
        return ()
    here = Surroundings(editing, cursor)
    writer = _writer(here, ())
    required = required_keys(here.schema, ())
    lines = [line for key in required for line in writer.key_with(key, stub_of(here, (key,)), (key,))]
    written = _OPENING + "\n".join((*lines, "---", "", ""))
    detail = f"front matter: {', '.join(required)}"
    return (Suggestion(label="new contact", insert=written, kind=Kind.ENTRY, detail=detail, is_snippet=True),)


def _suggestions(here: Surroundings) -> Iterator[Suggestion]:
    match here.cursor.role:
        case Role.KEY:
            return _keys(here)
        case Role.ITEM:
            return _items(here, here.cursor.place)
        case Role.VALUE:
            return _values(here)


# --- keys ---


def _keys(here: Surroundings) -> Iterator[Suggestion]:
    cursor, place = here.cursor, here.cursor.place
    if is_list(forms(here.schema, place)) or _begins_list(here):
        yield from _items(here, (*place, 0), dash=not cursor.in_flow)
    elif place == ("criteria",) and here.editing.is_contact:
        yield from _criteria(here)
    elif place == ("reasons",) and here.editing.is_rulebook:
        yield from (_named(here, each) for each in statuses(here) if each.insert not in cursor.siblings)
    else:
        yield from _schema_keys(here, place, cursor.siblings)


def _begins_list(here: Surroundings) -> bool:
    """Whether what is begun below a key of the rule book is best written as a list: of ids or of conditions."""
    cursor = here.cursor
    is_first = not (cursor.in_flow or cursor.siblings or cursor.has_colon or cursor.quote)
    return is_first and here.editing.is_rulebook and may_be_list(forms(here.schema, cursor.place))


def _schema_keys(here: Surroundings, place: Place, present: tuple[str, ...], lead: str = "") -> Iterator[Suggestion]:
    for key in keys(here.schema, place, present):
        yield _key(here, (*place, key.name), key, lead)


def _key(here: Surroundings, place: Place, key: Key, lead: str) -> Suggestion:
    documentation = description(here.schema, place)
    if here.editing.is_rulebook and is_form(place):
        documentation = FORMS[key.name]
    found = Suggestion(
        label=key.name,
        insert=key.name,
        kind=Kind.KEY,
        detail="required" if key.is_required else "",
        documentation=documentation,
    )
    if here.cursor.has_colon or here.cursor.quote:
        return _named(here, found)
    return replace(found, insert=lead + _with_value(here, place, key.name), is_snippet=True)


def _with_value(here: Surroundings, place: Place, key: str) -> str:
    """Write a key with what can be told of its value; what has to be chosen is left to be completed."""
    found = forms(here.schema, place)
    if here.editing.is_rulebook and is_condition(place):
        return condition_key(key, in_flow=here.cursor.in_flow)
    if is_mapping(found) or is_list(found) or is_date(found) or (len(place) > 1 and is_text(found)):
        return _lines(here, place, key, stub_of(here, place))
    style = here.style(place)
    quote = "" if choices(found) else style.quote(key, place)
    return f"{literal(scalar(key, style.keys))}: " + (f"{quote}$1{quote}" if quote else "")


def _criteria(here: Surroundings) -> Iterator[Suggestion]:
    """Suggest the criteria without an answer: each with the answer that is good to have, then with the other one."""
    others = [id for id in criteria_in_order(here) if id not in here.cursor.siblings]
    if here.cursor.has_colon or here.cursor.quote:
        yield from (_named(here, criterion(here, id)) for id in others)
        return
    both = {id: list(answers(here, id)) for id in others}
    for rank in (0, 1):
        for id, entries in both.items():
            found, stub = entries[rank]
            label = found.label if rank else id
            yield replace(found, label=label, insert=_lines(here, ("criteria", id), id, stub), is_snippet=True)


def _named(here: Surroundings, found: Suggestion) -> Suggestion:
    """Give a key that stands for a name alone, with its colon where it lacks one."""
    colon = "" if here.cursor.has_colon or here.cursor.quote else ": "
    return replace(found, insert=_scalar(here, found) + colon)


# --- items and values ---


def _items(here: Surroundings, place: Place, *, dash: bool = False) -> Iterator[Suggestion]:
    """Suggest items for a list; with their dash where that is not written yet."""
    dash = dash or here.cursor.needs_dash
    lead = "- " if dash else ""
    if here.cursor.quote or not is_mapping(forms(here.schema, place)):
        yield from (replace(each, insert=lead + each.insert) for each in _plain(here, place))
        return
    for found, stub in _entries(here, place):
        yield replace(found, insert=_item(here, place, stub, dash=dash), is_snippet=True)
    if not here.cursor.in_flow:
        yield from _schema_keys(here, place, (), lead)


def _values(here: Surroundings) -> Iterator[Suggestion]:
    place = here.cursor.place
    found = forms(here.schema, place)
    if is_list(found):
        yield from (replace(each, insert=f"[{each.insert}]") for each in _plain(here, (*place, 0)))
    elif is_mapping(found) or (here.editing.is_contact and place[:1] == ("criteria",) and len(place) == 2):
        for each, stub in () if here.cursor.quote else _entries(here, place):
            yield replace(each, insert=_item(here, place, stub, in_line=True), is_snippet=True)
    else:
        yield from _plain(here, place)


def _entries(here: Surroundings, place: Place) -> Iterable[Entry]:
    """Give the whole entries that can stand at a place."""
    match place if here.editing.is_contact else ():
        case ("decisions", int(index)):
            return decisions(here, index)
        case ("criteria", str(id)) | ("criteria", str(id), int()):
            return answers(here, id)
    stub = stub_of(here, place)
    name = next((step for step in reversed(place) if isinstance(step, str)), "")
    if not isinstance(stub, dict) or not stub:
        return ()
    documentation = description(here.schema, place)
    label = f"{{{', '.join(f'{key}: …' for key in stub)}}}"
    entry = Suggestion(
        label=label, insert="", kind=Kind.ENTRY, documentation=documentation, filter=f"{name} {' '.join(stub)}"
    )
    return ((entry, stub),)


def _plain(here: Surroundings, place: Place) -> Iterator[Suggestion]:
    """Suggest single values, as they are written where the cursor stands, and conditions where one can stand."""
    for each in values_at(here, place):
        written = _scalar(here, each)
        if written:
            yield replace(each, insert=written)
    if here.editing.is_rulebook and not here.cursor.quote:
        yield from forms_of_conditions(here, place)


# --- how it is written ---


def _scalar(here: Surroundings, found: Suggestion) -> str:
    """Write a value within the quotes that are open, or with those that it needs; empty where these are others."""
    if found.kind is Kind.LITERAL:
        return found.insert
    quote = here.cursor.quote
    written = scalar(found.insert, quote)
    if not quote:
        return written
    return written[1:-1] + quote * here.cursor.is_unclosed if written.startswith(quote) else ""


def _lines(here: Surroundings, place: Place, key: str, stub: Stub) -> str:
    """Write a key with its value as the mapping around it is written."""
    style = here.style(place)
    if here.cursor.in_flow:
        return f"{literal(scalar(key, style.keys))}: {_writer(here, place, in_line=True).in_line(stub, place)}"
    return "\n".join(_writer(here, place).key_with(key, stub, place))


def _item(here: Surroundings, place: Place, stub: Stub, *, dash: bool = False, in_line: bool = False) -> str:
    if in_line or here.cursor.in_flow:
        return _writer(here, place, in_line=True).in_line(stub, place)
    written = "\n".join(_writer(here, place).item(stub, place))
    return written if dash else written.removeprefix("- ")


def _writer(here: Surroundings, place: Place, *, in_line: bool = False) -> Writer:
    style = here.style(place)
    return Writer(within_braces(style) if in_line else style, here.step, here.dash_offset)

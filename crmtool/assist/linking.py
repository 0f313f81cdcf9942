"""Links in a contact's notes to other contacts, completed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from crmtool.assist.editing import Editing
from crmtool.assist.suggestions import Kind, Suggestion, at_most
from crmtool.contact import Contact
from crmtool.text import Lines, Span

_BEGUN = re.compile(r"\]\((<?)([^()<>\r\n]*)\Z")
_REST = re.compile(r"[^()<>\s]*")
_HINDERS = re.compile(r"[\s%()<>#?\\]")


def links_at(editing: Editing, offset: int) -> Iterator[Suggestion]:
    """Suggest the contacts to which a link at an offset could lead, those in the same folder first."""
    text = editing.text
    line = text[Lines(text).start_of(offset) : offset]
    begun = _BEGUN.search(line)
    rest = _REST.match(text, offset)
    if begun is None or rest is None:
        return
    span = Span(offset - len(begun[2]), rest.end())
    closing = "" if text[span.end : span.end + 1] in (")", ">") else f"{'>' if begun[1] else ''})"
    for contact in _offered(editing, begun[2]):
        path = _encoded(posixpath.relpath(contact.path, posixpath.dirname(editing.path)))
        yield Suggestion(
            label=path,
            insert=path + closing,
            kind=Kind.CONTACT,
            span=span,
            detail=contact.title,
            filter=f"{path} {contact.title} {contact.id}",
        )


def _offered(editing: Editing, typed: str) -> list[Contact]:
    others = [contact for path, contact in editing.contacts.items() if path != editing.path]
    folder = posixpath.dirname(editing.path)
    others.sort(key=lambda each: (posixpath.dirname(each.path) != folder, each.path))
    return at_most(others, typed.rpartition("/")[2], lambda each: f"{each.title} {each.id}")


def _encoded(path: str) -> str:
    return _HINDERS.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), path)

"""Where the files of an open workspace name something, and what to write in them for it to be called otherwise."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from crmtool.app.changing.paths import lies_inside, path_of
from crmtool.app.live.workspace import LiveWorkspace
from crmtool.assist.cursor import front_matter_span
from crmtool.assist.links import follow
from crmtool.assist.mentions import Mention, Noun
from crmtool.assist.naming import definition_in, named_in, refusal, renamed
from crmtool.contact import FOLDER, SUFFIX, contact_id, folded, is_contact_path
from crmtool.document import Document
from crmtool.errors import RefusedError
from crmtool.snapshot import RULEBOOK
from crmtool.text import TextEdit, visible

_TOLD = 3
_LONGEST_NAME = 255
"""The bytes of a file's name that disks take at most."""


@dataclass(frozen=True, slots=True)
class Edits:
    """What to write in a file, at offsets in its text as it stands."""

    document: Document
    edits: tuple[TextEdit, ...]


@dataclass(frozen=True, slots=True)
class Moves:
    """Files and folders that get other paths, each with its old and its new one."""

    pairs: tuple[tuple[str, str], ...]

    def __call__(self, path: str) -> str:
        """Give the path that a file has afterwards."""
        for old, new in self.pairs:
            if _nfc(path) == _nfc(old):
                return new
            inside = _nfc(path).removeprefix(_nfc(old) + "/")
            if inside != _nfc(path):
                return f"{new}/{inside}"
        return path


def places_named(workspace: LiveWorkspace, thing: Mention) -> Iterator[tuple[Document, tuple[Mention, ...]]]:
    """Go through the files that name something, its definition included, with where they do."""
    if thing.noun is Noun.CONTACT:
        path = path_of_contact(workspace, thing.id)
        documents = _linking(workspace, () if path is None else (path,))
    else:
        documents = _naming(workspace, thing)
    for document in documents:
        found = named_in(document, thing)
        if found:
            yield document, found


def path_of_contact(workspace: LiveWorkspace, id: str) -> str | None:
    """Give the path of a contact's file; None where there is none."""
    paths = workspace.rules.paths
    if (path := FOLDER + id + SUFFIX) in paths:
        return path
    return next((path for path in paths if is_contact_path(path) and contact_id(path) == id), None)


def refuse_unknown(workspace: LiveWorkspace, thing: Mention) -> None:
    """Raise RefusedError for what is not there to be renamed."""
    if thing.noun is Noun.CONTACT:
        if path_of_contact(workspace, thing.id) is None:
            raise RefusedError(f"there is no contact '{visible(thing.id)}'")
        return
    rulebook = workspace.document(RULEBOOK)
    if rulebook.values is None:
        raise RefusedError(f"{RULEBOOK} cannot be read: mend it first")
    if definition_in(rulebook, thing) is None:
        raise RefusedError(f"{RULEBOOK} defines no {thing.noun} '{visible(thing.id)}': define it first")


def renames(workspace: LiveWorkspace, thing: Mention, new: str) -> tuple[Edits, ...]:
    """Give what to write for what the rule book defines to get another id; raises RefusedError."""
    refuse_unknown(workspace, thing)
    why = refusal(workspace.document(RULEBOOK), thing, new)
    if why is not None:
        raise RefusedError(why)
    word = re.compile(rf"(?<![\w-]){re.escape(thing.id)}(?![\w-])")
    documents = list(_naming(workspace, thing))
    unread = (each.path for each in documents if each.values is None and _has(each, word))
    _refuse(unread, f"cannot be read and may name '{visible(thing.id)}': mend that first")
    other = replace(thing, id=new)
    clashing = (each.path for each in documents if new in each.text and named_in(each, other))
    _refuse(clashing, f"names a {thing.noun} '{new}' already: correct that first, or type another id")
    found = (Edits(document, renamed(document, thing, new)) for document in documents)
    return tuple(each for each in found if each.edits)


def moved_links(workspace: LiveWorkspace, moves: Moves) -> tuple[Edits, ...]:
    """Give what to write for the links in notes to lead where they led when files are moved."""
    moved = [path for path in workspace.rules.paths if is_contact_path(path) and moves(path) != path]
    found = (Edits(document, follow(document, moves)) for document in _linking(workspace, moved))
    return tuple(each for each in found if each.edits)


def free_path(workspace: LiveWorkspace, old: str, id: str) -> str:
    """Give the path of a contact's file under another id; raises RefusedError where it cannot have that."""
    path = path_of(_nfc(id))
    if path is None or not is_contact_path(path):
        raise RefusedError(f"'{visible(id)}' is no contact's id: type one such as nordlicht/jana-koehler")
    if any(len(os.fsencode(part)) > _LONGEST_NAME for part in path.split("/")):
        raise RefusedError(f"disks take no name of more than {_LONGEST_NAME} bytes: type a shorter id")
    if not lies_inside(workspace.root, path):
        raise RefusedError(f"{visible(path)} lies behind a link that leads out of the workspace: type another id")
    taken = {folded(other) for other in workspace.rules.paths if other != old}
    if folded(path) in taken or (folded(path) != folded(old) and (workspace.root / path).exists()):
        raise RefusedError(f"{visible(path)} is there already: type another id")
    return path


def _naming(workspace: LiveWorkspace, thing: Mention) -> Iterator[Document]:
    """Go through the files that may name what the rule book defines."""
    if thing.noun in (Noun.TRANSITION, Noun.STOP_RULE):  # which no contact names
        return iter((workspace.document(RULEBOOK),))
    return workspace.naming(thing.id)


def _has(document: Document, word: re.Pattern[str]) -> bool:
    """Whether a word stands in the YAML of a file, or anywhere in it where nobody can tell where that is."""
    area = front_matter_span(document)
    return word.search(document.text, area.start, area.end or len(document.text)) is not None


def _linking(workspace: LiveWorkspace, others: Iterable[str]) -> Iterator[Document]:
    """Go through the files whose notes may link to contacts, and some others."""
    left = set(others)
    for document in workspace.naming(SUFFIX):  # a link need not spell the name of a file as its id does
        left.discard(document.path)
        yield document
    yield from map(workspace.document, sorted(left))


def _refuse(paths: Iterable[str], why: str) -> None:
    found = sorted(paths)
    if found:
        more = f" and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
        raise RefusedError(f"{', '.join(map(visible, found[:_TOLD]))}{more} {why}")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)

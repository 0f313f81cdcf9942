"""Where bytes come from, hidden: the work tree, the Git index, a revision or an editor's buffer all look alike."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from functools import cached_property, reduce
from operator import getitem
from typing import Any, Protocol

from crmtool.contact import Contact, contact_from, is_contact_path
from crmtool.document import Document, read_contact, read_yaml, unreadable
from crmtool.finding import Place
from crmtool.records import dataclass
from crmtool.rulebook import RuleBook, rulebook_from
from crmtool.schema import Schema, Schemas
from crmtool.shapes import Shape

RULEBOOK = "criteria.yaml"
SCHEMA_FOLDER = "schemas/"


def is_rule_path(path: str) -> bool:
    """Whether a path is that of the rule book or a schema."""
    is_schema = path.startswith(SCHEMA_FOLDER) and path.endswith(".json") and "/" not in path[len(SCHEMA_FOLDER) :]
    return path == RULEBOOK or is_schema


class UnreadableError(Exception):
    """A file whose bytes cannot be had; the message says why, `hint` what to do."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.hint = hint


class LostError(UnreadableError):
    """A file whose bytes should be there and are not: what keeps them is damaged."""


class Snapshot(Protocol):
    """One version of a workspace. Paths are relative to its root, with slashes."""

    def paths(self) -> Iterable[str]:
        """List every file of the workspace that matters: the rule book, the schemas, all below contacts/.

        A folder below contacts/ that cannot be looked into is listed, too, with a slash at its end.
        """

    def read(self, path: str) -> bytes:
        """Give a file's bytes; raises UnreadableError."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """A workspace as read.

    `rulebook` is None where contacts cannot be judged by its file; `documents` has every contact file by path,
    `contacts` those that can be judged; `shapes` has what the `schemas` say of each file, the rule book included.
    """

    rulebook_document: Document
    rulebook: RuleBook | None
    documents: Mapping[str, Document]
    contacts: Mapping[str, Contact]
    shapes: Mapping[str, tuple[Shape, ...]]
    paths: tuple[str, ...]
    schemas: Schemas


def with_contact(content: Content, document: Document) -> Content:
    """Give a workspace as if it were read with one contact alone, whose file says what `document` does."""
    path, contact = document.path, contact_from(document)
    shapes = {RULEBOOK: content.shapes.get(RULEBOOK, ()), path: content.schemas.contact.shape(document)}
    return replace(
        content,
        documents={path: document},
        contacts={path: contact} if contact else {},
        shapes={path: shape for path, shape in shapes.items() if shape},
        paths=tuple(sorted({*content.paths, path})),
    )


@dataclass(frozen=True)
class Overlay:
    """A Snapshot with other bytes in the place of some files; what lies below is listed once, however often asked."""

    below: Snapshot
    files: Mapping[str, bytes] = field(default_factory=dict)

    def paths(self) -> Iterable[str]:
        """List the files, those laid over among them."""
        return self._paths

    def read(self, path: str) -> bytes:
        """Give a file's bytes; raises UnreadableError."""
        return self.files[path] if path in self.files else self.below.read(path)

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.below.paths(), *self.files)))


def read_content(snapshot: Snapshot, schemas: Schemas, only: Iterable[str] | None = None) -> Content:
    """Read the rule book and the contact files of a snapshot; `only` limits which contacts are read."""
    wanted = snapshot.paths() if only is None else only
    documents = {path: _read(snapshot, path) for path in sorted(wanted) if is_contact_path(path) or path.endswith("/")}
    shapes = {path: schemas.contact.shape(document) for path, document in documents.items()}
    return content_of(snapshot, schemas, documents, shapes)


def content_of(
    snapshot: Snapshot,
    schemas: Schemas,
    documents: Mapping[str, Document],
    shapes: Mapping[str, tuple[Shape, ...]],
) -> Content:
    """Read the rule book of a snapshot; the contact files are given as read, with what the schema says of them."""
    rulebook_document = _read(snapshot, RULEBOOK)
    rulebook, rule_shape = _rulebook(rulebook_document, schemas.rulebook)
    contacts = {path: contact for path, document in documents.items() if (contact := contact_from(document))}
    return Content(
        rulebook_document=rulebook_document,
        rulebook=rulebook,
        documents=documents,
        contacts=contacts,
        shapes={path: shape for path, shape in {RULEBOOK: rule_shape, **shapes}.items() if shape},
        paths=tuple(sorted(snapshot.paths())),
        schemas=schemas,
    )


def _rulebook(document: Document, schema: Schema) -> tuple[RuleBook | None, tuple[Shape, ...]]:
    shapes = schema.shape(document)
    if not all(map(_is_harmless, shapes)):
        return None, shapes
    return rulebook_from(_without(document, shapes) if shapes else document), shapes


def _is_harmless(shape: Shape) -> bool:
    """Whether contacts can be judged as if what is refused were not there."""
    return shape.code == "unknown-key" or _optional_part(shape.place) is not None


def _optional_part(place: Place) -> Place | None:
    match place:
        case ("version" | "name" | "language" | "currency" | "retention", *_):
            return place[:1]
        case ("statuses", _, "limit"):
            return place
    return None


def _without(document: Document, shapes: Iterable[Shape]) -> Document:
    values: Any = copy.deepcopy(document.values)
    for shape in shapes:
        place = _optional_part(shape.place)
        if place is not None:
            holder = reduce(getitem, place[:-1], values)
            holder.pop(place[-1], None)
    return replace(document, values=values)


def read_bytes(snapshot: Snapshot, path: str) -> bytes | UnreadableError:
    """Give a file's bytes, or why they cannot be had."""
    try:
        return snapshot.read(path)
    except UnreadableError as error:
        return error


def document_from(path: str, data: bytes | UnreadableError) -> Document:
    """Read the bytes of a file by what its path says that it is."""
    if isinstance(data, UnreadableError):
        return unreadable(path, str(data), data.hint)
    return read_yaml(path, data) if path == RULEBOOK else read_contact(path, data)


def _read(snapshot: Snapshot, path: str) -> Document:
    return document_from(path, read_bytes(snapshot, path))

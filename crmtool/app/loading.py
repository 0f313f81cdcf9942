"""Read a work tree to show what it says: values that were read before are remembered, and texts read when asked for."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from crmtool import cache
from crmtool.app.remembering import Memory, Row, fixed
from crmtool.document import Document, LateDocument, read_contact_text
from crmtool.schema import Schemas
from crmtool.snapshot import SCHEMA_FOLDER, Content, UnreadableError, content_of, document_from, read_bytes
from crmtool.workspace import Listing, WorkTree, load_schemas


def shown(root: Path) -> Content:
    """Read a workspace as it lies on the disk, to be judged and shown; raises CrmtoolError as `load` does.

    A place in a contact file is not to be told from this: by the time it is looked for, the file may have changed.
    """
    listing = WorkTree(root).listing()
    files, context = fixed(listing, _decides)
    schemas = load_schemas(files)
    memory = Memory(kind="values", root=root, context=context)
    rows = memory.rows(listing, partial(_values, schemas))
    documents = {path: _document(listing, path, row) for path, row in rows.items()}
    shapes = {path: schemas.contact.shape(documents[path]) for path, row in rows.items() if row[2] is None}
    return content_of(listing, schemas, documents, shapes)


def _decides(path: str) -> bool:
    """Whether it depends on a file what values are in order."""
    return path.startswith(SCHEMA_FOLDER)


def _values(schemas: Schemas, path: str, data: bytes | UnreadableError) -> Row:
    """Give what is remembered of a file: its values, None where anything is wrong with it."""
    document = document_from(path, data)
    return [None if document.problems or schemas.contact.shape(document) else document.values]


def _document(listing: Listing, path: str, row: Row) -> Document:
    if row[2] is None:
        return document_from(path, read_bytes(listing, path))
    return LateDocument.of(path, row[2], row[1], partial(_text, listing, path))


def _text(listing: Listing, path: str) -> tuple[Document, str]:
    data = read_bytes(listing, path)
    if isinstance(data, UnreadableError):
        return document_from(path, data), ""
    return read_contact_text(path, data), cache.content_id(data)

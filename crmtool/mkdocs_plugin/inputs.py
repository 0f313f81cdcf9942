"""All that the content of a contact's page is made of, as an id: the same id, the same content."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from crmtool.document import Document, LateDocument
from crmtool.report.edition import Edition
from crmtool.snapshot import Content

_SIZE = 16


def content_ids(content: Content, edition: Edition) -> Iterator[str]:
    """Give the id of each contact's page, in the order of attention.

    It does not tell which of the contacts that the notes link to exist. The program is not part of it either.
    """
    common = shared(content, edition)
    flawed = frozenset(edition.flawed)
    around = ["", *(repr((a.contact.id, a.contact.title)) for a in edition.assessments), ""]
    for rank, assessment in enumerate(edition.assessments):
        path = assessment.contact.path
        about = (path, text_id(content.documents[path]), path in flawed, around[rank], around[rank + 2])
        digest = common.copy()
        digest.update(repr(about).encode(errors="surrogatepass"))
        yield digest.hexdigest()


def text_id(document: Document) -> str:
    """Give the id of what a file says: by its bytes, which need not be read for it, else by its text."""
    if isinstance(document, LateDocument):
        return document.content_id
    return "text " + blake2b(document.text.encode(errors="surrogatepass"), digest_size=_SIZE).hexdigest()


def shared(content: Content, edition: Edition) -> blake2b:
    """Begin an id with what all pages of an edition depend on: rule book, day, language and addresses."""
    about = (edition.language.code, edition.day, edition.links, content.rulebook_document.text)
    return blake2b(repr(about).encode(errors="surrogatepass"), digest_size=_SIZE)

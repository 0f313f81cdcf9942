"""All that the content of a contact's page is made of, as an id: the same id, the same content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from crmtool.document import Document, LateDocument
from crmtool.report.edition import Edition
from crmtool.snapshot import Content

_SIZE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a page's content is made of: the `id` of all of it, and of it the id of what the contact's file says.

    They do not tell which of the contacts that the notes link to exist. The program is not part of them either.
    """

    id: str
    text: str


def inputs_of(content: Content, edition: Edition) -> Iterator[Inputs]:
    """Give what each contact's page is made of, in the order of attention.

    To be asked for before any notes are read: a file that was saved since it was listed has another text, but the
    values that it was judged by are the old ones.
    """
    common = shared(content, edition)
    flawed = frozenset(edition.flawed)
    around = ["", *(repr((a.contact.id, a.contact.title)) for a in edition.assessments), ""]
    for rank, assessment in enumerate(edition.assessments):
        path = assessment.contact.path
        text = text_id(content.documents[path])
        about = (path, text, path in flawed, around[rank], around[rank + 2])
        digest = common.copy()
        digest.update(repr(about).encode(errors="surrogatepass"))
        yield Inputs(id=digest.hexdigest(), text=text)


def text_id(document: Document) -> str:
    """Give the id of what a file says: by its bytes, which need not be read for it, else by its text."""
    if isinstance(document, LateDocument):
        return document.content_id
    return "text " + blake2b(document.text.encode(errors="surrogatepass"), digest_size=_SIZE).hexdigest()


def shared(content: Content, edition: Edition) -> blake2b:
    """Begin an id with what all pages of an edition depend on: rule book, day, language and addresses."""
    about = (edition.language.code, edition.day, edition.links, content.rulebook_document.text)
    return blake2b(repr(about).encode(errors="surrogatepass"), digest_size=_SIZE)

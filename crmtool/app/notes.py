"""What stands below a contact's front matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from crmtool.document import Document
from crmtool.snapshot import Content


class Notes(Mapping[str, str]):
    """The contacts' notes by id, each read when it is asked for."""

    def __init__(self, content: Content) -> None:
        self._content = content

    @cached_property
    def _documents(self) -> Mapping[str, Document]:
        # Of two contacts with one id the first is shown.
        contacts = sorted(self._content.contacts.items(), key=lambda item: item[0], reverse=True)
        return {contact.id: self._content.documents[path] for path, contact in contacts}

    def __getitem__(self, id: str) -> str:
        return self._documents[id].body

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

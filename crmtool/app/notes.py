"""What stands below a contact's front matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crmtool.snapshot import Content


class Notes(Mapping[str, str]):
    """The contacts' notes by id, each read when it is asked for."""

    def __init__(self, content: Content) -> None:
        # Of two contacts with one id the first is shown.
        contacts = sorted(content.contacts.items(), key=lambda item: item[0], reverse=True)
        self._documents = {contact.id: content.documents[path] for path, contact in contacts}

    def __getitem__(self, id: str) -> str:
        return self._documents[id].body

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

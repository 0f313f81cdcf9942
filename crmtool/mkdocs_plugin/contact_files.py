"""The files of a site for MkDocs, to which the contacts' pages are known without being among those it goes through."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import PurePath

from mkdocs.structure.files import File, Files


class ContactFiles(Files):
    """Files that know further ones by their paths; these are made when somebody asks for them, and not listed.

    So links to contacts lead to their pages and broken ones are told, while MkDocs' page loop does not meet them.
    """

    def __init__(self, files: Files, known: Collection[str], make: Callable[[str], File]) -> None:
        super().__init__(files)
        self._known = known
        self._make = make
        self._made: dict[str, File] = {}

    def get_file_from_path(self, path: str) -> File | None:
        """Give the file of a path: one that is listed, or that of a contact's page."""
        return super().get_file_from_path(path) or self._of_contact(PurePath(path).as_posix())

    def __contains__(self, path: str) -> bool:
        return self.get_file_from_path(path) is not None

    def made(self) -> list[File]:
        """Give the contacts' files that somebody asked for."""
        return list(self._made.values())

    def _of_contact(self, path: str) -> File | None:
        if path in self._known and path not in self._made:
            self._made[path] = self._make(path)
        return self._made.get(path)

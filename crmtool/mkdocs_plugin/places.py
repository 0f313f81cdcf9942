"""Where the pages of contacts stand, and which of them a theme cannot tell apart but by what is marked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from crmtool.report.links import CONTACTS

_INDEX = "index"

Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What pages have in common for a theme: the folder they share with other pages, their depth, and being an index.

    A theme links from page to page, so that how far up a link leads depends on all of this, and on nothing else.
    """

    known: Parts
    unknown: int
    is_index: bool

    def name(self, parts: Iterable[str]) -> str:
        """Give the name of a page that stands here, of the parts that are not known."""
        return "/".join((*self.known, *parts, *((_INDEX,) if self.is_index else ())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Tells the place of each page, given the folders below the site's root that hold anything but contacts' pages."""

    directory_urls: bool
    homes: Collection[Parts]

    def of(self, name: str) -> tuple[Place, Parts]:
        """Give the place of a page, and the parts of its name that its place does not tell."""
        parts = tuple(name.split("/"))
        is_index = parts[-1] == _INDEX
        if is_index:
            parts = parts[:-1]
        known = self._known(parts, len(parts) if is_index or self.directory_urls else len(parts) - 1)
        return Place(known=parts[:known], unknown=len(parts) - known, is_index=is_index), parts[known:]

    def _known(self, parts: Parts, most: int) -> int:
        return next(end for end in range(most, 0, -1) if end == 1 or parts[:end] in self.homes)


def destination(name: str, *, directory_urls: bool) -> str:
    """Give the file of a page below the site's root, as MkDocs names it."""
    if not directory_urls or name == _INDEX or name.endswith(f"/{_INDEX}"):
        return f"{name}.html"
    return f"{name}/{_INDEX}.html"


def homes(destinations: Iterable[str]) -> frozenset[Parts]:
    """Give all folders of files that lie among the contacts' pages."""
    found: set[Parts] = set()
    for path in destinations:
        folders = tuple(path.split("/")[:-1])
        if folders and folders[0] == CONTACTS:
            found.update(folders[:end] for end in range(1, len(folders) + 1))
    return frozenset(found)

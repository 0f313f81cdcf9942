"""Where the pages stand, and how one links to another so that the link works from a disk as well."""

from __future__ import annotations

import re
from dataclasses import dataclass

FOCUS = "index"
PIPELINE = "pipeline"
DECISIONS = "decisions"
MISSING = "missing"
BLOCKED = "blocked"
STOP = "stop"
PROGRESS = "progress"
RULES = "rules"
CONTACTS = "contacts"
CALENDAR = "calendar.ics"
DATA = "contacts.json"
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
_ALL_PLAIN = re.compile("[A-Za-z0-9._~/-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Pages are named by their path without a suffix, as `contacts/nordlicht/jana-koehler`.

    `directory_urls` gives each page a folder of its own, as MkDocs does by default; such links need a server.
    `focus` is where the first page stands: elsewhere than at `index` where a team has a home page of its own. Of the
    files for other programs, `offered` are those that stand beside the pages.
    """

    directory_urls: bool = False
    focus: str = FOCUS
    offered: tuple[str, ...] = ()

    def path(self, page: str) -> str:
        """Give a page's path below the site's root, not encoded, without a suffix."""
        return self.focus if page == FOCUS else page

    def url(self, page: str) -> str:
        """Give a page's address relative to the site's root."""
        path = self.path(page)
        if not self.directory_urls:
            return encoded(f"{path}.html")
        folder, _, name = path.rpartition("/")
        path = folder if name == "index" else path
        return encoded(f"{path}/") if path else ""

    def link(self, source: str, target: str) -> str:
        """Give the address of one page as seen from another."""
        return self.upwards(source) + self.url(target) or "./"

    def file(self, source: str, name: str) -> str:
        """Give the address of a file for other programs as seen from a page; empty where it is not offered."""
        return self.upwards(source) + encoded(name) if name in self.offered else ""

    def upwards(self, source: str) -> str:
        """Give the way from a page to the site's root: nothing, or `../` once or more often."""
        return "../" * self.url(source).count("/")


def contact_page(contact_id: str) -> str:
    """Name the page of a contact."""
    return f"{CONTACTS}/{contact_id}"


def encoded(path: str) -> str:
    """Percent-encode a path for use in an address: umlauts, spaces and whatever else means something there.

    Of a file name that is no valid text, the bytes are encoded.
    """
    if _ALL_PLAIN.fullmatch(path):
        return path
    data = path.encode(errors="surrogateescape")
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in data)

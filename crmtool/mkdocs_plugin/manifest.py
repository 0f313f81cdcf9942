"""What a build left: which page was made of what, and where in its file the content stands.

It saves the next build from making the same pages again. It is believed only where the page's file is the one that was
left, and whoever deletes it loses nothing but time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from os import stat_result
from pathlib import Path
from typing import NamedTuple

from crmtool import cache
from crmtool.workspace import file_state

_KIND = "site"


class Entry(NamedTuple):
    """A page: what its content was made of, the contacts that its notes link to, its frame, and its file.

    `there` and `absent` are the ids of contacts that the notes link to, `start` and `end` where the content stands, in
    bytes, and `file` the state in which the file was left. It is a tuple, so that one process can hand it to another.
    """

    inputs: str
    there: Sequence[str]
    absent: Sequence[str]
    frame: str
    start: int
    end: int
    file: str | None

    def is_of(self, file: stat_result | None) -> bool:
        """Whether a file is the one that was left."""
        return file is not None and self.file is not None and self.file == file_state(file)


Manifest = Mapping[str, Entry]
"""The entries of all contacts' pages by the names of their files below the folder of contacts."""


def load(site: Path) -> dict[str, Entry]:
    """Give what the build before left in a site's folder; nothing where that is not known."""
    data = cache.load(_KIND, str(site.resolve()))
    return {name: Entry(*values) for name, values in json.loads(data).items()} if data else {}


def store(site: Path, manifest: Manifest) -> None:
    """Keep what this build left."""
    cache.store(_KIND, str(site.resolve()), json.dumps(manifest).encode("ascii"))

"""What was worked out of each file of a work tree, remembered from one run to the next by the content of the file.

Only what has changed is worked out anew. All is forgotten as soon as the program is another one, or the context, which
is what it depends on beside the file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

from crmtool import cache
from crmtool.app.counting import counted
from crmtool.contact import is_contact_path
from crmtool.parallel import mapped
from crmtool.snapshot import Overlay, Snapshot, UnreadableError, read_bytes
from crmtool.workspace import Listing

Row = list[Any]
"""What is known of a file: its signature, the id of its content, and what was worked out, all as JSON has it."""
Make = Callable[[str, bytes | UnreadableError], Row]
"""Works something out of a file's path and bytes."""

_PARTS = 16
"""Into so many entries a workspace is divided: of each change only one is written anew."""
_LEAST = 300
"""How many files a process must have to work on before it pays to start another one."""


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What is known of the contact files below a root, under a context, of the kind that it is."""

    kind: str
    root: Path
    context: str

    def rows(self, listing: Listing, make: Make) -> dict[str, Row]:
        """Give what is to be known of each contact file, in the order of their paths, and remember it."""
        known = self._recalled()
        rows = _rows(listing, known, make)
        self._keep(rows, known)
        return rows

    def _recalled(self) -> dict[str, Row]:
        rows: dict[str, Row] = {}
        for part in range(_PARTS):
            stored = cache.load(self.kind, self._key(part))
            context, found = json.loads(stored) if stored else ("", {})
            rows |= found if context == self.context else {}
        return rows

    def _keep(self, rows: Mapping[str, Row], known: Mapping[str, Row]) -> None:
        for part, (now, before) in enumerate(zip(_parted(rows), _parted(known), strict=True)):
            if now != before:
                # Names of files may hold bytes that are no text: escaped, they come back as they were.
                payload = json.dumps([self.context, now], separators=(",", ":"))
                cache.store(self.kind, self._key(part), payload.encode())

    def _key(self, part: int) -> str:
        return f"{self.root}:{part}"


def fixed(listing: Listing, decides: Callable[[str], bool]) -> tuple[Snapshot, str]:
    """Read the files that decide about all others, and give the work tree with them as they were read, and their id.

    So what is remembered is filed under just those rules by which it was found, whoever writes to them meanwhile.
    """
    found = {path: read_bytes(listing, path) for path in listing.signatures if decides(path)}
    id = cache.content_id(*(repr(item).encode(errors="surrogateescape") for item in found.items()))
    return Overlay(listing, {path: data for path, data in found.items() if isinstance(data, bytes)}), id


def _parted(rows: Mapping[str, Row]) -> list[dict[str, Row]]:
    parts: list[dict[str, Row]] = [{} for _ in range(_PARTS)]
    for path, row in rows.items():
        parts[crc32(path.encode(errors="surrogateescape")) % _PARTS][path] = row
    return parts


def _rows(listing: Listing, known: Mapping[str, Row], make: Make) -> dict[str, Row]:
    signatures = listing.signatures
    paths = sorted(path for path in signatures if is_contact_path(path) or path.endswith("/"))
    changed = [path for path in paths if not signatures[path] or known.get(path, ("",))[0] != signatures[path]]
    shares = mapped(partial(_made, listing, known, make), changed, least=_LEAST)
    rows = {**known, **dict(zip(changed, (row for share in shares for row in share), strict=True))}
    return {path: rows[path] for path in paths}


def _made(listing: Listing, known: Mapping[str, Row], make: Make, paths: Sequence[str]) -> list[Row]:
    files, rows = counted(listing, paths), []
    for path in paths:
        data = read_bytes(files, path)
        id = cache.content_id(data) if isinstance(data, bytes) else None
        before = known.get(path)
        is_same = before is not None and id is not None and before[1] == id
        rows.append([listing.signatures[path], id, *(before[2:] if before and is_same else make(path, data))])
    return rows

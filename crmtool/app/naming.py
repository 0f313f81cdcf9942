"""Find the contact that a user names: by an id, a path, or a part of an id or a name."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from crmtool.app import read, relative_path
from crmtool.contact import SUFFIX, contact_id, folded, is_contact_path
from crmtool.errors import CrmtoolError
from crmtool.snapshot import Content, Overlay, Snapshot
from crmtool.text import visible
from crmtool.workspace import WorkTree

_MOST_LISTED = 10
_MOST_SUGGESTED = 3
_LIKENESS = 0.75
_SHORTEST_WORD = 4
_BETWEEN_WORDS = re.compile(r"[\W_]+")


class NoContactError(CrmtoolError):
    """Nothing is called so; `near` is a hint that names what is nearly called so, empty where nothing is."""

    def __init__(self, wanted: str, near: str) -> None:
        super().__init__(f"no contact {visible(wanted)!r}; {near or '`crmtool list` shows them all'}")
        self.near = near


def exact_path(paths: Iterable[str], wanted: str, root: Path, start: Path) -> str | None:
    """Find the contact file whose id or path is written in full; None where there is none.

    Letter case and the encoding of accents make no difference, as they make none for ids.
    """
    meant = folded(_as_path(wanted, root, start)), folded(wanted)
    contacts = filter(is_contact_path, paths)
    return next((path for path in contacts if folded(path) in meant or folded(contact_id(path)) == meant[1]), None)


def read_named(root: Path, wanted: str, start: Path, files: Snapshot | None = None) -> tuple[str, Content]:
    """Find the contact file that is meant, in `files` or on the disk, and read the workspace; raises CrmtoolError.

    Only where it is not named in full, other contacts are read than the one.
    """
    files = Overlay(files or WorkTree(root))
    path = exact_path(files.paths(), wanted, root, start)
    content = read(files, None if path is None else (path,))
    return path or find_path(content, wanted, root, start), content


def find_path(content: Content, wanted: str, root: Path, start: Path) -> str:
    """Find the contact file that an id, a path, or a unique part of an id or a name means; raises CrmtoolError."""
    exact = exact_path(content.documents, wanted, root, start)
    if exact is not None:
        return exact
    candidates = parts_of(content, wanted)
    if len(candidates) == 1:
        return candidates[0]
    if not candidates:
        raise NoContactError(wanted, _near(content, wanted))
    listed = ", ".join(visible(contact_id(path)) for path in candidates[:_MOST_LISTED])
    more = f" and {len(candidates) - _MOST_LISTED} more" if len(candidates) > _MOST_LISTED else ""
    raise CrmtoolError(f"{visible(wanted)!r} may be {listed}{more}; write more of it")


def parts_of(content: Content, wanted: str) -> list[str]:
    """List the contact files that have a text in their id, or in their name or organization."""
    part = folded(wanted)
    titles = {path: folded(contact.title) for path, contact in content.contacts.items()}
    return [path for path in content.documents if part in folded(contact_id(path)) or part in titles.get(path, "")]


def _near(content: Content, wanted: str) -> str:
    """Give a hint that names the contacts most like what was typed; empty where none is."""
    words: dict[str, list[str]] = {}
    for path in content.documents:
        for word in _words(content, path):
            words.setdefault(word, []).append(path)
    alike = difflib.get_close_matches(folded(contact_id(wanted)), words, n=_MOST_SUGGESTED, cutoff=_LIKENESS)
    paths = list(dict.fromkeys(path for word in alike for path in words[word]))[:_MOST_SUGGESTED]
    if not paths:
        return ""
    *others, last = (_introduced(content, path) for path in paths)
    return f"did you mean {', '.join(others)} or {last}?" if others else f"did you mean {last}?"


def _words(content: Content, path: str) -> Iterator[str]:
    """Give what a contact may be called by: its id, its name, its organization, and the words of these."""
    id, contact = contact_id(path), content.contacts.get(path)
    names = (contact.name, contact.text("organization")) if contact else ()
    for name in map(folded, (id, id.rpartition("/")[2], *names)):
        yield name
        yield from (word for word in _BETWEEN_WORDS.split(name) if len(word) >= _SHORTEST_WORD)


def _introduced(content: Content, path: str) -> str:
    contact = content.contacts.get(path)
    return f"'{visible(contact_id(path))}'" + (f" ({visible(contact.name)})" if contact else "")


def _as_path(wanted: str, root: Path, start: Path) -> str:
    if not wanted.endswith(SUFFIX):
        return wanted
    try:
        return relative_path(wanted, root, start)
    except CrmtoolError:  # it is not on the disk; a revision may have it
        return Path(os.path.relpath(start.resolve() / wanted, root)).as_posix()

"""Contacts' pages on the disk: each one its content, spliced into its frame."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crmtool.mkdocs_plugin.frames import PageFrame, encode
from crmtool.mkdocs_plugin.inputs import text_id
from crmtool.mkdocs_plugin.manifest import Entry
from crmtool.report.edition import Edition
from crmtool.report.site import contact_html
from crmtool.snapshot import Content
from crmtool.workspace import file_state

# Much cheaper, over ten thousand files, than what `open` makes around them.
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A page that a site is to have.

    It is told by the contact's rank, the file below the folder of contacts, the id of what the content is made of and
    of it that of the contact's text, and the frame with what belongs between its pieces.
    """

    rank: int
    name: str
    inputs: str
    text: str
    frame: PageFrame
    values: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A page to write; `before` is the entry of the same content in another frame, where its file has that."""

    page: Wanted
    before: Entry | None


def write_pages(content: Content, edition: Edition, folder: str, tasks: Sequence[Task]) -> list[tuple[object, ...]]:
    """Write some pages into a folder and give their entries; a page that is as it was stays untouched."""
    return [tuple(_write(content, edition, folder, task)) for task in tasks]


def _write(content: Content, edition: Edition, folder: str, task: Task) -> Entry:
    page = task.page
    path = f"{folder}/{page.name}"
    made = _made(content, edition, page) if task.before is None else _left(path, task.before)
    before, after = page.frame.around(page.values)
    about = put(path, before + made.content + after)
    return Entry(
        inputs=made.inputs,
        there=made.there,
        absent=made.absent,
        frame=page.frame.id,
        start=len(before),
        end=len(before) + len(made.content),
        file=file_state(about),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A page's content, what it was made of, and the contacts that its notes link to."""

    content: bytes
    inputs: str
    there: Sequence[str]
    absent: Sequence[str]


def _made(content: Content, edition: Edition, page: Wanted) -> _Made:
    meant: set[str] = set()
    document = content.documents[edition.assessments[page.rank].contact.path]
    html = encode(contact_html(edition, page.rank, meant))
    # Notes are read late, by whoever asks first. Where the file was saved since it was listed, the page is made of
    # values from before and notes from after that, which is what no file says.
    inputs = page.inputs if text_id(document) == page.text else ""
    there = sorted(meant & edition.by_id.keys())
    return _Made(content=html, inputs=inputs, there=there, absent=sorted(meant.difference(there)))


def _left(path: str, entry: Entry) -> _Made:
    return _Made(content=_content(path, entry), inputs=entry.inputs, there=entry.there, absent=entry.absent)


def content_of(folder: Path, name: str, entry: Entry) -> str:
    """Read the content of a page that was written."""
    return _content(f"{folder}/{name}", entry).decode("utf-8")


def put(path: str, data: bytes) -> os.stat_result:
    """Let a file hold some bytes, and give its state; it is not touched where it holds them already.

    What stood there before is not written into: it may be linked to from elsewhere.
    """
    with suppress(FileExistsError):
        return _write_new(path, data)
    about = os.lstat(path)
    if about.st_size == len(data) and _holds(path, data):
        return about
    Path(path).unlink()
    return _write_new(path, data)


def _holds(path: str, data: bytes) -> bool:
    with suppress(OSError):  # what cannot be read can be replaced all the same
        return _read(path) == data
    return False


def _write_new(path: str, data: bytes) -> os.stat_result:
    file = os.open(path, _NEW_FILE, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        return os.fstat(file)
    finally:
        os.close(file)


def _content(path: str, entry: Entry) -> bytes:
    return _read(path)[entry.start : entry.end]


def _read(path: str) -> bytes:
    return Path(path).read_bytes()

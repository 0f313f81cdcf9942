"""The pages of all contacts: which are still what they should be, which are written, which go."""

from __future__ import annotations

import os
from collections.abc import Collection, Container, Iterable, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from crmtool.mkdocs_plugin.manifest import Entry, Manifest
from crmtool.mkdocs_plugin.page_writing import Task, Wanted, write_pages
from crmtool.parallel import mapped
from crmtool.report.edition import Edition
from crmtool.snapshot import Content

_SHARE = 150
"""Fewer pages than this are written sooner than another process is started."""


def write_all(
    folder: Path, pages: Sequence[Wanted], content: Content, edition: Edition, before: Manifest
) -> dict[str, Entry]:
    """Bring a folder to hold the pages and nothing else; gives their entries.

    A page of the build `before` is kept where its file is as it was left and all that it is made of is the same.
    """
    files, folders = _listed(str(folder))
    entries: dict[str, Entry] = {}
    tasks: list[Task] = []
    for page in pages:
        entry = _valid(before.get(page.name), files.get(page.name), page, edition.by_id)
        if entry is not None and entry.frame == page.frame.id:
            entries[page.name] = entry
        else:
            tasks.append(Task(page=page, before=entry))
    _tidy(folder, files, folders, [page.name for page in pages])
    shares = mapped(partial(write_pages, content, edition, str(folder)), tasks, least=_SHARE)
    made = (Entry(*values) for share in shares for values in share)
    entries.update(zip((task.page.name for task in tasks), made, strict=True))
    return entries


def _valid(entry: Entry | None, file: os.stat_result | None, page: Wanted, ids: Container[str]) -> Entry | None:
    """Give an entry whose file still holds the content that the page is to have."""
    if entry is None or entry.inputs != page.inputs or not entry.is_of(file):
        return None
    return entry if all(id in ids for id in entry.there) and not any(id in ids for id in entry.absent) else None


def _tidy(folder: Path, files: Iterable[str], folders: set[str], wanted: Collection[str]) -> None:
    """Delete the files that are not wanted and the folders in which nothing is left; make those that are missing."""
    for name in set(files).difference(wanted):
        (folder / name).unlink()
    homes = {PurePosixPath(name.rpartition("/")[0]) for name in wanted}
    needed = {str(folder) for home in homes for folder in (home, *home.parents)}
    for name in sorted(folders - needed, key=len, reverse=True):
        (folder / name).rmdir()
    for name in sorted(needed - folders):
        (folder / name).mkdir(exist_ok=True)


def _listed(folder: str, below: str = "") -> tuple[dict[str, os.stat_result], set[str]]:
    """Give all files below a folder with their states, and all folders, by their names there."""
    files: dict[str, os.stat_result] = {}
    folders: set[str] = set()
    for entry in os.scandir(folder):
        name = below + entry.name
        if entry.is_dir(follow_symlinks=False):
            more, further = _listed(entry.path, f"{name}/")
            files |= more
            folders |= {name} | further
        else:
            files[name] = entry.stat(follow_symlinks=False)
    return files, folders

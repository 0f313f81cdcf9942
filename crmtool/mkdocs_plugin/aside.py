"""The contacts' pages and data of the build before, kept where MkDocs does not delete them."""

from __future__ import annotations

import shutil
from pathlib import Path

from crmtool.report.links import CALENDAR, CONTACTS, DATA

_ASIDE, _DATA_ASIDE = ".crmtool-contacts", ".crmtool-data"
# MkDocs leaves hidden entries alone.


def aside(site: Path) -> Path:
    """Give the folder that keeps the pages while a site is built."""
    return site / _ASIDE


def data_aside(site: Path) -> Path:
    """Give the folder that keeps the files for other programs while a site is built."""
    return site / _DATA_ASIDE


def set_aside(site: Path) -> None:
    """Put the contacts' pages aside; where there are none, those that a build left aside that was ended stay there.

    So it is with the files for other programs.

    A link in their place goes: MkDocs would not delete it, but write to where it leads.
    """
    pages, kept = site / CONTACTS, aside(site)
    if pages.is_symlink():
        pages.unlink()
    if kept.is_symlink() or not kept.is_dir():
        kept.unlink(missing_ok=True)
    if pages.is_dir():
        shutil.rmtree(kept, ignore_errors=True)
        pages.rename(kept)
    _set_data_aside(site)


def _set_data_aside(site: Path) -> None:
    kept = data_aside(site)
    if kept.is_symlink() or (kept.exists() and not kept.is_dir()):
        kept.unlink()
    for file in (site / DATA, site / CALENDAR):
        if file.is_file() and not file.is_symlink():
            kept.mkdir(exist_ok=True)
            file.replace(kept / file.name)


def put_back(site: Path) -> None:
    """Put the pages back among those that were built meanwhile; of two with one name the new one stays.

    Of a file for other programs, one that was built meanwhile is a team's, and stays as well.
    """
    kept = data_aside(site)
    if kept.is_dir():
        for file in kept.iterdir():
            if not (site / file.name).exists():
                file.rename(site / file.name)
        shutil.rmtree(kept, ignore_errors=True)
    _put_pages_back(site)


def _put_pages_back(site: Path) -> None:
    pages, kept = site / CONTACTS, aside(site)
    if not kept.is_dir():
        return
    if pages.is_symlink():
        pages.unlink()
    for file in sorted(pages.rglob("*")):
        if not file.is_dir() or file.is_symlink():
            there = kept / file.relative_to(pages)
            _clear(there, kept)
            file.rename(there)
    shutil.rmtree(pages, ignore_errors=True)
    kept.rename(pages)


def _clear(path: Path, top: Path) -> None:
    """Make room for a file, whatever stands in its place or in that of a folder above it."""
    for each in reversed(path.parents[: len(path.relative_to(top).parts) - 1]):
        if not each.is_dir() or each.is_symlink():
            each.unlink(missing_ok=True)
            each.mkdir()
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)

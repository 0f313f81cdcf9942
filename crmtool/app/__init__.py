"""Use cases: what the entry points ask for, made of reading, judging and Git."""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import date
from pathlib import Path
from time import localtime

from crmtool.app.counting import counted
from crmtool.days import parse_day
from crmtool.errors import CrmtoolError
from crmtool.rulebook import RuleBook
from crmtool.snapshot import RULEBOOK, Content, Snapshot, read_content
from crmtool.text import visible
from crmtool.workspace import WorkTree, load_schemas

TODAY_VARIABLE = "CRMTOOL_TODAY"


def today(given: str | None) -> date:
    """Tell what day it is: as given, else by CRMTOOL_TODAY, else by the clock; raises CrmtoolError."""
    written = given or os.environ.get(TODAY_VARIABLE)
    if not written:
        return date(*localtime()[:3])
    day = parse_day(written)
    if day is None:
        source = "--today" if given else TODAY_VARIABLE
        raise CrmtoolError(f"{source} {written!r} is no date; write it as YYYY-MM-DD, such as 2026-11-23")
    return day


def load(root: Path) -> Content:
    """Read a workspace as it lies on the disk."""
    return read(WorkTree(root).listing())


def read(snapshot: Snapshot, only: Collection[str] | None = None) -> Content:
    """Read a snapshot under its own schemas; `only` limits which contact files are read."""
    return read_content(counted(snapshot, only), load_schemas(snapshot), only)


def usable_rulebook(content: Content, name: str = RULEBOOK) -> RuleBook:
    """Give the rule book, called `name`; raises CrmtoolError with its first error where it cannot be used."""
    document = content.rulebook_document
    shapes, flaws = content.shapes.get(RULEBOOK, ()), content.rulebook.flaws if content.rulebook else ()
    if content.rulebook is not None and not shapes and not flaws:
        return content.rulebook
    told = [(document.location(problem.span), problem.message) for problem in document.problems]
    told += [(document.locate(shape.place, on_key=shape.on_key), shape.message) for shape in shapes]
    told += [(document.locate(flaw.place), flaw.message) for flaw in flaws]
    first, message = told[0]
    more = "; `crmtool check` tells all" if name == RULEBOOK else ""
    raise CrmtoolError(f"{visible(name)}:{first.line}:{first.column}: {message}{more}")


def relative_path(path: str, root: Path, start: Path) -> str:
    """Give a path relative to the workspace's root as its files are named; raises CrmtoolError for an absent one."""
    file = start / path
    if not os.path.lexists(file):
        file = root / path
    if not os.path.lexists(file):
        raise CrmtoolError(f"{visible(path)} does not exist")
    absolute = Path(os.path.normpath(file.absolute()))
    parent = absolute.parent.resolve() / absolute.name
    if not parent.is_relative_to(root) and not absolute.resolve().is_relative_to(root):
        raise CrmtoolError(f"{visible(path)} lies outside of the workspace {root}")
    relative = (parent if parent.is_relative_to(root) else absolute.resolve()).relative_to(root).as_posix()
    return "" if relative == "." else relative

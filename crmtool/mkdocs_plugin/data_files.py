"""What a site offers to other programs beside its pages: all contacts as JSON, and what falls due as a calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from mkdocs.structure.files import Files

from crmtool.exporters import calendar
from crmtool.mkdocs_plugin.data_lines import data_of, write_lines
from crmtool.mkdocs_plugin.inputs import Inputs
from crmtool.mkdocs_plugin.page_writing import put
from crmtool.mkdocs_plugin.site_build import SiteBuild
from crmtool.report.edition import Edition
from crmtool.report.links import CALENDAR, DATA

_LIBRARY = "icalendar"
WITHOUT_CALENDAR = f"the site has no calendar, which needs the package {_LIBRARY}: pip install 'crmtool[calendar]'"


def has_calendars() -> bool:
    """Whether the optional package is installed without which no calendar can be written."""
    return find_spec(_LIBRARY) is not None


def offered_beside(pages: Path) -> tuple[str, ...]:
    """Name the files that a site offers; what a team has in its folder of pages under the same name is meant."""
    possible = (DATA, *((CALENDAR,) if has_calendars() else ()))
    return tuple(name for name in possible if not (pages / name).exists())


def write_data(folder: Path, site: Path, build: SiteBuild, files: Files, made_of: Sequence[Inputs] | None) -> None:
    """Bring the folder that stands aside to hold what a site offers and nothing else; untouched what is as it was.

    `made_of` is what the contacts' pages are made of; with it, what did not change is taken over from before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = _wanted(build.edition, files)
    for file in folder.iterdir():
        if file.name not in wanted:
            file.unlink()
    if DATA in wanted:
        write_lines(folder / DATA, site, build.content, build.edition, made_of)
    if CALENDAR in wanted:
        put(str(folder / CALENDAR), _calendar(build.edition))


def live_data(edition: Edition, files: Files) -> dict[str, Callable[[], bytes]]:
    """Give what makes the files that a site offers, by their names."""
    makers = {DATA: partial(data_of, edition), CALENDAR: partial(_calendar, edition)}
    return {name: makers[name] for name in _wanted(edition, files)}


def _wanted(edition: Edition, files: Files) -> list[str]:
    # Another plugin may have made a file of that name.
    return [name for name in edition.links.offered if files.get_file_from_path(name) is None]


def _calendar(edition: Edition) -> bytes:
    return calendar.render(edition.assessments, edition.rulebook, edition.day)

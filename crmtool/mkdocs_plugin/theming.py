"""What a build adds beside the pages: the search's list under our theme, our styles under another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from crmtool.report.edition import Edition
from crmtool.report.frame import COUNTS, Frame, counts_script
from crmtool.report.list_line import page_count
from crmtool.report.search import SCRIPT, search_script

_THEME = _PLUGIN = "crmtool"
_SITEMAP = "sitemap.xml"
_ROBOTS = "robots.txt"
_ASSETS = Path(__file__).parent.parent / "theme"
_STYLES = ("css/crmtool.css",)
_SCRIPTS = ("js/text.js", "js/rows.js", "js/tables.js", "js/list.js")
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_PRIVATE = '<meta name="robots" content="noindex, nofollow"><meta name="referrer" content="no-referrer">'


def is_ours(config: MkDocsConfig) -> bool:
    """Whether a site stands in this program's own theme."""
    return config.theme.name == _THEME


def dress(config: MkDocsConfig) -> None:
    """Bring the reports' styles and scripts to another theme; keep ours from making a sitemap.

    The pages ask not to be indexed, and a sitemap tells the day of the build.
    """
    if is_ours(config):
        config.theme.static_templates.discard(_SITEMAP)
    else:
        config.extra_css.extend(_STYLES)
        config.extra_javascript.extend(_SCRIPTS)


def add_assets(edition: Edition, frame: Frame, files: Files, config: MkDocsConfig) -> None:
    """Add the files that the pages need beside what the theme has."""
    sitemap = files.get_file_from_path(_SITEMAP)
    if sitemap is not None and is_ours(config):
        # A template that is no static one would be copied as it is.
        files.remove(sitemap)
    for file in _assets(edition, frame, config):
        # What a team has under the same name is meant.
        if files.get_file_from_path(file.src_uri) is None:
            files.append(file)


def data_scripts(edition: Edition, frame: Frame, files: Files) -> dict[str, Callable[[], str]]:
    """Give what makes the scripts that hold data of contacts, of those that `add_assets` added."""
    scripts = {SCRIPT: partial(search_script, edition), COUNTS: partial(counts_script, frame)}
    there = {name: files.get_file_from_path(name) for name in scripts}
    return {name: make for name, make in scripts.items() if (file := there[name]) and file.generated_by == _PLUGIN}


def private(page: str) -> str:
    """Ask search engines away from a page of another theme; ours asks by itself."""
    return _HEAD.sub(lambda head: head[0] + _PRIVATE, page, count=1)


def _assets(edition: Edition, frame: Frame, config: MkDocsConfig) -> Iterator[File]:
    if is_ours(config):
        yield File.generated(config, _ROBOTS, content="User-agent: *\nDisallow: /\n")
        yield File.generated(config, SCRIPT, content=search_script(edition))
        yield File.generated(config, COUNTS, content=counts_script(frame))
    else:
        for asset in (*_STYLES, *_SCRIPTS):
            yield File.generated(config, asset, abs_src_path=str(_ASSETS / asset))
        if page_count(edition) > 1:
            yield File.generated(config, SCRIPT, content=search_script(edition))

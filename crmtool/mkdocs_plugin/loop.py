"""MkDocs' own way to make a page, for a page that its loop over all pages does not meet."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import Environment
from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.contrib.search import SearchPlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage

_PAGE_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """All that MkDocs makes a page with, once it has read all pages."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment

    def write(self, file: File) -> None:
        """Make a page and write it, with all that other plugins do to pages.

        One that MkDocs has read keeps its place in the navigation.
        """
        page = file.page or SitePage(None, file, self.config)
        build._populate_page(page, self.config, self.files)
        build._build_page(page, self.config, self.files.documentation_pages(), self.nav, self.env)

    def made(self, file: File) -> str:
        """Make a page without leaving anything of it: neither a file nor an entry of a search."""
        with TemporaryDirectory(prefix="crmtool-frame-") as folder, _unindexed(self.config):
            written, meant = Path(folder, "page.html"), file.abs_dest_path
            file.abs_dest_path = str(written)
            try:
                self.write(file)
            finally:
                file.abs_dest_path = meant
            return written.read_text("utf-8") if written.exists() else ""


def indexes(config: MkDocsConfig) -> list[Any]:
    """Give what the site's plugins collect pages in for a search, as MkDocs' own plugin `search` does."""
    return [index for _, index in _indexes(config)]


def index_page(index: Any, config: MkDocsConfig, file: File, title: str, content: str) -> None:
    """Add a page to a search as MkDocs' loop does."""
    page = SitePage(html.escape(title), file, config)
    page.content = content
    index.add_entry_from_context(page)


def may_change_pages(config: MkDocsConfig) -> bool:
    """Whether another plugin or a hook is called for each page: it may change one and leave the next as it is.

    MkDocs' own search only reads the pages.
    """
    return any(_is_foreign(method) for event in _PAGE_EVENTS for method in config.plugins.events[event])


def _is_foreign(method: Callable[..., Any]) -> bool:
    is_ours = type(getattr(method, "__self__", None)).__module__ == __package__
    return not is_ours and getattr(method, "__func__", None) is not SearchPlugin.on_page_context


@contextmanager
def _unindexed(config: MkDocsConfig) -> Iterator[None]:
    before = _indexes(config)
    for plugin, index in before:
        plugin.search_index = deepcopy(index)
    try:
        yield
    finally:
        for plugin, index in before:
            plugin.search_index = index


def _indexes(config: MkDocsConfig) -> list[tuple[Any, Any]]:
    found = ((plugin, getattr(plugin, "search_index", None)) for plugin in config.plugins.values())
    return [(plugin, index) for plugin, index in found if hasattr(index, "add_entry_from_context")]

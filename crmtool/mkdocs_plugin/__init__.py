"""The plugin `crmtool` of MkDocs and ProperDocs: puts the reports of a workspace beside a team's own pages."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage

from crmtool import app
from crmtool.errors import CrmtoolError
from crmtool.git import data_version
from crmtool.mkdocs_plugin.guards import (
    is_deploying,
    leave_out_foreign,
    refuse_output,
    refuse_outside,
    refuse_unconfirmed,
)
from crmtool.mkdocs_plugin.judged import broken_links_of, edition_of, links_of
from crmtool.mkdocs_plugin.theming import add_assets, dress, is_ours, private
from crmtool.report.edition import Edition
from crmtool.report.frame import Frame, frame
from crmtool.report.site import Page, contact_pages, reports
from crmtool.snapshot import RULEBOOK, Content
from crmtool.workspace import find_root

_log = get_plugin_logger("crmtool")


class CrmtoolConfig(Config):
    """The plugin's options."""

    workspace = config_options.Optional(config_options.Type(str))
    """The workspace's root, relative to the site's configuration file; by default the nearest one above it."""
    today = config_options.Optional(config_options.Type((str, date)))
    """The day as of which everything is told; by default CRMTOOL_TODAY, else the clock."""
    publish = config_options.Optional(config_options.Type(str))
    """The sentence that confirms that the site may be published; building asks for it only when it is to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A workspace to be shown, instead of the one on the disk."""

    root: Path
    content: Content


class CrmtoolPlugin(BasePlugin[CrmtoolConfig]):
    """Judges a workspace once a build and hands its pages to the engine, which frames and writes them."""

    served: Served | None = None
    """What the server hands in; it tells errors by itself."""
    _edition: Edition
    _frame: Frame
    _root: Path
    _pages: dict[str, Page]

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and judge the workspace: what cannot be built fails here, before MkDocs empties its output folder."""
        try:
            if is_deploying():
                refuse_unconfirmed(self.config.publish, config.config_file_path)
            self._root = self.served.root if self.served else workspace_of(self, config)
            refuse_output(Path(config.site_dir), self._root, _sources(config))
            content = self.served.content if self.served else app.load(self._root)
            self._edition = edition_of(content, self._today(), links_of(config))
            self._frame = frame(self._edition, data_version(self._root))
        except CrmtoolError as error:
            raise PluginError(str(error)) from error
        for path in () if self.served else (*self._edition.unjudged, *self._edition.flawed):
            _log.warning("%s has errors; `crmtool check` names them", path)
        for told in broken_links_of(content, self._edition):
            _log.warning("%s", told)
        dress(config)
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the reports and the contacts' pages as files without content."""
        self._pages = {}
        for page in leave_out_foreign(files, config, self._root):
            _log.warning("%s is a symbolic link that leads out of the workspace; it is left out", page)
        add_assets(self._edition, files, config)
        listed = InclusionLevel.NOT_IN_NAV if config.nav else InclusionLevel.INCLUDED
        pages = [(page, listed) for page in reports(self._edition)]
        pages += [(page, InclusionLevel.NOT_IN_NAV) for page in contact_pages(self._edition)]
        self._add(pages, files, config)
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Put the reports first where MkDocs made the navigation by itself."""
        if not config.nav:
            ranks = {path: rank for rank, path in enumerate(self._pages)}
            for items in (nav.items, nav.pages):
                items.sort(key=lambda item: _rank(item, ranks))
            _chain(nav.pages)
        return nav

    def on_page_markdown(self, markdown: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Name a report's page; there is no Markdown to convert."""
        report = self._pages.get(page.file.src_uri)
        if report is not None:
            # Themes print a title as the HTML that MkDocs makes of a heading.
            page.meta = {"title": html.escape(report.title), "crmtool": report.name}
        return markdown

    def on_page_content(self, html: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Make a report when its page is built."""
        report = self._pages.get(page.file.src_uri)
        return html if report is None else report.html()

    def on_page_context(self, context: Any, page: SitePage, config: MkDocsConfig, nav: Navigation) -> Any:
        """Hand the frame's words and counts to the theme."""
        context["crmtool"] = self._frame
        return context

    def on_post_page(self, output: str, page: SitePage, config: MkDocsConfig) -> str:
        """Ask search engines away from a report that stands in another theme; ours asks by itself."""
        return private(output) if page.file.src_uri in self._pages and not is_ours(config) else output

    def on_template_context(self, context: Any, template_name: str, config: MkDocsConfig) -> Any:
        """Hand the frame to the pages that the theme brings itself, such as 404.html."""
        context["crmtool"] = self._frame
        return context

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch what the reports are made from."""
        for name in ("contacts", "schemas", RULEBOOK):
            if (self._root / name).exists():
                server.watch(str(self._root / name))
        return server

    def _today(self) -> date:
        given: Any = self.config.today
        return app.today(given.isoformat() if isinstance(given, date) else given)

    def _add(self, pages: Iterable[tuple[Page, InclusionLevel]], files: Files, config: MkDocsConfig) -> None:
        taken = {file.dest_uri: file for file in files}
        for page, inclusion in pages:
            path = f"{self._edition.links.path(page.name)}.md"
            file = File.generated(config, path, content="", inclusion=inclusion)
            refuse_outside(file.dest_uri)
            other = taken.setdefault(file.dest_uri, file)
            if other is not file:
                raise PluginError(f"{other.src_uri} stands where the report {file.dest_uri} goes; rename that page")
            files.append(file)
            self._pages[path] = page


def workspace_of(plugin: CrmtoolPlugin, config: MkDocsConfig) -> Path:
    """Find the root of the workspace that a site is about; raises CrmtoolError."""
    given = plugin.config.workspace
    folder = Path(config.config_file_path).parent if config.config_file_path else Path()
    return find_root((folder / given).resolve() if given else folder.resolve())


def _sources(config: MkDocsConfig) -> tuple[Path, ...]:
    folder = (Path(config.config_file_path).parent,) if config.config_file_path else ()
    return (*folder, Path(config.docs_dir))


def _rank(item: Any, ranks: dict[str, int]) -> int:
    return ranks.get(item.file.src_uri, len(ranks)) if isinstance(item, SitePage) else len(ranks)


def _chain(pages: list[SitePage]) -> None:
    for before, page, after in zip([None, *pages[:-1]], pages, [*pages[1:], None], strict=True):
        page.previous_page, page.next_page = before, after

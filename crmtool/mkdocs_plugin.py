"""The plugin `crmtool` of MkDocs and ProperDocs: puts the reports of a workspace beside a team's own pages."""

from __future__ import annotations

import html
from collections.abc import Iterable
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
from crmtool.report.edition import Edition, edition
from crmtool.report.frame import Frame, frame
from crmtool.report.links import FOCUS, Links
from crmtool.report.site import Page, contact_pages, reports
from crmtool.snapshot import RULEBOOK, Content
from crmtool.workspace import find_root

_log = get_plugin_logger("crmtool")
_THEME = "crmtool"
_SITEMAP = "sitemap.xml"
_HOME_PAGES = ("index.md", "README.md")
_ENGINE_FILES = ("mkdocs.yml", "properdocs.yml")


class CrmtoolConfig(Config):
    """The plugin's options."""

    workspace = config_options.Optional(config_options.Type(str))
    """The workspace's root, relative to the site's configuration file; by default the nearest one above it."""
    today = config_options.Optional(config_options.Type((str, date)))
    """The day as of which everything is told; by default CRMTOOL_TODAY, else the clock."""


class CrmtoolPlugin(BasePlugin[CrmtoolConfig]):
    """Judges a workspace once a build and hands its pages to the engine, which frames and writes them."""

    _edition: Edition
    _frame: Frame
    _root: Path
    _pages: dict[str, Page]

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and judge the workspace: what cannot be built fails here, before MkDocs empties its output folder."""
        try:
            self._root = _workspace(self.config.workspace, config)
            refuse_output(Path(config.site_dir), self._root, _sources(config))
            self._edition = _edition(self._root, self._today(), _links(config))
            self._frame = frame(self._edition, data_version(self._root))
        except CrmtoolError as error:
            raise PluginError(str(error)) from error
        for path in (*self._edition.unjudged, *self._edition.flawed):
            _log.warning("%s has errors; `crmtool check` names them", path)
        if config.theme.name == _THEME:
            # The pages ask not to be indexed, and a sitemap tells the day of the build.
            config.theme.static_templates.discard(_SITEMAP)
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the reports and the contacts' pages as files without content."""
        self._pages = {}
        sitemap = files.get_file_from_path(_SITEMAP)
        if sitemap is not None and config.theme.name == _THEME:
            # A template that is no static one would be copied as it is.
            files.remove(sitemap)
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
            other = taken.setdefault(file.dest_uri, file)
            if other is not file:
                raise PluginError(f"{other.src_uri} stands where the report {file.dest_uri} goes; rename that page")
            files.append(file)
            self._pages[path] = page


def refuse_output(output: Path, root: Path, sources: tuple[Path, ...] = ()) -> None:
    """Refuse an output folder that MkDocs would empty although it holds what nobody builds; raises CrmtoolError."""
    output, root = output.resolve(), root.resolve()
    precious = [root, root / "contacts", root / "schemas", root / ".git", *(source.resolve() for source in sources)]
    if any((root / "site" / name).exists() for name in _ENGINE_FILES):
        precious.append(root / "site")
    lost = next((path for path in precious if path == output or output in path.parents), None)
    if lost is not None:
        raise CrmtoolError(f"the site cannot be built into {output}: that would delete {lost}; set another site_dir")
    if output.is_relative_to(root / "contacts"):
        raise CrmtoolError(
            f"the site cannot be built into {output}: that lies among the contacts; set another site_dir"
        )


def _workspace(given: str | None, config: MkDocsConfig) -> Path:
    folder = Path(config.config_file_path).parent if config.config_file_path else Path()
    return find_root((folder / given).resolve() if given else folder.resolve())


def _sources(config: MkDocsConfig) -> tuple[Path, ...]:
    folder = (Path(config.config_file_path).parent,) if config.config_file_path else ()
    return (*folder, Path(config.docs_dir))


def _links(config: MkDocsConfig) -> Links:
    has_home = any((Path(config.docs_dir) / name).exists() for name in _HOME_PAGES)
    return Links(directory_urls=config.use_directory_urls, focus="focus" if has_home else FOCUS)


def _edition(root: Path, day: date, links: Links) -> Edition:
    content = app.load(root)
    rulebook = app.usable_rulebook(content)
    flawed = {path for path, document in content.documents.items() if document.problems} | set(content.shapes)
    return edition(
        content.contacts.values(),
        rulebook,
        day,
        links=links,
        bodies=_bodies(content),
        unjudged=set(content.documents) - set(content.contacts),
        flawed=flawed,
    )


def _bodies(content: Content) -> dict[str, str]:
    # Of two contacts with one id the first is shown.
    contacts = sorted(content.contacts.items(), key=lambda item: item[0], reverse=True)
    return {contact.id: content.documents[path].body for path, contact in contacts}


def _rank(item: Any, ranks: dict[str, int]) -> int:
    return ranks.get(item.file.src_uri, len(ranks)) if isinstance(item, SitePage) else len(ranks)


def _chain(pages: list[SitePage]) -> None:
    for before, page, after in zip([None, *pages[:-1]], pages, [*pages[1:], None], strict=True):
        page.previous_page, page.next_page = before, after

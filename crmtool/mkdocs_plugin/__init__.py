"""The plugin `crmtool` of MkDocs and ProperDocs: puts the reports of a workspace beside a team's own pages."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage

from crmtool import app
from crmtool.app.loading import shown
from crmtool.errors import CrmtoolError
from crmtool.git import data_version
from crmtool.mkdocs_plugin.aside import data_aside, put_back, set_aside
from crmtool.mkdocs_plugin.claim import Claim, remove_links
from crmtool.mkdocs_plugin.contact_files import ContactFiles
from crmtool.mkdocs_plugin.data_files import WITHOUT_CALENDAR, has_calendars, write_data
from crmtool.mkdocs_plugin.guards import (
    is_deploying,
    leave_out_foreign,
    refuse_endless,
    refuse_growing,
    refuse_output,
    refuse_unconfirmed,
)
from crmtool.mkdocs_plugin.inputs import Inputs, inputs_of
from crmtool.mkdocs_plugin.judged import broken_links_of, edition_of, links_of
from crmtool.mkdocs_plugin.live import Live, live_site
from crmtool.mkdocs_plugin.loop import Loop, indexes
from crmtool.mkdocs_plugin.parts_memory import PartsMemory
from crmtool.mkdocs_plugin.publishing import publish
from crmtool.mkdocs_plugin.site_build import SiteBuild
from crmtool.mkdocs_plugin.theming import add_assets, dress, is_ours, private
from crmtool.report.frame import frame, lasting
from crmtool.snapshot import RULEBOOK, Content
from crmtool.workspace import find_root

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

_log = get_plugin_logger("crmtool")
_FIRST, _LAST = 100, -100


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
    """Judges a workspace once a build and hands its reports to the engine, which frames and writes them.

    The contacts' pages are written beside the engine, in frames that it makes once.
    """

    served: Served | None = None
    """What the server hands in; it tells errors by itself."""
    live: Live | None = None
    """What the server is given after a build: the pages that it makes itself; None where the build made them."""
    _root: Path
    _build: SiteBuild
    _memory: PartsMemory
    _made_of: tuple[Inputs, ...] | None = None
    _site: Path | None = None
    claim: Claim | None = None
    """What keeps other builds out of the output folder while this one is at work."""
    _files: ContactFiles
    _nav: Navigation
    _env: Environment

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and judge the workspace: what cannot be built fails here, before MkDocs empties its output folder."""
        try:
            if is_deploying():
                refuse_unconfirmed(self.config.publish, config.config_file_path)
            self._root = self.served.root if self.served else workspace_of(self, config)
            refuse_output(Path(config.site_dir), self._root, _sources(config))
            refuse_endless(Path(config.docs_dir))
            content = self.served.content if self.served else shown(self._root)
            edition = edition_of(content, self._today(), links_of(config))
            framed = frame(edition, data_version(self._root))
        except CrmtoolError as error:
            raise PluginError(str(error)) from error
        self._build = SiteBuild(content=content, edition=edition, frame=framed, lasting=lasting(framed))
        for path in () if self.served else (*edition.unjudged, *edition.flawed):
            _log.warning("%s has errors; `crmtool check` names them", path)
        if not has_calendars():
            _log.info(WITHOUT_CALENDAR)
        dress(config)
        return config

    def on_pre_build(self, config: MkDocsConfig) -> None:
        """Set aside the contacts' pages that are there, before MkDocs empties its output folder."""
        self.put_back()
        site = Path(config.site_dir)
        try:
            self.claim = Claim(site)
        except CrmtoolError as error:
            raise PluginError(str(error)) from error
        remove_links(site)
        self._site = site
        set_aside(site)

    @event_priority(_LAST)
    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the reports as files without content, and make the contacts' pages known."""
        for page in leave_out_foreign(files, config, self._root):
            _log.warning("%s is a symbolic link that leads out of the workspace; it is left out", page)
        if self.served is None:
            self._made_of = tuple(inputs_of(self._build.content, self._build.edition))
            self._memory = PartsMemory(root=self._root)
            self._memory.recall(self._build.content, self._build.edition)
        add_assets(self._build.edition, self._build.frame, files, config)
        self._files = self._build.add(files, config)
        return self._files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Put the reports first where MkDocs made the navigation by itself."""
        self._nav = nav
        self._build.take_in(self._files.made(), files)
        if not config.nav:
            ranks = {path: rank for rank, path in enumerate(self._build.pages)}
            for items in (nav.items, nav.pages):
                items.sort(key=lambda item: _rank(item, ranks))
            _chain(nav.pages)
        return nav

    @event_priority(_LAST)
    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Keep what pages are made with, once all plugins are done with it."""
        self._env = env
        return env

    def on_pre_page(self, page: SitePage, config: MkDocsConfig, files: Files) -> SitePage:
        """Look at what stands above a page before MkDocs takes it in."""
        refuse_growing(page.file)
        return page

    def on_page_markdown(self, markdown: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Name a report's page; there is no Markdown to convert."""
        report = self._build.pages.get(page.file.src_uri)
        if report is not None:
            # Themes print a title as the HTML that MkDocs makes of a heading.
            page.meta = {"title": html.escape(report.title), "crmtool": report.part_of or report.name}
        return markdown

    def on_page_content(self, html: str, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Make a report when its page is built."""
        report = self._build.pages.get(page.file.src_uri)
        if report is None or (self.live is None and self._is_live(config)):
            return html
        return report.html()

    def on_page_context(self, context: Any, page: SitePage, config: MkDocsConfig, nav: Navigation) -> Any:
        """Hand the frame's words and counts to the theme."""
        context["crmtool"] = self._build.frame_of(page.file.src_uri, stays=self._is_live(config))
        return context

    def on_post_page(self, output: str, page: SitePage, config: MkDocsConfig) -> str:
        """Ask search engines away from a report that stands in another theme; ours asks by itself."""
        return private(output) if page.file.src_uri in self._build.pages and not is_ours(config) else output

    def on_template_context(self, context: Any, template_name: str, config: MkDocsConfig) -> Any:
        """Hand the frame to the pages that the theme brings itself, such as 404.html."""
        context["crmtool"] = self._build.lasting if self._is_live(config) else self._build.frame
        return context

    @event_priority(_FIRST)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the contacts' pages, before other plugins finish their work on the site."""
        build, site = self._build, Path(config.site_dir)
        loop = Loop(config=config, files=self._files, nav=self._nav, env=self._env)
        if self._is_live(config):
            self.live = live_site(build, loop, partial(setattr, self, "_build"), partial(data_version, self._root))
            self.put_back()
            return
        suspects = publish(build, loop, site, self._made_of)
        write_data(data_aside(site), site, build, self._files, self._made_of)
        self.put_back()
        if self.served is None:
            self._memory.keep(build.edition)
        for told in broken_links_of(build.content, build.edition, suspects):
            _log.warning("%s", told)

    def on_build_error(self, error: Exception) -> None:
        """Put back what was set aside."""
        self.put_back()

    def put_back(self) -> None:
        """Put the contacts' pages back and let others build; where a build was ended, it has not done so itself."""
        if self._site is not None:
            put_back(self._site)
            self._site = None
        if self.claim is not None:
            self.claim.release()
            self.claim = None

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch what the reports are made from."""
        for name in ("contacts", "schemas", RULEBOOK):
            if (self._root / name).exists():
                server.watch(str(self._root / name))
        return server

    def _is_live(self, config: MkDocsConfig) -> bool:
        """Whether the server makes pages when they are asked for; a search would need to know them all."""
        return self.served is not None and not indexes(config)

    def _today(self) -> date:
        given: Any = self.config.today
        return app.today(given.isoformat() if isinstance(given, date) else given)


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

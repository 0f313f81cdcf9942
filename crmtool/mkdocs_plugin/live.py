"""A site that is being served: its reports and the contacts' pages are made when somebody asks for them.

MkDocs builds the rest. A change that leaves that as it is, such as one of a contact, needs no build: the pages asked
for from then on are made of the workspace as it is now, each the way MkDocs makes it in a build.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from threading import RLock

from crmtool.document import Document
from crmtool.mkdocs_plugin.data_files import live_data
from crmtool.mkdocs_plugin.frames import encode
from crmtool.mkdocs_plugin.judged import link_told, next_edition_of
from crmtool.mkdocs_plugin.loop import Loop
from crmtool.mkdocs_plugin.site_build import SiteBuild
from crmtool.mkdocs_plugin.theming import data_scripts
from crmtool.report.contact_links import broken_links
from crmtool.report.frame import Version
from crmtool.snapshot import Content

BrokenLinks = Mapping[str, tuple[Document, tuple[str, ...]]]
"""By path, the file of each contact and what is told of links in its notes that lead nowhere."""
Show = Callable[[SiteBuild], None]
"""Lets the plugin make pages of another workspace: only while the lock is held, since MkDocs makes one at a time."""
_KEPT = 200
"""So many pages are kept for who asks for them again."""


@dataclass(frozen=True, kw_only=True)
class Live:
    """The pages of a workspace as it is at one moment; what was made once is kept for as long.

    `sources` are the names under which MkDocs knows the pages, by the files below the site's root that they are.
    """

    build: SiteBuild
    loop: Loop
    show: Show
    version: Callable[[], Version | None]
    sources: Mapping[str, str]
    broken: BrokenLinks
    lock: RLock = field(default_factory=RLock)
    _made: dict[str, bytes] = field(default_factory=dict)

    @property
    def warnings(self) -> tuple[str, ...]:
        """The links between contacts that lead nowhere."""
        return tuple(told for _, links in self.broken.values() for told in links)

    def holds(self, name: str) -> bool:
        """Whether a file below the site's root is one of these."""
        return name in self.sources or name in self._beside

    def file(self, name: str) -> bytes:
        """Make a file that `holds` knows; raises whatever a template or a plugin of the team raises."""
        with self.lock:
            if name not in self._made:
                make = self._beside.get(name) or partial(self._page, self.sources[name])
                self._made[name] = make()
                if len(self._made) > _KEPT:  # somebody looks at one after the other
                    del self._made[next(iter(self._made))]
            return self._made[name]

    def updated(self, content: Content) -> Live | None:
        """Give the pages of a workspace after a change; None where MkDocs has to build the site anew."""
        before = self.build
        if content.rulebook is not before.content.rulebook or content.paths != before.content.paths:
            return None
        edition = next_edition_of(content, before.edition)
        with self.lock:
            build = before.renewed(content, edition, self.version())
        return None if build is None else replace(self, build=build, broken=_broken(build, self.broken), _made={})

    @cached_property
    def _beside(self) -> Mapping[str, Callable[[], bytes]]:
        """What makes the files beside the pages that hold data of contacts, by their names."""
        edition, files = self.build.edition, self.loop.files
        scripts = data_scripts(edition, self.build.frame, files)
        return {**{name: partial(_script, make) for name, make in scripts.items()}, **live_data(edition, files)}

    def _page(self, source: str) -> bytes:
        self.show(self.build)
        if source in self.build.contacts:
            with self.build.lent_contact(source, self.loop.config) as file:
                return encode(self.loop.made(file))
        return encode(self.loop.made(self.loop.files.src_uris[source]))


def _script(make: Callable[[], str]) -> bytes:
    return encode(make())


def live_site(build: SiteBuild, loop: Loop, show: Show, version: Callable[[], Version | None]) -> Live:
    """Give the pages of what has just been built; `version` tells the commit of the data, which may change."""
    sources, broken = build.destinations(loop.config), _broken(build, {})
    return Live(build=build, loop=loop, show=show, version=version, sources=sources, broken=broken)


def _broken(build: SiteBuild, known: BrokenLinks) -> BrokenLinks:
    """Tell the broken links of each contact's notes; of a file that is the same, what is known."""
    documents, edition = build.content.documents, build.edition
    places = [(judged, judged.contact.path) for judged in edition.assessments]
    same = {path: known[path] for _, path in places if path in known and known[path][0] is documents[path]}
    new = [judged for judged, path in places if path not in same]
    told: dict[str, list[str]] = {judged.contact.path: [] for judged in new}
    for link in broken_links(edition, documents, new):
        told[link.path].append(link_told(build.content, link))
    return {**same, **{path: (documents[path], tuple(links)) for path, links in told.items()}}

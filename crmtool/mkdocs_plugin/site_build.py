"""One build of a site: a workspace, judged, and the pages that are made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from crmtool.mkdocs_plugin.contact_files import ContactFiles
from crmtool.mkdocs_plugin.guards import refuse_outside
from crmtool.mkdocs_plugin.places import destination
from crmtool.report.edition import Edition
from crmtool.report.frame import Frame, Version, frame, lasting
from crmtool.report.links import CONTACTS, contact_page
from crmtool.report.site import Page, contact_at, reports
from crmtool.snapshot import Content

_SUFFIX = ".md"


@dataclass(slots=True, kw_only=True)
class SiteBuild:
    """A workspace as it is built into a site.

    `pages` are those that MkDocs makes, and those that are lent to it, `contacts` the ranks of those that are written
    beside it, both by the names of the Markdown files that MkDocs takes them for.
    """

    content: Content
    edition: Edition
    frame: Frame
    lasting: Frame
    pages: dict[str, Page] = field(default_factory=dict)
    contacts: dict[str, int] = field(default_factory=dict)

    def frame_of(self, source: str, *, stays: bool) -> Frame:
        """Give the frame's words for the page of a file; a team's page `stays` where it is not made anew each time."""
        is_lasting = source.startswith(f"{CONTACTS}/") if source in self.pages else stays
        return self.lasting if is_lasting else self.frame

    def add(self, files: Files, config: MkDocsConfig) -> ContactFiles:
        """Add the reports to the files and make the contacts' pages known; raises PluginError if one is in the way."""
        taken = {file.dest_uri: file.src_uri for file in files}
        listed = InclusionLevel.NOT_IN_NAV if config.nav else InclusionLevel.INCLUDED
        for page in reports(self.edition):
            source = self.edition.links.path(page.name) + _SUFFIX
            self._take(taken, source, config)
            level = InclusionLevel.NOT_IN_NAV if page.part_of else listed
            self.pages[source] = page
            files.append(page_file(source, config, level))
        for rank, assessment in enumerate(self.edition.assessments):
            source = contact_page(assessment.contact.id) + _SUFFIX
            self._take(taken, source, config)
            self.contacts[source] = rank
        return ContactFiles(files, self.contacts, partial(page_file, config=config))

    def renewed(self, content: Content, edition: Edition, version: Version | None) -> SiteBuild | None:
        """Give the same pages of the same contacts as they are now; None where other pages are due."""
        ranks = {contact_page(judged.contact.id) + _SUFFIX: rank for rank, judged in enumerate(edition.assessments)}
        made = {edition.links.path(page.name) + _SUFFIX: page for page in reports(edition)}
        pages = made | {source: contact_at(edition, ranks[source]) for source in self.pages if source in ranks}
        if pages.keys() != self.pages.keys() or not ranks.keys() - self.contacts.keys() <= pages.keys():
            return None
        contacts = {source: ranks[source] for source in self.contacts if source in ranks}
        if len(contacts) != len(self.contacts):
            return None
        framed = frame(edition, version)
        return SiteBuild(
            content=content, edition=edition, frame=framed, lasting=lasting(framed), pages=pages, contacts=contacts
        )

    def destinations(self, config: MkDocsConfig) -> dict[str, str]:
        """Give the pages' names by the files below the site's root that they are."""
        urls = config.use_directory_urls
        sources = (*self.pages, *self.contacts)
        return {destination(source.removesuffix(_SUFFIX), directory_urls=urls): source for source in sources}

    @contextmanager
    def lent(self, source: str, page: Page, config: MkDocsConfig) -> Iterator[File]:
        """Give the file of a page that MkDocs does not list: as long as it is lent, MkDocs can make it."""
        before = self.pages.get(source)
        self.pages[source] = page
        try:
            yield page_file(source, config)
        finally:
            del self.pages[source]
            if before is not None:
                self.pages[source] = before

    def lent_contact(self, source: str, config: MkDocsConfig) -> AbstractContextManager[File]:
        """Lend the page of a contact."""
        return self.lent(source, contact_at(self.edition, self.contacts[source]), config)

    def take_in(self, made: Iterable[File], files: Files) -> None:
        """Let MkDocs make the pages of contacts that a team put into its navigation: their frames differ."""
        for file in made:
            if file.page is not None and file.src_uri in self.contacts:
                self.pages[file.src_uri] = contact_at(self.edition, self.contacts.pop(file.src_uri))
                files.append(file)

    def _take(self, taken: dict[str, str], source: str, config: MkDocsConfig) -> None:
        written = destination(source.removesuffix(_SUFFIX), directory_urls=config.use_directory_urls)
        refuse_outside(written)
        if written in taken:
            raise PluginError(f"{taken[written]} stands where the report {written} goes; rename that page")
        taken[written] = source


def page_file(source: str, config: MkDocsConfig, inclusion: InclusionLevel = InclusionLevel.NOT_IN_NAV) -> File:
    """Give a new file of a page, for MkDocs."""
    return File.generated(config, source, content="", inclusion=inclusion)

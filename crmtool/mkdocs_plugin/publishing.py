"""The contacts' pages of a build: in their frames where these can be told, else as MkDocs makes any page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crmtool.assessment import Assessment
from crmtool.mkdocs_plugin import manifest
from crmtool.mkdocs_plugin.aside import aside
from crmtool.mkdocs_plugin.contact_site import write_all
from crmtool.mkdocs_plugin.framing import framing
from crmtool.mkdocs_plugin.inputs import Inputs
from crmtool.mkdocs_plugin.loop import Loop, index_page, indexes, may_change_pages
from crmtool.mkdocs_plugin.manifest import Manifest
from crmtool.mkdocs_plugin.page_writing import Wanted, content_of
from crmtool.mkdocs_plugin.places import destination
from crmtool.mkdocs_plugin.site_build import SiteBuild, page_file
from crmtool.report.links import CONTACTS
from crmtool.report.site import contact_at

_UNKNOWN = Inputs(id="", text="")


def publish(build: SiteBuild, loop: Loop, site: Path, made_of: Sequence[Inputs] | None) -> list[Assessment]:
    """Write the contacts' pages into the folder that stands aside; gives those whose notes may link to nowhere.

    What was written is remembered for the next build, under what the pages were `made_of` when the files were listed;
    without that, nothing is taken over from the build before and nothing is remembered.
    """
    folder = aside(site)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = None if may_change_pages(loop.config) else _wanted(build, loop, made_of)
    if wanted is None:
        write_all(folder, (), build.content, build.edition, {})
        _write_by_loop(build, loop)
        return list(build.edition.assessments)
    before = {} if made_of is None else manifest.load(site)
    entries = write_all(folder, wanted, build.content, build.edition, before)
    if made_of is not None and entries != before:
        manifest.store(site, entries)
    _index(build, loop, folder, wanted, entries)
    written = {page.rank: entries[page.name] for page in wanted}
    return [
        assessment
        for rank, assessment in enumerate(build.edition.assessments)
        if rank not in written or written[rank].absent
    ]


def _wanted(build: SiteBuild, loop: Loop, made_of: Sequence[Inputs] | None) -> list[Wanted] | None:
    """Give the pages in their frames; None where the theme's frame cannot be told from what stands in it."""
    frames = framing(build, loop)
    directory_urls = loop.config.use_directory_urls
    pages: list[Wanted] = []
    for rank in build.contacts.values():
        page = contact_at(build.edition, rank)
        framed = frames.frame(page)
        if framed is None:
            return None
        name = destination(page.name, directory_urls=directory_urls).removeprefix(f"{CONTACTS}/")
        about = made_of[rank] if made_of else _UNKNOWN
        pages.append(Wanted(rank=rank, name=name, inputs=about.id, text=about.text, frame=framed[0], values=framed[1]))
    return pages


def _write_by_loop(build: SiteBuild, loop: Loop) -> None:
    for source in build.contacts:
        with build.lent_contact(source, loop.config) as file:
            loop.write(file)


def _index(build: SiteBuild, loop: Loop, folder: Path, pages: Sequence[Wanted], entries: Manifest) -> None:
    """Add the pages to the searches that other plugins make."""
    for index in indexes(loop.config):
        for (source, rank), page in zip(build.contacts.items(), pages, strict=True):
            title = contact_at(build.edition, rank).title
            file = page_file(source, loop.config)
            index_page(index, loop.config, file, title, content_of(folder, page.name, entries[page.name]))

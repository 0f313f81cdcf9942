"""A workspace's files, judged for the pages of a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from crmtool import app
from crmtool.app.notes import Notes
from crmtool.assessment import Assessment
from crmtool.mkdocs_plugin.data_files import offered_beside
from crmtool.report.contact_links import BrokenLink, broken_links
from crmtool.report.edition import Edition, edition, next_edition
from crmtool.report.links import FOCUS, Links
from crmtool.snapshot import Content
from crmtool.text import visible

_HOME_PAGES = ("index.md", "README.md")


def links_of(config: MkDocsConfig) -> Links:
    """Tell how the pages of a site link to each other: a team's own files keep their places."""
    pages = Path(config.docs_dir)
    has_home = any((pages / name).exists() for name in _HOME_PAGES)
    focus, offered = "focus" if has_home else FOCUS, offered_beside(pages)
    return Links(directory_urls=config.use_directory_urls, focus=focus, offered=offered)


def edition_of(content: Content, day: date, links: Links) -> Edition:
    """Judge a workspace as of a day; raises CrmtoolError where the rule book cannot be used."""
    return edition(content.contacts.values(), app.usable_rulebook(content), day, links=links, **_about(content))


def next_edition_of(content: Content, before: Edition) -> Edition:
    """Judge a workspace whose rule book is as it was, of the same day as the edition before."""
    return next_edition(before, content.contacts.values(), **_about(content))


def _about(content: Content) -> dict[str, Any]:
    return {
        "bodies": Notes(content),
        "unjudged": set(content.documents) - set(content.contacts),
        "flawed": {path for path, document in content.documents.items() if document.problems} | set(content.shapes),
    }


def broken_links_of(content: Content, edition: Edition, among: Iterable[Assessment] | None = None) -> Iterator[str]:
    """Tell each link in contacts' notes that leads to no contact, with its file and line."""
    return (link_told(content, link) for link in broken_links(edition, content.documents, among))


def link_told(content: Content, link: BrokenLink) -> str:
    """Tell of a link that leads nowhere, with its file and line."""
    line = content.documents[link.path].body_line + link.line
    return f"{link.path}:{line}: the link to {visible(link.target)} leads nowhere: there is no such contact"

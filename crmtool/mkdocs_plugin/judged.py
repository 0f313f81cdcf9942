"""A workspace's files, judged for the pages of a site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from crmtool import app
from crmtool.report.contact_links import broken_links
from crmtool.report.edition import Edition, edition
from crmtool.report.links import FOCUS, Links
from crmtool.snapshot import Content
from crmtool.text import visible

_HOME_PAGES = ("index.md", "README.md")


def links_of(config: MkDocsConfig) -> Links:
    """Tell how the pages of a site link to each other: a team's own home page keeps its place."""
    has_home = any((Path(config.docs_dir) / name).exists() for name in _HOME_PAGES)
    return Links(directory_urls=config.use_directory_urls, focus="focus" if has_home else FOCUS)


def edition_of(content: Content, day: date, links: Links) -> Edition:
    """Judge a workspace as of a day; raises CrmtoolError where the rule book cannot be used."""
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


def broken_links_of(content: Content, edition: Edition) -> Iterator[str]:
    """Tell each link between contacts that leads nowhere, with its file and line."""
    for link in broken_links(edition, content.documents):
        line = content.documents[link.path].body_line + link.line
        yield f"{link.path}:{line}: the link to {visible(link.target)} leads nowhere: there is no such contact"

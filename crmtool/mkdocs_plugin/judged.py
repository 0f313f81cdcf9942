"""A workspace's files, judged for the pages of a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from crmtool import app
from crmtool.assessment import Assessment
from crmtool.report.contact_links import BrokenLink, broken_links
from crmtool.report.edition import Edition, edition, next_edition
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
    return edition(content.contacts.values(), app.usable_rulebook(content), day, links=links, **_about(content))


def next_edition_of(content: Content, before: Edition) -> Edition:
    """Judge a workspace whose rule book is as it was, of the same day as the edition before."""
    return next_edition(before, content.contacts.values(), **_about(content))


def _about(content: Content) -> dict[str, Any]:
    return {
        "bodies": _Bodies(content),
        "unjudged": set(content.documents) - set(content.contacts),
        "flawed": {path for path, document in content.documents.items() if document.problems} | set(content.shapes),
    }


class _Bodies(Mapping[str, str]):
    """The contacts' notes by id, each read when it is asked for."""

    def __init__(self, content: Content) -> None:
        # Of two contacts with one id the first is shown.
        contacts = sorted(content.contacts.items(), key=lambda item: item[0], reverse=True)
        self._documents = {contact.id: content.documents[path] for path, contact in contacts}

    def __getitem__(self, id: str) -> str:
        return self._documents[id].body

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


def broken_links_of(content: Content, edition: Edition, among: Iterable[Assessment] | None = None) -> Iterator[str]:
    """Tell each link in contacts' notes that leads to no contact, with its file and line."""
    return (link_told(content, link) for link in broken_links(edition, content.documents, among))


def link_told(content: Content, link: BrokenLink) -> str:
    """Tell of a link that leads nowhere, with its file and line."""
    line = content.documents[link.path].body_line + link.line
    return f"{link.path}:{line}: the link to {visible(link.target)} leads nowhere: there is no such contact"

"""Relative links in a contact's notes: where they stand, and how they are written when files are moved."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from mdurl import decode

from crmtool.document import Document
from crmtool.text import Span, TextEdit

_DESTINATION = re.compile(
    r"(?:\]\(\s*|^[ \t>]*\[[^\]\n]+\]:\s*)"
    r"(?:<((?:[^<>\r\n\\]|\\.)*)>|((?:[^\s()<>\\]|\\.|\((?:[^\s()<>\\]|\\.)*\))+))",
    re.MULTILINE,
)
"""What may be where a link leads, in brackets or bare; whether it is, the Markdown parser decides."""
_PATH = re.compile(r"[^#?]*")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)
_NOT_BARE = re.compile(r"""[\s()<>%#?&\\"'`*\x00-\x1f]""")

Moved = Callable[[str], str]
"""Gives the path that a file has after a move; that of one that stays is the same."""


@dataclass(frozen=True, slots=True)
class Link:
    """The path in a relative link, without what follows it; `target` is where it leads in the workspace."""

    span: Span
    target: str


def links_in(document: Document, wanted: Callable[[str], bool]) -> Iterator[Link]:
    """Find the relative links in a contact's notes, pictures too, that lead where it is wanted."""
    start = len(document.text) - len(document.body)
    found = []
    for match in _DESTINATION.finditer(document.text, start):
        at = match.start(match.lastindex or 0)
        written = _PATH.match(match[match.lastindex or 0])
        path = _decoded(unescapeAll(written[0])) if written else ""
        if written and path and not _ELSEWHERE.match(path):
            link = Link(Span(at, at + written.end()), _target(document.path, path))
            found += [(path, link)] if wanted(link.target) else []
    real = _destinations(document.body) if found else frozenset()
    yield from (link for path, link in found if path in real)


def follow(document: Document, moved: Moved) -> tuple[TextEdit, ...]:
    """Write the links of a contact's notes anew that lead elsewhere when files are moved, this one among them."""
    before, after = (posixpath.dirname(path) for path in (document.path, moved(document.path)))

    def differs(target: str) -> bool:
        return _relative(target, before) != _relative(moved(target), after)

    return tuple(
        TextEdit(link.span.start, link.span.end, _written(_relative(moved(link.target), after)))
        for link in links_in(document, differs)
    )


def _target(source: str, path: str) -> str:
    return unicodedata.normalize("NFC", posixpath.normpath(posixpath.join(posixpath.dirname(source), path)))


def _relative(path: str, folder: str) -> str:
    """Give the way from a folder to a file; unlike that of the standard library, it asks for no current one."""
    steps, own = path.split("/"), folder.split("/") if folder else []
    common = 0
    while common < min(len(steps), len(own)) and steps[common] == own[common]:
        common += 1
    return "/".join((*[".."] * (len(own) - common), *steps[common:])) or "."


def _written(path: str) -> str:
    """Write a path as it can stand in a link, whether or not there are brackets around it."""
    return _NOT_BARE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), path)


def _decoded(href: str) -> str:
    return decode(href, "")


def _destinations(body: str) -> frozenset[str]:
    """Give the paths of all links and pictures, as the Markdown parser finds them."""
    tokens = [token for block in _parser().parse(body) for token in block.children or ()]
    hrefs = (str(token.attrs.get("href") or token.attrs.get("src") or "") for token in tokens)
    return frozenset(_decoded(match[0]) for match in map(_PATH.match, hrefs) if match)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")

"""Hooks of MkDocs: what the search of the documentation finds.

Each section is found by its heading, by the code in it, and by the words that it begins with.
"""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

_INDEX = "js/headings.js"
_ALIKE = "reference/findings/"
"""Where all pages have the same headings, so that only their titles are worth finding."""
_FIRST = 40
"""With how many of its first words a section is found."""
_HEADING = re.compile(r'<h[1-6] id="([^"]*)">')
_BLOCK = re.compile(r"<pre>.*?</pre>", re.DOTALL)
_CODE = re.compile(r"<code[^>]*>(.*?)</code>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_WORD = re.compile(r"(?:--)?\w[\w./-]+\w")


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: object) -> None:
    """Note a page's sections."""
    part = next((title for title, pages in config.extra["parts"] if page in pages), "")
    alike = page.file.src_uri.startswith(_ALIKE)
    texts = _HEADING.split(html)
    by_anchor = dict(zip(texts[1::2], texts[2::2], strict=True))
    for heading in page.toc.items if alike else _below(page.toc.items):
        address = page.url if heading.level == 1 else f"{page.url}#{heading.id}"
        where = "the whole page" if heading.level == 1 else str(page.title)
        words = _words(f"{heading.title} {page.title} {page.file.src_uri}", html if alike else by_anchor[heading.id])
        config.extra.setdefault("sections", []).append([heading.title, address, "›", part, where, words])


def on_post_build(config: MkDocsConfig) -> None:
    """Write what the theme's search loads: a script, since that is all that a page opened from a disk may load."""
    names = json.dumps(["title", "address", "sign", "verdict", "status", "words"])
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in config.extra["sections"])
    target = Path(config.site_dir, _INDEX)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"crmtoolContacts({names}, [\n{rows}\n]);\n", "utf-8")


def _words(named: str, html: str) -> str:
    """Give the words of a section's names, and then, once each, those in its code and those it begins with.

    The theme's search ranks a word higher that comes after a blank: so the names come before what they are about.
    """
    first = _plain(_BLOCK.sub(" ", html)).split()[:_FIRST]
    words = _WORD.findall(" ".join((*first, _plain(" ".join(_CODE.findall(html))))).lower())
    return ",".join((named, *(word for word in dict.fromkeys(words) if word not in named.lower())))


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html))


def _below(items: list[AnchorLink]) -> list[AnchorLink]:
    return [heading for item in items for heading in (item, *_below(item.children))]

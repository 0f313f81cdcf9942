"""Links of a page, and whether the file and the heading that they name exist."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

_FENCED = re.compile(r"^(```+).*?^\1$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"\]\((?![a-z]+:)([^()\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
_ANCHOR = re.compile(r'<a (?:id|name)="([^"]+)"')


def links(text: str) -> list[str]:
    """Give the links of a Markdown text that stay in the repository."""
    return _LINK.findall(_CODE.sub("", _FENCED.sub("", text)))


def anchors(text: str) -> set[str]:
    """Give the names of a text's headings, as the common hosts and MkDocs make them.

    Letters and digits of any script stay, spaces become hyphens, and what comes a second time gets a number.
    """
    plain = _FENCED.sub("", text)
    seen: Counter[str] = Counter()
    found = set(_ANCHOR.findall(plain))
    for heading in _HEADING.findall(plain):
        words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = re.sub(r"[^\w\- ]", "", words).strip().replace(" ", "-")
        found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return found


def is_there(page: Path, target: str) -> bool:
    """Whether the file that a page links to exists, and in it the heading."""
    path, _, anchor = target.partition("#")
    file = page.parent / path if path else page
    return file.exists() and (not anchor or file.suffix != ".md" or anchor in anchors(file.read_text("utf-8")))

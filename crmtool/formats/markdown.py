"""Text of files in Markdown that GitHub, GitLab and Forgejo show: it stays text, whatever stands in it."""

from __future__ import annotations

import re

from crmtool.text import one_line, visible

_BREAK = "&#8203;"
"""A space without width, between what would be taken for a link, a person or an issue if it stood together."""
_SPECIAL = re.compile(r"[&<>`*_~\\\[\]|#$]|^[-+=]|(?<=\d)[.)]")
_REFERENCE = re.compile(
    r"(?<=[@#!~%$&^])(?=[\w\"'{\[*-])"  # persons, issues, merge requests, labels, milestones, snippets, epics
    r"|(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=\bmailto)(?=:)|(?<=\bxmpp)(?=:)"  # addresses
    r"|(?<=\bGH)(?=-\d)|(?<=:)(?=[\w+-]+:)|(?<=\[)(?=\[)"  # issues and pictures by name, pages of a wiki
    r"|(?<=\b[0-9a-f])(?=[0-9a-f]*[a-f])(?=[0-9a-f]{6,63}\b)",  # commits
    re.IGNORECASE,
)


def escaped(text: str, most: int | None = None) -> str:
    """Give a text in one line as Markdown that shows it and does nothing else; of a longer one the beginning.

    It may stand anywhere: in a sentence, at the beginning of a line, in a table's cell and between tags.
    """
    line = visible(one_line(text))
    if most is not None and len(line) > most:
        line = line[: most - 1].rstrip() + "…"
    return _BREAK.join(map(_harmless, _REFERENCE.split(line)))


def literal(text: str) -> str:
    """Give a text in one line as Markdown for a document of its own: addresses in it stay whole, and may be links."""
    return _harmless(visible(one_line(text)))


def _harmless(text: str) -> str:
    return _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", text)

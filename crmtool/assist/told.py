"""What is told of something in a file, as Markdown or as plain text; what a file says shows as the text that it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crmtool.text import one_line, visible

_NUMBERS = "|".join(rf"(?<=^\d{{{count}}})[.)]" for count in range(1, 10))
_MEANS_SOMETHING = re.compile(
    r"[\\`*~]|\](?=[(\[])|<(?=[\w/!?])|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)"
    rf"|^[\[#>+=-]|{_NUMBERS}"
    r"|:(?=//)|(?<=\bwww)\.|(?<=\bmailto):|(?<=\bxmpp):|(?<=\S)@(?=\S)",  # addresses, of which some readers make links
    re.IGNORECASE,
)
"""No more than need be: editors in a terminal may show the backslashes."""
_OF_LINKS = re.compile(r"[][\\<>`]")

Fact = tuple[str, str]
"""A lead and a text; without a lead it goes on with the fact before it."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """A title, what kind of thing it is, sentences about it, and facts."""

    title: str
    about: str = ""
    sentences: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


def as_markdown(told: Told) -> str:
    """Write it as Markdown; nothing in it is a link, a picture, HTML or a heading."""
    about = f" · {_literal(told.about)}" if told.about else ""
    facts = "\n".join(
        f"- **{lead}:** {_literal(text)}" if lead else f"  - {_literal(text)}" for lead, text in told.facts
    )
    return _parts(f"**{_literal(told.title)}**{about}", map(_literal, told.sentences), facts)


def as_plain(told: Told) -> str:
    """Write it as plain text."""
    about = f" · {_shown(told.about)}" if told.about else ""
    facts = "\n".join(f"{lead}: {_shown(text)}" if lead else f"  {_shown(text)}" for lead, text in told.facts)
    return _parts(_shown(told.title) + about, map(_shown, told.sentences), facts)


def facts(lead: str, texts: Iterable[str]) -> Iterator[Fact]:
    """Tell several things under one lead; nothing where there are none."""
    for text in texts:
        yield lead, text
        lead = ""


def listed(lead: str, texts: Iterable[str]) -> Iterator[Fact]:
    """Tell several things on one line; nothing where there are none."""
    told = ", ".join(texts)
    if told:
        yield lead, told


def short(text: str, most: int = 60) -> str:
    """Fold a text to one line, of a longer one its beginning: for what stands beside the lines of a file."""
    line = visible(one_line(text))
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def as_label(text: str) -> str:
    """Give a text without what ends the brackets of a link: editors put it in some of theirs, not always escaped."""
    return short(_OF_LINKS.sub(" ", text))


def _parts(head: str, sentences: Iterable[str], facts: str) -> str:
    return "\n\n".join(filter(None, (head, *sentences, facts)))


def _shown(text: str) -> str:
    return visible(one_line(text)) or "–"


def _literal(text: str) -> str:
    # With backslashes: editors in a terminal show character references as they are written.
    return _MEANS_SOMETHING.sub(r"\\\g<0>", _shown(text))

"""Marks that stand in for what differs from contact to contact while a theme renders a page, and how it wrote them.

A mark holds characters that each way of writing changes in its own manner, so the rendered page tells by itself how
what belongs there has to be written: as HTML, as an address, within a script. What is not understood is never guessed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from secrets import randbelow

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from crmtool.report.links import encoded

Write = Callable[[str], str]

CONTENT, TITLE, FIRST_PART = 0, 1, 2
"""What a mark stands for: the page's content, its title, and from FIRST_PART on the parts of its path."""

_DIGITS = 24
# None begins with a digit, which means something to the mark itself, and none that is for a path has a dot or a slash.
# The content has its heading, as every contact's has: some themes put one above contents without.
_PROBES = {CONTENT: "<h1>&amp;\"'</h1>", TITLE: "<&\"'  ä\\ %"}
_PART_PROBE = "<&\"'  ä %"


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks that are told from anything else on a page by a long random number, which no letter case changes."""

    number: str

    def of(self, kind: int) -> str:
        """Give the mark of a kind."""
        return f"{self.number}{kind:02}{_probe(kind)}{self.number}"

    @property
    def pattern(self) -> re.Pattern[str]:
        """What finds marks, however they are written: their kind and what became of their characters."""
        return re.compile(f"{self.number}([0-9][0-9])(.*?){self.number}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a frame: the kind of what belongs there, and the name of the way to write it."""

    kind: int
    way: str


def new_marks() -> Marks:
    """Give marks that nobody can know beforehand, so that no contact holds one."""
    return Marks(str(10 ** (_DIGITS - 1) + randbelow(9 * 10 ** (_DIGITS - 1))))


def slot(kind: int, written: str, before: str) -> Slot | None:
    """Tell how a mark was written, `before` being what stands before it on its page; None where that is not known."""
    way = next((name for name, write in _ways(kind).items() if write(_probe(kind)) == written), None)
    if way != _PLAIN or kind == CONTENT:
        return None if way is None else Slot(kind, way)
    # A theme that writes what it was given as it is would let a contact's name be read as HTML or as a script.
    return Slot(kind, "script" if _is_in_script(before) else "text")


def write(slot: Slot, value: str) -> str:
    """Write a value as a slot asks for."""
    return _ways(slot.kind)[slot.way](value)


def _probe(kind: int) -> str:
    return _PROBES.get(kind, _PART_PROBE)


def _is_in_script(before: str) -> bool:
    lowered = before.lower()
    return lowered.rfind("<script") > lowered.rfind("</script")


def _plain(text: str) -> str:
    return text


def _text(text: str) -> str:
    return str(escape(text))


def _script(text: str) -> str:
    return str(htmlsafe_json_dumps(text))[1:-1]


def _stripped(text: str) -> str:
    return Markup(html.escape(text)).striptags()


_PLAIN = "plain"

_PART_WAYS: Mapping[str, Write] = {
    "address": encoded,
    "address in address": lambda text: encoded(encoded(text)),
    _PLAIN: _plain,
    "text": _text,
    "html": html.escape,
    "script": _script,
}
# MkDocs hands a theme a title that is HTML already.
_TITLE_WAYS: Mapping[str, Write] = {
    "html": html.escape,
    "html in one line": lambda text: html.escape(" ".join(text.split())),
    "stripped, text": lambda text: _text(_stripped(text)),
    "stripped, html": lambda text: html.escape(_stripped(text)),
    _PLAIN: _stripped,
    "html, text": lambda text: _text(html.escape(text)),
    "html, script": lambda text: _script(html.escape(text)),
    "stripped, script": lambda text: _script(_stripped(text)),
    "html, address": lambda text: encoded(html.escape(text)),
    "stripped, address": lambda text: encoded(_stripped(text)),
    "text": lambda text: _text(_stripped(text)),
    "script": lambda text: _script(_stripped(text)),
}


def _ways(kind: int) -> Mapping[str, Write]:
    return {CONTENT: {_PLAIN: _plain}, TITLE: _TITLE_WAYS}.get(kind, _PART_WAYS)

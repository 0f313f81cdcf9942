"""What completion suggests: a text for the place of a word, as plain text or with tab stops."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from crmtool.text import Span, TextEdit

_NOWHERE = Span(0, 0)
_STOPS = re.compile(r"\$\{\d+:((?:\\.|[^\\}])*)\}|\$\d+|\\(.)")
_ESCAPED = re.compile(r"\\(.)")


class Kind(Enum):
    """What a suggestion stands for."""

    KEY = auto()
    STATUS = auto()
    CRITERION = auto()
    REASON = auto()
    TRANSITION = auto()
    CONDITION = auto()
    DAY = auto()
    CHOICE = auto()
    LITERAL = auto()
    TEXT = auto()
    ENTRY = auto()
    CONTACT = auto()


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Something to write in the place of `span`.

    `insert` has the tab stops of the protocol's snippets where `is_snippet`; lines after its first are indented as the
    line at the cursor is. `filter` is what is typed to find it, `also` what changes elsewhere with it.
    """

    label: str
    insert: str
    kind: Kind
    span: Span = _NOWHERE
    detail: str = ""
    documentation: str = ""
    filter: str = ""
    is_snippet: bool = False
    preselect: bool = False
    also: tuple[TextEdit, ...] = ()

    @property
    def plain(self) -> str:
        """What is written where tab stops are not known: the texts that stand at them."""
        return resolved(self.insert) if self.is_snippet else self.insert


def stop(number: int, text: str = "") -> str:
    """Write a tab stop, with the text that stands at it at first."""
    escaped = re.sub(r"([\\$}])", r"\\\1", text)
    return f"${{{number}:{escaped}}}" if text else f"${number}"


def literal(text: str) -> str:
    """Write a text so that it is no tab stop."""
    return re.sub(r"([\\$])", r"\\\1", text)


def resolved(snippet: str) -> str:
    """Give a snippet's text with what stands at its tab stops."""
    return _STOPS.sub(lambda match: _ESCAPED.sub(r"\1", match[1]) if match[1] is not None else match[2] or "", snippet)

"""What completion suggests: a text for the place of a word, as plain text or with tab stops."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeVar

from crmtool.contact import folded
from crmtool.text import Span, TextEdit

T = TypeVar("T")

MOST = 1000
"""So many are offered at once; of more, those that match what is typed."""
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


def at_most(found: Iterable[T], typed: str, told: Callable[[T], str]) -> list[T]:
    """Give all there is, or of very many those that match what is typed; `told` says by what each can be found."""
    all_of_them = list(found)
    if len(all_of_them) <= MOST:
        return all_of_them
    wanted = folded(typed)
    return [each for each in all_of_them if wanted in folded(told(each))][:MOST]


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

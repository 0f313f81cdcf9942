"""Positions in a text: offsets, lines and columns."""

from __future__ import annotations

import re
import shlex
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from crmtool.records import dataclass

LINE_BREAK = re.compile(r"\r\n|\n|\r")
"""What ends a line, as editors count lines."""
IN_TWO_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "œ": "oe", "þ": "th"}
"""Letters that are written as two where a keyboard, or an address, does not have them."""
IN_ONE_LETTER = {"ł": "l", "đ": "d", "ð": "d", "ı": "i"}
"""Letters that no accent makes of another one, and that are written as that where a keyboard does not have them."""
_TRANSLITERATED = str.maketrans(IN_TWO_LETTERS | IN_ONE_LETTER)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
PLACEHOLDER = "…"
"""What is written where only the person knows what to write; `check` finds it where it is left."""
_PLACEHOLDER = re.compile(r"[\s.…?_-]*|(?:todo|tbd|xxx|fixme)[\s.:…!]*", re.IGNORECASE)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text as people count it: line and column from 1, columns in characters (code points)."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: offsets in characters from 0, the end not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Replace a stretch of a text by another; an insertion where the stretch is empty."""

    start: int
    end: int
    new: str


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """Apply edits, whose offsets are those of the text as it was and which must not overlap, in any order."""
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        parts += text[done : edit.start], edit.new
        done = edit.end
    return "".join((*parts, text[done:]))


@dataclass(frozen=True)
class Lines:
    """The lines of a text; LF, CRLF and CR end a line, as editors count them."""

    text: str

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in LINE_BREAK.finditer(self.text))]

    def start_of(self, offset: int) -> int:
        """Give the offset at which the line of an offset begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]

    def start_after(self, offset: int) -> int:
        """Give the offset at which the line after that of an offset begins; the text's end after the last one."""
        line = bisect_right(self._starts, offset)
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def position(self, offset: int) -> Position:
        """Give the line and column of an offset; one beyond the text counts as its end."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def offset(self, line: int, column: int) -> int:
        """Give the offset of a line and column, both from 1; one beyond the text counts as its end."""
        start = self._starts[line - 1] if line <= len(self._starts) else len(self.text)
        return min(start + column - 1, len(self.text))


def visible(text: str) -> str:
    """Make control characters, direction marks and what has no width visible as escapes.

    So a terminal never obeys a contact. The joiners U+200C and U+200D stay: emoji and some scripts need them.
    """
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def printable(text: str) -> str:
    """Replace what must not reach a page: control characters but white space, and marks that turn the direction."""
    return _UNPRINTABLE.sub("\ufffd", text)


def transliterated(text: str) -> str:
    """Give a text in small letters without accents, umlauts in two letters, as ids and addresses have it."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_TRANSLITERATED)
    return "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))


def is_placeholder(text: str) -> bool:
    """Whether a text only holds the place of one that is still to be written; so does an empty one."""
    return _PLACEHOLDER.fullmatch(text) is not None


def one_line(text: str) -> str:
    """Fold all white space to single spaces: for messages that quote what a file says."""
    return " ".join(text.split())


def as_command(name: str, *contacts: str) -> str:
    """Give a command of crmtool on contacts as it is typed in a shell; no id is taken for an option."""
    options_end = ("--",) if any(id.startswith("-") for id in contacts) else ()
    return shlex.join(("crmtool", name, *options_end, *contacts))


def short_id(commit: str) -> str:
    """Give the beginning of a commit's id, as people are told it."""
    return commit[:10]

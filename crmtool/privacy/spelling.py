"""The ways in which a text may be written: accents in either encoding, umlauts in two letters, letters as escapes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html.entities import codepoint2name
from itertools import groupby

from crmtool.privacy.letters import MARKS
from crmtool.records import dataclass
from crmtool.text import IN_ONE_LETTER, IN_TWO_LETTERS

_BY_TWO_LETTERS = {
    two: "".join(letter for letter, written in IN_TWO_LETTERS.items() if written == two)
    for two in IN_TWO_LETTERS.values()
    if two != "th"  # in most names that have it, it is no þ
}
_PLAIN = IN_ONE_LETTER | {"ø": "o"}
_UMLAUTS = "äöüß"
_TURKISH = frozenset("İıŞşĞğ")
_DOTTED = "i\u0307"
"""What İ becomes in small letters."""
BEGINS = rf"(?<![^\W_])(?<![{MARKS}])"
"""Where a word may begin; an underscore parts words, as in the names of files."""
ENDS = rf"(?![^\W_])(?![{MARKS}])"
"""Where a word may end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A pattern for all ways in which something is written, and the longest of the pieces that all of them share.

    The piece, in small ASCII letters, tells quickly that a text does not have it; empty where they share none.
    """

    pattern: str
    anchor: str

    def __add__(self, other: Spelling) -> Spelling:
        """Put one behind the other."""
        return Spelling(pattern=self.pattern + other.pattern, anchor=max(self.anchor, other.anchor, key=len))


NOTHING = Spelling(pattern="", anchor="")


def spelled(text: str, *, loosely: bool = False) -> Spelling:
    """Give the ways to write a text; `loosely` an umlaut may also stand without its dots, as in Kohler."""
    pieces = list(_pieces(_small(unicodedata.normalize("NFC", text))))
    runs = ("".join(group) for is_fixed, group in groupby(pieces, _is_fixed) if is_fixed)
    pattern = "".join(re.escape(piece) if _is_fixed(piece) else _either(piece, loosely=loosely) for piece in pieces)
    return Spelling(pattern=pattern, anchor=max(runs, key=len, default=""))


def _small(text: str) -> str:
    """Write a text in small letters; in Turkish any i may have its dot or not, whatever the letter case."""
    small = text.casefold().replace(_DOTTED, "İ")
    return small.replace("i", "İ") if _TURKISH & {*text} else small


def joined(parts: Iterable[Spelling], by: str) -> Spelling:
    """Put parts behind each other with a pattern between them."""
    between, whole = Spelling(pattern=by, anchor=""), NOTHING
    for i, part in enumerate(parts):
        whole = whole + between + part if i else part
    return whole


def _pieces(text: str) -> Iterator[str]:
    """Take a text apart into what has several spellings and what has one."""
    at = 0
    while at < len(text):
        size = 2 if text[at : at + 2] in _BY_TWO_LETTERS else 1
        yield text[at : at + size]
        at += size


def _is_fixed(piece: str) -> bool:
    return len(piece) == 1 and piece.isascii()


def _either(piece: str, *, loosely: bool) -> str:
    if piece in _BY_TWO_LETTERS:
        found = [piece, *(form for letter in _BY_TWO_LETTERS[piece] for form in _forms(letter))]
        found += [_bare(letter) for letter in _BY_TWO_LETTERS[piece] if loosely]
    else:
        is_exact = piece in _UMLAUTS and not loosely
        found = [*_forms(piece), IN_TWO_LETTERS.get(piece, ""), "" if is_exact else _bare(piece)]
    return f"(?:{'|'.join(dict.fromkeys(re.escape(form) for form in found if form))})"


def _forms(letter: str) -> Iterator[str]:
    """Give one letter as it is, decomposed, and as other formats write it; of capitals, too, where that differs."""
    yield letter
    yield unicodedata.normalize("NFD", letter)
    for each in dict.fromkeys((letter, letter.upper())):
        if len(each) > 1:
            continue
        code, data = ord(each), each.encode(errors="surrogateescape")
        yield f"\\u{code:04x}"
        yield f"\\x{code:02x}"
        yield "".join(f"%{byte:02x}" for byte in data)
        yield "".join(f"={byte:02x}" for byte in data)
        yield from (f"&#{code};", f"&#x{code:x};")
        yield f"&{codepoint2name[code]};" if code in codepoint2name else ""
        misread = data.decode("cp1252", "replace")
        yield "" if "\ufffd" in misread else misread
        if 0x80 <= code <= 0xFF:
            yield chr(0xDC00 + code)  # a byte of Latin-1 in what was read as UTF-8


def _bare(letter: str) -> str:
    if letter in _PLAIN:
        return _PLAIN[letter]
    base = "".join(each for each in unicodedata.normalize("NFKD", letter).lower() if not unicodedata.combining(each))
    return base if base != letter and base.isascii() else ""

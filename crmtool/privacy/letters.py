"""What a word is made of in any script, and the signs that stand within one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

HYPHENS = "\u2010\u2011\u2012\u2013\u2212\uff0d-"
"""The hyphens that join two words of a name; the plain one comes last, as a pattern's class needs it."""
APOSTROPHES = "'\u2019\u2018\u201b\u02bc\u02bb\u02b9`\u00b4\u2032\uff07"
"""The apostrophes of names, such as O'Neill."""
_JOINERS = "\u200c\u200d"
_LAST_MARK = 0x1E94A
_NEED_NO_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")


def _is_mark(letter: str) -> bool:
    return letter in _JOINERS or unicodedata.category(letter).startswith("M")


def _mark_ranges() -> Iterator[str]:
    for is_mark, group in groupby(map(chr, range(0x300, _LAST_MARK + 1)), _is_mark):
        letters = list(group)
        if is_mark:
            yield letters[0] if len(letters) == 1 else f"{letters[0]}-{letters[-1]}"


MARKS = "".join(_mark_ranges())
"""The signs that belong to the letter before them, accents and vowels, for a pattern's class."""


def words_of(text: str) -> list[str]:
    """Give the words in a text as they stand there, with a dot behind them; each begins with a letter."""
    runs = ("".join(group) for is_inner, group in groupby(text, _is_inner) if is_inner)
    words = (re.sub(r"^[\W\d_]+", "", run) for run in runs)
    return [word for word in words if word]


def bare(word: str) -> str:
    """Give a word without the signs around it."""
    return word.strip(f"._{APOSTROPHES}{HYPHENS}")


def needs_no_spaces(word: str) -> bool:
    """Whether a word is written in a script that parts no words, where one word may be a full name."""
    return len(word) > 1 and all(unicodedata.name(letter, "").startswith(_NEED_NO_SPACES) for letter in word)


def _is_inner(letter: str) -> bool:
    return letter.isalnum() or letter in "._\u00b7" or letter in APOSTROPHES or letter in HYPHENS or _is_mark(letter)

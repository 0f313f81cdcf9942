"""The ways in which people write somebody's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from crmtool.privacy.spelling import BEGINS, ENDS, NOTHING, Spelling, joined, spelled
from crmtool.records import dataclass

_TITLE = re.compile(
    r"dr|prof|dipl|ing|med|phil|jur|nat|rer|oec|pol|hc|mag|[bm]sc|ba|ma|mba|phd|herr|frau|mrs?|ms|miss|sir|jr|sr"
)
_SEVERAL = re.compile(r"\s*(?:[/&;|]|\b(?:und|and)\b)\s*", re.IGNORECASE)
_ASIDE = re.compile(r"[(\[].*?[)\]]")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*", re.UNICODE)
_BETWEEN = r"(?:[._+\-]?\s+|[._+\-]|%20|&nbsp;)"
_BEHIND_COMMA = r"\s*,\s*"
_GENITIVE = r"(?:['’]?s(?![^\W_]))?"
_HYPHENS = "\u2010\u2011\u2012\u2013-"
_SIGN = re.compile(rf"['’{_HYPHENS}]")
_HYPHEN = r"[-\u2010-\u2015\s]?"
_APOSTROPHE = r"(?:['’`´]|&#39;|&apos;)?"
_SHORTEST_JOINED = 8
_SHORTEST_SURNAME = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTrace:
    """A way to write a name: what people would call it, how it is spelled, and whether nobody else can be meant."""

    text: str
    spelling: Spelling
    certain: bool


def name_traces(name: str) -> Iterator[NameTrace]:
    """Give the ways to write a name; several people in one name are told apart.

    The full name is certain, in either order, and so is one that leaves out initials. A surname alone, first and last
    of more names, and umlauts without dots may be somebody else's; so may a name of one word.
    """
    for one in _SEVERAL.split(_ASIDE.sub(" ", name)):
        words = name_words(one)
        if not words:
            continue
        is_whole = len(words) > 1 or _has_no_case(words[0])
        for each in dict.fromkeys((words, _without_initials(words))):
            yield NameTrace(text=" ".join(each), spelling=_any_order(each), certain=is_whole)
        if is_whole:
            yield from _doubtful(words)


def name_words(name: str) -> tuple[str, ...]:
    """Give the words of one name in their order, without titles; `Köhler, Jana` is turned round."""
    last, comma, first = unicodedata.normalize("NFC", name).partition(",")
    found = _WORD.findall(f"{first} {last}" if comma else last)
    words = tuple(word.strip("'’.-") for word in found if not _is_title(word))
    return words or tuple(word.strip("'’.-") for word in found)


def _without_initials(words: tuple[str, ...]) -> tuple[str, ...]:
    return (*words[:1], *(word for word in words[1:-1] if len(word) > 1), *words[1:][-1:])


def _is_title(word: str) -> bool:
    parts = [part for part in re.split(r"[.-]", word.casefold()) if part]
    return bool(parts) and all(map(_TITLE.fullmatch, parts))


def _has_no_case(word: str) -> bool:
    """Whether a word is written in a script that needs no spaces, where one word may be a full name."""
    return len(word) > 1 and all(unicodedata.category(letter) == "Lo" for letter in word)


def _any_order(words: tuple[str, ...], *, loosely: bool = False) -> Spelling:
    parts = [_word(word, loosely=loosely) for word in words]
    between = _BETWEEN + ("?" if sum(map(len, words)) >= _SHORTEST_JOINED else "")
    orders = [joined(parts, between)]
    turned = ((joined(parts[i:], _BETWEEN), joined(parts[:i], _BETWEEN)) for i in range(1, len(parts)))
    orders += [joined(turn, _BEHIND_COMMA) for turn in turned]
    pattern = f"(?:{'|'.join(order.pattern for order in orders)}){_GENITIVE}"
    if all(map(_has_no_case, words)):
        return Spelling(pattern=pattern, anchor="")
    return Spelling(pattern=BEGINS + pattern + ENDS, anchor=orders[0].anchor)


def _word(word: str, *, loosely: bool) -> Spelling:
    """Write a word; a hyphen may be a blank or absent, and an apostrophe takes many shapes."""
    signs = iter(_SIGN.findall(word))
    whole = NOTHING
    for i, part in enumerate(_SIGN.split(word)):
        sign = (_HYPHEN if next(signs) in _HYPHENS else _APOSTROPHE) if i else ""
        whole = whole + Spelling(pattern=sign, anchor="") + spelled(part, loosely=loosely)
    return whole


def _doubtful(words: tuple[str, ...]) -> Iterator[NameTrace]:
    text = " ".join(words)
    dotless = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    if dotless != text:
        yield NameTrace(text=dotless, spelling=_any_order(words, loosely=True), certain=False)
    if len(words) > 2:
        yield NameTrace(text=f"{words[0]} {words[-1]}", spelling=_any_order((words[0], words[-1])), certain=False)
    if len(words) > 1 and len(words[-1]) >= _SHORTEST_SURNAME:
        yield NameTrace(text=words[-1], spelling=_any_order(words[-1:]), certain=False)

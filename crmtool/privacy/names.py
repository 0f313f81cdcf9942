"""The ways in which people write somebody's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from crmtool.privacy.letters import APOSTROPHES, HYPHENS, bare, needs_no_spaces, words_of
from crmtool.privacy.spelling import BEGINS, ENDS, NOTHING, Spelling, joined, spelled
from crmtool.records import dataclass
from crmtool.text import transliterated

_ABBREVIATED = re.compile(
    r"dr|prof|dipl|ing|med|phil|jur|nat|rer|oec|pol|hc|mag|[bm]sc|ba|ma|mba|phd|mrs?|ms|jr|sr|hr|fr|herr|frau"
)
"""Titles if they have a dot: without one, some are names."""
_BEFORE = frozenset({"dr", "prof", "mr", "mrs", "ms", "frau", "herr"})
_BEHIND = frozenset({"jr", "sr", "phd", "mba", "msc", "bsc"})
_OF_MANY = frozenset({"and", "bin", "das", "del", "den", "der", "dos", "ibn", "und", "van", "von", "zum", "zur"})
"""What is no name by itself."""
_SEVERAL = re.compile(r"\s*(?:[/&;|]|\b(?:und|and)\b)\s*", re.IGNORECASE)
_ASIDE = re.compile(r"[(\[].*?[)\]]")
_HYPHEN_BEFORE = "\u2010\u2011-"
NAME_BEGINS = BEGINS + rf"(?<![^\W\d_][{_HYPHEN_BEFORE}])"
"""Where a name may begin: Anna-Jana is somebody else."""
NAME_ENDS = ENDS + rf"(?![{_HYPHEN_BEFORE}][^\W\d_])(?![\w.+-]*(?:@|%40)[^\W_])"
"""Where a name may end: Köhler-Schmidt is somebody else, and what stands before an @ is of another address."""
_AROUND = r"[*_\"'„“”«»‘’`]{0,3}"
_BLANKS = r"(?:\s{1,80})"
"""What may part two words: bounded, or looking would take the square of the time for a long stretch of blanks."""
_CAPITAL = "(?-i:[A-ZÀ-ÖØ-Þ])"
_INITIAL = rf"{_BLANKS}(?:{_CAPITAL}\.?{_BLANKS}){{1,2}}|-[a-z]-|_[a-z]_|\.[a-z]\."
_BETWEEN = (
    rf"(?:{_AROUND}(?:[._+\-]?{_BLANKS}(?:>{_BLANKS}?)?|[._+\u200b]|-(?!{_CAPITAL})|%20|&nbsp;){_AROUND}|{_INITIAL})"
)
_CELLS = rf"{_AROUND}[ \t]{{0,80}}[;|\t][ \t]{{0,80}}{_AROUND}"
_COMMA = rf"{_AROUND}{_BLANKS}?,{_BLANKS}?{_AROUND}"
_SPACE = rf"(?:{_BLANKS}|[._\-])"
_SMALL = "(?-i:(?=[a-zß-öø-ÿ]))"
# Words with a comma between them may be two people's, but for where a line, a cell, or a file is called so.
_LEFT = r"(?:(?<![^\n\r;|\t,/])|(?<=[|;>*#\-] ))"
_NO_SENTENCE = r"(?![ \t]+(?-i:[a-zß-öø-ÿ&+]))"
_RIGHT = r"(?=[ \t]*(?:$|[\r\n\d;|/()\[\]{}<>\"'“”»«’*]|\\n|\.\w))(?!['’]\w)"
_GENITIVE = r"(?:['’]?s(?![^\W_]))?"
_SIGN = re.compile(rf"[{APOSTROPHES}{HYPHENS}]")
_HYPHEN = r"[-\u00ad\u2010-\u2015\u2212\uff0d\s]?"
_APOSTROPHE = rf"(?:[{APOSTROPHES}]|&#39;|&apos;|&rsquo;)?"
_SHORTEST_JOINED = 8
_SHORTEST_SURNAME = 3
_SHORTEST_TELLING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTrace:
    """A way to write a name: what people would call it, how it is spelled, and whether nobody else can be meant."""

    text: str
    spelling: Spelling
    certain: bool


def name_traces(name: str) -> Iterator[NameTrace]:
    """Give the ways to write a name; several people in one name are told apart.

    The full name is certain, and so is one that leaves out initials, or has one more; in either order where it has a
    line or a cell to itself. A surname alone, first and last of more names, and umlauts without dots may be somebody
    else's; so may a name of one word, whatever title it has.
    """
    for one in _SEVERAL.split(_ASIDE.sub(" ", name)):
        words = name_words(one)
        if not words:
            continue
        is_whole = len(_untitled(words)) > 1 or needs_no_spaces(words[0])
        for each in dict.fromkeys((words, _without_initials(words))):
            yield NameTrace(text=" ".join(each), spelling=_in_order(each), certain=is_whole)
            if len(each) > 1:
                yield NameTrace(text=f"{each[-1]}, {each[0]}", spelling=_listed(each), certain=is_whole)
        if is_whole:
            yield from _doubtful(words)


def name_words(name: str) -> tuple[str, ...]:
    """Give the words of one name in their order, without titles; `Köhler, Jana` is turned round.

    Titles stay where less than two words would: so many a word is a title and a name.
    """
    last, comma, first = unicodedata.normalize("NFC", name).partition(",")
    found = words_of(f"{first} {last}" if comma else last)
    words = tuple(bare(word) for word in found)
    kept = _untitled(tuple(bare(word) for word in found if not _is_abbreviated(word)))
    return kept if len(kept) > 1 else words


def plain_name(name: str) -> str:
    """Give a name without titles and brackets, as far as it is a full name without them."""
    words = _ASIDE.sub(" ", name).replace(",", " ").split()
    kept = _untitled(tuple(word for word in words if not _is_abbreviated(word)))
    return " ".join(kept if len(kept) > 1 or any(map(needs_no_spaces, kept)) else name.split())


def telling_words(name: str) -> tuple[str, ...]:
    """Give the words that tell a name from others, as ids have them: no titles and no initials.

    Short and small words count only where there is no other.
    """
    words = _untitled(name_words(name))
    kept = [word for word in words if len(word) >= _SHORTEST_TELLING or needs_no_spaces(word)]
    telling = [word for word in map(transliterated, kept) if word not in _OF_MANY]
    return tuple(telling or [transliterated(word) for word in words if len(word) > 1 or not word.isascii()])


def _without_initials(words: tuple[str, ...]) -> tuple[str, ...]:
    return (*words[:1], *(word for word in words[1:-1] if len(word) > 1), *words[1:][-1:])


def _is_abbreviated(word: str) -> bool:
    """Whether a word is a title by its dot, such as Dr. or Dipl.-Ing."""
    parts = [part for part in re.split(r"[.-]", word.casefold()) if part]
    return "." in word and bool(parts) and all(map(_ABBREVIATED.fullmatch, parts))


def _untitled(words: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what is surely a title where it stands."""
    start, end = 0, len(words)
    while start < end and words[start].casefold() in _BEFORE:
        start += 1
    while start < end and words[end - 1].casefold() in _BEHIND:
        end -= 1
    return words[start:end]


def _in_order(words: tuple[str, ...], *, loosely: bool = False) -> Spelling:
    """Write a name as it is spoken, also in two cells of a table."""
    parts = [_word(word, loosely=loosely) for word in words]
    if all(map(needs_no_spaces, words)):
        return Spelling(pattern=f"(?:{joined(parts, f'(?:{_CELLS}|{_BETWEEN})?').pattern}){_GENITIVE}", anchor="")
    if sum(map(len, words)) < _SHORTEST_JOINED:
        order = joined(parts, rf"(?:{_CELLS}|{_BETWEEN})")
        return _bounded(order.pattern, order.anchor)
    # In one word it is as addresses have it, or in a hashtag: Markstein is not Mark Stein.
    order = joined(parts, rf"(?:{_CELLS}|{_BETWEEN}|(?={_CAPITAL}))")
    return _bounded(f"{order.pattern}|{_SMALL}{joined(parts, '').pattern}", order.anchor)


def _listed(words: tuple[str, ...]) -> Spelling:
    """Write a name as lists have it: turned round, or with a comma, where it has a line or a cell to itself."""
    parts = [_word(word, loosely=False) for word in words]
    orders = [joined(turn, _CELLS).pattern for turn in _turns(parts)]
    for each in (*_turns(parts), *_halves(parts)):
        pattern = joined(each, _COMMA).pattern
        orders += [f"{_LEFT}{pattern}{_NO_SENTENCE}", f"{pattern}{_RIGHT}"]
    return _bounded("|".join(orders), joined(parts, "").anchor)


def _turned(words: tuple[str, ...]) -> Spelling:
    """Write a name turned round, or with a comma, wherever that stands."""
    parts = [_word(word, loosely=False) for word in words]
    orders = [joined(turn, rf"(?:{_COMMA}|{_SPACE})").pattern for turn in _turns(parts)]
    orders += [joined(half, _COMMA).pattern for half in _halves(parts)]
    return _bounded("|".join(orders), joined(parts, "").anchor)


def _halves(parts: Sequence[Spelling]) -> Iterator[tuple[Spelling, Spelling]]:
    """Part a name in two wherever that can be."""
    for i in range(1, len(parts)):
        yield joined(parts[:i], _BETWEEN), joined(parts[i:], _BETWEEN)


def _turns(parts: Sequence[Spelling]) -> Iterator[tuple[Spelling, Spelling]]:
    return ((last, first) for first, last in _halves(parts))


def _bounded(pattern: str, anchor: str) -> Spelling:
    return Spelling(pattern=f"{NAME_BEGINS}(?:{pattern}){_GENITIVE}{NAME_ENDS}", anchor=anchor)


def _word(word: str, *, loosely: bool) -> Spelling:
    """Write a word; a hyphen may be a blank or absent, and an apostrophe takes many shapes."""
    signs = iter(_SIGN.findall(word))
    whole = NOTHING
    for i, part in enumerate(_SIGN.split(word)):
        sign = (_HYPHEN if next(signs) in HYPHENS else _APOSTROPHE) if i else ""
        whole = whole + Spelling(pattern=sign, anchor="") + spelled(part, loosely=loosely)
    return whole


def _doubtful(words: tuple[str, ...]) -> Iterator[NameTrace]:
    text = " ".join(words)
    dotless = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    if dotless != text:
        yield NameTrace(text=dotless, spelling=_in_order(words, loosely=True), certain=False)
    if len(words) > 1:
        yield NameTrace(text=f"{words[-1]} {words[0]}", spelling=_turned(words), certain=False)
    if len(words) > 2:
        yield NameTrace(text=f"{words[0]} {words[-1]}", spelling=_in_order((words[0], words[-1])), certain=False)
    if len(words) > 1 and len(words[-1]) >= _SHORTEST_SURNAME:
        surname = _word(words[-1], loosely=False)
        spelling = Spelling(pattern=f"{BEGINS}{surname.pattern}{_GENITIVE}{ENDS}", anchor=surname.anchor)
        yield NameTrace(text=words[-1], spelling=spelling, certain=False)

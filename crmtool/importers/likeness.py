"""Who may be the same person: the same address, number or page, or nearly the same name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from crmtool.details import details_of
from crmtool.records import dataclass
from crmtool.yaml_reader import Value

_TRANSLITERATED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "ł": "l", "đ": "d", "œ": "oe"}
)
_WORDS = re.compile(r"[^\W_]+")
_TITLES = frozenset({"dr", "prof", "dipl", "ing", "mr", "mrs", "ms", "herr", "frau", "mag", "med", "phd", "mba"})
_DIGITS = re.compile(r"\d")
_SUBSCRIBER, _SHORTEST_NUMBER = 8, 6
"""So many last digits tell a number, whichever way its country is written; one with fewer than six tells nobody."""
_ALIKE = 0.8
_MOST_COMPARED = 50
_BECAUSE = {"email": "same e-mail", "phone": "same phone", "url": "same URL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A contact that may be the same person, by its id, and why."""

    contact: str
    because: str


class People:
    """The people known so far, to be asked who is like another one."""

    def __init__(self, fields: Iterable[tuple[str, Mapping[str, Value]]]) -> None:
        """Know the contacts given by id and front matter."""
        self._by_key: dict[tuple[str, str], list[str]] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._by_name: dict[tuple[str, ...], list[str]] = {}
        self._by_block: dict[str, list[str]] = {}
        for id, values in fields:
            self.add(id, values)

    def add(self, id: str, fields: Mapping[str, Value]) -> None:
        """Know one more."""
        for key in _keys(fields):
            self._by_key.setdefault(key, []).append(id)
        name = self._names[id] = name_key(fields)
        self._by_name.setdefault(name, []).append(id)
        for word in name:
            self._by_block.setdefault(word[:4], []).append(id)

    def like(self, fields: Mapping[str, Value]) -> tuple[Likeness, ...]:
        """List who may be the same person, the surest first; each once."""
        found: dict[str, str] = {}
        for kind, key in _keys(fields):
            for id in self._by_key.get((kind, key), ())[:_MOST_COMPARED]:
                found.setdefault(id, _BECAUSE[kind])
        name = name_key(fields)
        for id in self._by_name.get(name, ())[:_MOST_COMPARED] if name else ():
            found.setdefault(id, "same name")
        for id in self._near(name):
            if _is_alike(name, self._names[id]):
                found.setdefault(id, "similar name")
        return tuple(Likeness(contact=id, because=why) for id, why in found.items())

    def _near(self, name: tuple[str, ...]) -> Iterator[str]:
        near = (id for word in name for id in self._by_block.get(word[:4], ())[:_MOST_COMPARED])
        yield from dict.fromkeys(near)


def transliterated(text: str) -> str:
    """Give a text in small letters without accents: umlauts in two letters, as in e-mail addresses."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_TRANSLITERATED)
    return "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))


def name_key(fields: Mapping[str, Value]) -> tuple[str, ...]:
    """Give the words of a name in alphabetical order, titles left out: first and last name may change places."""
    words = _WORDS.findall(transliterated(str(fields.get("name", ""))))
    return tuple(sorted(word for word in words if word not in _TITLES)) or tuple(sorted(words))


def _keys(fields: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    details = details_of(fields)
    for kind, normal in (("email", _mailbox), ("phone", _number), ("url", _page)):
        texts = details.get(kind, [])
        for text in texts if isinstance(texts, list) else []:
            key = normal(str(text))
            if key:
                yield kind, key


def _mailbox(text: str) -> str:
    return text.strip().casefold().removeprefix("mailto:")


def _number(text: str) -> str:
    digits = "".join(_DIGITS.findall(text.replace("(0)", "")))
    return digits[-_SUBSCRIBER:] if len(digits) >= _SHORTEST_NUMBER else ""


def _page(text: str) -> str:
    bare = re.sub(r"^[a-z]+://", "", text.strip().casefold())
    return bare.removeprefix("www.").rstrip("/")


def _is_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names that are not the same differ in one word alone, and there by a slip or an initial."""
    mine, theirs = set(one) - set(other), set(other) - set(one)
    if len(one) != len(other) or len(one) < 2 or len(mine) != 1 or len(theirs) != 1:
        return False
    return _is_slip(min(mine), min(theirs))


@lru_cache(maxsize=65536)  # the same first names stand beside each other again and again
def _is_slip(word: str, other: str) -> bool:
    if word[0] != other[0]:
        return False
    return min(len(word), len(other)) == 1 or SequenceMatcher(None, word, other).ratio() >= _ALIKE

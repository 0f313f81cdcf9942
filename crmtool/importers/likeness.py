"""Who may be the same person: the same address, number or page, or nearly the same name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from crmtool.details import details_of
from crmtool.importers.salutation import BESIDE_NAMES
from crmtool.phones import number_of
from crmtool.records import dataclass
from crmtool.text import transliterated
from crmtool.yaml_reader import Value

_WORDS = re.compile(r"[^\W_]+")
_TITLES = frozenset({*map(transliterated, BESIDE_NAMES), "fraulein", "phd", "mba"})
_ALIKE = 0.8
_MOST_COMPARED, _MOST_TOLD = 50, 5
_BLOCK = 4
_SAME_EMAIL, _SAME_NAME, _SIMILAR_NAME = "same e-mail", "same name", "similar name"
_BECAUSE = {"email": _SAME_EMAIL, "phone": "same phone", "url": "same URL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A contact that may be the same person, by its id, and why."""

    contact: str
    because: str

    @property
    def is_sure(self) -> bool:
        """Whether it is hardly somebody else: colleagues may share a phone or a page, and names may be alike."""
        return self.because in (_SAME_EMAIL, _SAME_NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """Who somebody is: the words of a name, also without accents, and the organization as it is compared."""

    id: str
    name: tuple[str, ...]
    bare: tuple[str, ...]
    organization: str


class People:
    """The people known so far, to be asked who is like another one."""

    def __init__(self, fields: Iterable[tuple[str, Mapping[str, Value]]]) -> None:
        """Know the contacts given by id and front matter."""
        self._by_key: dict[tuple[str, str], list[tuple[_Known, str]]] = {}
        self._by_name: dict[tuple[str, ...], list[_Known]] = {}
        self._by_bare: dict[tuple[str, ...], list[_Known]] = {}
        self._by_block: dict[str, list[_Known]] = {}
        for id, values in fields:
            self.add(id, values)

    def add(self, id: str, fields: Mapping[str, Value]) -> None:
        """Know one more."""
        one = _known(id, fields)
        for kind, key, country in _keys(fields):
            self._by_key.setdefault((kind, key), []).append((one, country))
        self._by_name.setdefault(one.name, []).append(one)
        self._by_bare.setdefault(one.bare, []).append(one)
        for word in one.name:
            self._by_block.setdefault(word[:_BLOCK], []).append(one)

    def like(self, fields: Mapping[str, Value]) -> tuple[Likeness, ...]:
        """List who may be the same person, the surest first; each once, and not more than can be looked at."""
        asked, found = _known("", fields), dict[str, str]()
        same_name = self._by_name.get(asked.name, ())[:_MOST_TOLD] if asked.name else ()
        same_bare = self._by_bare.get(asked.bare, ())[:_MOST_TOLD] if asked.bare else ()
        reached = list(self._reached(asked, fields))
        for why, other in (
            *(each for each in reached if each[0] == _SAME_EMAIL),
            *((_SAME_NAME, other) for other in same_name),
            *(each for each in reached if each[0] != _SAME_EMAIL),
            *((_SIMILAR_NAME, other) for other in same_bare),
            *((_SIMILAR_NAME, other) for other in self._near(asked.name) if _is_alike(asked.name, other.name)),
        ):
            found.setdefault(other.id, why)
        return tuple(Likeness(contact=id, because=why) for id, why in islice(found.items(), _MOST_TOLD))

    def _reached(self, asked: _Known, fields: Mapping[str, Value]) -> Iterator[tuple[str, _Known]]:
        """Give who has the same address, with which; colleagues may share a phone and a page."""
        for kind, key, country in _keys(fields):
            for other, its_country in self._by_key.get((kind, key), ())[:_MOST_COMPARED]:
                if country and its_country and country != its_country:
                    continue
                if _BECAUSE[kind] == _SAME_EMAIL or not _are_colleagues(asked, other):
                    yield _BECAUSE[kind], other

    def _near(self, name: tuple[str, ...]) -> Iterator[_Known]:
        near = (other for word in name for other in self._by_block.get(word[:_BLOCK], ())[:_MOST_COMPARED])
        yield from dict.fromkeys(near)


def _known(id: str, fields: Mapping[str, Value]) -> _Known:
    bare = _key(_without_accents(str(fields.get("name", ""))))
    organization = transliterated(str(fields.get("organization") or ""))
    return _Known(id=id, name=name_key(fields), bare=bare, organization=organization)


def _are_colleagues(one: _Known, other: _Known) -> bool:
    """Whether two people share an organization's switchboard or site, and plainly are not the same."""
    if not one.organization or one.organization != other.organization or min(len(one.name), len(other.name)) < 2:
        return False
    return one.name != other.name and one.bare != other.bare and not _is_alike(one.name, other.name)


def name_key(fields: Mapping[str, Value]) -> tuple[str, ...]:
    """Give the words of a name in alphabetical order, titles left out: first and last name may change places."""
    return _key(transliterated(str(fields.get("name", ""))))


def is_nearly_called(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    """Whether two names differ by a slip, by an initial or by words that one of them has more."""
    mine, theirs = _known("", one), _known("", other)
    is_part = bool(mine.name and theirs.name) and (
        set(mine.name) <= set(theirs.name) or set(theirs.name) <= set(mine.name)
    )
    return is_part or mine.bare == theirs.bare or _is_alike(mine.name, theirs.name)


def begin_alike(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    """Whether two names have the same first word, titles left out: the last one changes by marriage."""
    first, second = (_untitled(transliterated(str(fields.get("name", "")))) for fields in (one, other))
    return first[:1] == second[:1] != []


def _key(plain: str) -> tuple[str, ...]:
    return tuple(sorted(_untitled(plain)))


def _untitled(plain: str) -> list[str]:
    words = _WORDS.findall(plain)
    return [word for word in words if word not in _TITLES] or words


def _without_accents(text: str) -> str:
    """Give a text in small letters as who knows no umlauts writes it: `u` for `ü`, not `ue`."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o"))
    return transliterated("".join(letter for letter in letters if not unicodedata.combining(letter)))


def _keys(fields: Mapping[str, Value]) -> Iterator[tuple[str, str, str]]:
    """Give kind and key of each address, and the code of the country of a phone, empty where it is not told."""
    details = details_of(fields)
    for kind, normal in (("email", _mailbox), ("url", _page)):
        yield from ((kind, key, "") for text in _texts(details.get(kind)) if (key := normal(text)))
    numbers = (number_of(text) for text in _texts(details.get("phone")))
    yield from (("phone", number.digits, number.country) for number in numbers if number)


def _texts(value: Value) -> list[str]:
    return [str(text) for text in value] if isinstance(value, list) else []


def _mailbox(text: str) -> str:
    return text.strip().casefold().removeprefix("mailto:")


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

"""What a column's header means, by its name alone: case, blanks, signs and umlauts' spellings do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from crmtool.importers.tables import activities, aliases
from crmtool.records import dataclass
from crmtool.text import transliterated

_SIGNS = str.maketrans({"☎": " phone ", "📞": " phone ", "📱": " mobile ", "✉": " email ", "📧": " email "})
_NOT_ALNUM = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_CAMEL = re.compile(r"(?<=[a-zäöüß0-9])(?=[A-ZÄÖÜ])|[\W_]+")
_CODES = (
    "EUR USD CHF GBP SEK NOK DKK PLN CZK HUF RON BGN ISK TRY UAH RUB JPY CNY HKD SGD KRW TWD INR IDR MYR THB PHP VND "
    "AED SAR ILS ZAR EGP NGN KES AUD NZD CAD MXN BRL ARS CLP COP PEN"
)
_CODE = rf"\b(?:{_CODES.replace(' ', '|')})\b|[€£$]"
_CURRENCY = re.compile(_CODE)
_CURRENCY_WORDS = re.compile(rf"(?:\(\s*+|(?<!\s)\s*+)(?:\bin\s+)?(?:{_CODE})\s*+\)?\s*+$")
_DATE_WORDS = frozenset(
    (
        "date", "datum", "day", "time", "zeit", "zeitpunkt", "timestamp", "created", "erstellt", "modified", "geändert",
        "updated", "aktualisiert", "closed", "abgeschlossen", "deadline", "due", "fällig", "since", "seit", "joined",
        "signup", "registered",
    )
)  # fmt: skip
_SHORTEST_TYPO, _SHORTEST_SLIP = 4, 6
MOST_COLUMNS, MOST_MISTYPED = 1_000, 200
"""So many columns a table may have; in so many of them slips of the fingers are looked for."""
_PREFIX = re.compile(
    r"(?<!\s)\s*+(?:person|deal|organi[sz]ation|lead|contact|kontakt|opportunity|account)\s*+[-:]\s+", re.IGNORECASE
)
_FAMILY = frozenset({"spouse", "ehepartner", "ehepartnerin", "ehefrau", "ehemann"})
_NAMES_OF_CURRENCY = frozenset({"currency", "currencies", "waehrung", "waehrungscode"})
_BESIDE_CURRENCY = frozenset(
    (
        "code", "iso", "of", "the", "value", "amount", "deal", "opportunity", "wert", "werts", "wertes", "betrag",
        "betrags", "betrages", "summe", "budget", "budgets", "des", "der", "vom", "von", "fuer", "kuerzel",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column holds: a key of DETAILS, a part of one, or `id`, `stage`, `notes`, `claim`, `date`, `leave_out`.

    `group` tells apart what belongs together, such as the parts of one address, and which of several is preferred:
    groups are taken in alphabetical order.
    """

    field: str
    group: str = ""


@lru_cache(maxsize=4096)
def plain(header: str) -> str:
    """Give what of a header counts: its letters and digits, in small letters without accents."""
    text = transliterated(unicodedata.normalize("NFKC", header.translate(_SIGNS)))
    return _NOT_ALNUM.sub("", unicodedata.normalize("NFC", text))


def words(header: str) -> tuple[str, ...]:
    """Split a header into words, in small letters: at blanks, signs, `_` and the capitals of camelCase."""
    return tuple(word.casefold() for word in _CAMEL.split(header.translate(_SIGNS)) if word)


def meaning(header: str, overrides: dict[str, Meaning] | None = None) -> Meaning | None:
    """Tell what a header means; None for one that is unknown. `overrides` are those of one program.

    What it means without the kind of record in front, as in `Deal - Owner`, counts where the whole is unknown.
    """
    rest = _PREFIX.sub("", header, count=1)
    found = _meaning(header, overrides or {})
    return found or (_meaning(rest, overrides or {}) if rest != header else None)


def _meaning(header: str, of_program: dict[str, Meaning]) -> Meaning | None:
    key = plain(header)
    bare = _DIGITS.sub("", key)
    found = of_program.get(key) or known().get(key) or of_program.get(bare) or known().get(bare)
    return found or _amount(header) or _by_words(tuple(map(plain, words(header))))


@cache
def known() -> dict[str, Meaning]:
    """Give all meanings, by plain header."""
    return {**table({"leave_out": activities.NAMES}), **addresses(), **table(aliases.GENERAL)}


def table(headers: dict[str, tuple[str, ...]]) -> dict[str, Meaning]:
    """Turn a table of aliases round; its keys are fields, or field and group with a blank between."""
    found: dict[str, Meaning] = {}
    for named, spellings in headers.items():
        field, _, group = named.partition(" ")
        for spelling in spellings:
            found.setdefault(plain(spelling), Meaning(field, group))
    return found


def addresses() -> dict[str, Meaning]:
    """Give the parts of addresses, each with what may stand before or behind it, such as Business or privat."""
    found: dict[str, Meaning] = {}
    for group, affixes in aliases.ADDRESS_AFFIXES.items():
        for part, spellings in aliases.ADDRESS_PARTS.items():
            for spelling in map(plain, spellings):
                for affix in map(plain, affixes):
                    found.setdefault(f"{affix}{spelling}", Meaning(part, group))
                    found.setdefault(f"{spelling}{affix}", Meaning(part, group))
    return found


def currency_of(header: str) -> str:
    """Give the currency that a header names, such as `Amount (EUR)`: its code or its sign; empty where it has none."""
    match = _CURRENCY.search(header)
    return match[0] if match else ""


def _amount(header: str) -> Meaning | None:
    """Tell an amount whose header ends with a currency."""
    rest = _CURRENCY_WORDS.sub("", header)
    found = known().get(plain(rest)) if rest != header else None
    return found if found and found.field == "value" else None


def _by_words(said: tuple[str, ...]) -> Meaning | None:
    """Tell a column of currencies, or one that decides nothing, by its words."""
    rest = frozenset(said) - _NAMES_OF_CURRENCY
    if len(rest) < len(frozenset(said)) and rest <= _BESIDE_CURRENCY:
        return Meaning("currency")
    if rest & _FAMILY:
        return Meaning("leave_out")
    return Meaning("leave_out") if activities.is_passing(said) else None


def is_of_dates(header: str) -> bool:
    """Whether a header that is unknown otherwise promises dates."""
    return not _DATE_WORDS.isdisjoint(words(header))


def is_currency(text: str) -> bool:
    """Whether a text is the code or the sign of a currency and nothing else."""
    return bool(_CURRENCY.fullmatch(text))


def typo(header: str) -> str:
    """Give the well-known header that an unknown one is a slip of the fingers from; empty where there is none."""
    key = plain(header)
    if len(key) < _SHORTEST_TYPO:
        return ""
    return next((name for name in aliases.OFTEN_MISTYPED if key != plain(name) and _is_slip(key, plain(name))), "")


def _is_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, one too many, or two changed places; in long words, whether one is another."""
    if abs(len(typed) - len(meant)) == 1:
        long, short = sorted((typed, meant), key=len, reverse=True)
        return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    if len(typed) != len(meant):
        return False
    wrong = [i for i, (a, b) in enumerate(zip(typed, meant, strict=True)) if a != b]
    if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
        return typed[wrong[0]] == meant[wrong[1]] and typed[wrong[1]] == meant[wrong[0]]
    return len(wrong) == 1 and len(typed) >= _SHORTEST_SLIP

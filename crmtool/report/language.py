"""A reader's language: words from its catalogue, dates and numbers as it writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import localcontext
from functools import cache, lru_cache
from types import ModuleType

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

from crmtool.days import Duration
from crmtool.report.texts import de, en

_CATALOGUES: Mapping[str, ModuleType] = {"de": de, "en": en}
_LOCALES = {"de": "de_DE", "en": "en_GB"}
_SHORT_DATES = {"de": "dd.MM.", "en": "d MMM"}
_NBSP = "\u00a0"
_NO_SIGN = 0
"""Added to a number, it leaves all but the minus of a zero, which equals the other zero and so is none of its own."""
_DIGITS = 400
"""Room for the largest number that a file may hold; the default of 28 digits is an error beyond them."""


@dataclass(frozen=True, slots=True)
class Language:
    """Texts, dates and numbers for readers of one language; an unknown code reads English."""

    code: str
    tag: str = field(init=False, repr=False, compare=False)
    """The language as HTML names it."""
    locale: str = field(init=False, repr=False, compare=False)
    """The locale as babel names it."""
    _texts: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Look up once what a page needs hundreds of times."""
        tag = self.code if self.code in _CATALOGUES else "en"
        object.__setattr__(self, "tag", tag)
        object.__setattr__(self, "locale", _LOCALES[tag])
        object.__setattr__(self, "_texts", _CATALOGUES[tag].TEXTS)

    @property
    def conditions(self) -> Mapping[str, str]:
        """How the rule book's conditions are told."""
        words: Mapping[str, str] = _CATALOGUES[self.tag].CONDITIONS
        return words

    def __call__(self, key: str, **values: object) -> str:
        """Give a text of the catalogue with its values filled in."""
        return self._texts[key].format(**values)

    def count(self, key: str, n: float, **values: object) -> str:
        """Give a text in the form that fits the number, the number kept together with its unit."""
        one, many = _forms(self._texts[key])
        return (one if n == 1 else many).format(n=self.number(n), **values)

    def number(self, number: float) -> str:
        """Write a number."""
        return _format_number(number + _NO_SIGN, None, self.locale)

    def decimal(self, number: float) -> str:
        """Write a number with two decimals."""
        return _format_number(number + _NO_SIGN, "0.00", self.locale)

    def change(self, number: float) -> str:
        """Write how much a number has changed, with its sign: +2, −1."""
        sign = "+" if number > 0 else "−" if number < 0 else "±"
        return sign + self.number(abs(number))

    def percent(self, share: float) -> str:
        """Write a share between 0 and 1 in whole percent."""
        return _format_percent(share + _NO_SIGN, self.locale)

    def money(self, amount: float, currency: str) -> str:
        """Write an amount, without cents where it has none."""
        return _format_money(amount + _NO_SIGN, currency, self.locale)

    def day(self, day: date) -> str:
        """Write a date in full: 23.11.2026."""
        return _format_day(day, "medium", self.locale)

    def short_day(self, day: date, now: date) -> str:
        """Write a date without its year where that is the present one: 23.11."""
        if day.year != now.year:
            return self.day(day)
        return _format_day(day, _SHORT_DATES[self.tag], self.locale)

    def ago(self, days: int) -> str:
        """Tell for how long something has been so: since today, for 3 days."""
        return self("since_today") if days <= 0 else self.count("for_days", days)

    def ahead(self, days: int) -> str:
        """Tell how far off something is: today, in 3 days."""
        return self("today") if days <= 0 else self.count("in_days", days)

    def duration(self, duration: Duration) -> str:
        """Write a duration of the rule book: 30 days."""
        return self.count(f"duration.{duration.unit}", duration.count)

    def quote(self, text: str) -> str:
        """Put a text between quotation marks."""
        return self("quote", text=text)

    def enumerate(self, texts: Iterable[str]) -> str:
        """List texts as a sentence does: a, b and c."""
        *first, last = texts
        return self("list_and").join([", ".join(first), last]) if first else last


# What babel writes is remembered, since many contacts share days and numbers, and it takes its time over each.


@lru_cache(maxsize=4096)
def _format_day(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale).replace(" ", _NBSP)


@lru_cache(maxsize=4096, typed=True)
def _format_number(number: float, pattern: str | None, locale: str) -> str:
    with localcontext(prec=_DIGITS):
        return format_decimal(number, pattern, locale=locale)


@lru_cache(maxsize=1024, typed=True)
def _format_percent(share: float, locale: str) -> str:
    return format_percent(share, locale=locale)


@lru_cache(maxsize=4096, typed=True)
def _format_money(amount: float, currency: str, locale: str) -> str:
    pattern = _money_pattern(locale)
    if amount == int(amount):
        pattern = pattern.replace("0.00", "0")
    with localcontext(prec=_DIGITS):
        return format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False)


@cache
def _money_pattern(locale: str) -> str:
    return str(Locale.parse(locale).currency_formats["standard"].pattern)


@cache
def _forms(text: str) -> tuple[str, str]:
    """Give the forms of a catalogue's text for one and for many, the number kept together with its unit."""
    one, many = (form.replace("{n} ", "{n}" + _NBSP, 1) for form in text.split("|"))
    return one, many

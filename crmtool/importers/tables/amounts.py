"""Amounts as other programs and countries write them → numbers, where there is one way to read them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from crmtool.importers.tables.cells import quoted, shown
from crmtool.records import dataclass

_SIGNS = {
    "€": ("EUR",), "£": ("GBP",), "¥": ("JPY", "CNY"), "zł": ("PLN",), "₹": ("INR",), "fr.": ("CHF",), "sfr.": ("CHF",),
    "kr": ("SEK", "NOK", "DKK"), "kč": ("CZK",), "us$": ("USD",), "euro": ("EUR",), "dollar": ("USD",),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"),
}  # fmt: skip
_BLANKS = re.compile("[\\s\u00a0\u202f\u2009'’´`]")
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<digits>\d[\d.,]*|[.,]\d+)(?:[eE](?P<exponent>[+-]?\d{1,3}))?(?P<even>,-|,–|,—|\.-|\.–)?"
)
_CURRENCY = re.compile(
    r"^(?P<before>[^\d\s.,+()'-]+\.?)?\s*(?P<number>.*?)\s*(?P<after>[^\d\s.,()'-]+\.?)?$", re.DOTALL
)
_LONGEST = 60
_MINUS = re.compile(r"^\(.*\)$|^[-−–]|(?<=\d)-$", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A cell of a column of amounts: its number, or why there is none that can be used.

    `doubt` is empty for a value.
    """

    value: int | float | None = None
    doubt: str = ""


def decimal_sign(cells: Iterable[str], delimiter: str) -> str:
    """Find out which sign begins the decimals of a column: a comma or a point; empty where nothing tells."""
    signs = {sign for cell in cells if len(cell) <= _LONGEST and (sign := _telling(_split(cell)[1]))}
    if len(signs) == 1:
        return signs.pop()
    return "," if delimiter == ";" and not signs else ""


def read_amount(cell: str, currency: str, decimal: str = "", told: Iterable[str] = ()) -> Amount:
    """Read an amount in the rule book's `currency`; `told` are the currencies that its row or its column names.

    `decimal` is the sign that begins the decimals, empty where that is not known.
    """
    if len(cell) > _LONGEST:
        return Amount(doubt="a long text is no number")
    named, number = _split(cell)
    foreign = next((name for name in (named, *told) if name and not _fits(name, currency)), "")
    if foreign:
        return Amount(doubt=f"{quoted(cell)} is in {shown(foreign)}, not in {currency}")
    if _MINUS.search(number):
        return Amount(doubt=f"{quoted(cell)} is negative")
    match = _NUMBER.fullmatch(_BLANKS.sub("", number))
    if match is None:
        return Amount(doubt=f"{quoted(cell)} cannot be read as a number")
    sign = _telling(number) or decimal
    if not _is_grouped(match["digits"], sign or _other(match["digits"])):
        return Amount(doubt=f"{quoted(cell)} cannot be read as a number")
    if not sign and _is_ambiguous(match["digits"]):
        return Amount(doubt=f"{quoted(cell)} may be read in two ways")
    return _number(cell, match["digits"], match["exponent"] or "0", sign or _other(match["digits"]))


def _number(cell: str, digits: str, exponent: str, decimal: str) -> Amount:
    plain = digits.replace("." if decimal == "," else ",", "").replace(",", ".")
    try:
        value = float(f"{plain}e{exponent}")
    except ValueError:
        return Amount(doubt=f"{quoted(cell)} cannot be read as a number")
    if not math.isfinite(value):
        return Amount(doubt=f"{quoted(cell)} is too large a number")
    return Amount(value=int(value) if value.is_integer() and value < 2**53 else value)


def _split(cell: str) -> tuple[str, str]:
    """Part the name or sign of a currency from the number, if there is one on one side."""
    match = _CURRENCY.fullmatch(cell.strip())
    if match is None or not match["number"]:
        return "", cell.strip()
    before, after = match["before"] or "", match["after"] or ""
    if before and after:
        return "", cell.strip()
    if not _is_currency(before or after):
        return "", cell.strip()
    return before or after, match["number"]


def _is_currency(name: str) -> bool:
    return name.casefold() in _SIGNS or bool(re.fullmatch(r"[A-Z]{3}", name))


def _fits(name: str, currency: str) -> bool:
    return name.upper() == currency.upper() or currency.upper() in _SIGNS.get(name.casefold(), ())


def _telling(number: str) -> str:
    """Give the sign of the decimals if the number itself tells it, else nothing."""
    digits = _BLANKS.sub("", number).rstrip("-–—")
    last = max(digits.rfind(","), digits.rfind("."))
    if last < 0:
        return ""
    sign, other = digits[last], "," if digits[last] == "." else "."
    if other in digits:
        return sign if digits.count(sign) == 1 else ""
    if digits.count(sign) > 1:
        return other
    return "" if _is_ambiguous(digits) else sign


def _is_grouped(digits: str, decimal: str) -> bool:
    """Whether the digits before the decimals stand in groups as they are written, in India too."""
    between = re.escape("." if decimal == "," else ",")
    return bool(
        re.fullmatch(rf"(?:\d+|\d{{1,3}}(?:{between}\d{{2,3}})*{between}\d{{3}})?(?:{re.escape(decimal)}\d*)?", digits)
    )


def _is_ambiguous(digits: str) -> bool:
    """Whether one separator stands before just three digits: thousands to some, a fraction to others."""
    return bool(re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits.lstrip("+")))


def _other(digits: str) -> str:
    return "," if "," in digits else "."

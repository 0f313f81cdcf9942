"""Telephone numbers, however they are written."""

from __future__ import annotations

import re

from crmtool.records import dataclass

_CODE = re.compile(r"[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3}")
"""The codes of countries: no one of them begins with another one."""
_BETWEEN = r"[\s()./\u2010-\u2015\u00a0-]{0,3}"
_NO_DAY = (
    r"(?!\d{4}-\d\d-\d\d(?!\d))(?!\d{4}/\d\d/\d\d(?!\d))(?!\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d))"
    r"(?<!19\d\d-)(?<!20\d\d-)"
)
"""Where no day begins, and where one does not go on."""
_FEWEST = 6
_FEWEST_OF_WHOLE = 10
_NOT_DIALLED = re.compile(r"\(0\)")
_EXTENSION = re.compile(r"(?i)\s*(?:ext|durchwahl|dw|app)\b.*$")
_LETTERS = re.compile(r"(?i)^\s*tel:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A telephone number: the country's code, empty where it is not told, and the digits behind it and any zero.

    `is_whole` tells that it begins with the code of a country or area, or is too long to lack it; else other things may
    have the same few digits.
    """

    country: str
    digits: str
    is_whole: bool

    @property
    def pattern(self) -> str:
        """A pattern for all ways to write it."""
        code = self.country or r"\d{1,3}"
        abroad = (
            rf"(?:(?:\+|00|%2B){_BETWEEN}{code}{_BETWEEN}(?:\(?0\)?{_BETWEEN})?|{self.country or '(?!)'}{_BETWEEN})"
        )
        spaced = _BETWEEN.join(self.digits)
        return rf"(?<!\d){_NO_DAY}(?:{abroad}|\(?0{_BETWEEN})?{spaced}(?!\d)"


def number_of(text: str) -> Number | None:
    """Read a telephone number; None where it is too short to be anybody's."""
    told = _NOT_DIALLED.sub("", _EXTENSION.sub("", _LETTERS.sub("", text)))
    digits = re.sub(r"\D", "", told)
    country = ""
    is_whole = told.strip().startswith("+") or digits.startswith("0") or len(digits) >= _FEWEST_OF_WHOLE
    if told.strip().startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00") if not told.strip().startswith("+") else digits
        code = _CODE.match(digits)
        country = code[0] if code else ""
        digits = digits[len(country) :]
    digits = digits.removeprefix("0")
    return Number(country=country, digits=digits, is_whole=is_whole) if len(digits) >= _FEWEST else None

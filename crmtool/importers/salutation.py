"""What people are addressed by, which is no part of their names, and their titles."""

from __future__ import annotations

import re

_SALUTATIONS = (
    "mr", "mrs", "ms", "miss", "mx", "mister", "herr", "herrn", "frau", "fräulein", "hr", "fr", "madame", "monsieur",
    "mme", "mlle", "dhr", "mevr",
)  # fmt: skip
_TITLES = ("dr", "prof", "professor", "doktor", "dipl", "ing", "med", "h", "c", "phil", "jur", "rer", "nat", "mag",
           "sir", "dame", "rev", "hon")  # fmt: skip
_FIRST_NAMES = ("phil", "nat")
BESIDE_NAMES = frozenset(word for word in (*_SALUTATIONS, *_TITLES) if len(word) > 1 and word not in _FIRST_NAMES)
"""Words beside a name that make nobody else of its bearer; what may be a first name, or its initial, is none."""
_SHORT = frozenset(("hr", "fr"))
"""These are salutations with a point behind them alone."""
_WORD = re.compile(r"([^\W\d_]+)(\.?)(?:\s+|$)")
_AND = re.compile(r"(?:and|und|&)\s", re.IGNORECASE)
_OF_COMPANY = re.compile(r"\b(?:GmbH|AG|KG|OHG|UG|SE|eG|GbR|Ltd|Inc|LLC|e\.\s?[VK]\.)(?:\W|$)")


def without_salutation(name: str) -> str:
    """Take away `Herr`, `Ms.` and the like in front of a name, unless nothing is left; titles such as Dr. stay.

    A name that reads like that of a company or a couple stays as it is.
    """
    rest = name
    while (match := _WORD.match(rest)) and _is_salutation(match) and rest[match.end() :]:
        rest = rest[match.end() :]
    return name if _OF_COMPANY.search(rest) or _AND.match(rest) else rest


def is_salutation(text: str) -> bool:
    """Whether a text is nothing but salutations and titles, such as `Frau Prof. Dr.`."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return bool(words) and all(word in _SALUTATIONS or word in _TITLES for word in words)


def _is_salutation(match: re.Match[str]) -> bool:
    word = match[1].casefold()
    return word in _SALUTATIONS and (word not in _SHORT or bool(match[2]))

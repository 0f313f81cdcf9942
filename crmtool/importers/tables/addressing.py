"""The parts of an address → one text."""

from __future__ import annotations

from collections.abc import Mapping

PARTS = (
    "formatted",
    "address",
    "street",
    "house_number",
    "po_box",
    "postal_code",
    "postal_code_and_city",
    "city",
    "region",
    "country",
)
"""The fields that make an address; `formatted` is always the whole, `address` may be just the street."""


def address_of(parts: Mapping[str, str]) -> str:
    """Put an address together: street, postal code and city, region, country, with commas between.

    Empty where the parts tell no place but a region or a country.
    """
    if "formatted" in parts:
        return parts["formatted"]
    whole, city = parts.get("address", ""), parts.get("city", "")
    others = [*_streets(parts), parts.get("postal_code_and_city", "") or _words(parts, "postal_code", "city")]
    if not (whole or any(others)):
        return ""
    region = parts.get("region", "")
    others += ["" if region.casefold() == city.casefold() else region, parts.get("country", "")]
    left = [part for part in others if part and part.casefold() not in whole.casefold()]
    if whole and (not left or (city and city.casefold() in whole.casefold())):
        return whole
    return ", ".join(filter(None, map(_one_line, (whole, *left))))


def _streets(parts: Mapping[str, str]) -> tuple[str, str]:
    return _words(parts, "street", "house_number"), parts.get("po_box", "")


def _words(parts: Mapping[str, str], *keys: str) -> str:
    return " ".join(filter(None, (parts.get(key, "") for key in keys)))


def _one_line(text: str) -> str:
    return ", ".join(line.strip().rstrip(",") for line in text.split("\n"))

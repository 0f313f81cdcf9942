"""A card's properties → a contact's details."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from operator import attrgetter

from crmtool.importers.cards.labels import labelled
from crmtool.importers.cards.lines import Properties, Property
from crmtool.importers.cards.text import parts, tidy, tidy_lines, tidy_number, unescaped
from crmtool.importers.record import Claim
from crmtool.importers.salutation import without_salutation
from crmtool.importers.unspoken import is_fax
from crmtool.yaml_reader import Value

_MAILTO = re.compile(r"mailto:([^?]*)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[^<>]*<([^<>\s]+@[^<>\s]+)>\s*")
_BETWEEN = re.compile(r"[,;\s]+")
_NOT_SPOKEN_TO = {"fax": "Fax", "pager": "Pager", "modem": "Modem", "bbs": "Modem", "telex": "Telex"}
"""Numbers by which nobody is spoken to, by their types, and what they are called."""
_SPOKEN_TO = "voice"
_NO_TAG = "mycontacts"
"""What Google puts everyone into."""


def text_of(properties: Iterable[Property]) -> str:
    """Give the first text among properties, tidied; empty where there is none."""
    return next(filter(None, (tidy(unescaped(each.value)) for each in properties)), "")


def name_of(card: Properties, details: dict[str, Value], *, is_own: bool) -> str:
    """Give what a card is called by; empty where it says nothing that could serve.

    A name that is put together leaves out title and suffix: they are part of a name where a program shows them so. How
    people are addressed is none, unless crmtool wrote the card: it writes what a contact is called.
    """
    written = text_of(card.named("FN")) or _put_together(card)
    name = written if is_own else without_salutation(written)
    name = name or str(details.get("organization", "")) or _first_nickname(card)
    lists = (details.get(key) for key in ("email", "phone"))
    return name or next((str(found[0]) for found in lists if isinstance(found, list) and found), "")


def _put_together(card: Properties) -> str:
    for each in card.named("N"):
        family, given, middle = ([*parts(each.value, ";"), "", ""])[:3]
        words = (tidy(unescaped(word)) for part in (given, middle, family) for word in parts(part, ","))
        name = " ".join(filter(None, words))
        if name:
            return name
    return ""


def _first_nickname(card: Properties) -> str:
    names = (tidy(unescaped(part)) for each in card.named("NICKNAME") for part in parts(each.value, ","))
    return next(filter(None, names), "")


def organization_of(card: Properties) -> tuple[str, list[Claim]]:
    """Give the organization and, as claims, its departments and further organizations."""
    found, claims = "", list[Claim]()
    for each in card.named("ORG"):
        first, *departments = (tidy(unescaped(part)) for part in parts(each.value, ";"))
        department = ", ".join(filter(None, departments))
        if found:
            claims += [Claim(label="Organization", value=first)] if first not in ("", found) else []
        found = found or first
        claims += [Claim(label="Department", value=department)] if department else []
    return found, claims


def emails_of(card: Properties, *, all_are: bool) -> tuple[list[str], list[Claim], list[str]]:
    """Give the mail addresses, what stands in their place as claims, and doubts.

    `all_are` takes whatever stands there for one: so it is in a card that crmtool wrote itself.
    """
    found, claims, doubts = list[str](), list[Claim](), list[str]()
    for each in card.named("EMAIL"):
        text = tidy_number(unescaped(each.value))
        mails = [text] if all_are else _mails(text)
        found += mails
        if text and not mails:
            claims.append(Claim(label="E-mail", value=text))
            doubts.append(f"line {each.line}: no e-mail address, so it became a claim")
    return _without_doubles(found, str.casefold), claims, doubts


def _mails(text: str) -> list[str]:
    """Give the addresses in a text: one, also in the form `Jana <jana@nordlicht.example>`, or several in a row."""
    text = match[1].strip() if (match := _MAILTO.match(text)) else text
    text = match[1] if (match := _IN_BRACKETS.fullmatch(text)) else text
    several = [part for part in _BETWEEN.split(text) if part]
    if all("@" in part for part in several):
        return several
    return [text] if "@" in text and " " not in text else []


def phones_of(card: Properties, labels: Mapping[str, str]) -> tuple[list[str], list[Claim]]:
    """Give the phone numbers and, as claims, faxes and pagers; `labels` are what properties are called, by group."""
    numbers, claims = list[str](), list[Claim]()
    for each in card.named("TEL"):
        number = _number(tidy_number(unescaped(each.value)))
        label = _unspoken(each, labels.get(each.group, ""))
        if not label:
            numbers.append(number)
        elif number:
            claims.append(Claim(label=label, value=number))
    return _without_doubles(numbers, _digits), list(dict.fromkeys(claims))


def _number(text: str) -> str:
    """Give a phone number; of the parameters in an address such as `tel:+49-421-1;ext=5`, the extension alone."""
    if text[:4].casefold() != "tel:":
        return text
    number, *parameters = text[4:].split(";")
    extension = next((each[4:] for each in parameters if each[:4].casefold() == "ext="), "")
    return f"{number.strip()} ext. {extension}" if extension else number.strip()


def _unspoken(each: Property, label: str) -> str:
    """Say what a number is by which nobody is spoken to; empty for phones, and for those that are both."""
    if _SPOKEN_TO in each.types:
        return ""
    kind = next((kind for kind in _NOT_SPOKEN_TO if kind in each.types), "")
    if kind:
        return labelled(_NOT_SPOKEN_TO[kind], replace(each, types=each.types - _NOT_SPOKEN_TO.keys()))
    return label if is_fax(label) else ""


def _digits(phone: str) -> str:
    return "".join(character for character in phone if character.isdigit() or character == "+") or phone


def urls_of(card: Properties) -> list[str]:
    """Give the addresses on the web."""
    return _without_doubles((tidy_number(unescaped(each.value)) for each in card.named("URL")), str)


def tags_of(card: Properties) -> list[str]:
    """Give the categories, parted by commas or, as some programs do it, by semicolons."""
    categories = sorted(card.named("CATEGORIES", "CATEGORY"), key=attrgetter("line"))
    texts = (tidy(unescaped(part)) for each in categories for part in parts(each.value, ",;"))
    return _without_doubles((text for text in texts if text.casefold() != _NO_TAG), str)


def addresses_of(card: Properties) -> list[tuple[str, Property]]:
    """Give the postal addresses, each as one text: the preferred or that of the work first.

    Labels, which say the same for printing, count only where there is nothing else.
    """
    return _addresses(card, "ADR", _address) or _addresses(card, "LABEL", lambda value: tidy_lines(unescaped(value)))


def _addresses(card: Properties, name: str, written: Callable[[str], str]) -> list[tuple[str, Property]]:
    found: dict[str, Property] = {}
    for each in sorted(card.named(name), key=lambda each: (each.rank, "work" not in each.types)):
        found.setdefault(written(each.value), each)
    return [(text, each) for text, each in found.items() if text]


def _address(value: str) -> str:
    written = [tidy_lines(unescaped(part)) for part in parts(value, ";")] + [""] * 7
    box, extended, street, city, region, code, country = written[:7]
    if street and not any((box, extended, city, region, code, country)):
        return street
    texts = (box, extended, street, f"{code} {city}".strip(), region, country)
    return ", ".join(filter(None, (", ".join(filter(None, text.split("\n"))) for text in texts)))


def notes_of(card: Properties) -> str:
    """Give the notes; an empty line parts one from the next."""
    texts = (tidy_lines(unescaped(each.value)) for each in sorted(card.named("NOTE"), key=attrgetter("line")))
    return "\n\n".join(filter(None, texts))


def _without_doubles(texts: Iterable[str], key: Callable[[str], str]) -> list[str]:
    found: dict[str, str] = {}
    for text in filter(None, texts):
        found.setdefault(key(text), text)
    return list(found.values())

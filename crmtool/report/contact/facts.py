"""Who a contact is and how to reach them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crmtool.assessment import Assessment
from crmtool.report.edition import Edition
from crmtool.report.erasures import tell_erasure
from crmtool.report.links import encoded
from crmtool.yaml_reader import Value

_PLAIN = ("address", "source", "owner")
_DIALLED = frozenset("+0123456789")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A text; `href` is empty where it leads nowhere that is safe to follow."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A field with what it holds."""

    label: str
    items: tuple[Item, ...]


def facts(edition: Edition, assessment: Assessment) -> tuple[Fact, ...]:
    """List the fields that say who a contact is, then the team's own, then when all of this is to be erased."""
    return tuple(_facts(edition, assessment))


def _facts(edition: Edition, assessment: Assessment) -> Iterator[Fact]:
    language, contact = edition.language, assessment.contact
    fields = contact.fields
    for key in ("email", "phone", "url"):
        if texts := _texts(fields.get(key)):
            items = tuple(Item(text=text, href=_href(key, text)) for text in texts)
            yield Fact(label=language(f"fact.{key}"), items=items)
    for key in _PLAIN:
        if text := contact.text(key):
            yield Fact(label=language(f"fact.{key}"), items=(Item(text=text),))
    if contact.value:
        money = language.money(contact.value, edition.rulebook.currency)
        yield Fact(label=language("fact.value"), items=(Item(text=money),))
    if tags := _texts(fields.get("tags")):
        yield Fact(label=language("fact.tags"), items=(Item(text=", ".join(tags)),))
    extra = fields.get("extra")
    for key, value in extra.items() if isinstance(extra, dict) else ():
        if texts := _texts(value):
            yield Fact(label=key, items=(Item(text=", ".join(texts)),))
    if told := tell_erasure(edition, assessment):
        yield Fact(label=language("fact.erasure"), items=(Item(text=told),))


def _texts(value: Value) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(text for entry in value for text in _texts(entry))
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        return ()
    return (str(value),) if value != "" else ()


def _href(key: str, text: str) -> str:
    match key:
        case "email":
            local, at, domain = text.partition("@")
            return f"mailto:{encoded(local)}@{encoded(domain)}" if at else ""
        case "phone":
            return "tel:" + "".join(sign for sign in text if sign in _DIALLED)
        case _:
            return text if text.startswith(("https://", "http://")) else ""

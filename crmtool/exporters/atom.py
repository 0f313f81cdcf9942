"""The decisions taken as an Atom feed (RFC 4287), the latest first; it says nothing of a person unless asked to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from crmtool.contact import Contact, Decision
from crmtool.exporters.texts import UNKNOWN, clean, words
from crmtool.progress.log import Logged, log
from crmtool.records import dataclass
from crmtool.rulebook import RuleBook

NAMESPACE = UUID("262541ac-49da-418b-879e-60c871061740")
"""Below it the ids of feed and entries are made, by uuid5 of a contact's id and the decision's place in its log."""
MOST = 500
"""So many decisions, the latest, stand in a feed."""
_ATOM = "http://www.w3.org/2005/Atom"
_NO_CHARACTER = re.compile("[\ufffe\uffff]")
"""What XML has no room for, beside what is not printable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A decision as it is told."""

    id: str
    day: date
    title: str
    content: str
    outcome: str
    label: str


def render(contacts: Iterable[Contact], rulebook: RuleBook, day: date, *, names: bool = False) -> bytes:
    """Write the feed of what was decided up to a day.

    How a contact came in is no decision. Without `names` an entry tells the statuses, what it came to and the label of
    its reason, but not of whom, and nothing that is written in a contact.
    """
    told = words(rulebook.language)
    entries = [_entry(found, rulebook, told, names=names) for found in _taken(contacts, rulebook, day)]
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": told["language"]})
    name = _clean(rulebook.name) or "crmtool"
    _text(feed, "title", told["feed"].format(name=name))
    _text(feed, "id", _uuid("feed", rulebook.name))
    _text(feed, "updated", _moment(entries[0].day if entries else day))
    _text(ET.SubElement(feed, "author"), "name", name)
    _text(feed, "generator", "crmtool")
    for entry in entries:
        _write(feed, entry)
    ET.indent(feed)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _taken(contacts: Iterable[Contact], rulebook: RuleBook, day: date) -> Iterator[Logged]:
    return islice((found for found in log(contacts, rulebook, day) if found.outcome is not None), MOST)


def _entry(found: Logged, rulebook: RuleBook, told: Mapping[str, str], *, names: bool) -> _Entry:
    decision, outcome = found.decision, found.outcome or ""
    title = f"{_status(rulebook, found.source)} → {_status(rulebook, decision.to)}"
    if names:
        title = f"{found.contact.title}: {title}"
    why = [text for text in (_reason(rulebook, decision), decision.because if names else "") if text]
    label = told[f"outcome.{outcome}"]
    content = f"{label}: {'. '.join(why)}" if why else label
    return _Entry(
        id=_uuid("decision", found.contact.id, str(decision.index)),
        day=found.day,
        title=_clean(title),
        content=_clean(content),
        outcome=outcome,
        label=label,
    )


def _status(rulebook: RuleBook, id: str | None) -> str:
    # What the rule book does not know is a contact's own text.
    status = rulebook.statuses.get(id or "")
    return status.label if status else UNKNOWN


def _reason(rulebook: RuleBook, decision: Decision) -> str:
    status = rulebook.statuses.get(decision.to)
    return status.reasons.get(decision.reason or "", "") if status else ""


def _write(feed: ET.Element, entry: _Entry) -> None:
    element = ET.SubElement(feed, "entry")
    _text(element, "title", entry.title)
    _text(element, "id", entry.id)
    _text(element, "updated", _moment(entry.day))
    ET.SubElement(element, "category", {"term": entry.outcome, "label": entry.label})
    _text(element, "content", entry.content)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _uuid(*parts: str) -> str:
    name = "\n".join(parts).encode(errors="backslashreplace").decode()  # a file's name need not be text
    return uuid5(NAMESPACE, name).urn


def _clean(text: str) -> str:
    return _NO_CHARACTER.sub("\ufffd", clean(text))

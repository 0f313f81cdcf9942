"""Builders for the tests of the core: contacts, rule books and snapshots from few words, by way of the real reader."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from crmtool.assessment import Assessment, assess
from crmtool.conditions import Condition, parse_requires
from crmtool.contact import Contact, contact_from
from crmtool.document import Document, read_contact, read_yaml
from crmtool.rulebook import RuleBook, rulebook_from
from crmtool.schema import Schema
from crmtool.situation import Situation
from crmtool.snapshot import UnreadableError
from tests.conftest import ROOT

ACTIVE = {"label": "L", "meaning": "M", "kind": "active"}
HOLD = {**ACTIVE, "kind": "hold"}
WON = {**ACTIVE, "kind": "won"}
ENDED = {**ACTIVE, "kind": "ended"}


def day(text: str) -> date:
    """Read a day such as 2026-11-23."""
    return date.fromisoformat(text)


@cache
def shipped_schema(name: str) -> Schema:
    """Give the shipped schema of `contact` or `criteria`."""
    return Schema.parse((ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8"))


def contact_document(text: str, path: str = "contacts/x.md") -> Document:
    return read_contact(path, text.encode())


def front_matter(yaml: str) -> Document:
    """Read a contact's front matter, given without its fences: its first line is line 2."""
    return contact_document(f"---\n{yaml}\n---\n")


def contact_of(document: Document) -> Contact:
    contact = contact_from(document)
    assert contact is not None, document.problems
    return contact


def met(on: str, **more: str) -> dict[str, str]:
    return {"met": on, **more}


def no(on: str, **more: str) -> dict[str, str]:
    return {"not_met": on, **more}


def contact(
    *decisions: tuple[str, str] | Mapping[str, Any],
    criteria: Mapping[str, Any] | None = None,
    id: str = "x",
    **more: Any,
) -> Contact:
    """Build a contact of decisions, each a day and a status or all of its fields; at least one."""
    log = [{"date": d[0], "to": d[1], "because": "why"} if isinstance(d, tuple) else dict(d) for d in decisions]
    fields = {"name": "N", "status": log[-1]["to"], "criteria": criteria or {}, "decisions": log, **more}
    document = read_contact(f"contacts/{id}.md", f"---\n{json.dumps(fields, ensure_ascii=False)}\n---\n".encode())
    assert shipped_schema("contact").shape(document) == ()
    return contact_of(document)


def rulebook_of(text: str) -> RuleBook:
    """Build a rule book of YAML that the shipped schema accepts."""
    document = read_yaml("criteria.yaml", text.encode())
    assert document.problems == ()
    assert shipped_schema("criteria").shape(document) == ()
    rulebook = rulebook_from(document)
    assert rulebook is not None
    assert rulebook.flaws == ()
    return rulebook


def rulebook(
    criteria: Mapping[str, Mapping[str, Any]] | Iterable[str] = (),
    *,
    statuses: Mapping[str, Any] | None = None,
    transitions: Mapping[str, Any] | None = None,
    **more: Any,
) -> RuleBook:
    """Build a rule book: criteria with what matters about them, and by default the statuses new, later, won, ended."""
    asked = criteria if isinstance(criteria, Mapping) else {id: {} for id in criteria}
    values = {
        "statuses": statuses or {"new": ACTIVE, "later": ACTIVE, "held": HOLD, "won": WON, "ended": ENDED},
        "criteria": {id: {"label": id.upper(), "question": f"{id}?", **entry} for id, entry in asked.items()},
        "transitions": transitions or {"enter": {"to": "new"}, "stop": {"from": "*", "to": "ended"}},
        **more,
    }
    return rulebook_of(json.dumps(values, ensure_ascii=False))


def conditions(written: Any) -> tuple[Condition, ...]:
    """Read a list of conditions, given as the values of their YAML."""
    found, flaws = parse_requires(written, ())
    assert flaws == ()
    return found


def condition(written: Any) -> Condition:
    """Read one condition, given as the value of its YAML."""
    (found,) = conditions([written])
    return found


def situation(contact: Contact, rulebook: RuleBook, on: str, entered: str | None = None) -> Situation:
    return Situation(
        contact=contact, rulebook=rulebook, day=day(on), entered=day(entered) if entered is not None else None
    )


def assessed(contact: Contact, rulebook: RuleBook, on: str) -> Assessment:
    assessment = assess(contact, rulebook, day(on))
    assert assessment is not None
    return assessment


@dataclass(frozen=True)
class InMemory:
    """A Snapshot of texts and bytes; those of `locked` cannot be read."""

    files: Mapping[str, str | bytes]
    locked: Mapping[str, UnreadableError] = field(default_factory=dict)

    def paths(self) -> Iterable[str]:
        return (*self.files, *self.locked)

    def read(self, path: str) -> bytes:
        if path in self.locked:
            raise self.locked[path]
        if path not in self.files:
            raise UnreadableError("the file does not exist", "make it")
        content = self.files[path]
        return content if isinstance(content, bytes) else content.encode()

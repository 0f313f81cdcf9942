"""Look at a workspace: judge its contacts, find one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from crmtool.app import load, relative_path, usable_rulebook
from crmtool.assessment import Assessment
from crmtool.contact import FOLDER, SUFFIX, Contact
from crmtool.errors import CrmtoolError
from crmtool.report.edition import Edition, edition
from crmtool.report.language import Language
from crmtool.snapshot import Content
from crmtool.text import visible


def judge(root: Path, day: date) -> Edition:
    """Judge every contact of a workspace, told in English; raises CrmtoolError where the rule book cannot be used."""
    content = load(root)
    unjudged = set(content.documents) - set(content.contacts)
    judged = edition(content.contacts.values(), usable_rulebook(content), day, unjudged=unjudged)
    return replace(judged, language=Language("en"))


def find_judged(root: Path, wanted: str, day: date, start: Path) -> tuple[Edition, Assessment]:
    """Find one contact's assessment among all; raises CrmtoolError where the contact cannot be judged."""
    content = load(root)
    rulebook = usable_rulebook(content)
    broken = _broken(content, wanted, root, start)
    if broken:
        raise CrmtoolError(f"{visible(broken)} has errors: `crmtool check {visible(broken)}` tells them")
    contact = find_contact(content.contacts.values(), wanted, root, start)
    decision = contact.decided_by(day)
    if decision is None:
        first = min(decision.day for decision in contact.decisions)
        raise CrmtoolError(f"{visible(contact.id)} does not exist on {day}: its first decision is of {first}")
    if decision.to not in rulebook.statuses:
        raise CrmtoolError(f"{visible(contact.id)}: the rule book has no status {visible(decision.to)!r}")
    only = replace(edition([contact], rulebook, day), language=Language("en"))
    return only, only.assessments[0]


def find_contact(contacts: Iterable[Contact], wanted: str, root: Path, start: Path) -> Contact:
    """Find the contact that an id, a path, or a unique part of an id or a name means; raises CrmtoolError."""
    found = list(contacts)
    by_path = _as_contact_path(wanted, root, start)
    for contact in found:
        if wanted == contact.id or contact.path in (wanted, by_path):
            return contact
    part = wanted.casefold()
    candidates = [c for c in found if part in c.id.casefold() or part in c.title.casefold()]
    if len(candidates) == 1:
        return candidates[0]
    if not candidates:
        raise CrmtoolError(f"no contact {visible(wanted)!r}; `crmtool list` shows them all")
    listed = ", ".join(visible(contact.id) for contact in candidates[:10])
    more = f" and {len(candidates) - 10} more" if len(candidates) > 10 else ""
    raise CrmtoolError(f"{visible(wanted)!r} may be {listed}{more}; write more of it")


def _as_contact_path(wanted: str, root: Path, start: Path) -> str | None:
    if not wanted.endswith(SUFFIX):
        return None
    try:
        return relative_path(wanted, root, start)
    except CrmtoolError:
        return None


def _broken(content: Content, wanted: str, root: Path, start: Path) -> str | None:
    path = _as_contact_path(wanted, root, start) or FOLDER + wanted + SUFFIX
    return path if path in content.documents and path not in content.contacts else None

"""Look at a workspace: judge its contacts, find one of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from crmtool.app import load, relative_path, usable_rulebook
from crmtool.assessment import Assessment
from crmtool.contact import SUFFIX, contact_id, folded
from crmtool.errors import CrmtoolError
from crmtool.report.edition import Edition, edition
from crmtool.report.language import Language
from crmtool.snapshot import Content
from crmtool.text import visible

_MOST_LISTED = 10


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
    path = find_path(content, wanted, root, start)
    contact = content.contacts.get(path)
    if contact is None:
        raise CrmtoolError(f"{visible(path)} has errors: `crmtool check {visible(path)}` tells them")
    decision = contact.decided_by(day)
    if decision is None:
        first = min(decision.day for decision in contact.decisions)
        raise CrmtoolError(f"{visible(contact.id)} does not exist on {day}: its first decision is of {first}")
    if decision.to not in rulebook.statuses:
        raise CrmtoolError(f"{visible(contact.id)}: the rule book has no status {visible(decision.to)!r}")
    only = replace(edition([contact], rulebook, day), language=Language("en"))
    return only, only.assessments[0]


def find_path(content: Content, wanted: str, root: Path, start: Path) -> str:
    """Find the contact file that an id, a path, or a unique part of an id or a name means; raises CrmtoolError.

    Letter case and the encoding of accents make no difference, as they make none for ids.
    """
    meant = folded(_as_path(wanted, root, start)), folded(wanted)
    ids = {path: contact_id(path) for path in content.documents}
    for path, id in ids.items():
        if folded(path) in meant or folded(id) == meant[1]:
            return path
    titles = {path: folded(contact.title) for path, contact in content.contacts.items()}
    candidates = [path for path, id in ids.items() if meant[1] in folded(id) or meant[1] in titles.get(path, "")]
    if len(candidates) == 1:
        return candidates[0]
    if not candidates:
        raise CrmtoolError(f"no contact {visible(wanted)!r}; `crmtool list` shows them all")
    listed = ", ".join(visible(ids[path]) for path in candidates[:_MOST_LISTED])
    more = f" and {len(candidates) - _MOST_LISTED} more" if len(candidates) > _MOST_LISTED else ""
    raise CrmtoolError(f"{visible(wanted)!r} may be {listed}{more}; write more of it")


def _as_path(wanted: str, root: Path, start: Path) -> str:
    try:
        return relative_path(wanted, root, start) if wanted.endswith(SUFFIX) else wanted
    except CrmtoolError:
        return wanted

"""Look at a workspace: judge its contacts, find one of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from crmtool.app import load, usable_rulebook
from crmtool.app.naming import read_named
from crmtool.assessment import Assessment
from crmtool.contact import Contact
from crmtool.errors import CrmtoolError
from crmtool.report.edition import Edition, edition
from crmtool.report.language import Language
from crmtool.rulebook import RuleBook
from crmtool.text import visible


def judge(root: Path, day: date) -> Edition:
    """Judge every contact of a workspace, told in English; raises CrmtoolError where the rule book cannot be used."""
    content = load(root)
    unjudged = set(content.documents) - set(content.contacts)
    return _in_english(edition(content.contacts.values(), usable_rulebook(content), day, unjudged=unjudged))


def judge_one(contact: Contact, rulebook: RuleBook, day: date) -> Edition:
    """Judge one contact, told in English; nothing where it cannot be judged on that day."""
    return _in_english(edition([contact], rulebook, day))


def find_judged(root: Path, wanted: str, day: date, start: Path) -> tuple[Edition, Assessment]:
    """Find one contact's assessment among all; raises CrmtoolError where the contact cannot be judged."""
    path, content = read_named(root, wanted, start)
    rulebook = usable_rulebook(content)
    contact = content.contacts.get(path)
    if contact is None:
        raise CrmtoolError(f"{visible(path)} has errors: `crmtool check {visible(path)}` tells them")
    decision = contact.decided_by(day)
    if decision is None:
        first = min(decision.day for decision in contact.decisions)
        raise CrmtoolError(f"{visible(contact.id)} does not exist on {day}: its first decision is of {first}")
    if decision.to not in rulebook.statuses:
        raise CrmtoolError(f"{visible(contact.id)}: the rule book has no status {visible(decision.to)!r}")
    only = judge_one(contact, rulebook, day)
    return only, only.assessments[0]


def _in_english(told: Edition) -> Edition:
    # The terminal speaks English; the rule book's language is that of the site.
    return replace(told, language=Language("en"))

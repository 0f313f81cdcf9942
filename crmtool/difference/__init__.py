"""What was decided and clarified between two versions of a workspace: content in, facts out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crmtool.difference.contact import ContactDifference, compared_contact
from crmtool.difference.rules import RulesDifference, compared_rules
from crmtool.document import Document
from crmtool.progress.change import Direction
from crmtool.redefining import redefined
from crmtool.rulebook import NO_RULES, RuleBook
from crmtool.snapshot import Content


class Version(StrEnum):
    """One of the two versions that are compared."""

    BASE = "base"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What is compared, as ids of commits: None is nothing at all as `base`, and the work tree as `end`.

    `names` are what people are told in their place; `notice` is what they should know of the choice.
    """

    base: str | None
    end: str | None
    names: tuple[str, str]
    notice: str | None = None


class Obstacle(StrEnum):
    """Why a contact cannot be judged: its file has errors, or the rule book lacks the status it is in."""

    ERRORS = "errors"
    UNKNOWN_STATUS = "unknown_status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """A contact's file that cannot be judged in a version. With errors, nothing at all is told of the contact."""

    path: str
    version: Version
    obstacle: Obstacle


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What the second version has on top of the first, both judged as of one day under one rule book.

    `contacts` are those that differ, the most important first; `rules` is None where the rule book says the same.
    """

    day: date
    compared: Compared
    rulebook: RuleBook
    contacts: tuple[ContactDifference, ...]
    rules: RulesDifference | None
    unjudged: tuple[Unjudged, ...]


def difference(
    before: Content, after: Content, renamed: Mapping[str, str], day: date, compared: Compared
) -> Difference:
    """Tell what two versions differ in; `renamed` gives the old paths of files that were renamed, by the new ones.

    Of contacts whose files are the same in both, none needs to have been read from the first version, nor from the
    second unless the rule book differs. What got another id in the rule book alone differs in no contact.
    """
    rulebook = after.rulebook or before.rulebook or NO_RULES
    found: list[ContactDifference] = []
    unjudged: list[Unjudged] = []
    ids = redefined(before.rulebook, after.rulebook)
    past = {path: ids.read(contact) for path, contact in before.contacts.items()}
    for old_path, path in _pairs(before, after, renamed):
        old, new = past.get(old_path or ""), after.contacts.get(path or "")
        obstacles = list(_unreadable(before, after, old_path, path))
        unjudged += obstacles
        is_unchanged = path is not None and old_path in before.paths and old_path not in before.documents
        if not obstacles and not is_unchanged and (old or new):
            contact = compared_contact(old, new, rulebook, day)
            if contact is not None:
                found.append(contact)
                unjudged += _without_status(contact, day)
    return Difference(
        day=day,
        compared=compared,
        rulebook=rulebook,
        contacts=tuple(sorted(found, key=_importance)),
        rules=compared_rules(before, after, day),
        unjudged=tuple(sorted(unjudged, key=lambda each: (each.path, each.version))),
    )


def _pairs(before: Content, after: Content, renamed: Mapping[str, str]) -> Iterator[tuple[str | None, str | None]]:
    """Go through the contact files that were read: the path before and after, None where there is none."""
    known = set(before.paths)
    for path in after.documents:
        old_path = renamed.get(path, path)
        yield old_path if old_path in known else None, path
    there = {*after.paths, *renamed.values()}
    locked = tuple(path for path in after.paths if path.endswith("/"))  # folders that cannot be read
    for path in before.documents:
        if path not in there and not path.startswith(locked):
            yield path, None


def _unreadable(before: Content, after: Content, old_path: str | None, path: str | None) -> Iterator[Unjudged]:
    """Name the versions in which a file has errors; a file whose notes alone differ has no more of them than before."""
    old, new = before.documents.get(old_path or ""), after.documents.get(path or "")
    if old and new and _front_matter(old) == _front_matter(new):
        return
    for document, content, version in ((old, before, Version.BASE), (new, after, Version.END)):
        if document and document.path not in content.contacts:
            yield Unjudged(path=document.path, version=version, obstacle=Obstacle.ERRORS)


def _front_matter(document: Document) -> object:
    if document.values is not None:
        return document.values
    return document.text[document.yaml_span.start : document.yaml_span.end] or document.text


def _without_status(found: ContactDifference, day: date) -> Iterator[Unjudged]:
    sides = ((found.before, found.judged_before, Version.BASE), (found.after, found.judged_after, Version.END))
    for contact, judged, version in sides:
        if contact and judged is None and contact.decided_by(day):
            yield Unjudged(path=contact.path, version=version, obstacle=Obstacle.UNKNOWN_STATUS)


def _importance(found: ContactDifference) -> tuple[int, str]:
    """What was decided first, then who entered, whose past was corrected, about whom something was clarified."""
    told = (
        found.decisions,
        found.decided,
        found.past or found.after is None,
        found.clarified,
        found.direction is not Direction.UNCHANGED or found.verdict_changed,
        found.stops_due or found.stops_gone,
    )
    return next((rank for rank, is_told in enumerate(told) if is_told), len(told)), found.contact.id

"""Which contacts are wanted: any of the values of one filter, all of the filters."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from crmtool.app.meaning import criterion_labels, known_ids, status_labels
from crmtool.assessment import Assessment
from crmtool.contact import folded
from crmtool.progress.change import Direction, direction, progress_since
from crmtool.report.edition import Edition
from crmtool.rulebook import RuleBook
from crmtool.text import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for; an empty filter asks for nothing."""

    statuses: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    overdue: bool = False
    closer_since: date | None = None
    further_since: date | None = None


def wanted_of(edition: Edition, wanted: Wanted) -> list[Assessment]:
    """Give the contacts that are wanted, in the order of attention; raises CrmtoolError for an id nobody knows."""
    wanted = replace(
        wanted,
        statuses=known_ids("status", wanted.statuses, status_labels(edition.rulebook)),
        missing=known_ids("criterion", wanted.missing, criterion_labels(edition.rulebook)),
    )
    checks = _checks(wanted, edition.rulebook)
    return [assessment for assessment in edition.assessments if all(check(assessment) for check in checks)]


def nobodys(edition: Edition, wanted: Wanted) -> Iterator[str]:
    """Tell of each owner and tag asked for that no contact has: they are no ids, so they may just be unused."""
    contacts = [assessment.contact for assessment in edition.assessments]
    owners = {contact.text("owner") for contact in contacts} - {""}
    tags = {tag for contact in contacts for tag in contact.tags}
    for what, asked, known in (("owner", wanted.owners, owners), ("tag", wanted.tags, tags)):
        for name in asked:
            if name not in known:
                spelled = {folded(each): each for each in known}
                near = difflib.get_close_matches(folded(name), spelled, n=1)
                hint = f"; did you mean {visible(spelled[near[0]])!r}?" if near else ""
                yield f"no contact has the {what} {visible(name)!r}{hint}"


def _checks(wanted: Wanted, rulebook: RuleBook) -> list[Callable[[Assessment], bool]]:
    """Make a check of each filter that asks for something."""
    checks: list[tuple[object, Callable[[Assessment], bool]]] = [
        (wanted.statuses, lambda found: found.status.id in wanted.statuses),
        (wanted.verdicts, lambda found: found.verdict.value in wanted.verdicts),
        (wanted.owners, lambda found: found.contact.text("owner") in wanted.owners),
        (wanted.tags, lambda found: not set(wanted.tags).isdisjoint(found.contact.tags)),
        (wanted.missing, lambda found: any(state.id in wanted.missing for state in found.missing)),
        (wanted.overdue, lambda found: found.overdue),
    ]
    for since, way in ((wanted.closer_since, Direction.CLOSER), (wanted.further_since, Direction.FURTHER)):
        checks.append((since, _went(way, since, rulebook)))
    return [check for asked, check in checks if asked]


def _went(way: Direction, since: date | None, rulebook: RuleBook) -> Callable[[Assessment], bool]:
    def check(found: Assessment) -> bool:
        return since is not None and direction(progress_since(since, found, rulebook)) is way

    return check

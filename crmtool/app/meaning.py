"""Which status or criterion a person means: by its id or its label, whatever the letter case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from crmtool.contact import folded
from crmtool.errors import CrmtoolError, RefusedError
from crmtool.rulebook import Criterion, RuleBook
from crmtool.shapes import did_you_mean
from crmtool.text import one_line, visible


def status_labels(rulebook: RuleBook) -> dict[str, str]:
    """Give the statuses with their labels."""
    return {id: status.label for id, status in rulebook.statuses.items()}


def criterion_labels(rulebook: RuleBook) -> dict[str, str]:
    """Give the criteria with their labels."""
    return {id: criterion.label for id, criterion in rulebook.criteria.items()}


def known_ids(what: str, wanted: Iterable[str], labels: Mapping[str, str]) -> tuple[str, ...]:
    """Find the ids of a rule book that texts mean; raises CrmtoolError for one that nobody knows."""
    return tuple(known_id(what, each, labels) for each in wanted)


def known_id(what: str, wanted: str, labels: Mapping[str, str]) -> str:
    """Find the id of a rule book that a text means; raises CrmtoolError where there is none."""
    found = find_id(wanted, labels)
    if found is None:
        raise CrmtoolError(f"the rule book has no {what} {visible(wanted)!r}; {did_you_mean(wanted, labels)}")
    return found


def asked_criterion(rulebook: RuleBook, wanted: str, day: date) -> Criterion:
    """Find the criterion that a text means; raises CrmtoolError where there is none, RefusedError for a retired one."""
    found = rulebook.criteria[known_id("criterion", wanted, criterion_labels(rulebook))]
    if not found.is_asked(day):
        raise RefusedError(f"refused: the criterion '{found.id}' is retired since {found.retired}: it is asked no more")
    return found


def find_id(wanted: str, labels: Mapping[str, str]) -> str | None:
    """Find the id of a rule book that a text means: itself, else in other letter case, else by its label."""
    if wanted in labels:
        return wanted
    meant = folded(wanted.strip())
    by_id = [id for id in labels if folded(id) == meant]
    by_label = [id for id, label in labels.items() if label and folded(one_line(label)) == meant]
    return next(iter(by_id or by_label), None)

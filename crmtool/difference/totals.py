"""The difference between two versions in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from crmtool.difference import Difference
from crmtool.progress.change import Direction
from crmtool.progress.outcome import Outcome
from crmtool.rewriting import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many contacts, decisions, answers and entries there are of each kind.

    `outcomes` are those of the decisions, entries left out; `clarified` counts pairs of contact and criterion;
    `rewritten` the past entries that were changed, moved or removed without saying so; `unjudged` counts files.
    """

    outcomes: tuple[Outcome, ...]
    entered: int
    clarified: int
    corrected: int
    rewritten: int
    directions: Mapping[Direction, int]
    verdicts: int
    stops_due: int
    stops_gone: int
    deleted: int
    renamed: int
    unjudged: int


def totals(found: Difference) -> Totals:
    """Count what differs."""
    contacts = found.contacts
    past = Counter(entry.kind for each in contacts for entry in each.past)
    ways = Counter(each.direction for each in contacts)
    return Totals(
        outcomes=tuple(logged.outcome for each in contacts for logged in each.decisions if logged.outcome),
        entered=sum(each.before is None for each in contacts),
        clarified=sum(len({answer.criterion for answer in each.clarified}) for each in contacts),
        corrected=past[Kind.CORRECTED],
        rewritten=past.total() - past[Kind.CORRECTED],
        directions={way: ways[way] for way in Direction},
        verdicts=sum(each.verdict_changed for each in contacts),
        stops_due=sum(len(each.stops_due) for each in contacts),
        stops_gone=sum(len(each.stops_gone) for each in contacts),
        deleted=sum(each.after is None for each in contacts),
        renamed=sum(each.renamed_from is not None for each in contacts),
        unjudged=len({each.path for each in found.unjudged}),
    )

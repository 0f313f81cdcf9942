"""What would keep a stop rule from falling due: an answer that makes one of its conditions fail."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.assessment import Assessment
from crmtool.conditions import All, AtLeast, Clarified, Condition, Has, Holds, Not, NotMet, Open, Passed, Score
from crmtool.report.edition import Edition
from crmtool.report.sentences import bare
from crmtool.stopping import STOP_IF, StopUpcoming


def averting(edition: Edition, assessment: Assessment, stop: StopUpcoming) -> str:
    """Tell what would avert a stop that falls due; that only a decision would, where time alone brings it."""
    language = edition.language
    if stop.rule == STOP_IF:
        return language("averting.own")
    rule = edition.rulebook.stop_rules.get(stop.rule)
    ways = dict.fromkeys(told for when in (rule.when if rule else ()) for told in _ways(edition, assessment, when))
    if not ways:
        return language("averting.decision")
    return language("averting", ways=language("averting.or").join(ways))


def _ways(edition: Edition, assessment: Assessment, condition: Condition) -> Iterator[str]:
    """Go through what makes a condition fail; the calendar's own ones nothing does."""
    match condition:
        case Not(Open()):
            return
        case Not(inner):
            yield from _holding(edition, assessment, inner)
        case Holds(criterion):
            yield _answered(edition, criterion, "no")
        case NotMet(criterion):
            yield _answered(edition, criterion, "yes")
        case Open(criterion):
            yield _answered(edition, criterion, "any")
        case All(conditions):
            for inner in conditions:
                yield from _ways(edition, assessment, inner)
        case AtLeast() | Score() | Has():
            yield _told(edition, assessment, Not(condition))
        case _:
            return


def _holding(edition: Edition, assessment: Assessment, condition: Condition) -> Iterator[str]:
    """Go through what makes a condition hold."""
    match condition:
        case Holds(criterion):
            yield _answered(edition, criterion, "yes")
        case NotMet(criterion):
            yield _answered(edition, criterion, "no")
        case Not(inner):
            yield from _ways(edition, assessment, inner)
        case AtLeast(1, conditions):
            for inner in conditions:
                yield from _holding(edition, assessment, inner)
        case All() | AtLeast() | Score() | Clarified() | Has() | Passed():
            yield _told(edition, assessment, condition)
        case _:
            return


def _told(edition: Edition, assessment: Assessment, condition: Condition) -> str:
    return edition.language("averting.told", text=edition.told(assessment, condition))


def _answered(edition: Edition, criterion: str, answer: str) -> str:
    rule = edition.rulebook.criteria.get(criterion)
    question = edition.language.quote(bare(rule.question if rule else f"{criterion}?"))
    label = edition.language.quote(edition.criterion(criterion))
    return edition.language(f"averting.{answer}", criterion=label, question=question)

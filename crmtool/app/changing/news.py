"""What a change makes worse: the findings that were not there before, and the decisions that lack more than before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from crmtool.conditions import notation
from crmtool.contact import Contact
from crmtool.finding import Finding
from crmtool.replay import replay
from crmtool.rulebook import RuleBook

_MISSING = "criteria-missing"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A contact as it is judged: its findings in the order of its lines; whether the rule book itself has errors."""

    contact: Contact
    rulebook: RuleBook
    findings: tuple[Finding, ...]
    has_broken_rules: bool = False


@dataclass(frozen=True, kw_only=True)
class News:
    """What is worse than before: findings, and the ranks of the decisions that lack something more."""

    findings: tuple[Finding, ...]
    decisions: frozenset[int]


def news(before: Standing | None, after: Standing) -> News:
    """Compare a contact with how it stood before; of a new one everything is news.

    One finding names all that a decision lacks: where that is less than before, it is mended in part, and no news.
    """
    known = Counter((found.code, found.message) for found in before.findings) if before else Counter()
    old = _lacking(before) if before else {}
    new = _lacking(after)
    worse = frozenset(rank for rank, lacks in new.items() if not lacks <= old.get(rank, frozenset()))
    ranks = iter(new)
    found_now = []
    for found in after.findings:
        if found.code == _MISSING:
            is_news = next(ranks) in worse
        else:
            known[found.code, found.message] -= 1
            is_news = known[found.code, found.message] < 0
        found_now += [found] if is_news else []
    return News(findings=tuple(found_now), decisions=worse)


def _lacking(standing: Standing) -> dict[int, frozenset[str]]:
    """Give what each decision lacks, by its rank; those that lack nothing have no finding either."""
    steps = replay(standing.contact, standing.rulebook)
    lacking = {
        rank: frozenset(notation(missing.condition) for missing in step.missing) for rank, step in enumerate(steps)
    }
    return {rank: lacks for rank, lacks in lacking.items() if lacks}

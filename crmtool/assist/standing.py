"""How a contact stands, and how all of them do, in a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from crmtool.assessment import Assessment, Verdict
from crmtool.assist.editing import Editing
from crmtool.assist.told import short
from crmtool.contact import Answer
from crmtool.report.edition import Edition
from crmtool.report.language import Language
from crmtool.report.links import Links
from crmtool.report.reasons import reason
from crmtool.rulebook import RuleBook
from crmtool.situation import Present, Situation, State, present

_COUNTS_WHAT_IS_MISSING = (Verdict.CLARIFY, Verdict.PLAN)
_REASON_LENGTH = 100


def english(rulebook: RuleBook, day: date) -> Edition:
    """Give the words in which editors are told of a rule book: English, with the labels of the team."""
    return Edition(rulebook=rulebook, day=day, assessments=(), language=Language("en"), links=Links())


def verdict(edition: Edition, assessment: Assessment) -> str:
    """Name the verdict on a contact."""
    return edition.language(f"verdict.{assessment.verdict.value}")


def in_short(edition: Edition, assessment: Assessment) -> str:
    """Tell the verdict on a contact and its reason on one line."""
    parts = [verdict(edition, assessment)]
    nearest = min(assessment.outlooks, key=lambda outlook: len(outlook.missing), default=None)
    if nearest and assessment.verdict in _COUNTS_WHAT_IS_MISSING:
        parts.append(f"{len(nearest.missing)} missing for {short(edition.status(nearest.to))}")
    why = reason(edition, assessment)
    text = short(why.text, _REASON_LENGTH)
    when = f"({short(why.when)})" if why.when else ""
    parts.append(f"{text} {when}".strip())
    return " · ".join(filter(None, parts))


def pending(assessment: Assessment) -> str:
    """Tell by when the decision pending in a status is to be taken; empty where no deadline runs."""
    if assessment.decide_by is None:
        return ""
    return f"{'overdue since' if assessment.overdue else 'decide by'} {assessment.decide_by}"


def days(count: int) -> str:
    """Count days."""
    return f"{count} day{'' if count == 1 else 's'}"


def validity(situation: Situation, answer: Answer) -> str:
    """Tell until when the answer that counts is valid; empty where it stays valid."""
    expiry = situation.expires(answer)
    if expiry is None:
        return ""
    return f"{'was ' if expiry <= situation.day else ''}valid until {expiry - timedelta(days=1)}"


def all_present(editing: Editing) -> list[Present]:
    """Tell where every contact of the workspace is."""
    rulebook = editing.rulebook
    if rulebook is None:
        return []
    found = (present(contact, rulebook, editing.day) for contact in editing.contacts.values())
    return [here for here in found if here is not None]


def in_statuses(heres: Iterable[Present]) -> Counter[str]:
    """Count the contacts in each status."""
    return Counter(here.status.id for here in heres)


def states(heres: Iterable[Present], criterion: str) -> Counter[State]:
    """Count how a criterion stands across the contacts on which a decision is still to come."""
    return Counter(here.situation.state(criterion) for here in heres if here.status.is_undecided)

"""rules-unreachable-status."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation
from crmtool.rulebook import RuleBook
from crmtool.rules.base import Example, RuleBookRule, RuleBookSubject
from crmtool.rules.examples import RULEBOOK_PATH, rulebook
from crmtool.rules.paths import from_entry


def check(subject: RuleBookSubject) -> Iterator[Observation]:
    """Report each active or hold status that no contact can get to."""
    book = subject.rulebook
    if not any(transition.is_entry for transition in book.transitions.values()):
        yield _no_entry(book)
        return
    reached = from_entry(book)
    for status in book.statuses.values():
        if status.is_undecided and status.id not in reached:
            yield Observation(
                message=f"nothing leads to the status '{status.id}': no contact can get there from an entry",
                hint=_hint(book, status.id),
                place=("statuses", status.id),
                on_key=True,
            )


def _no_entry(book: RuleBook) -> Observation:
    return Observation(
        message="contacts have no way in: every transition has a `from`",
        hint=f"add below `transitions:` one without `from`, such as `capture: {{to: {next(iter(book.statuses))}}}`",
        place=("transitions",),
        on_key=True,
    )


def _hint(book: RuleBook, status: str) -> str:
    coming = [t.id for t in book.transitions.values() if t.target == status]
    if coming:
        return f"'{coming[0]}' leads there, but from no status that is reached itself: add one to its `from`"
    return f"add a transition `to: {status}`, or remove the status"


RULE = RuleBookRule(
    code="rules-unreachable-status",
    title="A status that no contact can get to",
    why="A status that nothing leads to is a promise that cannot be kept: contacts can only be put there against the "
    "rules.",
    remedy="Add a transition to it from a status that contacts do get to, or remove the status.",
    valid=(Example(files=rulebook()),),
    invalid=(
        Example(
            files=rulebook(
                "  agreed: {label",
                "  waiting: {label: Waiting, meaning: They look into it, kind: hold}\n  agreed: {label",
            ),
            at=(RULEBOOK_PATH, 10, 3),
        ),
        Example(files=rulebook("capture: {to: new}", "capture: {from: parked, to: new}"), at=(RULEBOOK_PATH, 19, 1)),
    ),
    check=check,
)

"""rules-no-exit."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation
from crmtool.rulebook import Kind, RuleBook
from crmtool.rules.base import Example, RuleBookRule, RuleBookSubject
from crmtool.rules.examples import RULEBOOK_PATH, rulebook


def check(subject: RuleBookSubject) -> Iterator[Observation]:
    """Report each active or hold status that no transition leaves to an ended one."""
    book = subject.rulebook
    ended = [status.id for status in book.statuses.values() if status.kind is Kind.ENDED]
    for status in book.statuses.values():
        if status.is_undecided and not any(transition.target in ended for transition in book.leaving(status.id)):
            yield Observation(
                message=f"one cannot say no in '{status.id}': no transition leads from it to an ended status",
                hint=_hint(book, status.id, ended),
                place=("statuses", status.id),
                on_key=True,
            )


def _hint(book: RuleBook, status: str, ended: list[str]) -> str:
    if not ended:
        return 'add a status of kind ended, and a transition such as `stop: {from: "*", to: …}` to it'
    stopping = next((t.id for t in book.transitions.values() if t.target in ended and not t.is_entry), None)
    if stopping:
        return f"add '{status}' to `from` of '{stopping}', or write `from: \"*\"` there"
    return f'add below `transitions:` a line `stop: {{from: "*", to: {ended[0]}}}`'


RULE = RuleBookRule(
    code="rules-no-exit",
    title="A status in which one cannot say no",
    why="Stopping must be possible right where a contact stands. Where a no takes a detour, contacts are carried "
    "along that nobody believes in any more.",
    remedy='Add a transition from the status to one of kind `ended`; `stop: {from: "*", to: stopped}` covers all that '
    "are active or on hold. Let it require nothing.",
    valid=(
        Example(files=rulebook()),
        Example(files=rulebook('from: "*", to', "from: [new, clarifying, parked], to")),
    ),
    invalid=(
        Example(files=rulebook('from: "*", to', "from: [new, clarifying], to"), at=(RULEBOOK_PATH, 9, 3)),
        Example(files=rulebook("kind: ended}", "kind: won}"), at=(RULEBOOK_PATH, 6, 3)),
    ),
    check=check,
)

"""rules-ambiguous-transition."""

from __future__ import annotations

from collections.abc import Iterator

from crmtool.finding import Observation
from crmtool.rulebook import RuleBook, Transition
from crmtool.rules.base import Example, RuleBookRule, RuleBookSubject
from crmtool.rules.examples import RULEBOOK_PATH, rulebook


def check(subject: RuleBookSubject) -> Iterator[Observation]:
    """Report each transition that joins statuses which one written before it joins already."""
    first: dict[tuple[str | None, str], str] = {}
    for transition in subject.rulebook.transitions.values():
        shared: dict[str, list[str | None]] = {}
        for source in _sources(subject.rulebook, transition):
            other = first.setdefault((source, transition.target), transition.id)
            if other != transition.id:
                shared.setdefault(other, []).append(source)
        for other, sources in shared.items():
            yield Observation(
                message=f"'{other}' and '{transition.id}' both lead {_between(sources, transition.target)}",
                hint=_hint(other, transition.id, sources),
                place=("transitions", transition.id),
                on_key=True,
            )


def _sources(book: RuleBook, transition: Transition) -> tuple[str | None, ...]:
    return (None,) if transition.is_entry else book.sources(transition)


def _between(sources: list[str | None], target: str) -> str:
    named = [f"'{source}'" for source in sources if source is not None]
    if not named:
        return f"into the pipeline to '{target}'"
    return f"from {', '.join(named)} to '{target}'"


def _hint(one: str, other: str, sources: list[str | None]) -> str:
    if None in sources:
        return f"keep one of them, or write in `from` of '{other}' the status that it leaves"
    return f"keep one of them (`{{any: […]}}` if either may hold), or narrow `from` of '{one}' or '{other}'"


RULE = RuleBookRule(
    code="rules-ambiguous-transition",
    title="Two transitions join the same two statuses",
    why="A decision names only the status that it leads to. With two ways there, nobody could tell which of them was "
    "taken and what had to hold.",
    remedy="Keep one of the two. If either of two things may hold, say so in one transition: `requires: [{any: "
    "[budget, deadline]}]`.",
    valid=(Example(files=rulebook()),),
    invalid=(
        Example(
            files=rulebook("  stop: {", "  drop: {from: [new, parked], to: stopped}\n  stop: {"),
            at=(RULEBOOK_PATH, 26, 3),
        ),
        Example(
            files=rulebook("  stop: {", "  import: {to: new, requires: [fit]}\n  stop: {"), at=(RULEBOOK_PATH, 25, 3)
        ),
    ),
    check=check,
)

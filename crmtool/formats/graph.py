"""The rule book as a state diagram: text for the terminal, Mermaid for Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator

from crmtool.conditions import notation
from crmtool.rulebook import Kind, RuleBook, Transition
from crmtool.text import visible


def as_text(rulebook: RuleBook) -> str:
    """Tell each status with its meaning and the ways that leave it, in the order of the pipeline."""
    return "\n".join(map(visible, _text_lines(rulebook)))


def as_mermaid(rulebook: RuleBook) -> str:
    """Draw the statuses and transitions as a Mermaid state diagram."""
    return "\n".join(_mermaid_lines(rulebook))


def _text_lines(rulebook: RuleBook) -> Iterator[str]:
    entries = [transition for transition in rulebook.transitions.values() if transition.is_entry]
    for transition in entries:
        yield f"(enter) -> {transition.target}  [{transition.id}]{_needs(transition)}"
    for status in rulebook.statuses.values():
        yield ""
        yield f"{status.id} ({status.kind.value}): {status.label} - {status.meaning}"
        leaving = rulebook.leaving(status.id)
        for transition in leaving:
            yield f"  -> {transition.target}  [{transition.id}]{_needs(transition)}"
        if not leaving:
            yield "  stays"


def _needs(transition: Transition) -> str:
    needs = [notation(condition) for condition in transition.requires]
    needs += ["four eyes"] if transition.four_eyes else []
    needs += [f"by {' or '.join(transition.by)}"] if transition.by else []
    return f"  needs {'; '.join(needs)}" if needs else ""


def _mermaid_lines(rulebook: RuleBook) -> Iterator[str]:
    # States get names of our own making: an id may be a word that Mermaid reads as its own, such as `end`.
    names = {id: f"s{status.order}" for id, status in rulebook.statuses.items()}
    yield "stateDiagram-v2"
    for status in rulebook.statuses.values():
        yield f"    state {_quoted(status.label)} as {names[status.id]}"
    for transition in rulebook.transitions.values():
        target = names.get(transition.target)
        for source in ["[*]"] if transition.is_entry else [names.get(id) for id in rulebook.sources(transition)]:
            if source and target:
                yield f"    {source} --> {target}: {_label(transition.id)}"
    for status in rulebook.statuses.values():
        if status.kind in (Kind.WON, Kind.ENDED):
            yield f"    {names[status.id]} --> [*]"


def _quoted(text: str) -> str:
    return json.dumps(_label(text).replace('"', "'"), ensure_ascii=False)


def _label(text: str) -> str:
    return visible(" ".join(text.replace(";", ",").replace("#", "").split()))

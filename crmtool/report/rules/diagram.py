"""The rule book as a state diagram."""

from __future__ import annotations

from crmtool.report.charts.diagram.chart import Diagram, diagram
from crmtool.report.charts.diagram.routes import State, Way
from crmtool.report.edition import Edition
from crmtool.rulebook import ANY_STATUS, RuleBook, Status, Transition


def state_diagram(edition: Edition) -> Diagram:
    """Draw the statuses in the rule book's order, but those that decide last, as on the pipeline."""
    book = edition.rulebook
    ordered = sorted(book.statuses.values(), key=lambda status: not status.is_undecided)
    return diagram(
        edition.language,
        [_state(edition, status) for status in ordered],
        [_way(book, transition) for transition in book.transitions.values()],
    )


def _state(edition: Edition, status: Status) -> State:
    language = edition.language
    kind = language(f"rules.kind.{status.kind.value}")
    note = f"{kind}, {language.duration(status.decide_within)}" if status.decide_within else kind
    return State(id=status.id, label=status.label, note=note, kind=status.kind.value)


def _way(book: RuleBook, transition: Transition) -> Way:
    everywhere = ANY_STATUS in transition.sources
    named = [id for id in transition.sources if id != ANY_STATUS]
    if everywhere:
        named = [id for id in named if id in book.statuses and not book.statuses[id].is_undecided]
    return Way(id=transition.id, target=transition.target, sources=tuple(named), everywhere=everywhere)

"""The rule book's page."""

from __future__ import annotations

from dataclasses import dataclass

from crmtool.report.charts.diagram.chart import Diagram
from crmtool.report.edition import Edition
from crmtool.report.rules.criteria import CriterionLine, criterion_lines
from crmtool.report.rules.diagram import state_diagram
from crmtool.report.rules.statuses import StatusLine, status_lines
from crmtool.report.rules.stop_rules import StopRuleLine, stop_rule_lines
from crmtool.report.rules.told import told
from crmtool.report.rules.transitions import TransitionLine, transition_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The whole rule book, to be read; `good` and `bad` are what prequalifies and what does not."""

    title: str
    lead: str
    diagram: Diagram
    statuses: tuple[StatusLine, ...]
    criteria: tuple[CriterionLine, ...]
    transitions: tuple[TransitionLine, ...]
    stop_rules: tuple[StopRuleLine, ...]
    good: tuple[str, ...]
    bad: tuple[str, ...]


def rules(edition: Edition) -> Rules:
    """Lay out the rule book; it tells nothing of contacts."""
    book, language = edition.rulebook, edition.language
    return Rules(
        title=language("rules_of", name=book.name) if book.name else language("rules"),
        lead=language("rules.lead"),
        diagram=state_diagram(edition),
        statuses=status_lines(edition),
        criteria=criterion_lines(edition),
        transitions=transition_lines(edition),
        stop_rules=stop_rule_lines(edition),
        good=told(edition, book.good),
        bad=told(edition, book.bad),
    )

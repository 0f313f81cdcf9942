"""The stop rules: where and when each proposes to stop, and why."""

from __future__ import annotations

from dataclasses import dataclass

from crmtool.report.edition import Edition
from crmtool.report.rules.anchors import stop_rule_anchor, transition_anchor
from crmtool.report.rules.told import told
from crmtool.report.rules.transitions import End, end
from crmtool.rulebook import StopRule


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRuleLine:
    """A stop rule; `leads_to` is the status that it proposes, `proposes_anchor` the transition if it names one."""

    anchor: str
    id: str
    because: str
    within: tuple[End, ...]
    when: tuple[str, ...]
    after: str
    proposes_anchor: str
    leads_to: str
    reason: str


def stop_rule_lines(edition: Edition) -> tuple[StopRuleLine, ...]:
    """Lay out all stop rules."""
    return tuple(_line(edition, rule) for rule in edition.rulebook.stop_rules.values())


def _line(edition: Edition, rule: StopRule) -> StopRuleLine:
    language = edition.language
    transition = edition.rulebook.transitions.get(rule.propose or "")
    target = transition.target if transition else rule.propose or ""
    return StopRuleLine(
        anchor=stop_rule_anchor(rule.id),
        id=rule.id,
        because=rule.because,
        within=tuple(end(edition, id) for id in rule.within),
        when=told(edition, rule.when),
        after=language("rules.after", duration=language.duration(rule.after))
        if rule.after
        else language("rules.at_once"),
        proposes_anchor=transition_anchor(transition.id) if transition else "",
        leads_to=edition.status(target) if target else "",
        reason=edition.reason(target, rule.reason) if rule.reason else "",
    )

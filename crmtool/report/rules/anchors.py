"""Where on the rule book's page a definition stands, so that other pages can link to it."""

from __future__ import annotations

from crmtool.report.links import encoded


def status_anchor(id: str) -> str:
    """Name the place of a status."""
    return f"status-{encoded(id)}"


def criterion_anchor(id: str) -> str:
    """Name the place of a criterion."""
    return f"criterion-{encoded(id)}"


def transition_anchor(id: str) -> str:
    """Name the place of a transition."""
    return f"transition-{encoded(id)}"


def stop_rule_anchor(id: str) -> str:
    """Name the place of a stop rule."""
    return f"stop-rule-{encoded(id)}"

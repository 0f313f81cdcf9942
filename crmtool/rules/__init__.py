"""The rules, one file a finding code. `ALL_RULES` lists them all, by code."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from crmtool.rules.base import Rule

_CODES = (
    "activity-wording",
    "alias-not-allowed",
    "answer-expired",
    "answer-rewritten",
    "contact-deleted",
    "criteria-missing",
    "date-in-future",
    "date-order",
    "decider-not-allowed",
    "decision-rewritten",
    "definition-removed",
    "duplicate-key",
    "entry-not-allowed",
    "evidence-missing",
    "front-matter-missing",
    "id-collision",
    "invalid-date",
    "limit-exceeded",
    "merge-conflict",
    "next-step-overdue",
    "next-step-pointless",
    "not-utf8",
    "reason-missing",
    "rules-ambiguous-transition",
    "rules-dead-end",
    "rules-idle-criterion",
    "rules-impossible",
    "rules-misread-id",
    "rules-no-deadline",
    "rules-no-exit",
    "rules-retired-in-use",
    "rules-self-transition",
    "rules-too-many-statuses",
    "rules-undecided-move",
    "rules-unknown-id",
    "rules-unreachable-status",
    "schema",
    "status-mismatch",
    "status-no-longer-holds",
    "tag-not-allowed",
    "too-deep",
    "too-large",
    "transition-not-allowed",
    "unfilled-text",
    "unknown-criterion",
    "unknown-key",
    "unknown-reason",
    "unknown-status",
    "unreadable",
    "yaml-syntax",
)


def _rule(code: str) -> Rule:
    rule: Rule = import_module(f"{__name__}.{code.replace('-', '_')}").RULE
    return rule


ALL_RULES: Mapping[str, Rule] = {code: _rule(code) for code in _CODES}

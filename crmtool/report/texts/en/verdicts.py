"""Verdicts: word, total, question, and what their absence means."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "verdict.stop": "Stop",
    "verdict.decide": "Decide",
    "verdict.plan": "Plan",
    "verdict.clarify": "Clarify",
    "verdict.wait": "Wait",
    "verdict.done": "Done",
    "total.stop": "to stop",
    "total.decide": "to decide",
    "total.plan": "to plan",
    "total.clarify": "to clarify",
    "total.wait": "waiting",
    "question.stop": "End it, or go on for a good reason?",
    "question.decide": "What is the decision?",
    "question.plan": "What do we clarify next, and by when?",
    "question.clarify": "What did the agreed step clarify?",
    "question.wait": "Has what we wait for come about?",
    "empty.stop": "Nothing to stop today: no stop rule is due.",
    "empty.decide": "No decision is due today: nowhere is everything clarified, and no time has run out.",
}

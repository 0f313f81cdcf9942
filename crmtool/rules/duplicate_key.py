"""duplicate-key."""

from __future__ import annotations

from crmtool.rules.base import Example, Rule
from crmtool.rules.examples import CONTACT_PATH, contact

RULE = Rule(
    code="duplicate-key",
    title="A key stands twice",
    why="Of two values under one key most YAML programs silently keep the last. Which of them was meant, only you "
    "know.",
    remedy="Keep one of the two lines. Several answers to one criterion are a list, oldest first: `budget: [{met: "
    "2026-10-28}, {not_met: 2026-11-12}]`.",
    valid=(Example(files=contact()),),
    invalid=(
        Example(
            files=contact("status: clarifying\n", "status: new\nstatus: clarifying\n"),
            at=(CONTACT_PATH, 4, 1),
        ),
    ),
)

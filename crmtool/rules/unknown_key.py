"""unknown-key."""

from __future__ import annotations

from crmtool.rules.base import Example, Rule
from crmtool.rules.examples import CONTACT_PATH, RULEBOOK_PATH, contact, rulebook

RULE = Rule(
    code="unknown-key",
    title="A key that crmtool does not know",
    why="A misspelled key is not read, so what it says silently counts for nothing: `criterea:` leaves every question "
    "open.",
    remedy="Correct the spelling. A team's own fields go below `extra:`; keys that a team's schema in `schemas/` adds "
    "are known too.",
    valid=(
        Example(files=contact("status:", "phone: 040 1234\nstatus:")),
        Example(files=contact("status:", "extra: {shoe_size: 43}\nstatus:")),
    ),
    invalid=(
        Example(files=contact("criteria:", "criterea:"), at=(CONTACT_PATH, 4, 1)),
        Example(files=contact("status:", "shoe_size: 43\nstatus:"), at=(CONTACT_PATH, 3, 1)),
        Example(files=contact("because: Fits", "becuase: x, because: Fits"), at=(CONTACT_PATH, 9, 40)),
        Example(files=contact("evidence: 85", "source: Web, evidence: 85"), at=(CONTACT_PATH, 5, 26)),
        Example(files=rulebook("decide_within: 14d", "decide_in: 14d"), at=(RULEBOOK_PATH, 6, 95)),
    ),
)

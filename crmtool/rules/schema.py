"""schema."""

from __future__ import annotations

from crmtool.rules.base import Example, Rule
from crmtool.rules.examples import CONTACT_PATH, RULEBOOK_PATH, contact, rulebook

RULE = Rule(
    code="schema",
    title="A value has the wrong form",
    why="The file can be read, but a value is not of the kind that its key needs, or a required key is missing. The "
    "schemas in `schemas/` say which forms there are; a team may make them stricter.",
    remedy="The hint says which form is expected. Text that looks like a number goes in quotes.",
    valid=(Example(files=contact("status:", "value: 42000\ntags: [logistics]\nstatus:")),),
    invalid=(
        Example(files=contact("status:", "value: 42 T€\nstatus:"), at=(CONTACT_PATH, 3, 8)),
        Example(files=contact("name: Ada Example\n", ""), at=(CONTACT_PATH, 2, 1)),
        Example(files=contact("Ada Example", '""'), at=(CONTACT_PATH, 2, 7)),
        Example(files=contact("Ada Example", "2026"), at=(CONTACT_PATH, 2, 7)),
        Example(files=contact("{met: 2026-11-03, evidence: 85 people}", "yes"), at=(CONTACT_PATH, 5, 8)),
        Example(
            files=contact("met: 2026-11-03, ev", "met: 2026-11-03, not_met: 2026-11-03, ev"), at=(CONTACT_PATH, 5, 8)
        ),
        Example(files=contact("Fits the profile}", "Fits the profile, chance: 40}"), at=(CONTACT_PATH, 9, 75)),
        Example(files={CONTACT_PATH: "---\n- Ada Example\n---\n"}, at=(CONTACT_PATH, 2, 1)),
        Example(files=rulebook("kind: hold", "kind: waiting"), at=(RULEBOOK_PATH, 9, 72)),
        Example(files=rulebook("{has: revisit}", "{with: revisit}"), at=(RULEBOOK_PATH, 23, 51)),
    ),
)

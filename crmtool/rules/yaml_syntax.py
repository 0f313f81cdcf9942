"""yaml-syntax."""

from __future__ import annotations

from crmtool.rules.base import Example, Rule
from crmtool.rules.examples import CONTACT_PATH, RULEBOOK, RULEBOOK_PATH, contact

RULE = Rule(
    code="yaml-syntax",
    title="The YAML cannot be read",
    why="Nothing of the file is known until it can be read, so no rule has looked at it. The usual traps: a tab as "
    "indentation, text with a colon and a space in it, a bracket or a quote that is not closed, a template "
    "placeholder that nobody filled in.",
    remedy="Go to the place that is named; where something is not closed, that is where it was opened. Text with "
    'special characters is safe in double quotes: `because: "CFO: budget moved to 2027"`. Indent with spaces.',
    valid=(
        Example(files=contact("85 people", '"85 people: [drivers], {planners}"')),
        Example(files=contact("Notes.", "\tThe notes may hold anything: {{date}}, [")),
    ),
    invalid=(
        # A tab as indentation.
        Example(files=contact("  fit:", "\tfit:"), at=(CONTACT_PATH, 5, 1)),
        # A second colon in an unquoted value.
        Example(files=contact("Ada Example", "Ada: Example"), at=(CONTACT_PATH, 2, 10)),
        # A quote, a list and a mapping that are not closed.
        Example(files=contact("Ada Example", '"Ada Example'), at=(CONTACT_PATH, 2, 7)),
        Example(files=contact("Ada Example\n", "Ada Example\ntags: [logistics\n"), at=(CONTACT_PATH, 4, 7)),
        Example(files=contact("85 people}", "85 people"), at=(CONTACT_PATH, 6, 11)),
        # A template placeholder that was not filled in.
        Example(files=contact("date: 2026-11-05", "date: {{date}}"), at=(CONTACT_PATH, 9, 12)),
        # Keys that are not text: a number, a list, nothing.
        Example(files=contact("status:", "2026: good\nstatus:"), at=(CONTACT_PATH, 3, 1)),
        Example(files=contact("status:", "[a, b]: good\nstatus:"), at=(CONTACT_PATH, 3, 1)),
        Example(files=contact("status:", ": good\nstatus:"), at=(CONTACT_PATH, 3, 1)),
        # More than one document.
        Example(files=contact("decisions:\n", "...\ndecisions:\n"), at=(CONTACT_PATH, 8, 1)),
        Example(files={RULEBOOK_PATH: RULEBOOK + "---\nversion: 1\n"}, at=(RULEBOOK_PATH, 29, 1)),
        # A NUL byte and a control character.
        Example(files=contact("Ada Example", "Ada\0Example"), at=(CONTACT_PATH, 2, 10)),
        Example(files=contact("Ada Example", "Ada\aExample"), at=(CONTACT_PATH, 2, 10)),
        # Text that begins with a character that YAML keeps for itself, and an escape that it does not know.
        Example(files=contact("Ada Example", "@ada"), at=(CONTACT_PATH, 2, 7)),
        Example(files=contact("Ada Example", '"Ada \\Example"'), at=(CONTACT_PATH, 2, 12)),
        # Indentation that does not fit.
        Example(files=contact("  conflict:", "   conflict:"), at=(CONTACT_PATH, 6, 4)),
    ),
)

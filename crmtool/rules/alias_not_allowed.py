"""alias-not-allowed."""

from __future__ import annotations

from crmtool.rules.base import Example, Rule
from crmtool.rules.examples import CONTACT_PATH, contact

RULE = Rule(
    code="alias-not-allowed",
    title="A YAML anchor or alias",
    why="An alias makes one line mean what another one says: a change there changes what was decided here, and a few "
    "lines can expand to gigabytes. Mostly it is text that begins with `*` or `&` and was never meant as one.",
    remedy='Write the value itself. Text that begins with `*` or `&` goes in quotes: `because: "*urgent*"`.',
    valid=(Example(files=contact("85 people", '"*85* people", by: Mira & Jonas')),),
    invalid=(
        Example(files=contact("Fits the profile", "*urgent"), at=(CONTACT_PATH, 9, 49)),
        Example(files=contact("Fits the profile", "*urgent*"), at=(CONTACT_PATH, 9, 49)),
        Example(files=contact("name: Ada", "name: &ada Ada"), at=(CONTACT_PATH, 2, 7)),
    ),
)

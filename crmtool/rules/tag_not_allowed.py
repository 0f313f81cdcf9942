"""tag-not-allowed."""

from __future__ import annotations

from crmtool.rules.base import Example, Rule
from crmtool.rules.examples import CONTACT_PATH, RULEBOOK, RULEBOOK_PATH, contact

RULE = Rule(
    code="tag-not-allowed",
    title="A YAML tag or directive",
    why="A tag changes what a value is, and some programs run code for one. In crmtool's files a value is what it "
    "looks like. Mostly it is text that begins with `!` and was never meant as a tag.",
    remedy='Remove the tag. Text that begins with `!` goes in quotes: `evidence: "!! until Friday"`.',
    valid=(Example(files=contact("85 people", '"!85 people"')),),
    invalid=(
        Example(files=contact("85 people", "!!str 85"), at=(CONTACT_PATH, 5, 36)),
        Example(files=contact("Ada Example", "!important Ada"), at=(CONTACT_PATH, 2, 7)),
        Example(files={RULEBOOK_PATH: "%YAML 1.2\n---\n" + RULEBOOK}, at=(RULEBOOK_PATH, 1, 1)),
    ),
)

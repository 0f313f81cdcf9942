"""front-matter-missing."""

from __future__ import annotations

from crmtool.rules.base import Example, Rule
from crmtool.rules.examples import CONTACT, CONTACT_PATH, contact

RULE = Rule(
    code="front-matter-missing",
    title="The front matter is missing or not closed",
    why="What decides about a contact stands in its front matter, between two lines `---`, the first of them on the "
    "first line of the file. Without it the file is text that nobody judges.",
    remedy="Begin the file with a line `---`, then the keys, then another line `---`; exactly three dashes each. A "
    "file that is no contact is named `README.md`, or begins with `_`.",
    valid=(
        Example(files=contact()),
        Example(files=contact("Notes.", "---\n\nA rule in the notes ends nothing.")),
        Example(files={CONTACT_PATH: ("\ufeff" + CONTACT).replace("\n", "\r\n")}),
        Example(files={"contacts/README.md": "No contact.\n", "contacts/_template.md": ""}),
    ),
    invalid=(
        Example(files={CONTACT_PATH: "# Ada Example\n\nMet at the fair.\n"}, at=(CONTACT_PATH, 1, 1)),
        Example(files={CONTACT_PATH: ""}, at=(CONTACT_PATH, 1, 1)),
        Example(files=contact("profile}\n---\n", "profile}\n"), at=(CONTACT_PATH, 1, 1)),
        Example(files={CONTACT_PATH: '+++\nname = "Ada Example"\n+++\n'}, at=(CONTACT_PATH, 1, 1)),
        Example(files={CONTACT_PATH: "\n" + CONTACT}, at=(CONTACT_PATH, 1, 1)),
    ),
)
